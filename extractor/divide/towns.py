"""A city, its state or country and what follows, by the code of the place."""

from collections.abc import Sequence

import regex

from extractor.divide.division import NOBODY, Division, Evidence
from extractor.form.places import codes_of

_AMERICAN = regex.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
_POSTAL = regex.compile(r"(?=[^0-9]*+[0-9])[\p{L}0-9][\p{L}0-9 -]{1,9}")

UNKNOWN = "XX"
"""EDGAR's code of an unknown place."""

FEWEST_DIGITS = 7
"""Digits of a telephone number."""


def divide_town(words: Sequence[str], evidence: Evidence) -> Division | None:
    """A city, its state or country, and a postal code."""
    return _located(words, phone=False)


def divide_town_with_phone(words: Sequence[str], evidence: Evidence) -> Division | None:
    """A city, its state or country, a postal code, and a telephone number."""
    return _located(words, phone=True)


def _located(words: Sequence[str], *, phone: bool) -> Division | None:
    """The one way to cut words at a state or country between a city and what may follow it."""
    found = []
    for start in range(1, len(words)):
        for end in range(start + 1, len(words) + 1):
            codes = codes_of(" ".join(words[start:end]))
            tail = _after_place(
                words[end:], american=any(code.isalpha() and code != UNKNOWN for code in codes), phone=phone
            )
            if codes and tail is not None:
                parts = ((0, start), (start, end), (end, end + tail), (end + tail, len(words)))
                found.append(parts[: 3 + phone])
    rule = "a state or country stands in it once, before what may be a postal code"
    return Division(found[0], rule) if len(found) == 1 else None


def _after_place(words: Sequence[str], *, american: bool, phone: bool) -> int | None:
    """How many words behind a place make its postal code; None if they cannot be one, and a telephone number."""
    if not words:
        return 0
    if not phone:
        code = " ".join(words)
        return len(words) if (_AMERICAN if american else _POSTAL).fullmatch(code) or NOBODY.fullmatch(code) else None
    if american:
        return 1 if _AMERICAN.fullmatch(words[0]) and _is_phone(words[1:]) else None
    sizes = [n for n in range(len(words)) if _is_phone(words[n:]) and _POSTAL.fullmatch(" ".join(words[:n]))]
    return sizes[0] if len(sizes) == 1 else None


def _is_phone(words: Sequence[str]) -> bool:
    return not words or sum(char.isdigit() for word in words for char in word) >= FEWEST_DIGITS

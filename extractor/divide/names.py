"""The names of a person, and of companies that follow each other."""

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.divide.division import ENDING, NOBODY, WORD, Division, Evidence, said_words

_PARTICLE = regex.compile(
    r"(?:da|das|de|del|dela|della|den|der|di|dos|du|el|la|le|los|mac|san|st\.?|ten|ter|van|von|zu|zum)",
    regex.IGNORECASE,
)
_SUFFIX = regex.compile(r"(?:jr|sr|ii|iii|iv|esq|ph\.?d|m\.?d|cpa)[.,]?", regex.IGNORECASE)
_INITIAL = regex.compile(r"\p{L}\.?")
_NO_NAME = regex.compile(r"n/a|\(none\)", regex.IGNORECASE)

_SPOKEN = regex.compile(r"[\p{L}\p{M}'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}.,\-()\"]+")
"""A word of a person's name: letters, and what is written in names."""

_COMPANY = regex.compile(
    r"""
    (?: l\.?l\.?c | l\.?l?\.?l?\.?p | inc | incorporated | corp | corporation | company | co | ltd | limited | trust
      | gmbh | s\.?a | n\.?a | plc | pllc | fund | partners | holdings | associates | bank | group | capital
      | management | ventures | advisors | advisers | investments | securities | enterprises | properties ) [.,]*
    """,
    regex.VERBOSE | regex.IGNORECASE,
)


def divide_name(words: Sequence[str], evidence: Evidence) -> Division | None:
    """A person's last, first and middle name; of an organisation the last name, with a word for none as first."""
    size = len(words)
    if size < 2:
        return None
    if NOBODY.fullmatch(words[-1]):
        return _names(size - 1, size, size, "its last word says that there is no first name")
    nobody = [at for at in range(1, size - 1) if _NO_NAME.fullmatch(words[at])]
    if len(nobody) == 1:
        return _names(nobody[0], nobody[0] + 1, size, "a word of it says that there is no first name")
    if (at := _said_backwards(words, evidence)) is not None:
        return _names(at, at + 1, size, "the document says the name elsewhere, the last name at its end")
    ending = next((at for at in range(size - 1, -1, -1) if _COMPANY.fullmatch(words[at])), None)
    if ending is not None:
        at = ending + 1 if 0 < ending < size - 1 else size - 1
        rest = words[at + 1 :]
        first = at + 1 if NOBODY.fullmatch(words[at]) or all(_INITIAL.fullmatch(word) for word in rest) else size
        return _names(at, first, size, "it is the name of a company, and a first name must be there")
    if not all(_SPOKEN.fullmatch(word) for word in words):
        return None
    at = 0
    while at < size - 2 and _PARTICLE.fullmatch(words[at]):
        at += 1
    at += 1
    while at < size - 1 and _SUFFIX.fullmatch(words[at]):
        at += 1
    middle = words[at + 1 :]
    if len(middle) > 1 and not all(_INITIAL.fullmatch(word) for word in middle):
        return None
    return _names(at, at + 1, size, "a last name is one word with what goes with it, and a first name one word")


def _names(last: int, first: int, size: int, rule: str) -> Division:
    return Division(((0, last), (last, first), (first, size)), rule)


def _said_backwards(words: Sequence[str], evidence: Evidence) -> int | None:
    """Where the first name begins, if the document says the name as it is spoken; None for no or several places."""
    found = []
    for at in range(1, len(words)):
        last = " ".join(words[:at])
        if not (WORD.search(words[at]) and WORD.search(last)):
            continue
        spoken = [words[at:], words[at : at + 1]]
        spoken += [[*words[at : at + 1], *(word[0] for word in words[at + 1 :])]] if at + 1 < len(words) else []
        if any(said_words(f"{' '.join(first)} {last}") in evidence.said for first in spoken):
            found.append(at)
    return found[0] if len(found) == 1 else None


def divide_companies(words: Sequence[str], _: Evidence) -> Division | None:
    """The names of companies that follow each other, each with the word that ends such a name."""
    ends = [0]
    for at, word in enumerate(words, start=1):
        if ENDING.fullmatch(word) and not word.endswith(","):
            if ends[-1] == at - 1:
                ends.pop()
            ends.append(at)
    if ends[-1] != len(words) or len(ends) < 2:
        return None
    return Division(tuple(pairwise(ends)), "each name of a company ends with the word for its kind")

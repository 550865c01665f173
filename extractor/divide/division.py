"""What a division is made of, and the words that several rules know."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

WORD = regex.compile(r"\w+")
NOBODY = regex.compile(r"n/?a\.?|-+|\.+|none|\(none\)|not|null|x+", regex.IGNORECASE)
"""What people write where there is nobody to be named."""

ENDING = regex.compile(
    r"""
    \(?(?: l\.?l\.?c | l\.?l?\.?l?\.?p | d\.?s\.?t | inc | corp | co | ltd | limited | gmbh | s\.?a | n\.?a
      | plc ) [.,]*
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
"""The word that ends a company's name for sure."""


class Evidence(NamedTuple):
    """What the document says elsewhere.

    said: all its words, `_` between its lines. answers: what was found, by path. doubted: the paths that leave a doubt.
    """

    said: str
    answers: Mapping[str, str]
    doubted: frozenset[str] = frozenset()

    @property
    def issuers(self) -> list[str]:
        """The names of the issuers."""
        return [raw for path, raw in self.answers.items() if path.endswith(".entity_name")]


class Division(NamedTuple):
    """A line divided. parts: for each answer its first and last word (excluded), None where it is not known.

    rule: why.
    """

    parts: tuple[tuple[int, int] | None, ...]
    rule: str


Divide = Callable[[Sequence[str], Sequence[str], Evidence], Division | None]
"""Divides words (second) into the answers that are asked for (first: the last steps of their paths)."""

Divider = Callable[[Sequence[str], Evidence], Division | None]


def said_words(text: str) -> str:
    """The words of a text, one space before and behind each, to look others up in.

    >>> said_words("Jane A. Roe")
    ' jane a roe '
    """
    return f" {' '.join(WORD.findall(text.casefold()))} "


def ends_name(text: str) -> bool:
    """Whether a text ends as the name of a company does for sure.

    >>> ends_name("Old Creek LLC"), ends_name("Old Creek Holding")
    (True, False)
    """
    return ENDING.fullmatch(text.rpartition(" ")[2]) is not None


def may_be_names(text: str) -> bool:
    """Whether a text goes on behind the word that ends a company's name, as where two names are joined by a space.

    >>> may_be_names("Old Creek LLC New Creek LP"), may_be_names("Old Creek, Inc., a PA corp."), may_be_names("A L.P.")
    (True, False, False)
    """
    words = text.split(" ")
    return any(
        after[:1].isalnum() and ENDING.fullmatch(word) and not word.endswith(",") and not ENDING.fullmatch(after)
        for word, after in pairwise(words)
    )


def letters_of(text: str) -> str:
    """The letters and digits of a text, in one word and without their case.

    >>> letters_of("O'Neil, Jane A.")
    'oneiljanea'
    """
    return "".join(WORD.findall(text.casefold()))

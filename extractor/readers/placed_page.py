"""Texts on pages, as a document places them, before it is told which of them belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["characters", "words", "scanned", "strings", "lines"]
"""What a notation places.

characters, words: each with its box, the spaces between them left out. scanned: words, where recognition saw ink, so
that gaps differ. strings: of one font, with their box; a cell may
have several. lines: each of one cell, of some with no width.
"""

RISE = 0.8
"""The part of a line's height that lies above the base line, about, in all fonts."""

LEADING = 1.11
"""How much higher a line's box is than the size of its font, about, in all fonts."""


JOINT = "\N{NO-BREAK SPACE}"
"""Stands where two cells may have been put together as one text; other spaces surely stand within one."""


class Text(NamedTuple):
    """Characters that a document places as one on a base line, y downwards; no space at its ends.

    exact: whether the document says how far it reaches to the right. guessed: whether where it begins is reckoned from
    the text before it.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    style: str = ""
    exact: bool = True
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document. size: its width and height, in the unit of the places.

    told: whether a JOINT stands only where the converter put texts together, and not for any space.
    """

    size: tuple[float, float]
    texts: Sequence[Text]
    told: bool = False


def boxed(text: str, box: tuple[float, float, float, float], size: float = 0.0, style: str = "") -> Text:
    """A text in its box (x0, top, x1, bottom); without the size of its font, that is told by the box's height."""
    x0, top, x1, bottom = box
    return Text(text, x0, x1, top + RISE * (bottom - top), size or (bottom - top) / LEADING, style)

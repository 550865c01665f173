"""The vocabulary in which the form is declared: what it prints, what it asks, and in which order.

A form is a tuple of sections; a section prints rows from top to bottom; a row holds parts. A part is a question with
its label (`Field`), a checkbox (`Box`), or printed words that ask nothing (`Words`). Nothing here knows Form D.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

Kind = Literal[
    "text", "cik", "place", "zip", "phone", "year", "date", "amount", "amount_or_indefinite", "count", "crd", "states"
]
"""What an answer is read as; `values.READERS` has the reader of each, except "states" (a list of places)."""

LOOSE = frozenset({"text", "zip", "phone"})
"""Kinds whose answers may be any words, whatever they usually look like: EDGAR takes a ZIP code "None"."""

Where = Literal["below", "right", "either"]
"""Where the form puts the answer: under its label, at its right on the same line, or one of both."""


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words that ask nothing themselves (headings, questions, units).

    label: the words. also: other ways in which renderings write them. many: printed several times in their row.
    always: printed here in every filing (and not, say, as a part of the heading).
    """

    label: str
    also: tuple[str, ...] = ()
    many: bool = False
    always: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A question that is answered with text.

    path: of the answer, below the section's prefix. example: an answer that the reader of its kind accepts.
    required: the form asks every filer for it. many: several answers, one a line.
    where: where the answer stands.
    """

    path: str
    kind: Kind
    label: str
    example: str
    also: tuple[str, ...] = ()
    where: Where = "below"
    required: bool = True
    many: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A checkbox, standing left of its label.

    path, value: the field has this value when the box is checked. anchor: the label beside (or in whose column) the
    box stands, where the same words label several boxes. edition: the editions that print it ("" for all).
    always: printed in every filing of its edition.
    """

    path: str
    value: str
    label: str
    also: tuple[str, ...] = ()
    anchor: str = ""
    editions: frozenset[str] = frozenset()
    always: bool = True

    name: str = field(init=False)
    """The box's own path: path=value."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", f"{self.path}={self.value}")


Part = Words | Field | Box

Layout = Literal["grid", "board", "text", "table"]
"""How a row is laid out.

grid: labels side by side, their answers below. board: boxes and questions anywhere, in columns or not.
text: a label whose answer is all that follows. table: labels side by side, below them any number of answer rows.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Parts that the form prints together."""

    layout: Layout
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """One item of the form.

    title: its heading, without number. prefix: the path of its record ("" for the filing itself); a prefix that ends
    in "[]" is a list, and the section's rows repeat for each element. interleaved: two columns of boxes whose labels
    partly agree; where columns are lost, their rows may come in turn.
    """

    number: str
    title: str
    rows: tuple[Row, ...]
    prefix: str = ""
    also: tuple[str, ...] = ()
    interleaved: bool = False

    @property
    def repeats(self) -> bool:
        """Whether the section's rows repeat."""
        return self.prefix.endswith("[]")

    def parts(self) -> tuple[Part, ...]:
        """All parts in the form's order."""
        return _parts(self)


@cache
def _parts(section: Section) -> tuple[Part, ...]:
    return tuple(part for row in section.rows for part in row.parts)


Rule = Literal["one", "some", "any"]
"""How many boxes of a group may be checked: exactly one, at least one, any number."""


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that answer one question together. paths: their paths. rule: how many of them a filer checks.

    when: the box (path=value) that must be checked for the question to be asked at all ("" for always).
    """

    paths: tuple[str, ...]
    rule: Rule
    label: str
    when: str = ""

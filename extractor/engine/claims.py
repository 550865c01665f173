"""The words in which it is said what text answers which field: claims, and what is left open."""

from typing import Literal, NamedTuple

from extractor.engine.pieces import Piece
from extractor.form.spec import Field
from extractor.source import Source

How = Literal["same cell", "same line", "below", "in order", "split", "cut", "lines", "doubted", "last", "alone"]


class Claim(NamedTuple):
    """A piece of text and the field that it answers. ties: other readings, where the place leaves several."""

    hit: int
    field: Field
    piece: Piece
    how: How
    ties: tuple[str, ...] = ()


class Run(NamedTuple):
    """Fields whose labels follow each other with no answer between: in one cell, or one below the other."""

    hits: tuple[int, ...]
    one_cell: bool


class Strung(NamedTuple):
    """Words in which the answers of some fields follow each other, their columns lost."""

    fields: tuple[Field, ...]
    pieces: tuple[Piece, ...]


class Claims(NamedTuple):
    """The outcome for a record: pieces with fields, fields left open between readings, and pieces nobody governs.

    strung: the words of the rows whose fields are left open.
    """

    claims: list[Claim]
    open: list[Claim]
    left: list[Piece]
    strung: tuple[Strung, ...] = ()


def is_strung(source: Source) -> bool:
    """Whether a source is a text whose lines say nothing of columns."""
    return source.format == "text" and not source.columns

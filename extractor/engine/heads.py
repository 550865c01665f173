"""Labels that stand in a row above their answers: where they are centred, and where answers run across columns."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.engine.labels import Hit, same_line
from extractor.engine.pieces import Piece
from extractor.engine.records import Plan, Record
from extractor.source import Source


def beside(one: Hit, two: Hit) -> bool:
    """Whether two labels stand side by side in cells of their own."""
    return one.spans[0].cell != two.spans[0].cell and same_line(one, two)


def crosses(piece: Piece, edge: float) -> bool:
    """Whether a text of several words, set in characters, goes on behind an edge."""
    return piece.x1 > edge and " " in piece.text and is_set(piece)


def is_set(piece: Piece) -> bool:
    """Whether each character of a piece takes one column of its text."""
    return piece.x1 - piece.x0 == len(piece.text)


def close_by(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a piece in a text set in characters has another one only a space before or behind it."""
    return is_set(piece) and any(
        other.cell != piece.cell and 1 in (other.x0 - piece.x1, piece.x0 - other.x1) and same_line(piece, other)
        for other in pieces
    )


def centre(source: Source, this: Plan, record: Record, pieces: Sequence[Piece]) -> Record:
    """The record of a text that centres its labels above their answers, each label where its answer begins.

    An answer that is set left in a column begins left of the label that is centred there, but right of the one before.
    """
    hits = list(record.hits)
    for numbers, below in _rows_with_answers(this, record, pieces):
        left = -1.0
        for number in numbers:
            edge = record.hits[number].x0
            mine = [piece.x0 for piece in below if left < piece.x0 <= edge + source.x_tolerance]
            hits[number] = record.hits[number]._replace(x0=min([edge, *mine]))
            left = edge + source.x_tolerance
    return replace(record, hits=hits)


def centred(source: Source, this: Plan, record: Record, pieces: Sequence[Piece]) -> int:
    """How many rows of a record have centred labels, less those whose labels begin where their answers do.

    Only rows count that have an answer for each label.
    """
    count = 0
    for numbers, below in _rows_with_answers(this, record, pieces):
        line = [piece for piece in below if same_line(piece, below[0])]
        if len(line) != len(numbers):
            continue
        edges = [record.hits[number].x0 for number in numbers]
        off = [edge - piece.x0 for edge, piece in zip(edges, line, strict=True)]
        apart = all(before < piece.x0 for before, piece in zip(edges, line[1:], strict=False))
        if apart and min(off) >= -source.x_tolerance:
            count += 1 if max(off) > source.x_tolerance else -1
    return count


def _rows_with_answers(this: Plan, record: Record, pieces: Sequence[Piece]) -> Iterator[tuple[list[int], list[Piece]]]:
    """Yield the labels of each row that stand side by side, and the pieces below them, before the next row."""
    for number, row in enumerate(this.section.rows):
        if row.layout != "grid":
            continue
        mine = [k for k, at in enumerate(record.rows) if at == number and record.hits[k].label in this.fields]
        bottom = max((record.hits[k].bottom for k in mine), default=0.0)
        end = min((hit.top for hit in record.hits if hit.top >= bottom), default=float("inf"))
        below = [piece for piece in pieces if bottom <= piece.top < end]
        if below and all(beside(record.hits[mine[0]], record.hits[k]) for k in mine[1:]):
            yield mine, below

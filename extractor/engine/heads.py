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


def centre(source: Source, this: Plan, record: Record, pieces: Sequence[Piece], marks: Sequence[Piece] = ()) -> Record:
    """The record of a text, each label that is centred above its answer where that answer begins.

    An answer that is set left in a column begins left of the label that is centred there, but behind the one before.
    marks: letters X, each of which may be an answer.
    """
    moved: dict[int, float] = {}
    for numbers, below in _rows_with_answers(this, record, [*pieces, *marks]):
        moved.update(_moved(record.hits, numbers, below, source.x_tolerance))
    for number in _on_boards(this, record):
        x0 = _begins_left(source, record, number, pieces)
        if x0 is not None:
            moved[number] = x0
    if not moved:
        return record
    hits = [hit._replace(x0=moved[k]) if k in moved else hit for k, hit in enumerate(record.hits)]
    return replace(record, hits=hits)


def _moved(
    hits: Sequence[Hit], numbers: Sequence[int], below: Sequence[Piece], tolerance: float
) -> Iterator[tuple[int, float]]:
    """Yield where the labels of a row begin that stand centred above answers, if each has one answer in a line."""
    edges: dict[int, float] = {}
    lines: set[tuple[int, float]] = set()
    centred = False
    for piece in below:
        aligned = [k for k in numbers if abs(hits[k].x0 - piece.x0) <= tolerance]
        number = aligned[0] if aligned else _in_column(hits, numbers, piece)
        if number is None or (number, piece.top) in lines:
            return
        lines.add((number, piece.top))
        centred = centred or piece.x0 < hits[number].x0 - tolerance
        edges[number] = min(edges.get(number, hits[number].x0), piece.x0)
    if centred:
        yield from edges.items()


def _in_column(hits: Sequence[Hit], numbers: Sequence[int], piece: Piece) -> int | None:
    """The label below which a piece begins, or left of whose beginning, but behind the label before."""
    return next((number for number in numbers if piece.x0 < hits[number].x1), None)


def _on_boards(this: Plan, record: Record) -> Iterator[int]:
    """Yield the labels of boards, of no box, that ask for an answer below them."""
    for number, hit in enumerate(record.hits):
        field = this.fields.get(hit.label)
        board = this.section.rows[record.rows[number]].layout == "board"
        asks = board and field is not None and field.label == hit.label and field.where != "right"
        if asks and hit.label not in this.boxes:
            yield number


def _begins_left(source: Source, record: Record, number: int, pieces: Sequence[Piece]) -> float | None:
    """Where the text below a label begins, if it is the first in its column, further left, with no label between."""
    hit = record.hits[number]
    left = max((one.x1 for one in record.hits if one.x0 < hit.x0 and same_line(one, hit)), default=float("-inf"))
    last = hit.bottom + 1.5 * source.line_height
    below = [piece for piece in pieces if hit.bottom <= piece.top < last and left <= piece.x0 < hit.x1]
    first = min(below, key=lambda piece: (piece.top, piece.x0), default=None)
    if first is None or not is_set(first) or first.x0 >= hit.x0 - source.x_tolerance:
        return None
    between = (one for one in record.hits if hit.bottom <= one.top < first.bottom and left <= one.x0 < hit.x1)
    beside = (one for one in pieces if one.x0 < hit.x0 and same_line(one, hit))
    return None if any(between) or any(beside) else first.x0


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

"""Deals the pieces below a table's header out to its columns and rows."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from extractor.engine.labels import Hit, same_line
from extractor.engine.pieces import Piece, cut_piece, join
from extractor.engine.readings import Fits
from extractor.form.spec import Field
from extractor.source import Source


class TableRow(NamedTuple):
    """One row of answers: the pieces of each column. certain: whether place alone dealt them out."""

    cells: tuple[tuple[Piece, ...], ...]
    certain: bool


def read_table(
    source: Source, fields: Sequence[Field], header: Sequence[Hit], pieces: Sequence[Piece], fits: Fits
) -> tuple[list[TableRow], list[Piece]]:
    """The rows below a header, and the pieces that found no place. The last column has one answer a row."""
    side_by_side = all(same_line(header[0], hit) for hit in header) and len({hit.spans[0].cell for hit in header}) > 1
    if not side_by_side:
        return _by_order(fields, pieces, fits)
    whole = _unwrapped(header, pieces, fields[-1], fits) if source.spaced else pieces
    whole = _parted(source, header, whole, fields[-1], fits) if source.spaced else whole
    columns, certain = _columns(source, header, whole)
    certain = certain and whole is pieces
    anchors, left = _whole_answers(columns[-1], fields[-1], fits)
    if not anchors:
        return ([TableRow(tuple(tuple(column) for column in columns), certain=False)] if pieces else []), []
    rows: list[list[tuple[Piece, ...]]] = [[] for _ in anchors]
    for column in columns[:-1]:
        for row, part in zip(rows, _partition(column, anchors), strict=True):
            row.append(tuple(part))
    for row, anchor in zip(rows, anchors, strict=True):
        row.append(anchor)
    full = all(cells for row in rows for cells in row) and not left
    certain = certain and full and not _hides_row(source, columns, anchors)
    return [TableRow(tuple(row), certain) for row in rows], left


def _unwrapped(header: Sequence[Hit], pieces: Sequence[Piece], last: Field, fits: Fits) -> Sequence[Piece]:
    """The pieces of a table in lines, each whose end had no room behind its row, and begins the next line, moved there.

    What stands before the answer of the last column there goes on with the text that ends the line above.
    """
    lines = [list(line) for _, line in groupby(pieces, key=lambda piece: piece.top)]
    moved: list[Piece] = []
    for above, line in pairwise([[], *lines]):
        end = line[-1]
        text, space, word = end.text.rpartition(" ")
        free = bool(above) and above[-1].x0 < header[-2].x1 and end.x0 <= header[0].x0
        if not (free and len(line) == 1 and fits(last.kind, word)):
            moved += line
            continue
        if text:
            moved.append(cut_piece(end, 0, len(text))._replace(x0=above[-1].x0))
        answer = cut_piece(end, len(text) + len(space), len(end.text))
        moved.append(answer._replace(x0=header[-1].x0, top=above[-1].top, bottom=above[-1].bottom))
    return (
        moved if len(moved) > len(pieces) or any(a.x0 != b.x0 for a, b in zip(moved, pieces, strict=False)) else pieces
    )


def _parted(source: Source, header: Sequence[Hit], pieces: Sequence[Piece], last: Field, fits: Fits) -> Sequence[Piece]:
    """The pieces of a table in lines, the last word of a line in the last column if it is what that one asks for."""
    parted: list[Piece] = []
    for piece in pieces:
        text, _, word = piece.text.rpartition(" ")
        beside = (other for other in pieces if other is not piece and same_line(other, piece))
        if (
            text
            and piece.x0 < header[-1].x0 - source.x_tolerance
            and fits(last.kind, word)
            and all(other.x0 < piece.x0 for other in beside)
        ):
            answer = cut_piece(piece, len(text) + 1, len(piece.text))
            parted += [cut_piece(piece, 0, len(text)), answer._replace(x0=header[-1].x0)]
        else:
            parted.append(piece)
    return parted if len(parted) > len(pieces) else pieces


def strung_cells(fields: Sequence[Field], row: TableRow) -> range:
    """The columns of a row whose answers seem to stand in the first of them: the others need one and have none."""
    lacking = [number for number, one in enumerate(fields) if one.required and not row.cells[number]]
    if not lacking or lacking[0] == 0 or lacking != list(range(lacking[0], lacking[-1] + 1)):
        return range(0)
    first = row.cells[lacking[0] - 1]
    runs_on = any(len(piece.text.split(" ")) > len(lacking) for piece in first)
    return range(lacking[0] - 1, lacking[-1] + 1) if runs_on else range(0)


def _hides_row(source: Source, columns: Sequence[Sequence[Piece]], anchors: Sequence[Sequence[Piece]]) -> bool:
    """Whether a line looks like a row of its own, but has no answer in the last column: a cell may have been dropped.

    In a page of cells every line is a row; elsewhere lines are wrapped, and only a nearly full one is.
    """
    fewest = 1 if source.format == "html" else len(columns) - 1
    for piece in columns[0]:
        beside = sum(any(same_line(piece, other) for other in column) for column in columns[:-1])
        anchored = any(same_line(piece, part) for anchor in anchors for part in anchor)
        if source.format != "pdf" and beside >= fewest and not anchored:
            return True
    return False


def _whole_answers(column: Sequence[Piece], field: Field, fits: Fits) -> tuple[list[tuple[Piece, ...]], list[Piece]]:
    """The answers of the last column, each of one or more lines, and the pieces that make none."""
    answers: list[tuple[Piece, ...]] = []
    current: list[Piece] = []
    for piece in column:
        current.append(piece)
        if fits(field.kind, join([part.text for part in current])):
            answers.append(tuple(current))
            current = []
    return answers, current


def _by_order(fields: Sequence[Field], pieces: Sequence[Piece], fits: Fits) -> tuple[list[TableRow], list[Piece]]:
    """Rows of a table whose cells follow each other line by line: a row ends with an answer of the last kind."""
    rows: list[TableRow] = []
    current: list[Piece] = []
    for piece in pieces:
        current.append(piece)
        if fits(fields[-1].kind, piece.text):
            ends = (line.text.rpartition(" ")[2] for line in current[:-1])
            if len(current) != len(fields) or any(fits(fields[-1].kind, end) for end in ends):
                return rows, [*current, *pieces[pieces.index(piece) + 1 :]]
            rows.append(TableRow(tuple((cell,) for cell in current), certain=True))
            current = []
    return rows, current


def _columns(source: Source, header: Sequence[Hit], pieces: Sequence[Piece]) -> tuple[list[list[Piece]], bool]:
    """The pieces by column: by equal left edges, else the left edges of the answers in the header's order."""
    columns: list[list[Piece]] = [[] for _ in header]
    edges: list[float] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if not edges or piece.x0 - edges[-1] > source.x_tolerance:
            edges.append(piece.x0)
    matches = _match(edges, [hit.x0 for hit in header], source.x_tolerance)
    for piece in pieces:
        nearest = min(range(len(edges)), key=lambda k: abs(edges[k] - piece.x0))
        columns[matches[nearest]].append(piece)
    exact = all(abs(edges[k] - header[matches[k]].x0) <= source.x_tolerance for k in range(len(edges)))
    return columns, exact or len(edges) == len(header)


def _match(edges: Sequence[float], heads: Sequence[float], tolerance: float) -> list[int]:
    """For each left edge the column it belongs to."""
    if len(edges) == len(heads):
        return list(range(len(heads)))
    exact = [[k for k, head in enumerate(heads) if abs(head - edge) <= tolerance] for edge in edges]
    if all(exact):
        return [ks[0] for ks in exact]
    middles = [(one + two) / 2 for one, two in pairwise(heads)]
    return [sum(edge + tolerance >= middle for middle in middles) for edge in edges]


def _partition(column: Sequence[Piece], anchors: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """The lines of a column by row: one a row where counts agree, else around each row's middle."""
    if len(column) == len(anchors):
        return [[piece] for piece in column]
    rows: list[list[Piece]] = [[] for _ in anchors]
    if len(anchors) == 1:
        return [list(column)]
    if len(column) < len(anchors):
        for piece in column:
            nearest = min(range(len(anchors)), key=lambda number: _off_centre([piece], anchors[number]))
            rows[nearest].append(piece)
        return rows
    at = 0
    for number, anchor in enumerate(anchors):
        left = len(anchors) - number - 1
        most = len(column) - at - left if left else len(column) - at
        sizes = range(1, max(most, 1) + 1) if left else [len(column) - at]
        best = min(sizes, key=lambda size: _off_centre(column[at : at + size], anchor), default=0)
        rows[number] = list(column[at : at + best])
        at += best
    return rows


def _off_centre(lines: Sequence[Piece], anchor: Sequence[Piece]) -> float:
    """How far some lines are from standing around a row's middle."""
    if not lines:
        return float("inf")
    return abs((lines[0].top + lines[-1].bottom) - (anchor[0].top + anchor[-1].bottom)) / 2

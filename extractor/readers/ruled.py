"""Tables whose columns are told by a line of strokes (`---- ------`), above, below and perhaps within their rows."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.readers.grids import Strip, part, spread

RULE = regex.compile(r"[ ]*+(?:-{2,}+(?:[ ]++-++)*+|-(?:[ ]++-++)++|={2,}+(?:[ ]++=++)*+|=(?:[ ]++=++)++)[ ]*+")
"""Strokes of one kind with gaps between the columns."""

RUN = regex.compile(r"[-=]++")

_SHORTEST = 3
"""Strokes of a lone column; fewer may be an answer."""


class RuledCell(NamedTuple):
    """A cell: its lines, and how many columns it takes."""

    strips: list[Strip]
    columns: int = 1


class Ruled(NamedTuple):
    """A table: its rows, and the index of the first line behind it."""

    rows: list[list[RuledCell]]
    end: int


def read_ruled(strips: Sequence[Strip], start: int, *, lone: bool) -> Ruled | None:
    """The table that begins at a line, if one does. lone: whether it stands in a cell, and may be of a single column.

    >>> table = ["  --- ------", "  X   None", "  --- ------"]
    >>> [cell.strips for row in read_ruled(list(enumerate(table, 1)), 0, lone=False).rows for cell in row]
    [[(2, 'X')], [(2, 'None')]]
    >>> table = ["Date  Sum", "----- ---", "2020  $5"]
    >>> [[cell.strips[0][1] for cell in row] for row in read_ruled(list(enumerate(table, 1)), 0, lone=False).rows]
    [['Date', 'Sum'], ['2020', '$5']]
    """
    text = strips[start][1]
    if is_ruling(text):
        runs = runs_of(text)
        if len(runs) == 1:
            headed = _headed(strips, start, runs[0])
            if headed is not None:
                return headed
        if len(runs) > 1 or (lone and runs[0][1] - runs[0][0] >= _SHORTEST):
            return _closed(strips, start, runs, padded=lone)
        return None
    if text.strip() and start + 1 < len(strips) and is_ruling(strips[start + 1][1]):
        return _open(strips, start, runs_of(strips[start + 1][1]))
    return None


def is_ruling(text: str) -> bool:
    """Whether a line is only strokes."""
    return RULE.fullmatch(text) is not None


def runs_of(text: str) -> list[tuple[int, int]]:
    """Where the strokes of a rule begin and end."""
    return [run.span() for run in RUN.finditer(text)]


def _closed(strips: Sequence[Strip], start: int, runs: Sequence[tuple[int, int]], *, padded: bool) -> Ruled | None:
    """A table between two equal rules; a third one makes the first rows its head."""
    rule = strips[start][1].rstrip()
    ends = []
    for at in range(start + 1, len(strips)):
        text = strips[at][1]
        if text.rstrip() == rule:
            ends.append(at)
            if at + 1 == len(strips) or not strips[at + 1][1].strip() or len(ends) > 1:
                break
        elif text.strip() and len(text) - len(text.lstrip(" ")) < runs[0][0]:
            break
    if not ends:
        return None
    parts = [strips[one + 1 : other] for one, other in pairwise((start, *ends))]
    rows = [_rows(part, runs, padded=padded) for part in parts]
    return (
        None if any(row is None for row in rows) else Ruled([row for part in rows for row in part or ()], ends[-1] + 1)
    )


def _headed(strips: Sequence[Strip], start: int, whole: tuple[int, int]) -> Ruled | None:
    """A table whose head stands between a rule across all columns and the rule of the columns."""
    at = start + 1
    while at < len(strips) and strips[at][1].strip() and not is_ruling(strips[at][1]):
        at += 1
    if at == start + 1 or at == len(strips) or not strips[at][1].strip():
        return None
    runs = runs_of(strips[at][1])
    if len(runs) < 2 or (runs[0][0], runs[-1][1]) != whole:
        return None
    rule = strips[start][1].rstrip()
    end = next((k for k in range(at + 1, len(strips)) if strips[k][1].rstrip() == rule), None)
    if end is None:
        return None
    head, body = _row(strips[start + 1 : at], runs), _rows(strips[at + 1 : end], runs, padded=True)
    return None if head is None or body is None else Ruled([head, *body], end + 1)


def _open(strips: Sequence[Strip], start: int, runs: Sequence[tuple[int, int]]) -> Ruled | None:
    """A table with one line of head above the rule of its columns; a blank line ends it."""
    if len(runs) < 2:
        return None
    end = start + 2
    while end < len(strips) and strips[end][1].strip() and not is_ruling(strips[end][1]):
        end += 1
    rows = [_row([strips[at]], runs) for at in (start, *range(start + 2, end))]
    if end < len(strips) and is_ruling(strips[end][1]):
        end += 1
    return None if any(row is None for row in rows) else Ruled([row for row in rows if row is not None], end)


def _rows(strips: Sequence[Strip], runs: Sequence[tuple[int, int]], *, padded: bool) -> list[list[RuledCell]] | None:
    """The rows of a table: each line is one, or, if a blank line ends them, each stretch of lines.

    padded: whether the lines were filled with spaces; else a line of spaces is a row of blank cells.
    """
    last = strips[-1][1] if strips else "-"
    several = not (last.strip() if padded else last)
    groups: list[list[Strip]] = []
    fresh = True
    rows: list[list[RuledCell]] = []
    for strip in strips:
        if is_ruling(strip[1]):  # the spans of the row above
            row = _row(groups.pop(), runs_of(strip[1]), runs) if groups else None
            if row is None:
                return None
            rows.append(row)
            fresh = True
        elif not strip[1].strip():
            fresh = True
        elif several and not fresh:
            groups[-1].append(strip)
        else:
            for group in groups:
                row = _row(group, runs)
                if row is None:
                    return None
                rows.append(row)
            groups, fresh = [[strip]], False
    ending = [_row(group, runs) for group in groups]
    return None if any(row is None for row in ending) else rows + [row for row in ending if row is not None]


def _row(
    strips: Sequence[Strip], runs: Sequence[tuple[int, int]], base: Sequence[tuple[int, int]] = ()
) -> list[RuledCell] | None:
    """The cells of a row; None if a word stands across the beginning of a column."""
    starts = [0, *(first for first, _ in runs[1:])]
    columns = [sum(first <= start < last for start, _ in base) if base else 1 for first, last in runs]
    cells = [RuledCell([], max(1, count)) for count in columns]
    for number, text in strips:
        line = spread(text)
        for cell, (first, last) in zip(cells, pairwise((*starts, len(line) + starts[-1])), strict=True):
            if first and line[first - 1 : first] not in ("", " "):
                return None
            cell.strips.append((number, part(text, first, last).strip()))
    return cells

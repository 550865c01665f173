"""Tables drawn as grids of `+`, `-` and `|`: their cells, however many rows and columns each takes.

A cell is a rectangle with a `+` at each corner, edges of strokes above and below and of `|` or `+` at its sides, and no
smaller one at the same corner. A grid is one only if its cells cover it: no stray stroke makes a text a table.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from unicodedata import combining, east_asian_width

import regex

LID = regex.compile(r"\+(?:[-=:]{2,}+\+)++")
"""The upper edge of a grid."""

EDGE = regex.compile(r"\+[-=:+]++")
SIDE = regex.compile(r"[|+]{2,}+")

_MOST = 4_000_000
"""Characters of a grid; no filing has a larger one."""

_MOST_CELLS = 20_000

Strip = tuple[int, str]
"""A part of a line: the line's number, and the part."""


class GridCell(NamedTuple):
    """A cell. row, column: its first ones, from 0; rows, columns: how many it takes; strips: the lines within.

    width: how many characters fit into a line of it, but for a space at each side.
    """

    row: int
    column: int
    rows: int
    columns: int
    strips: list[Strip]
    width: int


def grid_height(strips: Sequence[Strip], start: int) -> int:
    """How many lines from `start` on belong to a grid that begins there; 0 if none does."""
    first = strips[start][1]
    lead = len(first) - len(first.lstrip(" "))
    if LID.fullmatch(first.rstrip(), lead) is None:
        return 0
    end = start
    while end < len(strips) and _is_drawn(strips[end][1], lead):
        end += 1
    return end - start


def read_grid(strips: Sequence[Strip]) -> list[GridCell]:
    """The cells of a grid, row by row; none if its cells do not cover it.

    >>> lines = ["+---+---+", "| a | b |", "+---+---+", "| wide  |", "+-------+"]
    >>> for cell in read_grid(list(enumerate(lines, 1))):
    ...     print(cell.row, cell.column, cell.columns, cell.strips)
    0 0 1 [(2, 'a ')]
    0 1 1 [(2, 'b ')]
    1 0 2 [(4, 'wide  ')]
    """
    texts = [text.strip(" ") for _, text in strips]
    rows = [spread(text) for text in texts]
    width = len(rows[0])
    if any(len(row) != width for row in rows) or width * len(rows) > _MOST:
        return []
    boxes = _boxes(rows)
    if sum((bottom - top) * (right - left) for top, left, bottom, right in boxes) != (len(rows) - 1) * (width - 1):
        return []
    ys = sorted({edge for top, _, bottom, _ in boxes for edge in (top, bottom)})
    xs = sorted({edge for _, left, _, right in boxes for edge in (left, right)})
    return [
        GridCell(
            bisect_left(ys, top),
            bisect_left(xs, left),
            bisect_left(ys, bottom) - bisect_left(ys, top),
            bisect_left(xs, right) - bisect_left(xs, left),
            [(strips[y][0], part(texts[y], left + 2, right)) for y in range(top + 1, bottom)],
            max(1, right - left - 3),
        )
        for top, left, bottom, right in sorted(boxes)
    ]


def _is_drawn(text: str, lead: int) -> bool:
    return text[lead : lead + 1] in ("|", "+") and text.rstrip()[-1:] in ("|", "+") and not text[:lead].strip()


def spread(text: str) -> str:
    """A line in which each character takes as many places as it is wide on a screen."""
    if text.isascii():
        return text
    return "".join(f"{c}\0" if east_asian_width(c) in "WF" else c for c in text if not combining(c))


def part(text: str, first: int, last: int) -> str:
    """What takes the places first..last (last excluded) of a line, each letter with the marks that go with it.

    >>> part("| \u5317\u6d77 | M\u0304 |", 2, 6), part("| \u5317\u6d77 | M\u0304 |", 9, 11)
    ('\u5317\u6d77', 'M\u0304 ')
    """
    if text.isascii():
        return text[first:last]
    starts: list[int] = []
    for at, char in enumerate(text):
        starts += [] if combining(char) else [at, at + 1] if east_asian_width(char) in "WF" else [at]
    ends = [*starts, len(text)]
    return text[ends[min(first, len(starts))] : ends[min(last, len(starts))]]


def _boxes(rows: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The cells as (top, left, bottom, right), found from the corners that other cells leave."""
    across = [_reaches(EDGE, row) for row in rows]
    down: dict[int, Mapping[int, int]] = {}
    found: list[tuple[int, int, int, int]] = []
    corners = [(0, 0)]
    seen = {(0, 0)}
    while corners and len(found) < _MOST_CELLS:
        top, left = corners.pop()
        box = _box(rows, across, down, (top, left))
        if box is None:
            continue
        found.append(box)
        for corner in ((top, box[3]), (box[2], left)):
            if corner not in seen:
                seen.add(corner)
                corners.append(corner)
    return found


def _box(
    rows: Sequence[str], across: Sequence[Mapping[int, int]], down: dict[int, Mapping[int, int]], at: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """The smallest cell at a corner: the nearest right edge that goes down to a lower edge which leads back."""
    top, left = at
    deepest = _down(rows, down, left).get(top, top)
    for right in range(left + 1, across[top].get(left, left) + 1):
        if rows[top][right] != "+":
            continue
        for bottom in range(top + 1, min(deepest, _down(rows, down, right).get(top, top)) + 1):
            if rows[bottom][left] == rows[bottom][right] == "+" and across[bottom].get(left, left) >= right:
                return top, left, bottom, right
    return None


def _down(rows: Sequence[str], known: dict[int, Mapping[int, int]], column: int) -> Mapping[int, int]:
    """How far down each side in a column reaches, by the row where it begins."""
    if column not in known:
        known[column] = _reaches(SIDE, "".join(row[column] for row in rows))
    return known[column]


def _reaches(pattern: regex.Pattern[str], line: str) -> Mapping[int, int]:
    """For each `+` of each stroke in a line, where the stroke ends."""
    return {
        at: stroke.end() - 1
        for stroke in pattern.finditer(line)
        for at in range(stroke.start(), stroke.end())
        if line[at] == "+"
    }

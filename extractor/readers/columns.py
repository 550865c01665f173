"""Columns of a text set with spaces: whether its markup took part in them.

Somebody who sets a text in columns either sees its markup, so that `<input/>` is as wide as it is written, or writes
the markup afterwards, into columns that stand. Only the alignment of lines with their neighbours tells which.
"""

from collections import ChainMap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from extractor.source import Cell, Item

Line = Sequence[Item]

_APART = 2
"""Spaces that set columns apart, whatever stands around."""

_OFTEN = 5
"""Columns that begin behind one space, of which fewer may be there by chance."""

_AROUND = 6
"""Lines within which a table's columns are looked for."""

_SEVERAL = 2
"""Columns of which fewer may line up by chance."""

NEAR = 2
"""How many lines above and below, blank ones aside, are compared with a line."""


def align(items: list[Item], spaced: frozenset[int]) -> list[Item]:
    """The items of a text, those of some lines at their columns in the document, markup included.

    spaced: the numbers of the lines that are set with spaces. They move only if more of their left edges line up with
    the lines around them there than they do without the markup.
    """
    lines = {number: list(line) for number, line in groupby(items, key=_line)}
    shrunk = {number for number in spaced & lines.keys() if _is_shrunk(lines[number])}
    if not shrunk:
        return items
    wide = {number: [_widened(item, line[0]) for item in line] for number, line in lines.items() if number in shrunk}
    moved = {
        number: [k for k, (one, two) in enumerate(zip(lines[number], wide[number], strict=True)) if one.x0 != two.x0]
        for number in shrunk
    }
    if _aligned({**lines, **wide}, moved) <= _aligned(lines, moved):
        return items
    return [item for number, line in lines.items() for item in wide.get(number, line)]


def _line(item: Item) -> int:
    return item.place.line or 0


def _is_shrunk(line: Line) -> bool:
    """Whether something stands further to the left than in the document, on a line that is not cut into paragraphs."""
    return any(_raw(item) - item.x0 != _raw(line[0]) - line[0].x0 for item in line) and len({i.top for i in line}) == 1


def _raw(item: Item) -> int:
    return item.place.columns[0] - 1 if item.place.columns else 0


def _widened(item: Item, first: Item) -> Item:
    """An item at its columns in the document, counted from where its line begins."""
    assert item.place.columns
    left = first.x0 - _raw(first)
    return replace(item, x0=_raw(item) + left, x1=item.place.columns[1] + left)


def _aligned(lines: Mapping[int, Line], moved: Mapping[int, Sequence[int]]) -> int:
    """How many of the moved items begin where an item of a line nearby begins."""
    numbers = list(lines)
    count = 0
    for at, number in enumerate(numbers):
        if number in moved:
            near = (*numbers[max(0, at - NEAR) : at], *numbers[at + 1 : at + 1 + NEAR])
            edges = {item.x0 for other in near for item in lines[other]}
            count += sum(lines[number][k].x0 in edges for k in moved[number])
    return count


def split(items: list[Item], spaced: frozenset[int]) -> list[Item]:
    """The items of a text, those of `spaced` lines cut where a column begins though but one space is before it.

    Some converters set columns that close, so that one filled to its last character has only a space behind it. A line
    above or below that has a wider gap there shows it: each part of the line stands under, or above, one of its items.
    """
    lines: dict[int, Line] = {number: list(line) for number, line in groupby(items, key=_line)}
    if not _is_close_set(lines, spaced):
        return items
    cut: dict[int, Line] = {}
    for number in sorted(spaced & lines.keys()):
        line = lines[number]
        below = _nearest(lines, spaced, range(number + 1, number + 1 + NEAR))
        parts = _parts_over(line, below)
        if len(parts) == len(line):
            above = _nearest(ChainMap(cut, lines), spaced, range(number - 1, number - 1 - NEAR, -1))
            known = _edges_around(lines, spaced, number)
            parts = _parts_under(line, above, known)
        if len(parts) > len(line):
            cut[number] = parts
    return [item for number, line in lines.items() for item in cut.get(number, line)] if cut else items


def _nearest(lines: Mapping[int, Line], spaced: frozenset[int], numbers: Iterable[int]) -> Line:
    """The first of some lines that has several items, if no blank line comes before; () if none does."""
    for number in numbers:
        if number not in spaced or number not in lines:
            break
        if len(lines[number]) > 1:
            return lines[number]
    return ()


def _is_close_set(lines: Mapping[int, Line], spaced: frozenset[int]) -> bool:
    """Whether columns are set one space apart: where a line nearby begins a column, one space is the usual gap.

    In a text that sets them two or three spaces apart, a word stands by chance below a column's edge now and then. In
    one whose columns give way to long texts, a line runs across an edge that the lines above and below it share.
    """
    gaps = [0, 0, 0, 0]
    across = 0
    for number in spaced & lines.keys():
        line = lines[number]
        above, below = (
            _apart(lines[near]) if near in spaced and near in lines else () for near in (number - 1, number + 1)
        )
        for edge in (*above, *below):
            gap = _gap_before(line, edge)
            gaps[gap if gap < len(gaps) else 0] += 1
            across += edge in above and edge in below and not gap and any(item.x0 < edge < item.x1 for item in line)
    return gaps[1] >= _OFTEN and gaps[1] > max(*gaps[2:], 2 * across)


def _apart(line: Line) -> list[float]:
    """Where the items of a line begin that are set apart from the one before."""
    return [right.x0 for left, right in pairwise(line) if right.x0 - left.x1 >= _APART]


def _gap_before(line: Line, x: float) -> int:
    """How many spaces stand before what begins at `x` within a line; 0 if nothing begins there."""
    for number, item in enumerate(line):
        if item.x0 == x:
            return int(x - line[number - 1].x1) if number else 0
        if item.x0 < x < item.x1:
            return int(isinstance(item, Cell) and item.text[int(x - item.x0) - 1 : int(x - item.x0)] == " ")
    return 0


def _parts_over(line: Line, below: Line) -> Line:
    """The parts of a line, if so cut it has one above each item of the line below; else the line."""
    edges = _apart(below)
    parts = _cut_at(line, edges, off=1)
    return parts if all(any(abs(part.x0 - edge) <= 1 for part in parts) for edge in edges) else line


def _parts_under(line: Line, above: Line, known: Sequence[float]) -> Line:
    """The parts of a line, if items of the line above, set apart, begin where words of this one do; else the line.

    Where the line above is centred, a column begins left of its item, where one of the `known` columns does.
    """
    edges: list[float] = []
    for left, right in pairwise(above):
        begun = any(left.x1 < item.x0 <= right.x0 + 1 for item in line[1:])
        if right.x0 - left.x1 >= _APART and not begun:
            columns = [edge for edge in known if left.x1 < edge < right.x0 and _gap_before(line, edge) == 1]
            edges += columns or [right.x0]
    return _cut_at(line, edges, off=0)


def _edges_around(lines: Mapping[int, Line], spaced: frozenset[int], number: int) -> list[float]:
    """Where columns begin, behind a wide gap, in the lines around one, up to blank lines."""
    edges: set[float] = set()
    for step in (-1, 1):
        for near in range(number + step, number + step * _AROUND, step):
            if near not in lines or near not in spaced:
                break
            edges.update(_apart(lines[near]))
    return sorted(edges)


def _cut_at(line: Line, edges: Sequence[float], *, off: int) -> Line:
    """The items of a line, each cut where a word begins at an edge, or `off` columns beside it."""
    parts: list[Item] = []
    for item in line:
        start = 0
        if isinstance(item, Cell) and len(item.text) == item.x1 - item.x0:
            for edge in edges:
                at = _word_at(item, edge, off)
                if at > start:
                    parts.append(_part(item, start, at - 1))
                    start = at
            item = _part(item, start, len(item.text)) if start else item
        parts.append(item)
    return parts


def _word_at(cell: Cell, edge: float, off: int) -> int:
    """Where a word of a cell begins at an edge, or up to `off` columns beside it; 0 if none does."""
    for near in range(-off, off + 1):
        at = int(edge - cell.x0) + near
        if 0 < at < len(cell.text) and cell.text[at - 1] == " ":
            return at
    return 0


def _part(cell: Cell, start: int, end: int) -> Cell:
    assert cell.place.columns
    first = cell.place.columns[0]
    place = replace(cell.place, columns=(first + start, first + end - 1))
    return replace(cell, text=cell.text[start:end], x0=cell.x0 + start, x1=cell.x0 + end, place=place)


def part_titles(items: list[Item], spaced: frozenset[int]) -> list[Item]:
    """The items of a text, those of `spaced` lines parted where a table begins right behind the end of a text.

    Some converters write the first line of a table behind the text before it, which moves its columns to the right by
    the text and a space: taken back by that, they stand above the columns of the lines below.
    """
    lines: dict[int, Line] = {number: list(line) for number, line in groupby(items, key=_line)}
    parted: dict[int, Line] = {}
    for number in spaced & lines.keys():
        line = lines[number]
        if len(line) > 1 and isinstance(line[0], Cell) and " " in line[0].text:
            below = takewhile(lines.__contains__, range(number + 1, number + _AROUND))
            if shift := _shift(line, {edge for near in below for edge in _apart(lines[near])}):
                parted[number] = _parted(line, shift)
    return [item for number, line in lines.items() for item in parted.get(number, line)] if parted else items


def _shift(line: Line, edges: Collection[float]) -> int:
    """By how many characters a line is moved to the right of the lines below, all of them words of its first cell."""
    first = line[0]
    assert isinstance(first, Cell)
    starts = [item.x0 for item in line[1:]]
    if len(edges) < _SEVERAL or sum(start in edges for start in starts) >= _SEVERAL:
        return 0
    shifts = [at + 1 for at, char in enumerate(first.text) if char == " "]
    fitting = [shift for shift in shifts if sum(start - shift in edges for start in starts) >= _SEVERAL]
    return fitting[0] if len(fitting) == 1 else 0


def _parted(line: Line, shift: int) -> Line:
    """The items of a line that a text begins: the text in the upper half, what is behind it moved to the left below."""
    first = line[0]
    assert isinstance(first, Cell)
    middle = (first.top + first.bottom) / 2
    rest = (_part(first, shift, len(first.text)), *line[1:])
    moved = [replace(item, x0=item.x0 - shift, x1=item.x1 - shift, top=middle) for item in rest]
    return [replace(_part(first, 0, shift - 1), bottom=middle), *moved]

"""Columns of a text set with spaces: whether its markup took part in them.

Somebody who sets a text in columns either sees its markup, so that `<input/>` is as wide as it is written, or writes
the markup afterwards, into columns that stand. Only the alignment of lines with their neighbours tells which.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise, takewhile

from extractor.source import Cell, Item

Line = Sequence[Item]

_APART = 2
"""Spaces that set columns apart, whatever stands around."""

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


def part_titles(items: list[Item], spaced: frozenset[int]) -> list[Item]:
    """The items of a text, those of `spaced` lines parted where a table begins right behind the end of a text.

    Some converters write the first line of a table behind the text before it, which moves its columns to the right by
    the text and a space: taken back by that, they stand above the columns of the lines below. A line with a column
    that the line right above it has is none of them.
    """
    lines: dict[int, Line] = {number: list(line) for number, line in groupby(items, key=_line)}
    parted: dict[int, Line] = {}
    for number in spaced & lines.keys():
        line = lines[number]
        goes_on = {item.x0 for item in line[1:]}.intersection(_apart(lines.get(number - 1, ())))
        if len(line) > 1 and isinstance(line[0], Cell) and " " in line[0].text and not goes_on:
            below = takewhile(lines.__contains__, range(number + 1, number + _AROUND))
            if shift := _shift(line, {edge for near in below for edge in _apart(lines[near])}):
                parted[number] = _parted(line, shift)
    return [item for number, line in lines.items() for item in parted.get(number, line)] if parted else items


def _apart(line: Line) -> list[float]:
    """Where the items of a line begin that are set apart from the one before."""
    return [right.x0 for left, right in pairwise(line) if right.x0 - left.x1 >= _APART]


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


def _part(cell: Cell, start: int, end: int) -> Cell:
    assert cell.place.columns
    first = cell.place.columns[0]
    place = replace(cell.place, columns=(first + start, first + end - 1))
    return replace(cell, text=cell.text[start:end], x0=cell.x0 + start, x1=cell.x0 + end, place=place)

"""Columns of a text set with spaces: whether its markup took part in them.

Somebody who sets a text in columns either sees its markup, so that `<input/>` is as wide as it is written, or writes
the markup afterwards, into columns that stand. Only the alignment of lines with their neighbours tells which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extractor.source import Item

Line = Sequence[Item]

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

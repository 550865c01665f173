"""Marks and numbers that a text sets a line above the words that they stand beside, put on the line of these words.

A page sets the answers in another font than its labels, on a base line that is a little higher; a program that makes a
line of each base line gives such answers a line of their own, in columns where the line below leaves room for them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

import regex

from extractor.source import Cell, Item, Mark

REACH = 4
"""Columns between a mark and the words behind it, at most."""

OFTEN = 3
"""Lines of marks that fit into the line below, at least."""

MOST = 5
"""How many times more often marks fit into the line below than into the line above alone: a label may be wrapped."""

SLACK = 2
"""Columns by which the end of words may be off, as they are where a program makes columns of points."""

LETTER_X = {"X", "x"}

NUMBER = regex.compile(r"[^\p{L}\d\s]*+\d[^\p{L}\s]*+")
"""An amount, a number or a date; a range of amounts is words of the form."""

Line = Sequence[Item]


def lowered(items: Sequence[Item]) -> list[Item]:
    """The items of a text set in columns; marks and numbers that its lines raise stand a line lower.

    They do if lines of nothing but marks fit into the line below again and again, each mark before words of it, and
    hardly one fits into the line above alone.
    """
    lines = {int(top): list(line) for top, line in groupby(items, key=attrgetter("top"))}
    marked = [top for top, line in lines.items() if all(map(_is_mark, line))]
    below = {top for top in marked if _fits(lines[top], lines.get(top + 1, ()))}
    above = {top for top in marked if _fits(lines[top], lines.get(top - 1, ()))}
    if len(below) < max(OFTEN, MOST * len(above - below)):
        return list(items)
    return sorted(_moved(lines), key=attrgetter("top", "x0"))


def _moved(lines: Mapping[int, Line]) -> Iterator[Item]:
    """Yield the items of all lines, those of raised lines a line lower."""
    for top, line in lines.items():
        raised = all(map(_may_rise, line)) and _fits(line, lines.get(top + 1, ()))
        yield from (replace(item, top=item.top + 1, bottom=item.bottom + 1) for item in line) if raised else line


def _is_mark(item: Item) -> bool:
    return isinstance(item, Mark) or item.text in LETTER_X


def _may_rise(item: Item) -> bool:
    return _is_mark(item) or (isinstance(item, Cell) and NUMBER.fullmatch(item.text) is not None)


def _fits(line: Line, other: Line) -> bool:
    """Whether another line leaves room for all of a line, and has words right behind each mark of it."""
    if not line or not other or all(map(_may_rise, other)):
        return False
    return all(_is_before(one, other) if _is_mark(one) else _is_free(one, other, SLACK) for one in line)


def _is_free(one: Item, line: Line, slack: float = 0.0) -> bool:
    """Whether a line leaves room for something. slack: columns by which words before it may reach into it."""
    return all(item.x1 <= one.x0 + slack or item.x0 >= one.x1 for item in line)


def _is_before(one: Item, line: Line) -> bool:
    """Whether a mark stands right before words of a line."""
    return _is_free(one, line) and any(0 <= item.x0 - one.x1 <= REACH for item in line if not _is_mark(item))

"""Cuts a record into what is left between its labels: pieces of text, and marks written or typed."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.engine.labels import Hit, Span, extent
from extractor.engine.records import X_MARKS
from extractor.source import Cell, Item, Mark, Place

_BREAKS = "-/\N{EN DASH}"
"""Signs inside words behind which browsers wrap lines."""

_BREAK_SIGN = "\\ "
"""How writers of markup write the end of a line, in a cell that is blank else."""

AFTER_LABEL = " :;,.)*?"
"""Signs between a label and an answer behind it."""

STRANGE = regex.compile(
    r"""
    \\ (?: [^\w\s] | \s | \Z )      # an escape, a break: \' \\
    | < / [A-Za-z]++ > | < [A-Za-z]++ \s [^<>=]*+ = [^<>]*+ >      # a tag that closes, or has an attribute
    | \{ [.\#]? \w++ [:=}] | `` | \{\{ | \}\} | \{\| | \|\} | \[\[ | \]\]
    | \| [^\s|/]*+ /                  # a target: Words|/path
    """,
    regex.VERBOSE,
)
"""Signs of markup that no answer holds but by accident."""

_TRAILING_X = regex.compile(r"(?P<text>.*\S)\s+(?P<x>[Xx])")


Stretch = tuple[Item, int, int]
"""An item and some of its characters, start and end excluded: a `Spot` that is only looked at if need be."""


class Spot(NamedTuple):
    """Some characters of an item; its place is made when somebody asks.

    line: to add to the number of its line, for an item of line 0.
    """

    item: Item
    start: int
    end: int
    line: int = 0

    @property
    def place(self) -> Place:
        """Where it stands in the document."""
        place = self.item.place
        columns = part_columns(self.item, self.start, self.end)
        if columns == place.columns and not self.line:
            return place
        line = place.line if place.line is None else place.line + self.line
        return Place(place.page, place.box, line, columns)

    @property
    def text(self) -> str:
        """The characters, or how the document writes the mark."""
        item = self.item
        return item.raw if isinstance(item, Mark) else item.text[self.start : self.end]


def part_place(item: Item, start: int, end: int) -> Place:
    """The place of some characters of an item; columns are narrowed, a box is kept whole."""
    place = item.place
    columns = part_columns(item, start, end)
    return place if columns == place.columns else Place(place.page, place.box, place.line, columns)


def part_columns(item: Item, start: int, end: int) -> tuple[int, int] | None:
    """The columns of some characters of an item; of all of it, where it does not stand there character by character."""
    columns = item.place.columns
    if columns is None or isinstance(item, Mark) or end - start >= len(item.text):
        return columns
    first, last = columns
    return (first + start, first + end - 1) if last - first + 1 == len(item.text) else columns


class Piece(NamedTuple):
    """Text between labels. cell, start, end: where; first: whether it begins its cell."""

    text: str
    cell: int
    start: int
    end: int
    x0: float
    x1: float
    top: float
    bottom: float

    def spot(self, items: Sequence[Item]) -> Spot:
        """Where the piece stands in the document."""
        return Spot(items[self.cell], self.start, self.end)

    def place(self, items: Sequence[Item]) -> Place:
        """The place of its spot."""
        return part_place(items[self.cell], self.start, self.end)


def cut_piece(piece: Piece, start: int, end: int) -> Piece:
    """A part of a piece, which counts as being where the whole is."""
    return piece._replace(text=piece.text[start:end], start=piece.start + start, end=piece.start + end)


class Tick(NamedTuple):
    """A mark: one that the reader saw as a box, or a lone letter X (typed) that may be a mark or a word."""

    checked: bool
    raw: str
    cell: int
    start: int
    x0: float
    x1: float
    top: float
    bottom: float
    typed: Piece | None = None

    def spot(self, items: Sequence[Item]) -> Spot:
        """Where the mark stands in the document."""
        return self.typed.spot(items) if self.typed else Spot(items[self.cell], 0, 0)


def join(texts: Sequence[str]) -> str:
    """The lines of a wrapped text as one; where a line was broken within a word, it goes on without a space.

    >>> join(["2013-11-", "19"]), join(["Chief Financial", "Officer"]), join(["Fund -", "Series A"])
    ('2013-11-19', 'Chief Financial Officer', 'Fund - Series A')
    """
    text = before = ""
    for line in texts:
        text = f"{text}{line}" if not text or is_broken(before, line) else f"{text} {line}"
        before = line
    return text


def is_broken(line: str, after: str) -> bool:
    """Whether a line seems to be broken within a word: at a hyphen, or between two brackets of a number.

    >>> is_broken("Section 3(c)", "(7) notes"), is_broken("Fund (GP)", "(see below)")
    (True, False)
    """
    if after[:1] == "(" and line[-1:] == ")":
        return line.rfind("(") > line.rfind(" ") + 1
    return is_glued(line)


def is_glued(text: str) -> bool:
    """Whether a line ends in a hyphen inside a word, so that the next line goes on without a space.

    A word that begins with the same sign is whole.

    >>> is_glued("2013-11-"), is_glued("Fund -"), is_glued("Fund"), is_glued("/s/")
    (True, False, False, False)
    """
    if len(text) < 2 or text[-1] not in _BREAKS or text[-2].isspace():
        return False
    return text.rpartition(" ")[2][0] != text[-1]


def cut(
    items: Sequence[Item], first: int, last: int, hits: Sequence[Hit], ticking: frozenset[str]
) -> tuple[list[Piece], list[Tick]]:
    """The pieces and ticks among items first..last that the labels leave; `ticking` labels have boxes."""
    spans: dict[int, list[tuple[Span, bool]]] = {}
    for hit in hits:
        for span in hit.spans:
            spans.setdefault(span.cell, []).append((span, hit.label in ticking))
    pieces: list[Piece] = []
    ticks: list[Tick] = []
    for index in range(first, last):
        item = items[index]
        if isinstance(item, Mark):
            ticks.append(Tick(item.checked, item.raw, index, 0, item.x0, item.x1, item.top, item.bottom))
        elif index in spans:
            _cut_cell(item, index, sorted(spans[index]), pieces, ticks)
        elif item.text.strip(_BREAK_SIGN):
            _keep(_piece(item, index, 0, len(item.text)), pieces, ticks)
    return pieces, ticks


def _cut_cell(cell: Cell, index: int, spans: list[tuple[Span, bool]], pieces: list[Piece], ticks: list[Tick]) -> None:
    at = 0
    for number, (span, ticking) in enumerate(spans):
        _gap(cell, index, at, span.start, (number > 0, ticking), pieces, ticks)
        at = max(at, span.end)
    _gap(cell, index, at, len(cell.text), (True, False), pieces, ticks)


def _gap(
    cell: Cell,
    index: int,
    start: int,
    end: int,
    beside: tuple[bool, bool],
    pieces: list[Piece],
    ticks: list[Tick],
) -> None:
    """Keep the text between two labels; `beside`: a label stands before it; the one behind it has a box."""
    text = cell.text
    after, ticking = beside
    if after:
        while start < end and text[start] in AFTER_LABEL:
            start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start >= end or not (text[start:end] == "-" or any(char.isalnum() for char in text[start:end])):
        return
    if ticking and (found := _TRAILING_X.fullmatch(text, start, end)):
        _keep(_piece(cell, index, start, found.end("text")), pieces, ticks)
        start = found.start("x")
    _keep(_piece(cell, index, start, end), pieces, ticks)


def _piece(cell: Cell, index: int, start: int, end: int) -> Piece:
    x0, x1 = extent(cell, start, end)
    return Piece(cell.text[start:end], index, start, end, x0, x1, cell.top, cell.bottom)


def _keep(piece: Piece, pieces: list[Piece], ticks: list[Tick]) -> None:
    if piece.text in X_MARKS:
        ticks.append(
            Tick(True, piece.text, piece.cell, piece.start, piece.x0, piece.x1, piece.top, piece.bottom, piece)
        )
    else:
        pieces.append(piece)

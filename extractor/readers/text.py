"""Text to a `Source`: lines, cells and boxes of a dump, of a print's text, of Markdown, of a transcription.

Tabs, the pipes of a table, or runs of two and more spaces set the cells of a line apart; a line with none of them is
one cell. Remnants of HTML and Markdown are taken off; a box that is written out becomes a mark.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from unicodedata import normalize

import regex

from extractor.errors import EmptyInput, UnreadableInput
from extractor.readers import marks, markup
from extractor.readers.columns import align, part_titles
from extractor.readers.frames import LIDS, UNDERLINE, clear_frames, clear_underlines
from extractor.readers.furniture import find_furniture
from extractor.readers.hints import BRACED, LINK, hints_of
from extractor.readers.joined import part_joined
from extractor.readers.links import BRACKETS, clear_addresses, clear_links, clear_targets
from extractor.readers.marks import find_boxes, holds_any
from extractor.readers.markup import (
    BREAK,
    CELL_TAG,
    GONE,
    LEADS,
    TAG,
    Style,
    find_style,
    is_printable,
    paint_cell,
    paint_line,
)
from extractor.readers.nested import JUNCTION, find_shifts, outer_cells
from extractor.readers.pipes import PIPE, PIPES, WITHIN, Row, clear_within, find_bands, find_rows, is_rule
from extractor.readers.raised import lowered
from extractor.source import Cell, Item, Line, Lines, Mark, Place, Source, placed

LIMIT = 20_000_000
"""Characters of a text; a filing with the most persons and recipients the form allows has less than a tenth."""

TAB = 1000.0
"""How far the left edges of neighbouring cells of a tabbed line are apart; nothing but their index places them."""

CELL = 500.0
"""The part of `TAB` over which the text and the boxes of one tabbed cell are spread from left to right."""

X_TOLERANCE = 1.5
"""Columns by which two left edges of a text set with spaces may differ, as where a number is set right-aligned."""

CHUNK = regex.compile(r"[^ ]++(?: [^ ]++)*+")
"""Words that no run of two and more spaces sets apart."""

SIGNS = tuple(dict.fromkeys((*markup.SIGNS, *marks.SIGNS)))
"""What an ASCII line must hold for markup or a box to be in it; most lines have none."""

GONES = regex.compile(f"{GONE}++")

APART = regex.compile(
    r"""
    (?<=\S) [ \u00a0]{3} \s*+ \S
    | (?<= [^\s.?!] ) (?<! [.?!]["')\N{RIGHT DOUBLE QUOTATION MARK}] ) [ \u00a0]{2} (?=\S)
    """,
    regex.VERBOSE,
)
"""Cells set apart within a line; two spaces after a sentence are a typist's habit and no column."""

LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)


SPARSE = 0.07
"""The part of its lines that a text set in columns by spaces has cells apart in, at least: in one that only shows its
empty boxes as spaces, every thirtieth line has."""

LOOSE = 0.25
"""The part of the lines that follow another without a blank line between; where fewer do, blank lines say nothing."""

FEW = 100
"""Lines; a text of more has none in which most of it stands, one of fewer tells little of how it parts its lines."""

OFTEN = 4000
"""Characters; longer lines are not kept in memory for the next document."""


class _Field(NamedTuple):
    """What is shown of one cell of a line, and how it lies on the sheet.

    left: x of the first character of each paragraph; unit: the width of a character; indexed: set apart by tabs or
    pipes. breaks: the offsets in `text` before which something is gone, beginning with 0; shifts: what to add to the
    offsets from there on for the column, from 0, in the line.
    """

    text: str
    left: float
    unit: float
    indexed: bool
    breaks: Sequence[int]
    shifts: Sequence[int]

    def column(self, offset: int) -> int:
        """The column, from 1, at which a character of `text` stands in the line."""
        return offset + self.shifts[bisect_right(self.breaks, offset) - 1] + 1

    def paragraphs(self) -> list[tuple[int, int]]:
        """The extents (start, end) of the paragraphs that are not blank."""
        found = []
        start = 0
        for part in self.text.split(BREAK):
            if words := part.strip():
                first = start + part.index(words[0])
                found.append((first, first + len(words)))
            start += len(part) + 1
        return found


class Text(NamedTuple):
    """A text whose lines are read one by one.

    shown: the indexes of the lines that are neither blank nor page furniture. read: what stands in each of them. rows,
    shifts: of its tables, by the index of the line. furniture: the indexes of the lines that are a page's. origins: of
    the pieces of a text that stands in one line, which are its lines here: where each begins (line, column).
    """

    lines: Sequence[str]
    shown: Sequence[int]
    read: Sequence[Line]
    rows: Mapping[int, Row]
    shifts: Mapping[int, int]
    furniture: Set[int]
    origins: Sequence[tuple[int, int]] = ()

    def apart(self) -> Lines | None:
        """The lines, if what stands in each does not depend on those around it."""
        if self.rows or self.shifts or self.furniture or self.origins:
            return None
        columns = False
        for index, read in zip(self.shown, self.read, strict=True):
            if read.spaced or (read.apart and "\t" not in self.lines[index]):
                return None
            columns = columns or read.apart
        held = [(index + 1, read) for index, read in zip(self.shown, self.read, strict=True) if read.items]
        numbers, lines = zip(*held, strict=True) if held else ((), ())
        return Lines(numbers, lines, columns, X_TOLERANCE, 1.0)

    def source(self) -> Source:
        """What stands in the text. Raises EmptyInput if nothing does."""
        items, columns, spaced = _arrange(self)
        if not items:
            raise EmptyInput("the text is empty: it holds nothing but white space, rules and page furniture")
        bands = find_bands(self.lines, self.rows) if self.rows else ()
        if bands:
            items = _stack(items, bands)
        if self.furniture:
            items = _close_gaps(items, self.lines, self.furniture)
        if not columns and _is_loose(self.shown):
            items = _closed(items)
        if self.origins:
            items = [_at_origin(item, self.origins) for item in items]
        return Source("text", tuple(items), x_tolerance=X_TOLERANCE, line_height=1.0, columns=columns, spaced=spaced)


def read_text(text: str) -> Source:
    r"""The cells and marks of a text; y is the number of the line, x its column, or its cell's index times `TAB`.

    Paragraphs within one line (`<p>`, `<br>`) lie below each other inside the height of that line. Lines that only
    draw a rule, and page furniture, are left out. Raises EmptyInput if nothing remains, and UnreadableInput above
    `LIMIT` characters.

    >>> for item in read_text("City\tZIP\n\n  [X] Yes").items:
    ...     print(item.top, item.x0, getattr(item, "text", "a mark"), "at", item.place)
    1.0 0.0 City at line 1 columns 1-4
    1.0 1000.0 ZIP at line 1 columns 6-8
    3.0 2.0 a mark at line 3 columns 3-5
    3.0 6.0 Yes at line 3 columns 7-9
    """
    return read_lines(text).source()


def read_lines(text: str) -> Text:
    """The lines of a text. Raises UnreadableInput above `LIMIT` characters."""
    if len(text) > LIMIT:
        raise UnreadableInput(f"a filing was expected; the text has {len(text):,} characters, the limit is {LIMIT:,}")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    raw = text.split("\n")
    joined = part_joined(raw) if len(raw) < FEW else None
    if joined is not None:
        raw = joined.pieces
    hints = hints_of(raw)
    lines = _cleared(raw, hints)
    style = find_style(text, lines, hints if lines is raw else hints_of(lines))
    furniture = find_furniture(text, lines)
    rows = find_rows(lines) if any(pipe in text for pipe in PIPES) else {}
    shown = [index for index, line in enumerate(lines) if line and index not in furniture]
    read = [
        (_read_line if len(line) < OFTEN else _work_out)(line, style, rows.get(index))
        for index in shown
        for line in (lines[index],)
    ]
    return Text(lines, shown, read, rows, find_shifts(lines), furniture, joined.origins if joined else ())


def _cleared(lines: Sequence[str], hints: frozenset[str]) -> Sequence[str]:
    """The lines of a text without what a converter drew or numbered, each thing that stays where it was."""
    if not hints.isdisjoint(LIDS):
        lines = clear_frames(lines)
    if UNDERLINE in hints:
        lines = clear_underlines(lines)
    if not hints.isdisjoint(BRACKETS):
        lines = clear_addresses(lines)
    if BRACED in hints:
        lines = clear_targets(lines)
    if WITHIN in hints:
        lines = clear_within(lines)
    return clear_links(lines) if LINK in hints else lines


def _arrange(text: Text) -> tuple[list[Item], bool, bool]:
    """What stands in the lines of a text, whether x says in which column it stands, and whether spaces do so."""
    items: list[Item] = []
    tabbed, parted = False, 0
    marked_up: set[int] = set()
    spaced: set[int] = set()
    for index, read in zip(text.shown, text.read, strict=True):
        items += [placed(item, index + 1, text.shifts.get(index, 0) * TAB) for item in read.items]
        if read.spaced:
            marked_up.add(index + 1)
        if index not in text.rows and "\t" not in text.lines[index]:
            spaced.add(index + 1)
            parted += read.apart
        else:
            tabbed = tabbed or read.apart
    in_spaces = parted > SPARSE * len(text.shown)
    columns = tabbed or in_spaces
    if marked_up:
        items = align(items, frozenset(marked_up))
    if in_spaces:
        items = lowered(part_titles(items, frozenset(spaced)))
    return items, columns, in_spaces


def _work_out(line: str, style: Style, row: Row | None) -> Line:
    """What stands in a line, as line 0."""
    if row is None and is_printable(line) and not holds_any(line, SIGNS) and line.lstrip()[:1] not in LEADS:
        items: Sequence[Item] = _plain_items(line, 0)
        return Line(tuple(items), apart=_sets_apart(line, items, row), spaced=False)
    if is_rule(line):
        return Line((), apart=False, spaced=False)
    items = _special_items(line, 0, style, row)
    spaced = row is None and len(items) > 1 and not ("\t" in line or CELL_TAG.search(line))
    return Line(tuple(items), apart=_sets_apart(line, items, row), spaced=spaced)


_read_line = lru_cache(maxsize=4096)(_work_out)
"""The same from memory: the form's own lines come again in every document."""


def _stack(items: Sequence[Item], bands: Sequence[range]) -> list[Item]:
    """The items of a text; the lines of each cell of a row that takes several lines share the height of that row."""
    band_of = {line + 1: band for band in bands for line in band}
    lines: dict[tuple[range, int], dict[int, int]] = {}
    for item in items:
        if band := band_of.get(item.place.line or 0):
            column = lines.setdefault((band, int(item.x0 // TAB)), {})
            column.setdefault(item.place.line or 0, len(column))
    stacked: list[tuple[float, float, Item]] = []
    for item in items:
        if band := band_of.get(item.place.line or 0):
            column = lines[band, int(item.x0 // TAB)]
            height = len(band) / len(column)
            top = band[0] + 1 + column[item.place.line or 0] * height
            item = replace(item, top=top, bottom=top + height)
            stacked.append((top, item.x0, item))
        else:
            stacked.append((item.top, item.x0 if item.top % 1 else 0.0, item))
    stacked.sort(key=lambda entry: entry[:2])
    return [item for _, _, item in stacked]


def _close_gaps(items: Sequence[Item], lines: Sequence[str], furniture: Set[int]) -> list[Item]:
    """The items of a text whose pages follow each other as if they were one, with at most a blank line between."""
    lifts: list[int] = []
    lift, at = 0, 0
    while at < len(lines):
        end = at
        while end < len(lines) and (end in furniture or not lines[end].strip()):
            end += 1
        group = range(at, max(end, at + 1))
        if any(index in furniture for index in group):
            lift += len(group) - any(index not in furniture for index in group)
        lifts += [lift] * len(group)
        at = group.stop
    return [_lifted(item, lifts[(item.place.line or 1) - 1]) for item in items]


def _is_loose(shown: Sequence[int]) -> bool:
    """Whether a text has a blank line between nearly all its lines, as where each piece of a page is a paragraph."""
    return len(shown) >= FEW and sum(below - line == 1 for line, below in pairwise(shown)) < LOOSE * len(shown)


def _closed(items: Sequence[Item]) -> list[Item]:
    """The items of a text without its blank lines."""
    order = {top: number for number, top in enumerate(sorted({int(item.top) for item in items}), start=1)}
    return [_lifted(item, int(item.top) - order[int(item.top)]) for item in items]


def _at_origin(item: Item, origins: Sequence[tuple[int, int]]) -> Item:
    """An item of a piece, with its place in the text."""
    line, start = origins[(item.place.line or 1) - 1]
    first, last = item.place.columns or (1, 1)
    return replace(item, place=Place(None, None, line + 1, (first + start, last + start)))


def _lifted(item: Item, lines: int) -> Item:
    return replace(item, top=item.top - lines, bottom=item.bottom - lines) if lines else item


def _sets_apart(line: str, found: Sequence[Item], row: Row | None) -> bool:
    """Whether a line's x says in which column something stands."""
    if "\t" in line or row or CELL_TAG.search(line):
        return any(item.x0 >= TAB for item in found)
    return len(found) > 1 and APART.search(line) is not None


def _plain_items(line: str, number: int) -> list[Cell]:
    """The cells of a line without markup, boxes and odd characters: `_special_items` at a fraction of the work."""
    top = float(number)
    if "\t" not in line:
        return [
            Cell(line[start:end], float(start), float(end), top, top + 1, Place(None, None, number, (start + 1, end)))
            for start, end in _chunks(line, 0, len(line))
        ]
    cells = []
    start, left = 0, 0.0
    for part in line.split("\t"):
        if words := part.strip():
            first = start + part.index(words)
            last = first + len(words)
            right = left + len(words) * (CELL / (len(part) + 1))
            text = " ".join(words.split()) if "  " in words else words
            cells.append(Cell(text, left, right, top, top + 1, Place(None, None, number, (first + 1, last))))
        start += len(part) + 1
        left += TAB
    return cells


def _special_items(line: str, number: int, style: Style, row: Row | None) -> list[Item]:
    """The cells and marks of a line that may hold markup, boxes, paragraphs or a table's pipes, in reading order."""
    stacks = [(field, field.paragraphs()) for field in _fields(line, style, row)]
    height = 1 / max(1, *(len(paragraphs) for _, paragraphs in stacks), 1)
    items: list[Item] = []
    for field, paragraphs in stacks:
        for level, (first, last) in enumerate(paragraphs):
            top = number + level * height
            for start, end, checked in _pieces(field, first, last):
                x0 = field.left + (start - first) * field.unit
                x1 = field.left + (end - first) * field.unit
                shown = field.text[start:end]
                columns = (field.column(start), field.column(end - 1))
                if checked is None:
                    place = Place(None, None, number, columns)
                    items.append(Cell(_clean(shown), x0, x1, top, top + height, place))
                    continue
                tag = TAG.match(line, columns[0] - 1) if line[columns[0] - 1] == "<" else None
                raw = tag[0] if tag else shown
                place = Place(None, None, number, (columns[0], columns[0] + len(raw) - 1) if tag else columns)
                items.append(Mark(checked, raw, x0, x1, top, top + height, place))
    if height < 1:
        items.sort(key=lambda item: (item.top, item.x0))
    return items


def _fields(line: str, style: Style, row: Row | None) -> Iterator[_Field]:
    """Yield what is shown of each cell of a line that is not blank or a rule."""
    for index, first, part in _parts(paint_line(line, style), row):
        if not part or part.isspace():
            continue
        shown = paint_cell(part, style)
        breaks, shifts = [0], [first]
        if GONE in shown:
            gone = 0
            for run in GONES.finditer(shown):
                breaks.append(run.start() - gone)
                gone += len(run[0])
                shifts.append(first + gone)
            shown = shown.replace(GONE, "")
        if index is None:
            lead = shown[: len(shown) - len(shown.lstrip(" " + BREAK))]
            yield _Field(shown, float(lead.count(" ")), 1.0, False, breaks, shifts)
        elif not is_rule(shown):
            yield _Field(shown, index * TAB, CELL / (len(shown) + 1), True, breaks, shifts)


def _parts(line: str, row: Row | None) -> Iterator[tuple[int | None, int, str]]:
    """Yield (index, first column, text) of each cell; the index is None for a line without tabs and table's pipes.

    The cells of a row whose columns are lost come as one, which says no more than it is: words in a line.
    """
    if "\t" in line:
        parts, border, lost = line.split("\t"), 0, False
    elif row:
        parts, border, lost = PIPE.split(line), row.border, row.lost
    else:
        yield None, 0, line
        return
    if lost and JUNCTION in parts and row:
        inner = parts[border:]
        skipped = sum(len(part) + 1 for part in parts[:border])
        for index, start, text in outer_cells(inner, [is_rule(part) for part in inner]):
            yield index, start + skipped, text
        return
    if lost:
        parts = [GONE * len(part) if is_rule(part) else part for part in parts]
        first = next((position for position, part in enumerate(parts) if part.strip(GONE + " ")), border)
        yield first - border, 0, " ".join(parts)
        return
    start = 0
    for position, part in enumerate(parts):
        yield position - border, start, part
        start += len(part) + 1


def _pieces(field: _Field, first: int, last: int) -> Iterator[tuple[int, int, bool | None]]:
    """Yield (start, end, checked) of each box of a paragraph, and, with None for checked, of the text around them."""
    position = first
    for start, end, checked in (*find_boxes(field.text[first:last]), (last - first, last - first, None)):
        for left, right in _chunks(field.text, position, first + start, runs=not field.indexed):
            yield left, right, None
        if checked is not None:
            yield first + start, first + end, checked
        position = first + end


def _chunks(text: str, first: int, last: int, *, runs: bool = True) -> Iterator[tuple[int, int]]:
    """Yield the extents of the words in a part of a text, all in one, or one for each between two `runs` of spaces."""
    part = text[first:last]
    words = part.strip()
    if runs and "  " in words:
        for chunk in CHUNK.finditer(text, first, last):
            yield chunk.span()
    elif words:
        start = first + part.index(words[0])
        yield start, start + len(words)


def _clean(text: str) -> str:
    """Text as shown, in composed characters, without ligatures, its white space collapsed."""
    text = " ".join(text.split())
    return text if text.isascii() else normalize("NFC", text.translate(LIGATURES))

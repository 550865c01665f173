"""Text to a `Source`: lines, cells and boxes of a dump, of a print's text, of Markdown, of a transcription.

Tabs, the pipes of a table, or runs of two and more spaces set the cells of a line apart; a line with none of them is
one cell. Remnants of HTML and Markdown are taken off; a box that is written out becomes a mark.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from unicodedata import normalize

import regex

from extractor.errors import EmptyInput, UnreadableInput
from extractor.readers.furniture import find_furniture
from extractor.readers.marks import find_boxes
from extractor.readers.markup import BREAK, GONE, TAG, Style, find_style, paint_cell, paint_line
from extractor.readers.pipes import PIPE, PIPES, find_rows, is_rule
from extractor.source import Cell, Item, Mark, Place, Source

LIMIT = 50_000_000
"""Characters of a text; a filing with the most persons and recipients the form allows has less than a hundredth."""

TAB = 1000.0
"""How far the left edges of neighbouring cells of a tabbed line are apart; nothing but their index places them."""

CELL = 500.0
"""The part of `TAB` over which the text and the boxes of one tabbed cell are spread from left to right."""

X_TOLERANCE = 1.5
"""Columns by which two left edges of a text set with spaces may differ, as where a number is set right-aligned."""

SPECIAL = regex.compile(
    r"""
    [\\`\[*_\x00-\x08\x0b-\x1f\x7f-\U0010ffff]
    | </?[a-zA-Z!] | &[#a-zA-Z]
    | [({] [\ xX_*] | [|] [\ xX_] | :[a-z_]++:
    | \A\s*+ [-+#>=~:|]
    """,
    regex.VERBOSE,
)
"""What asks for more than splitting: the beginning of a tag, an entity, a box or a sign of Markdown; most lines have
none, and are read several times faster for it."""

CHUNK = regex.compile(r"[^ ]++(?: [^ ]++)*+")
"""Words that no run of two and more spaces sets apart."""

APART = regex.compile(
    r"""
    \t \s*+ \S
    | (?<=\S) [ \u00a0]{3} \s*+ \S
    | (?<= [^\s.?!] ) (?<! [.?!]["')\N{RIGHT DOUBLE QUOTATION MARK}] ) [ \u00a0]{2} (?=\S)
    """,
    regex.VERBOSE,
)
"""Cells set apart within a line; two spaces after a sentence are a typist's habit and no column."""

LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)


@dataclass(frozen=True, slots=True)
class _Field:
    """What is shown of one cell of a line, and how it lies on the sheet.

    columns: for each character of `text` the column, from 0, at which it stands in the line. left: x of the first
    character of each paragraph; unit: the width of a character. indexed: set apart by tabs or pipes.
    """

    text: str
    columns: Sequence[int]
    left: float
    unit: float
    indexed: bool

    def paragraphs(self) -> Iterator[tuple[int, int]]:
        """Yield the extent (start, end) of each paragraph that is not blank."""
        start = 0
        for part in self.text.split(BREAK):
            if words := part.strip():
                first = start + part.index(words[0])
                yield first, first + len(words)
            start += len(part) + 1


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
    if len(text) > LIMIT:
        raise UnreadableInput(f"a filing was expected; the text has {len(text):,} characters, the limit is {LIMIT:,}")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    style = find_style(text, lines)
    furniture = find_furniture(text, lines)
    rows = find_rows(lines) if any(pipe in text for pipe in PIPES) else {}
    items: list[Item] = []
    columns = bool(rows)
    for index, line in enumerate(lines):
        if not line or index in furniture:
            continue
        border = rows.get(index)
        if border is None and not SPECIAL.search(line):
            items.extend(_plain_items(line, index + 1))
        elif not is_rule(line):
            items.extend(_special_items(line, index + 1, style, border))
        columns = columns or APART.search(line) is not None
    if not items:
        raise EmptyInput("the text is empty: it holds nothing but white space, rules and page furniture")
    return Source("text", tuple(items), x_tolerance=X_TOLERANCE, line_height=1.0, columns=columns)


def _plain_items(line: str, number: int) -> Iterator[Cell]:
    """Yield the cells of a line without markup and boxes: what `_special_items` yields, at a fraction of the work."""
    top = float(number)
    if "\t" not in line:
        for chunk in CHUNK.finditer(line):
            start, end = chunk.span()
            yield Cell(chunk[0], float(start), float(end), top, top + 1, Place(line=number, columns=(start + 1, end)))
        return
    start = 0
    for index, part in enumerate(line.split("\t")):
        if words := part.split():
            first = start + part.index(words[0])
            last = start + len(part.rstrip())
            left = index * TAB
            right = left + (last - first) * CELL / (len(part) + 1)
            yield Cell(" ".join(words), left, right, top, top + 1, Place(line=number, columns=(first + 1, last)))
        start += len(part) + 1


def _special_items(line: str, number: int, style: Style, border: int | None) -> list[Item]:
    """The cells and marks of a line that may hold markup, boxes, paragraphs or a table's pipes, in reading order."""
    stacks = [(field, list(field.paragraphs())) for field in _fields(line, style, border)]
    height = 1 / max(1, *(len(paragraphs) for _, paragraphs in stacks), 1)
    items: list[Item] = []
    for field, paragraphs in stacks:
        for level, (first, last) in enumerate(paragraphs):
            top = number + level * height
            for start, end, checked in _pieces(field, first, last):
                x0 = field.left + (start - first) * field.unit
                x1 = field.left + (end - first) * field.unit
                shown = field.text[start:end]
                columns = (field.columns[start] + 1, field.columns[end - 1] + 1)
                if checked is None:
                    place = Place(line=number, columns=columns)
                    items.append(Cell(_clean(shown), x0, x1, top, top + height, place))
                    continue
                tag = TAG.match(line, columns[0] - 1)
                raw = tag[0] if tag else shown
                place = Place(line=number, columns=(columns[0], columns[0] + len(raw) - 1) if tag else columns)
                items.append(Mark(checked, raw, x0, x1, top, top + height, place))
    if height < 1:
        items.sort(key=lambda item: (item.top, item.x0))
    return items


def _fields(line: str, style: Style, border: int | None) -> Iterator[_Field]:
    """Yield the cells of a line, blank ones too; those of a table's row if `border` says how many pipes it skips."""
    painted = paint_line(line, style)
    indexed = True
    if "\t" in painted:
        parts, border = painted.split("\t"), 0
    elif border is not None:
        parts = PIPE.split(painted)
    else:
        parts, border, indexed = [painted], 0, False
    start = 0
    for position, part in enumerate(parts):
        shown = paint_cell(part, style)
        columns: Sequence[int] = range(start, start + len(part))
        start += len(part) + 1
        if GONE in shown:
            columns = array("L", compress(columns, map(GONE.__ne__, shown)))
            shown = shown.replace(GONE, "")
        if indexed:
            if not is_rule(shown.strip()):
                yield _Field(shown, columns, (position - border) * TAB, CELL / (len(shown) + 1), True)
        else:
            yield _Field(shown, columns, float(len(shown) - len(shown.lstrip(" " + BREAK))), 1.0, False)


def _pieces(field: _Field, first: int, last: int) -> Iterator[tuple[int, int, bool | None]]:
    """Yield (start, end, checked) of each box of a paragraph, and, with None for checked, of the text around them."""
    position = first
    for start, end, checked in (*find_boxes(field.text[first:last]), (last - first, last - first, None)):
        if field.indexed:
            between = field.text[position : first + start]
            if words := between.strip():
                left = position + between.index(words[0])
                yield left, left + len(words), None
        else:
            for chunk in CHUNK.finditer(field.text, position, first + start):
                yield *chunk.span(), None
        if checked is not None:
            yield first + start, first + end, checked
        position = first + end


def _clean(text: str) -> str:
    """Text as shown, in composed characters, without ligatures, its white space collapsed."""
    text = " ".join(text.split())
    return text if text.isascii() else normalize("NFC", text.translate(LIGATURES))

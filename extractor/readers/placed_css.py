"""Lines of text that a page places by its styles: what poppler, MuPDF, pdfminer and others make of a print as HTML.

A sheet is an element with a width and a height in which lines are placed, or on which they lie; where there is none,
all lines are on one page. A line is as wide as the usual font of its kind makes it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

import regex
from lxml import etree

from extractor.readers.html_source import UNSEEN, Element, parse_html, text_of
from extractor.readers.pdf_drawing import UNKNOWN
from extractor.readers.placed_fonts import width_of
from extractor.readers.placed_page import JOINT, RISE, Page, Text

SELECTOR: Final = regex.compile(r"(?:\w++)?+ [.] (?P<name> [\w-]++ ) | (?P<element> \w++ )", regex.VERBOSE)
"""What a rule of a style sheet is for: a class, or an element."""

LENGTH: Final = regex.compile(
    r"""
    \s*+ (?P<number> [-+]?+ (?: \d++ (?: \. \d*+ )?+ | \. \d++ ) (?: e -?+ \d++ )?+ )
    \s*+ (?P<unit> px | pt | in | cm | mm | pc )?+ \s*+
    """,
    regex.VERBOSE | regex.IGNORECASE,
)

UNITS: Final = {"px": 1.0, "pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}
"""Lengths in pixels, as CSS has them."""

POINTS: Final = regex.compile(r"\bleft\s*+:\s*+[\d.]++\s*+pt\b")
"""Shows that a page is measured in points, and so are its places."""

LEAST_SHEET: Final = 150.0
"""The least width and height of a sheet, in pixels."""

FONT_SIZE: Final = 16.0
LEADING: Final = 1.2
"""The size of fonts, in pixels, and the height of lines, in sizes of the font, where nothing is said."""

FIRST: Final = 1000
"""How many elements are looked at to see whether they are on a sheet."""

FEWEST: Final = 20
LEAST: Final = 0.5
"""The least number of lines that a page places, and the least part of its text in them, if they are what it shows."""

ENDS: Final = frozenset({"div", "p", "li", "tr", "table", "hr", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements that begin and end lines."""

HIDING: Final = frozenset({("display", "none"), ("visibility", "hidden")})

SPACE: Final = regex.compile(r"[ \u00a0]++")

TICK: Final = regex.compile(r"[Xx]\u00a0")
"""A mark that was put together with its label."""

NO_CHARACTER: Final = regex.compile(r"\(cid:\d{1,6}\)")
"""What pdfminer writes for a glyph whose character the PDF does not tell."""

WIDE: Final = 3
"""Spaces within a line that set texts apart."""

USUAL: Final = 0.02
"""The part of all text that is in a font which is one of the document's own, and not taken for a sign that it lacks."""

POPPLER: Final = regex.compile(r"""content="pdftohtml\b|<p\s+style="[^"]*+"\s+class="ft\d""")
"""The mark of pdftohtml, which writes another space where it joins two texts than that within them."""

Style = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """How an element is set. x, y: the corner from which those in it are placed; sheet: which it is on, -1 if none."""

    x: float = 0.0
    y: float = 0.0
    height: float = 0.0
    size: float = FONT_SIZE
    line: float = 0.0
    family: str = ""
    bold: bool = False
    sheet: int = -1
    shown: bool = True


Pieces = list[tuple[str, _Frame]]
"""The texts of a line, with how they are set."""


@dataclass(slots=True)
class _Block:
    """A placed element and its lines."""

    frame: _Frame
    width: float = 0.0
    lines: list[Pieces] = field(default_factory=lambda: [[]])


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a page is written. joints: whether any space may part cells. fonts: those that a good part of it is in."""

    joints: bool
    fonts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page on the one plane on which all are laid below each other, as in a window."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


def read_css(text: str) -> list[Page]:
    """The pages of lines that a page places; none if it is no such page: if it shows most of its text otherwise."""
    reader = _Reader()
    reader.read(parse_html(text))
    placed = [block for block in reader.blocks if any(_shown(line) for line in block.lines)]
    length = sum(len(_shown(line)) for block in placed for line in block.lines)
    if len(placed) < FEWEST or length < LEAST * (length + reader.unplaced):
        return []
    shown = "".join(_shown(line) for block in placed for line in block.lines)
    told = POPPLER.search(text) is not None and shown.count(JOINT) < shown.count(" ")
    manner = _Manner(not told, _usual_fonts(placed))
    scale = 1 / UNITS["pt"] if POINTS.search(text) else 1.0
    found = [(sheet, _scaled(line, scale)) for sheet, line in _lines(placed, reader.sheets, manner)]
    if not reader.sheets:
        right, bottom = max(text.x1 for _, text in found), max(text.base for _, text in found)
        return [Page((right, bottom), [text for _, text in found], told=told)]
    pages: list[list[Text]] = [[] for _ in reader.sheets]
    for sheet, line in found:
        pages[sheet].append(line)
    return [
        Page((scale * sheet.width, scale * sheet.height), own, told)
        for sheet, own in zip(reader.sheets, pages, strict=True)
    ]


def _scaled(text: Text, scale: float) -> Text:
    x0, x1, base, size = (round(scale * value, 4) for value in (text.x0, text.x1, text.base, text.size))
    return text._replace(x0=x0, x1=x1, base=base, size=size)


class _Reader:
    """The walk through a page: its sheets, its blocks, and how much text is in none."""

    def __init__(self) -> None:
        self.rules: dict[str, dict[str, str]] = {}
        self.fonts: dict[str, Style] = {}  # of pdftohtml, by their number
        self.sheets: list[_Sheet] = []
        self.blocks: list[_Block] = []
        self.unplaced = 0
        self.bottom = 0.0

    def read(self, root: Element) -> None:
        """Find all that an element places."""
        for sheet in root.iter("style"):
            self.learn(sheet, page=0)
        stack: list[tuple[_Frame, _Block | None]] = [(_Frame(), None)]
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                stack.append(self.open(element, *stack[-1]))
                self.add(element.text, *stack[-1])
                continue
            stack.pop()
            frame, block = stack[-1]
            if block and element.tag in ENDS:
                _end_line(block)
            self.add(element.tail, frame, block)

    def learn(self, sheet: Element, page: int) -> None:
        """Take up a style sheet: all of them first, and each again where it stands, before a page.

        pdftohtml calls a font `ft`, the page and its number, but declares it once, where it comes first.
        """
        for rule in text_of(sheet).split("}"):
            selectors, _, declared = rule.rpartition("{")
            for selector in selectors.split(","):
                target = SELECTOR.fullmatch(selector.removeprefix("\n<!--").strip())
                if target is None:
                    continue
                name, style = target["name"] or "", _declarations(declared)
                if page and name.startswith(f"ft{page}"):
                    self.fonts[name.removeprefix(f"ft{page}")] = style
                self.rules.setdefault(f".{name}" if name else target["element"], {}).update(style)

    def style_of(self, element: Element) -> Style:
        """All that is declared for an element."""
        style = dict(self.rules.get(str(element.tag), {}))
        page = f"ft{len(self.sheets)}"
        for name in element.get("class", "").split():
            font = self.fonts.get(name.removeprefix(page)) if name.startswith(page) else None
            style.update(font or self.rules.get(f".{name}", {}))
        style.update(_declarations(element.get("style", "")))
        return style

    def open(self, element: Element, frame: _Frame, block: _Block | None) -> tuple[_Frame, _Block | None]:
        """How an element is set and the block that its text goes to, by those of its parent."""
        if element.tag in UNSEEN:
            if element.tag == "style":
                self.learn(element, page=len(self.sheets) + 1)
            return replace(frame, shown=False), block
        if block and element.tag == "br":
            block.lines.append([])
        elif block and element.tag in ENDS:
            _end_line(block)
        style = self.style_of(element)
        inner, corner = _set(frame, style, element), _corner(frame, style)
        width, height = _length(style, "width") or 0.0, _length(style, "height") or 0.0
        if min(width, height) >= LEAST_SHEET and frame.sheet < 0 and self.is_sheet(element):
            return self.open_sheet(inner, corner, (width, height)), None
        if corner:
            block = _Block(replace(inner, x=corner[0], y=corner[1], height=height), width)
            self.blocks.append(block)
            return block.frame, block
        if style.get("position") in ("absolute", "fixed"):
            return replace(inner, shown=False), None
        return inner, block

    def open_sheet(self, frame: _Frame, corner: tuple[float, float] | None, size: tuple[float, float]) -> _Frame:
        """The frame of a sheet; one that is in the flow lies below those before it."""
        if corner and self.sheets and self.sheets[-1].holds(*corner):
            return frame  # a box drawn on a sheet
        x, y = corner or (0.0, self.bottom)
        self.bottom = y + size[1] + 1
        self.sheets.append(_Sheet(x, y, *size))
        return replace(frame, x=x, y=y, height=size[1], sheet=len(self.sheets) - 1)

    def is_sheet(self, element: Element) -> bool:
        """Whether an element shows nothing, or first something that it places."""
        for inner in islice(element.iterdescendants(etree.Element), FIRST):
            if _corner(_Frame(), self.style_of(inner)):
                return True
            if inner.tag not in UNSEEN and (inner.text or "").strip():
                return False
        return True

    def add(self, text: str | None, frame: _Frame, block: _Block | None) -> None:
        """Add text to the line."""
        if not text or not frame.shown:
            return
        if block:
            block.lines[-1].append((NO_CHARACTER.sub(UNKNOWN, text), frame))
        else:
            self.unplaced += len("".join(text.split()))


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip().lower() for name, colon, value in pairs if colon}


def _length(style: Style, name: str) -> float | None:
    """A length in pixels; None where nothing, or something else, is said."""
    match = LENGTH.fullmatch(style.get(name, ""))
    return float(match["number"]) * UNITS[(match["unit"] or "px").lower()] if match else None


def _corner(frame: _Frame, style: Style) -> tuple[float, float] | None:
    """Where an element is placed, None if it is not."""
    left, top, bottom = (_length(style, name) for name in ("left", "top", "bottom"))
    if top is None and bottom is not None and frame.height:
        top = frame.height - bottom - (_length(style, "height") or 0.0)
    absolute = style.get("position", "") in ("absolute", "fixed")
    if top is None or (left is None and not absolute):
        return None
    return frame.x + (left or 0.0), frame.y + top


def _set(frame: _Frame, style: Style, element: Element) -> _Frame:
    """How the text of an element is set, by how its parent's is."""
    size, line = _length(style, "font-size"), _length(style, "line-height")
    bold = element.tag in ("b", "strong") or style.get("font-weight", "") in ("bold", "bolder", "700", "800", "900")
    shown = HIDING.isdisjoint((name, style.get(name, "")) for name in ("display", "visibility"))
    if not style and not bold:
        return frame
    return replace(
        frame,
        size=size or frame.size,
        line=line or frame.line,
        family=style.get("font-family", frame.family),
        bold=bold or frame.bold,
        shown=shown and frame.shown,
    )


def _end_line(block: _Block) -> None:
    if block.lines[-1]:
        block.lines.append([])


def _shown(line: Pieces) -> str:
    """What is shown of a line, without space at its ends."""
    return "".join(text for text, _ in line).strip()


def _usual_fonts(blocks: Sequence[_Block]) -> frozenset[str]:
    """The fonts that a document is set in."""
    counts: Counter[str] = Counter()
    for block in blocks:
        for line in block.lines:
            for text, frame in line:
                counts[frame.family] += len("".join(text.split()))
    return frozenset(font for font, count in counts.items() if count >= USUAL * counts.total())


def _lines(blocks: Sequence[_Block], sheets: Sequence[_Sheet], manner: _Manner) -> Iterator[tuple[int, Text]]:
    """Yield the sheet and each text of the lines, where it stands on the sheet; those on no sheet are not seen."""
    tops = [sheet.y for sheet in sheets]
    for block in blocks:
        index = block.frame.sheet
        for line, top in zip(block.lines, _tops(block), strict=True):
            if not _shown(line):
                continue
            x = y = 0.0
            if sheets:
                index = index if index >= 0 else bisect_right(tops, block.frame.y) - 1
                if index < 0 or not sheets[index].holds(block.frame.x, block.frame.y):
                    break
                x, y = sheets[index].x, sheets[index].y
            texts = list(_texts(line, block.frame.x - x, top - y, manner))
            if (
                block.width
                and len(texts) == 1
                and not texts[0].guessed
                and sum(map(bool, map(_shown, block.lines))) == 1
            ):
                texts = [texts[0]._replace(x1=texts[0].x0 + block.width, exact=True)]
            for text in texts:
                yield index, text


def _size(line: Pieces, frame: _Frame) -> float:
    return max((own.size for text, own in line if text.strip()), default=frame.size)


def _tops(block: _Block) -> list[float]:
    """The upper edge of each line: by the height of lines, or by that of the block, or by the size of the font."""
    lines = list(block.lines)
    while not _shown(lines[-1]):
        lines.pop()
    frame = block.frame
    sizes = [_size(line, frame) for line in lines]
    between = (LEADING - 1) * sizes[0]
    if frame.line:
        sizes, between = [frame.line] * len(lines), 0.0
    elif frame.height and len(lines) > 1:
        between = (frame.height - sum(sizes)) / (len(lines) - 1)
    tops = [frame.y]
    for size in sizes[:-1]:
        tops.append(tops[-1] + size + between)
    return [*tops, *[tops[-1]] * (len(block.lines) - len(lines))]


def _texts(line: Pieces, x: float, top: float, manner: _Manner) -> Iterator[Text]:
    """Yield the texts of a line that begins there, those apart that surely stand in cells of their own."""
    signs = [(sign, frame) for text, frame in line for sign in text.replace("\n", " ")]
    size = _size(line, line[0][1])
    edges = [x]
    for sign, frame in signs:
        edges.append(edges[-1] + frame.size * width_of(sign, frame.family, bold=frame.bold))
    for first, end in _parts(signs, manner):
        words = "".join(sign for sign, _ in signs[first:end])
        frame = signs[first][1]
        text = words.replace(" ", JOINT) if manner.joints else words
        if end < len(signs) and signs[end][0] != "\n":
            text += JOINT
        style = f"{frame.family} {frame.size:g} {'bold' if frame.bold else ''}"
        yield Text(text, edges[first], edges[end], top + RISE * size, size, style, exact=False, guessed=first > 0)


def _parts(signs: Sequence[tuple[str, _Frame]], manner: _Manner) -> Iterator[tuple[int, int]]:
    """Yield where the texts of a line begin and end: between them is wide space or another font, or one is an X."""
    shown = "".join(sign for sign, _ in signs).rstrip()
    first = len(shown) - len(shown.lstrip())
    for space in SPACE.finditer(shown, first):
        left, right = signs[space.start() - 1][1].family, signs[space.end()][1].family
        fonts = left != right and {left, right} <= manner.fonts
        ticked = JOINT in space[0] and (shown[first : space.start()] in ("X", "x") or TICK.match(shown, space.end()))
        if len(space[0]) >= WIDE or fonts or ticked:
            yield first, space.start()
            first = space.end()
    if first < len(shown):
        yield first, len(shown)

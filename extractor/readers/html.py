"""The HTML reader: a page laid out by its tables and lines, never by fonts or the width of a window.

EDGAR shows a Form D as tables: a box is a cell of its own left of its label, a label row stands over its value row, and
the cell of a blank value is left out. Which value belongs to which label is told by the column alone; so the page is
laid out on a sheet (see `layout`), and everything in one column begins at one x. Broken nesting is repaired by the
parser, much as browsers do; what a browser does not show (scripts, hidden elements) is not read.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple, cast

import regex
from lxml import etree

from extractor.errors import EmptyInput
from extractor.readers.html_boxes import (
    CELL_X,
    PICTURES,
    declares_box,
    input_state,
    picture_name,
    picture_state,
)
from extractor.readers.html_source import (
    MAX_SOURCELINE,
    SHOWN_PAGE,
    UNSEEN,
    Element,
    Finder,
    parse_html,
    shown_text,
    text_of,
)
from extractor.readers.layout import Flow, Line, Piece, Table, lay_out
from extractor.readers.marks import find_boxes
from extractor.source import Place, Source

PRE_COLUMNS: Final = 160
"""How many characters of preformatted text share the width of the cell that holds it."""

SEPARATOR: Final = " \0 "
"""What parts the texts of a page where boxes are looked for in all at once; no box holds a null character."""

BLOCKS: Final = frozenset(
    {"html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "li", "dl", "dt", "dd"}
    | {"blockquote", "center", "form", "fieldset", "legend", "section", "article", "aside", "header", "footer"}
    | {"main", "nav", "address", "figure", "figcaption", "details", "summary", "menu", "dir", "caption"}
)
"""Elements that begin and end lines."""

PREFORMATTED: Final = ("pre", "xmp", "listing", "plaintext")

NO_VALUE: Final = frozenset({"hidden", "password", "file", "image", "range", "color"})
"""The types of `<input>` that do not show their value."""

INVISIBLE: Final = dict.fromkeys(
    map(ord, "\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}")
)

HIDDEN: Final = regex.compile(
    r"(?<![\w-]) (?: display \s* : \s* (?P<gone>none) | visibility \s* : \s* (?:hidden|collapse) ) \b",
    regex.VERBOSE | regex.IGNORECASE,
)

HIDING: Final = etree.XPath("/descendant::*/@style | /descendant::*/@hidden")
"""The attributes that may hide an element."""

PRE_TEXT: Final = regex.compile(r"\S+(?:[ ]\S+)*+")
"""Words one space apart; more space, or a tab, sets preformatted text apart."""

NUMBER: Final = regex.compile(r"\s*\+?([0-9]{1,100})")
VALIGN: Final = {"middle": 0.5, "center": 0.5, "bottom": 1.0}
GROUP_RANK: Final = {"thead": 0, "tbody": 1, "tfoot": 2}


def read_html(text: str) -> Source:
    """A page as a `Source`: x by the columns of its tables (0 to 1024), y in lines of height 1.0.

    text: the page or a piece of it, decoded. A page that only shows the source of another (view-source) is read as that
    one. Places carry the line where a text begins, and its columns if it ends there too.
    Raises EmptyInput if the page shows nothing, BrokenInput if it is nested deeper than the parser can follow.
    """
    root = parse_html(text)
    inner = shown_text(root)
    if inner is not None and SHOWN_PAGE.match(inner):
        text, root = inner, parse_html(inner)
    items = lay_out(_Page(text).read(root))
    if not items:
        raise EmptyInput("expected a page that shows text, saw only empty or hidden elements: save the page again")
    return Source(format="html", items=tuple(items), x_tolerance=1e-6, line_height=1.0)


class _Run(NamedTuple):
    """Text as the document holds it. line: where it begins. pre: whether its spaces count."""

    text: str
    line: int
    pre: bool = False


class _Box(NamedTuple):
    """A checkbox that an element makes. raw: how it is written."""

    checked: bool
    raw: str
    line: int


class _Page:
    """The page under construction: where the walk is, and the line that is being written.

    A cell outside any table opens a loose one, which the next text or table outside a cell ends: a piece of a page may
    begin with `<tr>`. Boxes are looked for at the end, in all texts at once: some need their counterpart on the page.
    """

    def __init__(self, text: str) -> None:
        self._finder = Finder(text)
        self._flow = Flow()  # the cell, or the page, that is being filled
        self._table: Table | None = None  # the innermost open table
        self._loose = False
        self._frames: list[tuple[Flow, Table | None, bool]] = []  # what open tables and cells go back to
        self._source_line = 1
        self._texts: list[str] = []  # of the run that is being written, and the line where it begins
        self._run_line = 1
        self._entries: list[_Run | _Box] = []  # of the line that is being written, behind them the texts
        self._joined = False
        self._pre = False
        self._drafts: list[tuple[Line, list[_Run | _Box]]] = []
        self._declared: list[tuple[Flow, Element, int]] = []

    def read(self, root: Element) -> Flow:
        """The page as a flow of all that it shows."""
        hidden = _hidden(root)
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        skipped = None
        for event, element in walker:
            if event != "end":
                line = element.sourceline or 0
                self._source_line = line if line < MAX_SOURCELINE else max(line, self._source_line)
            if event == "start":
                opener = hidden[element] if hidden and element in hidden else OPEN.get(element.tag)
                if opener is not None and opener(self, element):
                    skipped = element
                    walker.skip_subtree()
                    self._source_line += text_of(element).count("\n")
                elif text := element.text:
                    self.add_text(text)
                continue
            if event == "end":
                if element is skipped:
                    skipped = None
                elif closer := CLOSE.get(element.tag):
                    closer(self, element)
            if tail := element.tail:
                self.add_text(tail)
        self.end_line()
        self._finish()
        return self._flow

    def add_text(self, text: str) -> None:
        """Add text to the line."""
        if self._texts:
            self._texts.append(text)
        elif self._pre or not text.isspace():
            self._run_line = self._source_line
            self._texts.append(text)
        self._source_line += text.count("\n")

    def add_field(self, text: str) -> None:
        """Add text that stands in a frame of its own: the value of an input field."""
        if self._pre:
            self._texts.append(text)
            return
        self._end_run()
        self._run_line = self._source_line
        self._texts.append(text)
        self._end_run()

    def add_box(self, checked: bool, raw: str) -> None:
        """Add a checkbox; among preformatted text a written one, which keeps its column."""
        if self._pre:
            self._texts.append("[X]" if checked else "[ ]")
        else:
            self._end_run()
            self._entries.append(_Box(checked, raw, self._source_line))

    def end_line(self, _: Element | None = None) -> None:
        """End the line, and with it the paragraph: a block begins or ends."""
        if self._texts:
            self._end_run()
        if self._entries:
            self._end_loose_table()
            line = Line([], self._joined)
            self._flow.blocks.append(line)
            self._drafts.append((line, self._entries))
            self._entries = []
        self._joined = False

    def break_line(self, _: Element) -> None:
        """End the line but not the paragraph; an empty line is left blank."""
        written = bool(self._texts or self._entries)
        joined = written or self._joined
        self.end_line()
        if not written:
            self._flow.blocks.append(Line([]))
        self._joined = joined

    def open_table(self, _: Element) -> None:
        """Begin a table."""
        self.end_line()
        self._end_loose_table()
        self._frames.append((self._flow, self._table, self._pre))
        self._table, self._pre = Table(), False

    def close_table(self, _: Element) -> None:
        """Put the table below what stands in it but in none of its cells: browsers show that first."""
        self.end_line()
        table = self._open_table()
        self._flow, self._table, self._pre = self._frames.pop()
        self._flow.blocks.append(table)

    def open_group(self, element: Element) -> None:
        """Begin a group of rows."""
        self.end_line()
        self._open_table().groups.append((GROUP_RANK[element.tag], []))

    def close_group(self, _: Element) -> None:
        """Begin a group for the rows that follow outside any."""
        self.end_line()
        self._open_table().groups.append((1, []))

    def open_row(self, _: Element) -> None:
        """Begin a row."""
        self.end_line()
        self._open_table().add_row()

    def open_cell(self, element: Element) -> None:
        """Begin a cell; one that stands in another by broken nesting is put at its right, as browsers do."""
        cell = self._add_cell(element)
        if declares_box(element.get("class", "")):
            self._declared.append((cell, element, self._source_line))
        self._frames.append((self._flow, self._table, self._pre))
        self._flow, self._pre = cell, False

    def close_cell(self, _: Element) -> None:
        """End a cell."""
        self.end_line()
        self._flow, self._table, self._pre = self._frames.pop()

    def skip_cell(self, element: Element) -> bool:
        """Leave the place of a cell that shows nothing."""
        self._add_cell(element)
        return True

    def skip(self, _: Element) -> bool:
        """Pass over an element."""
        return True

    def open_preformatted(self, _: Element) -> None:
        """Begin text whose spaces and line ends count."""
        self.end_line()
        self._pre = True

    def close_preformatted(self, _: Element) -> None:
        """End text whose spaces and line ends count."""
        self.end_line()
        self._pre = False

    def open_input(self, element: Element) -> None:
        """Add a checkbox, or the value that a field shows."""
        kind = element.get("type", "text").strip().lower()
        checked = input_state(element)
        if checked is not None:
            self.add_box(checked, f"<input type={kind}{' checked' if checked else ''}>")
        elif kind not in NO_VALUE and (value := element.get("value")):
            self.add_field(value)

    def open_select(self, element: Element) -> bool:
        """Add what a list shows when it is closed: the selected options, or the first."""
        options = list(element.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and element.get("multiple") is None:
            chosen = options[:1]
        for option in chosen:
            self.add_field(text_of(option))
        return True

    def open_textarea(self, element: Element) -> bool:
        """Add the lines of a text field."""
        for index, text in enumerate(text_of(element).split("\n")):
            if index:
                self.break_line(element)
            self.add_field(text)
        return True

    def open_picture(self, element: Element) -> None:
        """Add a checkbox if the picture is called one."""
        checked = picture_state(element)
        if checked is not None:
            self.add_box(checked, element.get("alt") or element.get("src") or "")

    def _add_cell(self, element: Element) -> Flow:
        self.end_line()
        table, cell = self._open_table(), Flow()
        for name, value in element.items():
            if name == "colspan":
                cell.colspan = _span(str(value), least=1, most=1000)
            elif name == "rowspan":
                cell.rowspan = _span(str(value), least=0, most=65534)
            elif name == "valign":
                cell.valign = VALIGN.get(str(value).strip().lower(), 0.0)
        table.add_cell(cell)
        return cell

    def _open_table(self) -> Table:
        if self._table is None:
            self._table, self._loose = Table(), True
            self._flow.blocks.append(self._table)
        return self._table

    def _end_loose_table(self) -> None:
        if self._loose and not self._frames:
            self._table, self._loose = None, False

    def _end_run(self) -> None:
        """Make an entry, or preformatted lines, of the texts since the last entry."""
        text = "".join(self._texts)
        self._texts.clear()
        if not text.isascii():
            text = text.translate(INVISIBLE)
        if self._pre:
            for index, row in enumerate(text.expandtabs().replace("\N{NO-BREAK SPACE}", " ").split("\n")):
                line, run = Line([]), _Run(row, self._run_line + index, pre=True)
                self._flow.blocks.append(line)
                self._drafts.append((line, [run]))
        elif text and not text.isspace():
            self._entries.append(_Run(text, self._run_line))

    def _finish(self) -> None:
        """Give the lines their pieces, and make checkboxes of the cells that are declared ones."""
        runs = [entry for _, entries in self._drafts for entry in entries if isinstance(entry, _Run)]
        boxes = iter(_written_boxes([run.text for run in runs]))
        for line, entries in self._drafts:
            for entry in entries:
                if isinstance(entry, _Run):
                    self._cut(entry, next(boxes), line)
                else:
                    line.pieces.append(Piece(entry.raw, entry.checked, self._finder.at(entry.line)))
                    line.marks += 1
        for cell, element, source_line in self._declared:
            if mark := _declared_mark(cell, element, self._finder.at(source_line)):
                cell.blocks = [Line([mark], marks=int(mark.checked is not None))]

    def _cut(self, run: _Run, boxes: Sequence[tuple[int, int, bool]], line: Line) -> None:
        """Add the pieces of a run to its line: the boxes and the texts before, between and after them."""
        done, source_line = 0, run.line
        for start, end, checked in boxes:
            self._add_texts(run, (done, start), source_line, line)
            source_line += run.text.count("\n", done, start)
            raw = run.text[start:end]
            span = (start / PRE_COLUMNS, end / PRE_COLUMNS) if run.pre else None
            line.pieces.append(Piece(" ".join(raw.split()), checked, self._finder.find(raw, source_line), span))
            line.marks += 1
            source_line += raw.count("\n")
            done = end
        self._add_texts(run, (done, len(run.text)), source_line, line)

    def _add_texts(self, run: _Run, bounds: tuple[int, int], source_line: int, line: Line) -> None:
        start, end = bounds
        if run.pre:
            for match in PRE_TEXT.finditer(run.text, start, end):
                span = (match.start() / PRE_COLUMNS, match.end() / PRE_COLUMNS)
                line.pieces.append(Piece(match[0], None, self._finder.find(match[0], source_line), span))
            return
        raw = run.text[start:end]
        if text := " ".join(raw.split()):
            source_line += raw.count("\n", 0, len(raw) - len(raw.lstrip()))
            line.pieces.append(Piece(text, None, self._finder.find(text, source_line)))


def _written_boxes(texts: Sequence[str]) -> list[list[tuple[int, int, bool]]]:
    """The (start, end, checked) of the boxes written in each text, looked for in all of them together."""
    found: list[list[tuple[int, int, bool]]] = [[] for _ in texts]
    starts = list(accumulate([len(text) + len(SEPARATOR) for text in texts], initial=0))
    for start, end, checked in find_boxes(SEPARATOR.join(texts).replace("\n", " ")):
        index = bisect_right(starts, start) - 1
        found[index].append((start - starts[index], end - starts[index], checked))
    return found


def _declared_mark(cell: Flow, element: Element, place: Place) -> Piece | None:
    """What a cell becomes that is declared a box; None if it stays as it is: it has a mark, or holds other text.

    A picture that nothing is known of might be a check: it is shown as text, for an empty box it must not pass.
    """
    shown = [block for block in cell.blocks if isinstance(block, Table) or block.pieces]
    if not shown:
        picture = next(element.iter(*PICTURES), None) if len(element) else None
        return Piece("", False, place) if picture is None else Piece(picture_name(picture), None, place)
    only = shown[0]
    if len(shown) == 1 and isinstance(only, Line) and len(only.pieces) == 1:
        piece = only.pieces[0]
        if piece.checked is None and piece.text in CELL_X:
            return piece._replace(checked=True)
    return None


def _span(value: str, *, least: int, most: int) -> int:
    """A colspan or rowspan as browsers take it: the leading number, within bounds, or 1.

    >>> _span(" 2.5", least=1, most=1000), _span("0", least=1, most=1000), _span("99999999", least=1, most=1000)
    (2, 1, 1000)
    """
    match = NUMBER.match(value)
    number = int(match[1]) if match else 1
    return min(number, most) if number >= least else 1


def _hidden(root: Element) -> dict[Element, "Opener"]:
    """The elements that an attribute of theirs hides, and what to do with each."""
    hidden: dict[Element, Opener] = {}
    for attribute in cast("list[etree._ElementUnicodeResult]", HIDING(root)):
        element = attribute.getparent()
        match = HIDDEN.search(attribute) if attribute.attrname == "style" else None
        if element is None or (attribute.attrname == "style" and not match):
            continue
        if match and not match["gone"] and element.tag in ("td", "th"):
            hidden.setdefault(element, _Page.skip_cell)
        else:
            hidden[element] = _Page.skip
    return hidden


Opener = Callable[[_Page, Element], bool | None]
"""What to do where an element begins; True skips what it holds."""

OPEN: Final[dict[str, Opener]] = {
    **dict.fromkeys(BLOCKS, _Page.end_line),
    **dict.fromkeys(PICTURES, _Page.open_picture),
    **dict.fromkeys(UNSEEN, _Page.skip),
    **dict.fromkeys(GROUP_RANK, _Page.open_group),
    **dict.fromkeys(PREFORMATTED, _Page.open_preformatted),
    "br": _Page.break_line,
    "table": _Page.open_table,
    "tr": _Page.open_row,
    "td": _Page.open_cell,
    "th": _Page.open_cell,
    "input": _Page.open_input,
    "select": _Page.open_select,
    "textarea": _Page.open_textarea,
}
"""What to do where an element begins, by its tag. Other elements stand in the line."""

CLOSE: Final[dict[str, Callable[[_Page, Element], None]]] = {
    **dict.fromkeys(BLOCKS, _Page.end_line),
    **dict.fromkeys(GROUP_RANK, _Page.close_group),
    **dict.fromkeys(PREFORMATTED, _Page.close_preformatted),
    "table": _Page.close_table,
    "td": _Page.close_cell,
    "th": _Page.close_cell,
}
"""What to do where an element ends."""

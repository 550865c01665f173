"""A text of paragraphs and drawn tables, with tables in their cells, or with a page's tables between: as a page.

Writers of Markdown and their kin draw a table as a grid, or with a line of strokes over each column, and a table in a
cell of another in the same way within that cell; or they leave the tables of a page as they are. Each way says as much
as a page does: so such a text is written as a page, and read as one. Places are those in the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

import regex

from extractor.readers.chopped import CUT, unchopped
from extractor.readers.grids import LID, Strip, grid_height, read_grid
from extractor.readers.markup import BREAK, LINK, Style, find_style, unmark
from extractor.readers.pipes import PIPE, is_rule
from extractor.readers.ruled import is_ruling, read_ruled
from extractor.source import Cell, Item, Place, Source

GRIDS = ("+--", "+==", "+:-")
"""What a text must hold for a grid to be in it."""

OPEN = regex.compile(r"<table\b", regex.IGNORECASE)
TABLE_TAG = regex.compile(r"<(?P<close>/?)table\b", regex.IGNORECASE)

APART = regex.compile(r"\S[ ]{3,}+\S")
"""Words set apart by spaces: columns that no stroke tells."""

COLUMNS = regex.compile(r"\A (?: </?col(?:group)?+ [^<>]*+ > \s*+ )++ (?=\|)", regex.VERBOSE | regex.IGNORECASE)
"""What a page says of a table's columns, which shows nothing, before a row of that table."""

SPAN = regex.compile(r"(?<!\\)\[((?:[^\[\]\\]|\\.)*+)\]\{[.#][^{}]*+\}", regex.DOTALL)
"""Words with attributes, as Pandoc's Markdown writes them: `[X]{.FormData}`."""

FENCE = regex.compile(r":{3,}+(?:[ ]++.*+)?+|[.][.][ ][\w-]++::.*+")
"""The beginning or end of a part of a page, in Pandoc's Markdown and in reStructuredText."""

REFERENCE = regex.compile(r"`([^`<>]*[^`<>\s])\s++<[^`<>]*+>`__?")
"""A link of reStructuredText."""

SMART = regex.compile(
    r"""
    (?<!\\) (?: (?P<dash> ---?+ ) | (?P<dots> [.]{3} )
      | (?P<open> (?<! [^\s(\[{] ) ["'] (?=\S) ) | (?P<close> ["'] ) )
    """,
    regex.VERBOSE,
)
"""Signs that stand for typographic ones, where a writer of Markdown puts a backslash before those that do not."""

TYPOGRAPHIC = {"---": "\N{EM DASH}", "--": "\N{EN DASH}", "...": "\N{HORIZONTAL ELLIPSIS}"}
OPENING = {'"': "\N{LEFT DOUBLE QUOTATION MARK}", "'": "\N{LEFT SINGLE QUOTATION MARK}"}
CLOSING = {'"': "\N{RIGHT DOUBLE QUOTATION MARK}", "'": "\N{RIGHT SINGLE QUOTATION MARK}"}

CUTS = regex.compile(f"[ ]?{CUT}[ ]?")
TARGET = regex.compile(r"(?<=\])(?:\{[^{}\n]*+\}|\([^()\n]*+\))")
"""What Markdown writes behind words that are a link or have attributes."""

ESCAPED = regex.compile(r"\\['/]")
"""Signs that only writers of markup put a backslash before."""

LEAD = regex.compile(r"\A[ ]*+(?:\#{1,6}[ ]++)?+")
"""The sign of a heading."""

Written = list[tuple[int, str]]
"""Lines of a page, each with the number of the line of the text that it comes from."""


class Manner(NamedTuple):
    """How a text is written. smart: its plain quotation marks stand for typographic ones."""

    style: Style
    smart: bool


def is_markdown_page(text: str) -> bool:
    r"""Whether a text with the tables of a page in it is Markdown: it has Markdown's signs outside of them.

    >>> is_markdown_page("1\\. Item\n\n<table><tr><td>a</td></tr></table>"), is_markdown_page("<table><tr><td>a")
    (True, False)
    >>> is_markdown_page("|a|<table><tr><td>b</td></tr></table>|\n|---|---|")
    True
    """
    if "\\" not in text and "|" not in text:
        return False
    lines, depth = [], 0
    for line in text.split("\n"):
        if depth or OPEN.match(line):
            depth = _depth(line, depth)
        else:
            lines.append(" ".join(_around_tables(line)[::2]))
    outside = "\n".join(lines)
    return "<table" not in outside and find_style(outside, lines).markdown


def holds_grids(text: str) -> bool:
    """Whether a text draws tables as grids, of which one has cells of several columns, or tables in its cells.

    A text whose other lines are set in columns, or in which the drawing of a table is damaged, does not.
    """
    if "+" not in text or not any(sign in text for sign in GRIDS):
        return False
    strips = _strips(text)
    rich, at = False, 0
    while at < len(strips):
        height = grid_height(strips, at)
        if height:
            rich = rich or _is_rich(strips[at : at + height])
            at += height
            if at < len(strips) and strips[at][1].lstrip()[:1] in ("|", "+"):
                return False
            continue
        table = read_ruled(strips, at, lone=False)
        if table is None and APART.search(strips[at][1]):
            return False
        at = table.end if table else at + 1
    return rich


def _is_rich(strips: Sequence[Strip]) -> bool:
    cells = read_grid(strips)
    return (
        any(
            cell.columns * cell.rows > 1 or any(is_ruling(text) or LID.match(text.strip()) for _, text in cell.strips)
            for cell in cells
        )
        and len(cells) > 1
    )


def read_blocks(text: str) -> Source:
    """A text of paragraphs and tables, read as the page that it is. Raises as `read_html` does."""
    from extractor.readers.html import read_html

    lines = text.split("\n")
    style = find_style(text, lines)
    markdown = style.markdown or len(ESCAPED.findall(text)) > 1
    style = style._replace(markdown=markdown, escaped=style.escaped or markdown)
    manner = Manner(style, smart=style.markdown and ("\\'" in text or '\\"' in text))
    written = list(_write(_strips(text), manner, top=True))
    source = read_html("\n".join(line for _, line in written))
    numbers = [number for number, _ in written]
    return replace(source, items=tuple(_placed(item, numbers, lines) for item in source.items))


def _strips(text: str) -> list[Strip]:
    lines = (COLUMNS.sub("", line) if "<col" in line[:20] else line for line in text.split("\n"))
    return [(number, line.expandtabs()) for number, line in enumerate(lines, 1)]


def _placed(item: Item, numbers: Sequence[int], lines: Sequence[str]) -> Item:
    """An item at its place in the text: its line, and its columns if it stands there once."""
    if item.place.line is None:
        return item
    number = numbers[item.place.line - 1]
    text = item.text if isinstance(item, Cell) else item.raw
    at = lines[number - 1].find(text)
    once = at >= 0 and lines[number - 1].find(text, at + 1) < 0
    return replace(item, place=Place(line=number, columns=(at + 1, at + len(text)) if once else None))


def _write(strips: Sequence[Strip], manner: Manner, *, top: bool) -> Iterator[tuple[int, str]]:
    """Yield the lines of a page for lines of a text, or of a cell in it."""
    at = 0
    paragraph: list[Strip] = []
    while at < len(strips):
        found = _block(strips, at, manner, top=top)
        if found is None and strips[at][1].strip():
            paragraph.append(strips[at])
            at += 1
            continue
        yield from _paragraph(paragraph, manner)
        paragraph = []
        if found is None:
            at += 1
        else:
            written, at = found
            yield from written
    yield from _paragraph(paragraph, manner)


def _block(strips: Sequence[Strip], at: int, manner: Manner, *, top: bool) -> tuple[Written, int] | None:
    """The table that begins at a line, written, and the index behind it; a rule between paragraphs writes nothing."""
    text = strips[at][1]
    if OPEN.match(text):
        return _raw(strips, at, manner)
    if height := grid_height(strips, at):
        written = list(_grid(strips[at : at + height], manner))
        return (written, at + height) if written else None
    if text.startswith("|"):
        return _piped(strips, at, manner)
    table = read_ruled(strips, at, lone=not top)
    if table is None:
        return ([], at + 1) if is_rule(text) or FENCE.fullmatch(text) else None
    rows = [[(1, cell.columns, cell.strips) for cell in row] for row in table.rows]
    return list(_table(rows, manner, strips[at][0])), table.end


def _depth(line: str, depth: int) -> int:
    """How many tables are open behind a line."""
    for tag in TABLE_TAG.finditer(line):
        depth += -1 if tag["close"] else 1
    return max(0, depth)


def _around_tables(text: str) -> list[str]:
    """What stands around the tables of a page in a line, and between, in turn, these; all of it if one does not end."""
    parts, at, depth = [], 0, 0
    for tag in TABLE_TAG.finditer(text) if "<table" in text else ():
        outside = depth == 0
        depth += -1 if tag["close"] else 1
        if outside or depth == 0:
            end = tag.start() if outside else text.find(">", tag.end()) + 1
            parts.append(text[at:end])
            at = end
    return [*parts, text[at:]] if depth == 0 else [text]


def _raw(strips: Sequence[Strip], at: int, manner: Manner) -> tuple[Written, int]:
    """The lines of a table that stands there as on a page; some writers of Markdown write links in them as in text."""
    end, depth = at, 0
    while end < len(strips):
        depth = _depth(strips[end][1], depth)
        end += 1
        if not depth:
            break
    if manner.style.markdown:
        return [(number, LINK.sub(r"\2", line) if "](" in line else line) for number, line in strips[at:end]], end
    return list(strips[at:end]), end


def _grid(strips: Sequence[Strip], manner: Manner) -> Iterator[tuple[int, str]]:
    rows: list[list[tuple[int, int, list[Strip]]]] = []
    for cell in read_grid(strips):
        while len(rows) <= cell.row:
            rows.append([])
        rows[cell.row].append((cell.rows, cell.columns, unchopped(cell.strips, cell.width)))
    if rows:
        yield from _table(rows, manner, strips[0][0])


def _piped(strips: Sequence[Strip], at: int, manner: Manner) -> tuple[Written, int]:
    """The rows of a table with pipes between its cells."""
    rows: list[list[tuple[int, int, list[Strip]]]] = []
    first = strips[at][0]
    while at < len(strips) and strips[at][1].startswith("|"):
        number, text = strips[at]
        if not is_rule(text):
            cells = PIPE.split(text.rstrip())[1:]
            cells = cells if cells[-1].strip() else cells[:-1]
            rows.append([(1, 1, [(number, part) for part in _around_tables(cell)]) for cell in cells])
        at += 1
    return list(_table(rows, manner, first)), at


def _table(
    rows: Sequence[Sequence[tuple[int, int, list[Strip]]]], manner: Manner, number: int
) -> Iterator[tuple[int, str]]:
    yield number, "<table>"
    for row in rows:
        yield number, "<tr>"
        for down, across, strips in row:
            number = strips[0][0] if strips else number
            spans = (f' rowspan="{down}"' if down > 1 else "") + (f' colspan="{across}"' if across > 1 else "")
            yield number, f"<td{spans}>"
            yield from _write(strips, manner, top=False)
            yield number, "</td>"
        yield number, "</tr>"
    yield number, "</table>"


def _paragraph(strips: Sequence[Strip], manner: Manner) -> Iterator[tuple[int, str]]:
    """Yield the lines of a paragraph, without Markdown's signs."""
    if not strips:
        return
    text = "\n".join(_broken(line, manner) for _, line in strips)
    if manner.smart:
        text = SMART.sub(_typographic, text)
    if manner.style.markdown and CUT in text:
        text = TARGET.sub(lambda target: CUTS.sub("", target[0]), text)
    if manner.style.markdown or "`" in text:
        text = unmark(REFERENCE.sub(r"\1", SPAN.sub(r"\1", LEAD.sub("", text))), manner.style)
    lines = escape(text, quote=False).replace(BREAK, "<br>").split("\n")
    for position, line in enumerate(lines):
        yield strips[min(position, len(strips) - 1)][0], ("<p>" if not position else "") + line
    yield strips[-1][0], "</p>"


def _typographic(sign: regex.Match[str]) -> str:
    if sign["open"]:
        return OPENING[sign["open"]]
    return CLOSING[sign["close"]] if sign["close"] else TYPOGRAPHIC[sign[0]]


def _broken(line: str, manner: Manner) -> str:
    """A line; a BREAK where it does not go on with the next one."""
    shown = line.rstrip(" ")
    if manner.style.markdown and shown.endswith("\\") and not shown.endswith("\\\\"):
        return shown[:-1] + BREAK
    return shown

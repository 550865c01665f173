"""A page as text, in the ways people hold one: transcribed, as Markdown, dumped in columns, or as bare lines."""

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from types import MappingProxyType
from typing import Literal

import regex

from extractor.outputs.page.element import Child, Element

SPACES = regex.compile(r"\s+")

GAP = 3
"""Spaces between two columns."""

TextLayout = Literal["tabs", "pipes", "columns", "lines"]

MarkStyle = Literal["x", "brackets", "ballots", "checks", "markdown", "inputs"]

MARKS: Mapping[MarkStyle, tuple[str, str]] = MappingProxyType(
    {
        "x": ("X", ""),
        "brackets": ("[X]", "[ ]"),
        "ballots": ("\N{BALLOT BOX WITH X}", "\N{BALLOT BOX}"),
        "checks": ("\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"),
        "markdown": ("- [x]", "- [ ]"),
        "inputs": ('<input checked="" type="checkbox"/>', '<input type="checkbox"/>'),
    }
)
"""How a checked and an unchecked box are written."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a page is written as text.

    layout: "tabs" between the cells of a row (a transcription); "pipes" (Markdown tables and headings); "columns" set
    by runs of spaces (pdftotext -layout); "lines", each cell on a line of its own in the order of the document.
    marks: how boxes are written; with "x" an unchecked box is nothing at all. width: characters after which "columns"
    wraps a cell or a paragraph. escape_dollars: "$" as Markdown that knows formulas needs it. mixed_with: a mixture;
    the boxes of one table are written alike, those of the next in the next of these ways, and so on in turn.
    """

    layout: TextLayout = "tabs"
    marks: MarkStyle = "x"
    width: int = 80
    escape_dollars: bool = False
    mixed_with: tuple[MarkStyle, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as text: its lines, the columns and rows it spans, and whether it is a box."""

    lines: tuple[str, ...]
    columns: int
    rows: int
    box: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of a cell in its place: the first of the columns it spans, and their number."""

    text: str
    column: int
    columns: int


Writer = Callable[[Sequence[Sequence[Piece]]], list[str]]


def write_text(body: Element, style: TextStyle) -> str:
    """The text of the page `body`, in `style`."""
    blocks = (_block(child, turn) for child, turn in _in_turn(body.children, style))
    apart = "\n" if style.layout == "lines" else "\n\n"
    text = apart.join("\n".join(lines) for lines in blocks if lines)
    return (text.replace("$", r"\$") if style.escape_dollars else text) + "\n"


def _in_turn(children: Sequence[Child], style: TextStyle) -> Iterator[tuple[Child, TextStyle]]:
    """What stands right in the page, each with its style: after one that holds boxes the next way to write them."""
    turns = cycle([replace(style, marks=marks) for marks in (style.marks, *style.mixed_with)])
    turn = next(turns)
    for child in children:
        yield child, turn
        if _has_box(child):
            turn = next(turns)


def _has_box(node: Child) -> bool:
    if isinstance(node, str):
        return False
    return node.get("class") == "CheckBox" or any(_has_box(child) for child in node.children)


def _block(node: Child, style: TextStyle) -> list[str]:
    """The lines of what stands right in the page: a table, a paragraph, a clarification, a rule."""
    if isinstance(node, Element) and node.tag == "table":
        return _table(node, style, OUTER)
    if isinstance(node, Element) and node.tag == "hr":
        return ["---"] if style.layout == "pipes" else []
    if isinstance(node, Element) and node.tag == "div":
        return [line for child in node.children for line in _block(child, style)]
    lines = _lines(_piece(node, node, style), style)
    titled = style.layout == "pipes" and isinstance(node, Element) and node.get("class") == "SectionTitle"
    return [f"## {line}" for line in lines] if titled else lines


def _lines(text: str, style: TextStyle) -> list[str]:
    """The lines of `text` that hold anything; columns keep their indents, and their lines end at the style's width."""
    if style.layout != "columns":
        return [SPACES.sub(" ", line.strip()) for line in text.split("\n") if line.strip()]
    lines = (line.rstrip() for line in text.split("\n") if line.strip())
    return [part for line in lines for part in (textwrap.wrap(line, style.width) if "  " not in line else [line])]


def _piece(node: Child, parent: Child, style: TextStyle) -> str:
    """The text of `node`, with line feeds where its parts stand below each other."""
    if isinstance(node, str):
        return SPACES.sub(" ", node)
    if node.tag == "br":
        return " " if _only_wraps(parent, style) else "\n"
    if node.tag == "table":
        return "\n".join(("", *_table(node, style, INNER), ""))
    if node.tag == "li":
        return f"\n- {_inside(node, style)}\n"
    return _inside(node, style)


def _inside(node: Element, style: TextStyle) -> str:
    if node.get("class") == "CheckBox":
        return MARKS[style.marks][0 if isinstance(node.children[0], Element) else 1]
    if any(isinstance(child, Element) and child.tag == "td" for child in node.children):
        apart = "\n" if style.layout == "lines" else " "
        return apart.join(line for cell in _cells(node, style) for line in cell.lines)
    return "".join(_piece(child, node, style) for child in node.children)


def _only_wraps(parent: Child, style: TextStyle) -> bool:
    """Whether a break stands within a label, which people who transcribe a page write on one line."""
    label = isinstance(parent, Element) and parent.get("class") == "FormText"
    return label and style.layout in ("tabs", "pipes")


def _table(node: Element, style: TextStyle, writers: Mapping[TextLayout, Writer]) -> list[str]:
    """The lines of a table."""
    rows = [_cells(row, style) for row in _rows(node)]
    if style.layout == "lines":
        return [line for row in rows for cell in row for line in cell.lines]
    grid = _grid(rows)
    if len({piece.column for pieces in grid for piece in pieces}) <= 1:
        return [piece.text for pieces in grid for piece in pieces]
    return writers[style.layout](grid)


def _rows(node: Element) -> Iterator[Element]:
    """The rows of a table, but not those of tables in it."""
    for child in node.children:
        if isinstance(child, Element) and child.tag == "tr":
            yield child
        elif isinstance(child, Element) and child.tag in ("thead", "tbody"):
            yield from _rows(child)


def _cells(row: Element, style: TextStyle) -> list[Cell]:
    """The cells of a row, each box drawn into the cell of its label unless both stand on lines of their own."""
    cells: list[Cell] = []
    for node in row.children:
        if not isinstance(node, Element):
            continue
        cell = _cell(node, style)
        if cells and cells[-1].box and not cell.box and (style.layout != "lines" or style.marks != "x"):
            cell = _labelled(cells.pop(), cell, style)
        cells.append(cell)
    return cells


def _cell(node: Element, style: TextStyle) -> Cell:
    lines = _lines(_inside(node, style), style)
    return Cell(tuple(lines), int(node.get("colspan") or 1), int(node.get("rowspan") or 1), _is_box(node))


def _is_box(node: Element) -> bool:
    """Whether a cell is a box, or holds nothing but the little table of a bare one."""
    while node.get("class") != "CheckBox":
        if len(node.children) != 1 or not isinstance(node.children[0], Element):
            return False
        node = node.children[0]
    return True


def _labelled(box: Cell, label: Cell, style: TextStyle) -> Cell:
    """A box and its label as one cell; in columns, labels stay aligned where an unchecked box is nothing."""
    mark = "".join(box.lines)
    indent = len(MARKS[style.marks][0]) + 1 if style.layout == "columns" else 0
    first, *more = label.lines or ("",)
    start = f"{mark} " if mark else ""
    lines = (f"{start:{indent}}{first}", *(" " * indent + line for line in more))
    return Cell(lines, box.columns + label.columns, label.rows)


def _grid(rows: Sequence[Sequence[Cell]]) -> list[list[Piece]]:
    """The lines of a table: every cell's text from its first row downwards, in the columns where it stands."""
    placed = list(_placed(rows))
    heights = [max((len(cell.lines) for cell in row if cell.rows == 1), default=0) for row in rows]
    for top, _, cell in placed:
        bottom = min(top + cell.rows, len(rows))
        heights[bottom - 1] += max(0, len(cell.lines) - sum(heights[top:bottom]))
    lines: list[list[Piece]] = [[] for _ in range(sum(heights))]
    for top, column, cell in placed:
        first = sum(heights[:top])
        for number, text in enumerate(cell.lines, first):
            lines[number].append(Piece(text, column, cell.columns))
    return lines


def _placed(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, int, Cell]]:
    """Each cell with its row and column, beside the cells that reach down from rows above."""
    taken: dict[int, int] = {}
    for top, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > top:
                column += 1
            yield top, column, cell
            taken.update(dict.fromkeys(range(column, column + cell.columns), top + cell.rows))
            column += cell.columns


def _filled(grid: Sequence[Sequence[Piece]]) -> list[list[str]]:
    """The texts of each line by column, "" where there is none; columns in which nothing begins are left out."""
    starts = sorted({piece.column for pieces in grid for piece in pieces})
    texts = [{piece.column: piece.text for piece in pieces} for pieces in grid]
    return [[line.get(column, "") for column in starts] for line in texts]


def _with_spaces(grid: Sequence[Sequence[Piece]]) -> list[str]:
    return [" ".join(text for text in line if text) for line in _filled(grid)]


def _with_tabs(grid: Sequence[Sequence[Piece]]) -> list[str]:
    return ["\t".join(line) for line in _filled(grid)]


def _with_pipes(grid: Sequence[Sequence[Piece]]) -> list[str]:
    rows = [f"| {' | '.join(text.replace('|', '&#124;') for text in line)} |" for line in _filled(grid)]
    ruler = "|" + " --- |" * rows[0].count(" | ") + " --- |"
    return [rows[0], ruler, *rows[1:]]


def _in_columns(grid: Sequence[Sequence[Piece]]) -> list[str]:
    """Lines whose columns start at the same character, wide enough for their widest text."""
    starts = sorted({piece.column for pieces in grid for piece in pieces})
    widths = dict.fromkeys(starts, 0)
    for piece in sorted((piece for pieces in grid for piece in pieces), key=lambda piece: piece.columns):
        spanned = [start for start in starts if piece.column <= start < piece.column + piece.columns]
        room = sum(widths[start] + GAP for start in spanned) - GAP
        widths[spanned[-1]] += max(0, len(piece.text) - room)
    at = {start: sum(widths[before] + GAP for before in starts if before < start) for start in starts}
    return [_set(pieces, at) for pieces in grid]


def _set(pieces: Sequence[Piece], at: Mapping[int, int]) -> str:
    line = ""
    for piece in sorted(pieces, key=lambda piece: piece.column):
        line = line.ljust(at[piece.column]) + piece.text
    return line


OUTER: Mapping[TextLayout, Writer] = MappingProxyType(
    {"tabs": _with_tabs, "pipes": _with_pipes, "columns": _in_columns}
)
"""How the tables of the page are written."""

INNER: Mapping[TextLayout, Writer] = MappingProxyType(
    {"tabs": _with_spaces, "pipes": _with_spaces, "columns": _in_columns}
)
"""How tables within the cells of tables are written."""

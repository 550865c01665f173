"""Where tables and lines stand on one wide sheet: the geometry of a page, with no HTML in it.

A browser makes columns as wide as their contents ask for, so the same label stands elsewhere on every page. Here the
columns of a table share its width equally, whatever they hold, only columns of bare checkboxes are narrow; a line is
1.0 high and never wraps. So a label and the value below it begin at exactly the same x, because they are in the same
column of the same table, and a nested table begins at exactly the x of the cell that holds it.

Nothing here recurses, so nesting costs no stack: outer tables get their columns before inner ones, inner ones their
heights before outer ones, outer ones their place before inner ones.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final, NamedTuple

from extractor.errors import BrokenInput
from extractor.source import Cell, Item, Mark, Place

SHEET_WIDTH: Final = 1024.0
"""The width of the sheet; lines are 1.0 high, so x and y do not compare."""

BOX_WIDTH: Final = 8.0
"""The width of a checkbox and of a column of checkboxes, where there is room for it."""

MAX_HELD: Final = 100
"""How many cells may reach down into one row at once; each row looks at all of them."""

EMPTY: Final = 0
ROW: Final = 1
PARAGRAPH: Final = 2
BLOCKS: Final = 3
"""What a cell holds, from least to most: nothing, one line or one row of cells, lines of one paragraph, anything."""


class Piece(NamedTuple):
    """Text, or a checkbox if `checked` is not None, in which case `text` is how it is written.

    span: its (start, end) as shares of the line's width, where the document sets them; None in flowing text.
    """

    text: str
    checked: bool | None
    place: Place
    span: tuple[float, float] | None = None


@dataclass(slots=True)
class Line:
    """What stands on one line; blank if it has no pieces. joined: it goes on with the paragraph of the line above."""

    pieces: list[Piece]
    joined: bool = False
    marks: int = 0


@dataclass(slots=True)
class Flow:
    """The lines and tables that stand below each other in one table cell, or on the page.

    rowspan: 0 means down to the end of the row group. valign: how much of the free height is above (0 top, 0.5 middle).
    """

    colspan: int = 1
    rowspan: int = 1
    valign: float = 0.0
    blocks: "list[Line | Table]" = field(default_factory=list)
    column: int = 0
    row: int = 0
    last_row: int = 0
    height: int = 0
    shape: int = EMPTY
    boxes_only: bool = False
    x0: float = 0.0
    x1: float = SHEET_WIDTH


@dataclass(slots=True)
class Table:
    """Rows of cells in groups; no cell reaches out of its group. A group is its rank (head 0, body 1, foot 2) and rows.

    extents: for each row the height that its one-line cells take, 0 if each keeps to its own line. tops: the rows' tops
    below the table's, and the table's height. extent: the height that the table as a whole takes as one row, or 0.
    """

    groups: list[tuple[int, list[list[Flow]]]] = field(default_factory=list)
    rows: list[list[Flow]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)
    extents: list[int] = field(default_factory=list)
    shape: int = EMPTY
    boxes_only: bool = False
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    extent: float = 0.0

    def add_row(self) -> None:
        """Begin a row in the last group, making one if there is none."""
        if not self.groups:
            self.groups.append((1, []))
        self.groups[-1][1].append([])

    def add_cell(self, cell: Flow) -> None:
        """Put a cell at the end of the last row, making one if there is none."""
        if not self.groups or not self.groups[-1][1]:
            self.add_row()
        self.groups[-1][1][-1].append(cell)


def lay_out(page: Flow) -> list[Item]:
    """The cells and marks of a page, from top to bottom and in each row from left to right.

    Raises BrokenInput for a table in which more cells reach into a row than any document has.
    """
    tables = [block for block in page.blocks if type(block) is Table]
    for table in tables:
        _set_columns(table)
        for row in table.rows:
            for cell in row:
                for block in cell.blocks:
                    if type(block) is Table:
                        tables.append(block)
    for table in reversed(tables):
        _measure_table(table)
    items: list[Item] = []
    _place_flow(page, 0.0, 0.0, items)
    for table in tables:
        _place_table(table, items)
    items.sort(key=attrgetter("top", "x0"))
    return items


def _set_columns(table: Table) -> None:
    """Give each cell its column and rows as HTML's table model does: past the cells that reach down from above."""
    table.groups.sort(key=lambda group: group[0])
    starts: set[int] = set()
    for _, rows in table.groups:
        held: list[Flow] = []
        end = len(table.rows) + len(rows) - 1
        for row in rows:
            index = len(table.rows)
            if held:
                held = sorted([cell for cell in held if cell.last_row >= index], key=attrgetter("column"))
            if len(held) > MAX_HELD:
                raise BrokenInput(
                    f"expected a table with at most {MAX_HELD} cells that span rows side by side, saw {len(held)}: "
                    "the page is damaged or no filing, save it again from the browser"
                )
            held += _set_row(row, index, end, held)
            starts.update([cell.column for cell in row])
            table.rows.append(row)
    table.starts = sorted(starts)


def _set_row(row: list[Flow], index: int, end: int, held: list[Flow]) -> list[Flow]:
    """Give a row's cells their columns and rows; those come back that reach below the row. held: those from above."""
    reaching: list[Flow] = []
    column = passed = 0
    for cell in row:
        while passed < len(held) and held[passed].column <= column:
            column = max(column, held[passed].column + held[passed].colspan)
            passed += 1
        cell.column = column
        column += cell.colspan
        cell.row = cell.last_row = index
        if cell.rowspan != 1 and index < end:
            cell.last_row = min(index + cell.rowspan - 1, end) if cell.rowspan else end
            reaching.append(cell)
    return reaching


def _measure_flow(flow: Flow) -> None:
    """Set the height and shape of what a cell holds; its tables must have theirs."""
    height, shape, boxes_only, marks = 0, EMPTY, True, 0
    for block in flow.blocks:
        joined = False
        if type(block) is Table:
            height += block.tops[-1]
            kind, boxes = block.shape, block.boxes_only
        else:
            assert type(block) is Line
            height += 1
            kind, boxes = (ROW if block.pieces else EMPTY), block.marks == len(block.pieces)
            marks += block.marks
            joined = block.joined and not marks
        if kind != EMPTY:
            boxes_only = boxes_only and boxes
            shape = kind if shape == EMPTY else PARAGRAPH if joined and shape <= PARAGRAPH else BLOCKS
    flow.height, flow.shape, flow.boxes_only = height, shape, boxes_only and shape != EMPTY


def _measure_table(table: Table) -> None:
    """Set the rows' tops and extents: a row is as high as its highest cell, and ends no spanning cell too early."""
    y = 0
    ending: dict[int, list[Flow]] = {}
    table.boxes_only = True
    for index, row in enumerate(table.rows):
        height, shape, widest = 0, EMPTY, EMPTY
        for cell in row:
            if not cell.blocks:
                continue
            _measure_flow(cell)
            widest = max(widest, cell.shape)
            if cell.shape != EMPTY and not cell.boxes_only:
                table.boxes_only = False
            if cell.last_row > index:
                ending.setdefault(cell.last_row, []).append(cell)
            else:
                height, shape = max(height, cell.height), max(shape, cell.shape)
        table.tops.append(y)
        table.extents.append(height if shape in (ROW, PARAGRAPH) else 0)
        table.shape = widest if table.shape == EMPTY else table.shape if widest == EMPTY else BLOCKS
        y += max([height] + [cell.height - (y - table.tops[cell.row]) for cell in ending.get(index, ())])
    table.tops.append(y)


def _edges(table: Table) -> list[float]:
    """The x of each column in which a cell starts, and the table's right edge; a column without any has no width."""
    narrow: dict[int, bool] = {}
    for row in table.rows:
        for cell in row:
            if cell.shape != EMPTY and cell.colspan == 1:
                narrow[cell.column] = cell.boxes_only and narrow.get(cell.column, True)
    width, count, boxes = table.x1 - table.x0, len(table.starts), sum(narrow.values())
    box = min(BOX_WIDTH, width / count) if boxes < count else width / count
    wide = (width - boxes * box) / max(1, count - boxes)
    edges = [table.x0]
    for start in table.starts:
        edges.append(edges[-1] + (box if narrow.get(start) else wide))
    edges[-1] = table.x1
    return edges


def _place_table(table: Table, items: list[Item]) -> None:
    """Set the cells' x and place what they hold; the table itself must have its place."""
    if table.shape == EMPTY:
        return
    edges = _edges(table)
    ranks = {start: rank for rank, start in enumerate(table.starts)}
    for index, row in enumerate(table.rows):
        top = table.top + (0 if table.extent else table.tops[index])
        extent = table.extent or table.extents[index]
        for cell in row:
            if cell.shape == EMPTY:
                continue
            after = cell.column + cell.colspan
            cell.x0 = edges[ranks[cell.column]]
            cell.x1 = edges[ranks[after] if after in ranks else bisect_left(table.starts, after)]
            if cell.shape == ROW and cell.last_row == index and extent:
                _place_flow(cell, top, extent, items)
            else:
                free = table.tops[cell.last_row + 1] - table.tops[index] - cell.height
                _place_flow(cell, top + cell.valign * free, 0.0, items)


def _place_flow(flow: Flow, top: float, extent: float, items: list[Item]) -> None:
    """Place the lines of a flow and set where its tables stand; with an extent, its one row takes that height."""
    for block in flow.blocks:
        if type(block) is Table:
            block.x0, block.x1, block.top, block.extent = flow.x0, flow.x1, top, extent
            height = block.tops[-1]
        else:
            assert type(block) is Line
            _place_line(block, flow, (top, top + (extent or 1.0)), items)
            height = 1
        if not extent:
            top += height


def _place_line(line: Line, flow: Flow, rows: tuple[float, float], items: list[Item]) -> None:
    """Place the pieces of a line from left to right: boxes narrow, texts share the rest, spans stand where they say."""
    x0, width, count = flow.x0, flow.x1 - flow.x0, len(line.pieces)
    box = min(BOX_WIDTH, width / count) if line.marks else 0.0
    share = (width - line.marks * box) / (count - line.marks) if line.marks < count else 0.0
    for text, checked, place, span in line.pieces:
        x1 = x0 + (share if checked is None else box)
        if span is not None:
            x0, x1 = flow.x0 + width * span[0], flow.x0 + width * span[1]
        if checked is None:
            items.append(Cell(text, x0, x1, *rows, place))
        else:
            items.append(Mark(checked, text, x0, x1, *rows, place))
        x0 = x1

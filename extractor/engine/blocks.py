"""Blocks of text: the lines that a converter wrote right below each other, and how they are laid out in rows again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extractor.form.spec import Field, Row
from extractor.source import Cell, Item

COLUMN = 1000.0
"""How far the blocks of a row are set apart."""


class Line(NamedTuple):
    """A line of the document: its number, in which blank lines between pages do not count, and its items."""

    number: int
    items: tuple[Item, ...]


Placed = list[tuple[float, Line]]
"""Lines that stand side by side, each with how far it is moved to the right."""


@dataclass(slots=True, eq=False)
class Block:
    """Lines right below each other, of which the first begins with a label; without one it is loose.

    head: how many of its lines are the label's. row: of the label. boxed: whether the box beside it stands in its head.
    """

    lines: list[Line]
    label: str = ""
    row: int = 0
    head: int = 0
    boxed: bool = False

    @property
    def text(self) -> str:
        """What stands below the label."""
        items = (item for line in self.lines[self.head :] for item in line.items)
        return " ".join(item.text for item in items if isinstance(item, Cell))


def is_grid(row: Row) -> bool:
    """Whether a row asks for text side by side, and for nothing else."""
    return row.layout == "grid" and all(isinstance(part, Field) for part in row.parts)


def side_by_side(blocks: Sequence[tuple[float, Block]]) -> Iterator[Placed]:
    """Yield the lines of blocks that stand side by side: labels end, and answers begin, in the same line."""
    head = max((block.head for _, block in blocks), default=0)
    tallest = max((head - block.head + len(block.lines) for _, block in blocks), default=0)
    for level in range(tallest):
        at = ((x, block, level - head + block.head) for x, block in blocks)
        yield [(x, block.lines[k]) for x, block, k in at if 0 <= k < len(block.lines)]


def laid(rows: Sequence[Placed]) -> Iterator[Item]:
    """Yield the items of all rows, one below the other; lines that were apart in the document are so here."""
    y, before = 0.0, 0
    for row in rows:
        first = row[0][1].number
        y += 1.0 if first == before + 1 or len(row) > 1 else 2.0
        before = first
        for x, line in row:
            down = y - line.items[0].top
            for item in line.items:
                yield replace(item, x0=item.x0 + x, x1=item.x1 + x, top=item.top + down, bottom=item.bottom + down)

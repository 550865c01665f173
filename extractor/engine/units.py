"""Puts amounts that stand apart from their labels beside them again, where the words printed behind each tell them.

Some converters write the column of labels and that of amounts line by line in any order. Behind each amount the form
prints its unit, a blank one included, and before a box beside it another word; as many units as labels, in the form's
order, leave one way to put them together. Whatever is read so is inferred, and a problem says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import NamedTuple

from extractor.engine.labels import find_labels
from extractor.engine.pieces import cut
from extractor.engine.records import X_MARKS, Plan, plan
from extractor.engine.sections import Region
from extractor.form.spec import Box, Field, Words
from extractor.source import Item, Source

_COLUMN = 1000.0
"""How far what stands beside a label is set apart from it."""


class Joined(NamedTuple):
    """A text with its amounts beside their labels. paths: of the items where they were apart."""

    source: Source
    paths: tuple[str, ...]


@dataclass(slots=True, eq=False)
class _Line:
    """A line of a board: its items, and what of the form it holds.

    label: of a question. unit: whether the unit of an answer stands in it; joined: and the word before a box.
    boxes: how many labels of boxes. free: whether it begins the free text.
    """

    items: list[Item]
    label: str = ""
    unit: bool = False
    joined: bool = False
    boxes: int = 0
    free: bool = False
    others: bool = False

    @property
    def box(self) -> bool:
        """Whether the label of a box stands in it."""
        return self.boxes > 0


@dataclass(slots=True, eq=False)
class _Asked:
    """A question with the lines that answer it. box: whether the form prints a box beside it."""

    label: str
    box: bool
    lines: list[_Line] = field(default_factory=list)

    def holds(self, name: str) -> bool:
        """Whether one of its lines has something."""
        return any(getattr(line, name) for line in self.lines)


def with_units(source: Source, regions: Sequence[Region]) -> Joined | None:
    """The text with amounts beside their labels where they are apart; None where none are, or where x tells columns."""
    if source.format != "text" or source.columns:
        return None
    items = list(source.items)
    paths = []
    for region in regions:
        this = plan(region.section)
        asked = _asked(this)
        if not asked or region.first >= region.last:
            continue
        lines = list(_lines(source, this, region))
        rows = (
            _rows(asked, lines) if len(asked) > 1 and _is_apart(lines) and _deal(asked, lines) else _led(asked, lines)
        )
        if rows:
            items[region.first : region.last] = _laid(rows, source.items[region.first].top)
            paths.append(_common(this))
    return Joined(replace(source, items=tuple(items)), tuple(paths)) if paths else None


def _asked(this: Plan) -> list[_Asked]:
    """The questions for amounts in a section's boards, where the form prints a unit behind each."""
    boards = [row for row in this.section.rows if row.layout == "board"]
    if not any(isinstance(part, Words) and part.many for row in boards for part in row.parts):
        return []
    anchors = {part.anchor for row in boards for part in row.parts if isinstance(part, Box)}
    fields = (part for row in boards for part in row.parts if isinstance(part, Field) and part.where != "below")
    return [_Asked(one.label, one.label in anchors) for one in fields if one.kind.startswith("amount")]


def _lines(source: Source, this: Plan, region: Region) -> Iterator[_Line]:
    """Yield the lines of a region, each with what of the form stands in it."""
    hits = find_labels(source, region.first, region.last, this.words)
    unit, *joiner = (part.label for row in this.section.rows for part in row.parts if _is_many(part))
    numbers = range(region.first, region.last)
    for _, group in groupby(numbers, key=lambda number: source.items[number].top):
        cells = list(group)
        mine = [hit for hit in hits if hit.spans[0].cell in cells]
        labels = {hit.label for hit in mine}
        pieces, ticks = cut(source.items, cells[0], cells[-1] + 1, mine, frozenset(this.boxes))
        line = _Line([source.items[number] for number in cells])
        line.label = next((hit.label for hit in mine if hit.label in this.fields), "")
        line.unit, line.joined = unit in labels, bool(labels & set(joiner))
        line.boxes = sum(hit.label in this.boxes for hit in mine)
        line.free = this.text is not None and line.label == this.text.label
        line.others = sum(hit.label in this.fields or hit.label in this.boxes for hit in mine) > 2 or (
            bool(ticks) and not line.box
        )
        line.others |= any(piece.text in X_MARKS for piece in pieces) or (labels == {unit} and not pieces)
        yield line


def _is_many(part: Words | Field | Box) -> bool:
    return isinstance(part, Words) and part.many


def _is_apart(lines: Iterable[_Line]) -> bool:
    """Whether a label of the board has its amount on another line, and nothing else is out of order."""
    mine = [line for line in lines if line.label or line.unit or line.box]
    return any(line.unit and not line.label for line in mine) and not any(line.others for line in mine)


def _deal(asked: Sequence[_Asked], lines: Sequence[_Line]) -> bool:
    """Give each question its lines; whether there is one way to do so."""
    by_label = {one.label: one for one in asked}
    loose: list[_Line] = []
    boxes: list[_Line] = []
    for line in lines:
        if line.label in by_label:
            by_label[line.label].lines.append(line)
        elif line.unit:
            loose.append(line)
        elif line.box:
            boxes.append(line)
    if any(sum(bool(line.label) for line in one.lines) != 1 for one in asked):
        return False
    joined = any(line.joined for line in lines)
    for line in loose:
        fitting = (one for one in asked if not one.holds("unit") and (not joined or one.box == line.joined))
        if (one := next(fitting, None)) is None:
            return False
        one.lines.append(line)
    for line in boxes:
        if (one := next((one for one in asked if one.box and not one.holds("box")), None)) is None:
            return False
        one.lines.append(line)
    return all(one.holds("unit") and one.holds("box") == one.box for one in asked)


def _led(asked: Sequence[_Asked], lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines of a board, boxes that stand in the free text below it put above; none where that lacks nothing."""
    begin = next((number for number, line in enumerate(lines) if line.free), len(lines))
    strayed = [line for line in lines[begin:] if line.box]
    boxes = sum(line.boxes for line in lines)
    if not strayed or boxes != sum(one.box for one in asked) or any(len(line.items) > 1 for line in strayed):
        return []
    return [[line] for line in (*lines[:begin], *strayed, *(one for one in lines[begin:] if one not in strayed))]


def _rows(asked: Sequence[_Asked], lines: Sequence[_Line]) -> list[list[_Line]]:
    """The rows of a board, each question with its answer and its box on one line."""
    dealt = {id(line) for one in asked for line in one.lines}
    first = next(number for number, line in enumerate(lines) if id(line) in dealt)
    rows = [[line] for line in lines[:first]] + [one.lines for one in asked]
    return rows + [[line] for line in lines[first:] if id(line) not in dealt]


def _laid(rows: Sequence[Sequence[_Line]], top: float) -> Iterator[Item]:
    """Yield the items of some rows, one below the other."""
    for number, row in enumerate(rows):
        for column, line in enumerate(row):
            for item in line.items:
                x, y = column * _COLUMN, top + number
                yield replace(item, x0=item.x0 + x, x1=item.x1 + x, top=y, bottom=y + 1.0)


def _common(this: Plan) -> str:
    """The path of a section's answers."""
    paths = [part.path for part in this.section.parts() if isinstance(part, Field)]
    return paths[0].partition(".")[0]

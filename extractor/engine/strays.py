"""Puts lines that stand behind the heading that follows back into their item, in texts whose columns are lost.

Converters that write a page block by block may write the last blocks of an item behind the next heading, before what
that heads. Such a block is known by its labels: its own item prints and lacks them, and the item in which it stands
does not print them, or not so often. Whatever is read so is inferred, and a problem says so.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from extractor.engine.blocks import Line, laid
from extractor.engine.labels import Hit, find_labels
from extractor.engine.records import X_MARKS, Plan, plan
from extractor.engine.sections import Region
from extractor.form.spec import Words
from extractor.source import Cell, Source

_MOST = 32
"""Lines behind a heading, before the first label of its item, of which more are not put back."""

_NEAR = 12
"""Items behind a heading in which the label that the form prints first ends."""

_BACK = 2
"""How many items of the form before a heading blocks behind it may be of."""


class Led(NamedTuple):
    """A text with its blocks in their items. paths: of the items to which some were led back, and where they stood."""

    source: Source
    paths: tuple[str, ...]


class _Item(NamedTuple):
    """An item of the form in a document: where its lines begin and end, and its labels by line."""

    region: Region
    this: Plan
    first: int
    last: int
    hits: dict[int, list[Hit]]

    @property
    def path(self) -> str:
        """The path of its answers."""
        return self.this.section.prefix.removesuffix("[]") or self.this.common

    @property
    def seen(self) -> Counter[str]:
        """How often each label stands in it."""
        return Counter(hit.label for hits in self.hits.values() for hit in hits)


class _Stray(NamedTuple):
    """A block of lines, the item that it is of, and whether it is the label of its free text."""

    lines: range
    item: _Item
    closing: bool


def with_strays(source: Source, regions: Sequence[Region]) -> Led | None:
    """The text with strayed blocks in their items; None where there are none, or where x tells the columns."""
    if source.format != "text" or source.columns:
        return None
    told = [at for at, region in enumerate(regions) if at and _may_hold(source, region)]
    if not told:
        return None
    lines, starts = _lines(source)
    if any(cell not in starts for region in regions for cell in (region.first, region.last)):
        return None
    strays: list[_Stray] = []
    paths: set[str] = set()
    for at in told:
        near = [_item(source, region, lines, starts) for region in regions[max(0, at - _BACK) : at + 1]]
        found = list(_strays(source, near[:-1], near[-1], lines))
        strays += found
        paths |= {path for stray in found for path in (stray.item.path, near[-1].path)}
    if not strays:
        return None
    return Led(
        replace(source, items=tuple(laid([[(0.0, line)] for line in _led(lines, strays)]))), tuple(sorted(paths))
    )


def _may_hold(source: Source, region: Region) -> bool:
    """Whether something else than what the form prints first stands right behind a heading."""
    this, opening = plan(region.section), _opening(region)
    if region.section.repeats or this.tabular or region.first >= region.last:
        return False
    hits = find_labels(source, region.first, min(region.first + _NEAR, region.last), this.words)
    top = source.items[region.first].top
    return not any(hit.label == opening and source.items[hit.spans[0].cell].top == top for hit in hits)


def _opening(region: Region) -> str:
    """What the form prints first below a heading in all its editions."""
    parts = region.section.parts()
    return next(part.label for part in parts if not (isinstance(part, Words) and not part.always))


def _lines(source: Source) -> tuple[list[Line], dict[int, int]]:
    """The lines of a document, and which of them begins with an item of it, by the item's number."""
    lines: list[Line] = []
    starts, at = {}, 0
    for top, group in groupby(source.items, key=lambda item: int(item.top)):
        starts[at] = len(lines)
        lines.append(Line(top, tuple(group)))
        at += len(lines[-1].items)
    return lines, {**starts, at: len(lines)}


def _item(source: Source, region: Region, lines: Sequence[Line], starts: dict[int, int]) -> _Item:
    this = plan(region.section)
    hits = find_labels(source, region.first, region.last, this.words)
    first, last = starts[region.first], starts[region.last]
    return _Item(region, this, first, last, _by_line(hits, lines, starts, first))


def _by_line(hits: Sequence[Hit], lines: Sequence[Line], starts: dict[int, int], first: int) -> dict[int, list[Hit]]:
    """Labels by the line in which they begin."""
    found: dict[int, list[Hit]] = {}
    cells = {line: cell for cell, line in starts.items()}
    line = first
    for hit in hits:
        while line + 1 < len(lines) and cells[line + 1] <= hit.spans[0].cell:
            line += 1
        found.setdefault(line, []).append(hit)
    return found


def _strays(source: Source, before: Sequence[_Item], here: _Item, lines: Sequence[Line]) -> Iterator[_Stray]:
    """Yield the blocks of the items before that stand between a heading and what the form prints first below it."""
    opening = _opening(here.region)
    end = next((k for k, hits in sorted(here.hits.items()) if any(hit.label == opening for hit in hits)), here.first)
    if not 0 < end - here.first <= _MOST:
        return
    cells = sum(len(line.items) for line in lines[: here.first]), sum(len(line.items) for line in lines[:end])
    starts = {sum(len(line.items) for line in lines[:k]): k for k in range(here.first, end + 1)}
    taken: set[int] = set()
    for item in reversed(before):
        hits = _by_line(find_labels(source, *cells, item.this.words), lines, starts, here.first)
        lacking = item.seen
        for first in sorted(hits):
            block = _block(lines, first, range(here.first, end), hits)
            labels = Counter(hit.label for k in block for hit in hits.get(k, ()))
            if labels and taken.isdisjoint(block) and _is_of(item, lacking, here, labels):
                lacking += labels
                taken.update(block)
                yield _Stray(block, item, bool(item.this.text and item.this.text.label in labels))


def _block(lines: Sequence[Line], first: int, among: range, hits: dict[int, list[Hit]]) -> range:
    """A line and those right below it, up to the next one with a label, and a letter X that stands alone before it."""
    last = first + max(len({span.cell for span in hit.spans}) for hit in hits[first])
    while last in among and last not in hits and lines[last].number == lines[last - 1].number + 1:
        last += 1
    marked = first - 1 in among and all(
        item.text in X_MARKS for item in lines[first - 1].items if isinstance(item, Cell)
    )
    return range(first - marked, last)


def _is_of(item: _Item, seen: Counter[str], here: _Item, labels: Counter[str]) -> bool:
    """Whether an item prints some labels and lacks them, and the item in which they stand prints fewer."""
    opening = item.this.section.rows[0].parts[0].label
    entries = max(1, seen[opening]) if item.this.section.repeats else 1
    for label, count in labels.items():
        units = _printed(item.this, label) is None
        lacks = units or seen[label] + count <= entries * (_printed(item.this, label) or 0)
        most = _printed(here.this, label)
        if not lacks or most is None or 0 < most >= here.seen[label]:
            return False
    return not all(_printed(item.this, label) is None for label in labels) or not item.region.section.repeats


def _printed(this: Plan, label: str) -> int | None:
    """How often an entry of a section prints a label; None for units, which it prints behind any amount."""
    if any(isinstance(part, Words) and part.many and part.label == label for part in this.section.parts()):
        return None
    return len(this.boxes.get(label, ())) or int(label in this.rows)


def _led(lines: Sequence[Line], strays: Sequence[_Stray]) -> Iterator[Line]:
    """Yield all lines, strayed ones at the end of their items, but before the label of the free text there."""
    gone = {k for stray in strays for k in stray.lines}
    moved: dict[int, list[_Stray]] = {}
    for stray in sorted(strays, key=lambda stray: (stray.closing, stray.lines.start)):
        moved.setdefault(_place(stray), []).append(stray)
    for k, line in enumerate(lines):
        for stray in moved.get(k, ()):
            yield from (lines[number] for number in stray.lines)
        if k not in gone:
            yield line


def _place(stray: _Stray) -> int:
    """The line before which a block goes."""
    text = stray.item.this.text
    labels = ((k, hit.label) for k, hits in sorted(stray.item.hits.items()) for hit in hits)
    closing = next((k for k, label in labels if text is not None and label == text.label), None)
    repeats = stray.item.region.section.repeats
    return stray.item.last if closing is None or repeats else closing

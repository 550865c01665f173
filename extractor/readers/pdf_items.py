"""Runs of text and boxes on pages to the items of one long sheet: pages below each other, without their margins."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from operator import attrgetter
from types import MappingProxyType
from typing import Final

from extractor.readers.marks import SIGNS, find_boxes, holds_any
from extractor.readers.pdf_drawing import Box, Drawing
from extractor.readers.pdf_margins import PageRuns, find_margins
from extractor.readers.pdf_states import Tick
from extractor.readers.pdf_text import Run, line_pitch, make_run, signs_of
from extractor.source import Cell, Item, Mark, Place, Source

X_TOLERANCE: Final = 0.25
"""How far left edges of one column may differ, in sizes of the body text."""

BETWEEN: Final = "\n\0\n"
"""Stands between runs, so that no written box goes from one to the next."""

MOST_POINTS: Final = 1e6
CLEAR: Final = 0.499
"""Up to this value, and if it is no further from a whole one, a hundredth is rounded by adding a half."""

BY_TOP: Final = attrgetter("top")
BY_LEFT: Final = attrgetter("x0")


def without_margins(sheets: Sequence[Drawing], runs: Sequence[Sequence[Run]]) -> list[list[Run]]:
    """The runs of each page that are no header or footer."""
    margins = find_margins([PageRuns(own, sheet.size) for own, sheet in zip(runs, sheets, strict=True)])
    return [[run for run in own if id(run) not in margins] for own in runs]


def arrange(
    sheets: Sequence[Drawing],
    ticks: Sequence[Sequence[Tick]],
    runs: Sequence[Sequence[Run]],
    size: float,
    facts: Mapping[str, str],
) -> Source:
    """The document whose pages hold these boxes and runs. size: of the body text."""
    pitch = line_pitch(runs, size)
    offsets = _offsets(ticks, runs, max(pitch - size, 0.0))
    written = _written_boxes(runs, sum(map(len, ticks)))
    items: list[Item] = []
    for sheet, own_ticks, own_runs, (here, overleaf) in zip(sheets, ticks, runs, pairwise(offsets), strict=True):
        layer = Layer(sheet, here)
        items.extend(_in_order([*_marks(layer, own_ticks, overleaf), *_cells(layer, own_runs, written)], pitch))
    return Source("pdf", tuple(items), X_TOLERANCE * size, pitch, facts=MappingProxyType(dict(facts)))


class Rounded(dict[float, float]):
    """Coordinates to two digits, as `round` has them, which takes four times as long; many come often."""

    def __missing__(self, value: float) -> float:
        whole = int(value * 100 + 0.5) if 0 < value < MOST_POINTS else 0
        self[value] = found = whole / 100 if whole and abs(value * 100 - whole) < CLEAR else round(value, 2)
        return found


class Layer:
    """A page as a part of the long sheet. offset: what to add to its y there."""

    def __init__(self, sheet: Drawing, offset: float) -> None:
        self._sheet, self._offset, self._rounded = sheet, offset, Rounded()
        self._moved = bool(sheet.turn or sheet.sheet)

    def spot(self, box: Box) -> tuple[float, float, float, float, Place]:
        """The x0, x1, top and bottom of a rectangle on the long sheet, and its place in the document."""
        rounded, offset = self._rounded, self._offset
        x0, top, x1, bottom = box
        left, high, right, low = self._sheet.on_page(box) if self._moved else box
        place = Place(self._sheet.number, (rounded[left], rounded[high], rounded[right], rounded[low]))
        return rounded[x0], rounded[x1], rounded[top + offset], rounded[bottom + offset], place


def _offsets(ticks: Sequence[Sequence[Tick]], runs: Sequence[Sequence[Run]], gap: float) -> list[float]:
    """What to add to the y of each page, and of one after the last, so that each goes on a line below the one before.

    The margins between are left out, because a label or an answer that goes on overleaf is no further away than on
    the page. gap: between two lines.
    """
    offsets = []
    y = 0.0
    for own_ticks, own_runs in zip(ticks, runs, strict=True):
        boxes = [run.box for run in own_runs] or [tick.box for tick in own_ticks]
        top, bottom = min((box.top for box in boxes), default=0.0), max((box.bottom for box in boxes), default=0.0)
        offsets.append(y - top)
        y += bottom - top + gap
    return [*offsets, y]


def _marks(layer: Layer, ticks: Sequence[Tick], overleaf: float) -> Iterator[Mark]:
    """Yield a page's boxes as marks of the long sheet; overleaf: the offset of the next page."""
    for tick in ticks:
        x0, x1, top, bottom, place = layer.spot(tick.box)
        if tick.reach is not None:
            bottom = round(tick.reach + overleaf, 2)
        yield Mark(tick.checked, tick.raw, x0, x1, top, bottom, place, tick.evidence, tick.doubt)


def _written_boxes(runs: Sequence[Sequence[Run]], drawn: int) -> dict[int, list[tuple[int, int, bool]]]:
    """The boxes written in runs, by the id of the run: where they start and end, and whether they are checked.

    drawn: the number of drawn boxes. A document that draws most of its boxes writes none; what looks like a written
    one among words is then a part of an answer.
    """
    every = [run for own in runs for run in own]
    whole = BETWEEN.join([run.plain for run in every])
    signs = [sign for sign in SIGNS if sign in whole]
    every = [run for run in every if not run.plain.isascii() or holds_any(run.plain, signs)]
    texts = [run.plain for run in every]
    starts = list(accumulate((len(text) + len(BETWEEN) for text in texts), initial=0))
    found: dict[int, list[tuple[int, int, bool]]] = {}
    for first, end, checked in find_boxes(BETWEEN.join(texts)):
        index = bisect_right(starts, first) - 1
        found.setdefault(index, []).append((first - starts[index], end - starts[index], checked))
    if drawn > sum(map(len, found.values())):
        found = {index: boxes for index, boxes in found.items() if boxes[0][:2] == (0, len(texts[index]))}
    return {id(every[index]): boxes for index, boxes in found.items()}


def _cells(layer: Layer, runs: Sequence[Run], written: dict[int, list[tuple[int, int, bool]]]) -> Iterator[Item]:
    """Yield a page's runs as cells, with the boxes written in them as marks."""
    for run in runs:
        boxes = written.get(id(run)) if written else None
        if boxes is None:
            yield Cell(run.text, *layer.spot(run.box))
            continue
        start, signs = 0, signs_of(run)
        for first, end, checked in boxes:
            yield from _cell(layer, make_run(signs[start:first]))
            box = make_run(signs[first:end])
            if box is not None:
                yield Mark(checked, box.text, *layer.spot(box.box), "written box")
            start = end
        yield from _cell(layer, make_run(signs[start:]))


def _cell(layer: Layer, run: Run | None) -> Iterator[Cell]:
    if run is not None:
        yield Cell(run.text, *layer.spot(run.box))


def _in_order(items: Sequence[Item], pitch: float) -> Iterator[Item]:
    """Yield items from top to bottom, and from left to right those whose tops differ by less than half a line."""
    row: list[Item] = []
    for item in sorted(items, key=BY_TOP):
        if row and item.top - row[0].top >= pitch / 2:
            yield from sorted(row, key=BY_LEFT)
            row = []
        row.append(item)
    yield from sorted(row, key=BY_LEFT)

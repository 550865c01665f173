"""The checkboxes that a PDF page draws: small frames, with an X or nothing inside.

EDGAR's box is a table cell with a thin border: one stroked rectangle in one browser, four thin bars in the next. It
is as high as its label has lines, and a page break may cut it in two. It is narrow, but a long answer in its column
stretches it; then it is still the frame with its label right behind, which those of item 14 and of the signature, that
hold answers, are not.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from extractor.readers.pdf_drawing import Box, Grid, Shape
from extractor.readers.pdf_states import EMPTY, PICTURED, Frame, Page, Tick, find_bare, read_state

WIDEST: Final = 2.2
STRETCHED: Final = 40.0
TALLEST: Final = 12.0
SMALLEST: Final = 0.15
TINY: Final = 0.3
"""The limits of a box's sides in sizes of the body text: in width, stretched and not, in height (its label may have
many lines), of the shorter and of the longer side. A saved page that lost the spaces in its boxes prints them flat."""

ROUND: Final = 0.6
"""The least width of a round box; anything less is a bullet."""

BAR: Final = 0.25
"""The thickest border, in sizes of the body text."""

SLACK: Final = 0.5
"""How far, in points, the inner border of a double one may lie outside of the outer one."""


class Bar(NamedTuple):
    """A straight side: upright at x = at from start to end in y, or level at y = at from start to end in x."""

    at: float
    start: float
    end: float


def find_ticks(page: Page) -> list[Tick]:
    """Return the boxes of a page, whole or cut by its edge."""
    shapes, size = page.drawing.shapes, page.size
    frames = _single([*_drawn_whole(shapes, size), *_put_together(shapes, size)], size)
    ticks = []
    for frame in frames:
        if frame.box.width > WIDEST * size and not page.leads_label(frame.box):
            continue
        text = "".join(glyph.text for glyph in sorted(page.ink_in(frame.box), key=lambda one: one.x0))
        state = read_state(text, frame, page)
        if state is not None:
            ticks.append(Tick(frame.box, state.checked, text, state.evidence, state.doubt, frame.open))
    return [*_told_apart(ticks), *find_bare(page, [frame.box for frame in frames])]


def _told_apart(ticks: Sequence[Tick]) -> list[Tick]:
    """The boxes; a picture in some of them and in others not is a mark, whatever it shows."""
    if not any(tick.evidence == EMPTY.evidence for tick in ticks):
        return list(ticks)
    return [replace(tick, checked=True, doubt="") if tick.evidence == PICTURED else tick for tick in ticks]


def join_cut(upper: Tick, lower: Tick, slack: float) -> Tick | None:
    """The box that a page break cut in two, as a box of the upper page; None if these are no parts of one.

    slack: how far the parts may be shifted against each other.
    """
    shift = max(abs(upper.box.x0 - lower.box.x0), abs(upper.box.x1 - lower.box.x1))
    if (upper.open, lower.open) != ("bottom", "top") or shift > slack:
        return None
    telling = lower if lower.checked and not upper.checked else upper
    raw, doubt = upper.raw or lower.raw, upper.doubt or lower.doubt
    return replace(telling, box=upper.box, raw=raw, doubt=doubt, open="", reach=lower.box.bottom)


def merge_buttons(drawn: Sequence[Tick], buttons: Sequence[Tick], size: float) -> list[Tick]:
    """The drawn boxes and the form's buttons, one for both where they lie over each other; checked if either is."""
    if not buttons:
        return list(drawn)
    by_place = Grid(((tick.box.middle, tick) for tick in drawn), size)
    merged: list[Tick] = []
    under: set[int] = set()
    for button in buttons:
        frames = [tick for tick in by_place.within(button.box) if not tick.open]
        under.update(map(id, frames))
        telling = next((frame for frame in frames if frame.checked and not button.checked), button)
        doubt = next((one.doubt for one in (button, *frames) if one.doubt), "")
        merged.append(replace(button, checked=telling.checked, evidence=telling.evidence, doubt=doubt))
    return [*(tick for tick in drawn if id(tick) not in under), *merged]


def _fits(box: Box, size: float) -> bool:
    """Whether a frame is of the size of a checkbox, perhaps a stretched one, beside text of this size."""
    x0, top, x1, bottom = box
    width, height = (x1 - x0) / size, (bottom - top) / size
    return SMALLEST <= width <= STRETCHED and SMALLEST <= height <= TALLEST and max(width, height) >= TINY


def _drawn_whole(shapes: Sequence[Shape], size: float) -> Iterator[Frame]:
    """Yield the frames that are one shape: a rectangle, a rounded one, a circle, or dark with white laid over it."""
    dark: list[Shape] = []
    for shape in shapes:
        if not shape.closed or not (shape.stroke or shape.fill) or not _fits(shape.box, size):
            continue
        if shape.stroke:
            if shape.rectangle or (shape.curved and shape.box.width >= ROUND * size and _is_loop(shape)):
                yield Frame(shape.box, frozenset({shape.order}))
        elif min(shape.box.width, shape.box.height) > BAR * size and shape.rectangle:
            dark.append(shape)
    if dark:
        papers = (shape for shape in shapes if shape.closed and shape.paper and _fits(shape.box, size))
        yield from _laid_over(dark, filter(_is_loop, papers), size)


def _is_loop(shape: Shape) -> bool:
    """Whether a closed shape has the corners of a frame."""
    return len(set(shape.points)) >= 4


def _laid_over(dark: Sequence[Shape], papers: Iterable[Shape], size: float) -> Iterator[Frame]:
    """Yield the frames that are dark rectangles with white ones laid over them."""
    by_place = Grid(((paper.box.middle, paper) for paper in papers), size)
    for shape in dark:
        over = (paper for paper in by_place.within(shape.box) if paper.order > shape.order)
        if any(_lines(shape.box, paper.box, size) for paper in over):
            yield Frame(shape.box, frozenset({shape.order}))


def _lines(outer: Box, inner: Box, size: float) -> bool:
    """Whether the inner box leaves a thin frame of the outer one, or none."""
    thin = max(outer.width - inner.width, outer.height - inner.height) <= 2 * BAR * size
    return thin and outer.covers(inner, SLACK)


def _put_together(shapes: Sequence[Shape], size: float) -> Iterator[Frame]:
    """Yield the frames made of single sides: two upright ones of one height, and one or two level ones joining them."""
    slack = 0.15 * size
    upright, level = _sides(shapes, size)
    if not upright:
        return
    joints: dict[tuple[int, int], list[Bar]] = {}
    for bar in level:
        joints.setdefault((round(bar.start / slack), round(bar.at / slack)), []).append(bar)
    rows: dict[int, list[Bar]] = {}
    for bar in sorted(set(upright)):
        rows.setdefault(round(bar.start / slack), []).append(bar)
    for bar in upright:
        partner = _partner(bar, rows, slack, size)
        if partner is None:
            continue
        box = Box(bar.at, min(bar.start, partner.start), partner.at, max(bar.end, partner.end))
        top, bottom = (_joined(box, y, joints, slack) for y in (box.top, box.bottom))
        if _fits(box, size) and (top or bottom):
            yield Frame(box, open="" if top and bottom else "bottom" if top else "top")


def _partner(bar: Bar, rows: dict[int, list[Bar]], slack: float, size: float) -> Bar | None:
    """The next upright side to the right, of the same extent."""
    best: Bar | None = None
    key = round(bar.start / slack)
    for row in (rows.get(key - 1, []), rows.get(key, []), rows.get(key + 1, [])):
        for index in range(bisect_left(row, (bar.at + SMALLEST * size,)), len(row)):
            other = row[index]
            if other.at - bar.at > STRETCHED * size or (best is not None and other.at >= best.at):
                break
            if abs(other.start - bar.start) <= slack and abs(other.end - bar.end) <= slack:
                best = other
                break
    return best


def _joined(box: Box, y: float, joints: dict[tuple[int, int], list[Bar]], slack: float) -> bool:
    """Whether a level side runs from one side of the box to the other at y."""
    column, row = round(box.x0 / slack), round(y / slack)
    return any(
        abs(bar.start - box.x0) <= slack and abs(bar.end - box.x1) <= slack and abs(bar.at - y) <= slack
        for step in (-1, 0, 1)
        for rise in (-1, 0, 1)
        for bar in joints.get((column + step, row + rise), ())
    )


def _sides(shapes: Sequence[Shape], size: float) -> tuple[list[Bar], list[Bar]]:
    """The upright and the level sides that a box may have: thin bars, and the straight parts of open lines."""
    upright: list[Bar] = []
    level: list[Bar] = []
    for shape in shapes:
        if not (shape.stroke or shape.fill):
            continue
        x0, top, x1, bottom = shape.box
        if min(x1 - x0, bottom - top) <= BAR * size:
            if bottom - top > x1 - x0:
                upright.append(Bar((x0 + x1) / 2, top, bottom))
            else:
                level.append(Bar((top + bottom) / 2, x0, x1))
        elif shape.stroke and not shape.closed:
            for (xa, ya), (xb, yb) in pairwise(shape.points):
                if abs(xa - xb) < 0.1 < abs(ya - yb):
                    upright.append(Bar((xa + xb) / 2, min(ya, yb), max(ya, yb)))
                elif abs(ya - yb) < 0.1 < abs(xa - xb):
                    level.append(Bar((ya + yb) / 2, min(xa, xb), max(xa, xb)))
    return [bar for bar in upright if bar.end - bar.start <= TALLEST * size], level


def _single(frames: Sequence[Frame], size: float) -> list[Frame]:
    """The frames, a double border as one, without those that only hold another frame."""
    ordered = sorted(frames, key=lambda one: -one.box.width * one.box.height)
    if not _is_nested(ordered, size):
        return ordered
    kept = _merged(ordered, size)
    middles = Grid(((frame.box.middle, frame) for frame in kept), size)
    return [
        frame
        for frame in kept
        if not any(other is not frame and frame.box.covers(other.box) for other in middles.within(frame.box))
    ]


def _is_nested(frames: Sequence[Frame], size: float) -> bool:
    """Whether any frame may lie in another one."""
    middles = Grid(((frame.box.middle, frame) for frame in frames), size)
    return any(other is not frame for frame in frames for other in middles.within(frame.box.grown(SLACK)))


def _merged(frames: Sequence[Frame], size: float) -> list[Frame]:
    """The frames, the largest first, a double border as one."""
    kept: list[Frame] = []
    near: dict[tuple[int, int], list[int]] = {}
    for frame in frames:
        x, y = (round(part / size) for part in frame.box.middle)
        close = (
            index
            for step in (-1, 0, 1)
            for rise in (-1, 0, 1)
            for index in near.get((x + step, y + rise), ())
            if _lines(kept[index].box, frame.box, size)
        )
        outer = next(close, None)
        if outer is None:
            near.setdefault((x, y), []).append(len(kept))
            kept.append(frame)
        else:
            whole = "" if not frame.open else kept[outer].open
            kept[outer] = kept[outer]._replace(orders=kept[outer].orders | frame.orders, open=whole)
    return kept

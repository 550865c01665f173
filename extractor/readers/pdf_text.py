"""Glyphs to runs: the text that stands together on one line of one table cell of a PDF page.

Lines are followed from glyph to glyph, never across the page, because columns side by side have lines of their own.
A browser draws each space between words as a glyph, and none where a table cell ends; so there a gap without one parts
two cells, however narrow it is. Where spaces are missing, only its width tells what a gap means.
"""

import math
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import Final

from extractor.readers.pdf_drawing import ASCENT, DESCENT, Box, Drawing, Glyph, Shape
from extractor.source import record

JOIN: Final = 0.8
"""The widest gap within a run, in sizes of the font; anything wider parts columns."""

RISE: Final = 0.3
"""How far base lines may differ on one line, in sizes of the font."""

MAX_ROWS: Final = 20
"""How many base lines of small text are looked through for the line of a large glyph."""

GAP: Final = 0.15
"""The narrowest gap that is one, in sizes of the font."""

CELL_GAP: Final = 0.22
SPACE: Final = 0.29
"""The narrowest gap between cells in one style (EDGAR has 4 pixels of 13, rounded it may be 3), and the widest that
a space of the usual fonts leaves where it is lost. They overlap, so the document must tell which of the two its gaps
are."""

STRETCH: Final = 0.5
"""How much wider than its glyph a space may be set, in justified text."""

RULE: Final = 0.25
RULE_HEIGHT: Final = 0.5
"""The greatest width and the least height of a ruling between cells, in sizes of the font."""

Edge = tuple[float, float, float]
"""An upright line: x, top, bottom."""


@record
class Run:
    """Text on one line of one cell. plain: it as it is drawn, white space as one space, none at the ends."""

    text: str
    plain: str
    box: Box
    size: float
    style: str
    glyphs: tuple[Glyph, ...]


class Rules:
    """The vertical edges of a page's rulings and boxes, found by x."""

    def __init__(self, edges: Iterable[Edge], boxes: Iterable[Box], size: float) -> None:
        own = list(edges)
        for box in boxes:  # a flat one parts its line as well as a high one
            _, y = box.middle
            own.append((box.x0, min(box.top, y - size), max(box.bottom, y + size)))
        self._edges = sorted(own)

    def between(self, left: Glyph, right: Glyph) -> bool:
        """Whether a ruling runs between two glyphs of a line."""
        slack = 0.1 * left.size
        start, end = min(left.x1, right.x0) - slack, max(left.x1, right.x0) + slack
        return self.cross(start, end, left.middle[1], RULE_HEIGHT * left.size)

    def cross(self, start: float, end: float, y: float, height: float) -> bool:
        """Whether a ruling at least so high crosses the level line from start to end at y."""
        for index in range(bisect_left(self._edges, (start,)), len(self._edges)):
            x, top, bottom = self._edges[index]
            if x > end:
                return False
            if top <= y <= bottom and bottom - top >= height:
                return True
        return False


def vertical_edges(shapes: Iterable[Shape], size: float) -> list[Edge]:
    """The edges of rulings among shapes. size: of the body text."""
    return [edge for shape in shapes for edge in upright_edges(shape, RULE * size)]


def upright_edges(shape: Shape, thickest: float) -> Iterator[Edge]:
    """Yield the (x, top, bottom) of each upright line that is seen, drawn as a line or as a bar."""
    box = shape.box
    if shape.fill and not shape.stroke and box.width <= min(thickest, box.height):
        yield (box.x0 + box.x1) / 2, box.top, box.bottom
    if shape.stroke:
        corners = [*shape.points, shape.points[0]] if shape.closed else shape.points
        for (xa, ya), (xb, yb) in pairwise(corners):
            if abs(xa - xb) < 0.1 < abs(ya - yb):
                yield (xa + xb) / 2, min(ya, yb), max(ya, yb)


def follow_lines(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs in lines: each follows the one at its left on the same base line, without a wide gap."""
    step = RISE * median([glyph.size for glyph in glyphs]) if glyphs else 1.0
    lines: list[list[Glyph]] = []
    by_base: dict[int, list[list[Glyph]]] = {}
    for glyph in sorted(glyphs, key=attrgetter("x0", "order")):
        row, reach = int(glyph.base // step), min(int(RISE * glyph.size / step) + 1, MAX_ROWS)
        near = [open_lines for at in range(row - reach, row + reach + 1) if (open_lines := by_base.get(at))]
        line = _line_before(glyph, near) if near else None
        if line is None:
            lines.append([glyph])
            by_base.setdefault(row, []).append(lines[-1])
        else:
            line.append(glyph)
    return lines


def _line_before(glyph: Glyph, near: Iterable[list[list[Glyph]]]) -> list[Glyph] | None:
    """The line that a glyph follows best, of rows of lines; those that nothing can follow any more leave their row."""
    found, least = None, math.inf
    for open_lines in near:
        past = False
        for line in open_lines:
            distance = _distance(line[-1], glyph)
            if distance is None:
                past = past or _is_past(line[-1], glyph)
            elif distance < least:
                found, least = line, distance
        if past:
            open_lines[:] = [line for line in open_lines if not _is_past(line[-1], glyph)]
    return found


def widest_word_gap(lines: Iterable[Sequence[Glyph]]) -> float:
    """The widest gap, in sizes of the font, that parts only words of one style, not cells, though no space is drawn.

    A browser draws every space, and its cells are never nearer than CELL_GAP. Narrower gaps show that spaces were
    lost, as when a PDF is made from a PDF. Where most gaps have no space, the document draws none.
    """
    drawn = bare = narrow = 0
    for line in lines:
        for glyph in line:
            drawn += glyph.text.count(" ") if len(glyph.text) > 1 else 0
        for one, other in pairwise(line):
            drawn += one.blank and not other.blank
            if one.style == other.style and _is_bare(one, other):
                bare += 1
                narrow += other.x0 - one.x1 <= CELL_GAP * min(one.size, other.size)
    if bare > drawn:
        return JOIN
    return SPACE if narrow else CELL_GAP


def cut_runs(line: Sequence[Glyph], rules: Rules, word_gap: float) -> Iterator[Run]:
    """Yield the runs of one line. word_gap: of the document, as `widest_word_gap` says."""
    for glyphs in _parted(line, rules, word_gap) if len(line) > 1 else [line]:
        if run := make_run(glyphs):
            yield run


def _parted(line: Sequence[Glyph], rules: Rules, word_gap: float) -> Iterator[Sequence[Glyph]]:
    """Yield the glyphs of a line that stand together, with a space in each gap that has none."""
    ink: Glyph | None = None
    own: list[Glyph] = []
    for glyph in line:
        if own and _parts(own[-1], glyph, word_gap):
            yield own
            own, ink = [], None
        if not glyph.blank:
            if ink and glyph.x0 - ink.x1 > 0.05 * glyph.size and rules.between(ink, glyph):
                yield own
                own = []
            elif own and _is_bare(own[-1], glyph):
                own.append(own[-1]._replace(text=" ", x0=own[-1].x1, x1=glyph.x0))
            ink = glyph
        own.append(glyph)
    yield own


def body_size(drawings: Sequence[Drawing]) -> float:
    """The size of most of the document's text, in points; 10 if it has none."""
    lengths: dict[float, int] = {}
    for drawing in drawings:
        for glyph in drawing.glyphs:
            text = glyph.text
            if not text.isspace():
                lengths[glyph.size] = lengths.get(glyph.size, 0) + len(text)
    counts: dict[float, int] = {}
    for size, length in lengths.items():
        counts[round(size, 1)] = counts.get(round(size, 1), 0) + length
    return max(counts, key=lambda size: (counts[size], -size)) if counts else 10.0


def line_pitch(pages: Sequence[Sequence[Run]], size: float) -> float:
    """The usual distance from a line to the one below that belongs to it, in points. size: of the body text."""
    steps: list[float] = []
    for runs in pages:
        below: dict[int, list[float]] = {}
        for run in runs:
            below.setdefault(round(run.box.x0 / size), []).append(run.box.bottom)
        for bottoms in below.values():
            steps.extend(b - a for a, b in pairwise(sorted(bottoms)) if 0.8 * size < b - a < 1.6 * size)
    return median(steps) if steps else 1.2 * size


def make_run(glyphs: Sequence[Glyph]) -> Run | None:
    """The run of glyphs that stand behind each other; None if they are blank."""
    ink = [glyph for glyph in glyphs if not glyph.blank]
    if not ink:
        return None
    text, x0, x1, base, size, style, *_ = ink[0]
    if len(ink) > 1:
        bases = {glyph.base for glyph in ink}
        base = base if len(bases) == 1 else median(glyph.base for glyph in ink)
        size = max([glyph.size for glyph in ink])
        x0, x1 = min([glyph.x0 for glyph in ink]), max([glyph.x1 for glyph in ink])
    if len(glyphs) > 1:
        text = "".join([glyph.text for glyph in glyphs])
    plain = " ".join(text.split())
    text = plain if plain.isascii() else unicodedata.normalize("NFC", plain)
    return Run(text, plain, Box(x0, base - ASCENT * size, x1, base + DESCENT * size), size, style, tuple(glyphs))


def signs_of(run: Run) -> list[Glyph]:
    """The characters of a run's plain text, each a glyph."""
    signs: list[Glyph] = []
    for glyph in run.glyphs:
        share = (glyph.x1 - glyph.x0) / len(glyph.text)
        for index, sign in enumerate(glyph.text):
            blank = sign.isspace()
            if blank and (not signs or signs[-1].blank):
                continue
            x0 = glyph.x0 + index * share
            signs.append(glyph._replace(text=" " if blank else sign, x0=x0, x1=x0 + share))
    if signs and signs[-1].blank:
        signs.pop()
    return signs


def _is_past(left: Glyph, right: Glyph) -> bool:
    """Whether a glyph, and all that come after it from left to right, are too far away to follow the left one."""
    return right.x0 - left.x1 > JOIN * max(left.size, right.size)


def _distance(left: Glyph, right: Glyph) -> float | None:
    """How well the right glyph follows the left one, from 0; None if it does not."""
    size, gap = max(left.size, right.size), right.x0 - left.x1
    rise = abs(left.base - right.base)
    if rise > RISE * size or not -0.6 * size <= gap <= JOIN * size:
        return None
    return 3 * rise + abs(gap)


def _is_bare(left: Glyph, right: Glyph) -> bool:
    """Whether a gap as wide as between words, with no space drawn, lies between two glyphs."""
    return not left.blank and not right.blank and right.x0 - left.x1 > GAP * min(left.size, right.size)


def _parts(left: Glyph, right: Glyph, word_gap: float) -> bool:
    """Whether the gap between two glyphs of a line ends a cell."""
    gap, size = right.x0 - left.x1, min(left.size, right.size)
    if left.blank or right.blank:
        return gap > STRETCH * size
    return gap > (word_gap if left.style == right.style else GAP) * size

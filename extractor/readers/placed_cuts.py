"""Texts that a converter joined across two cells of a table, cut where the columns above begin.

Converters put texts of a line together whose gap is less than about a line's height, and cells may be nearer than that.
A text that runs across the left edge of a column which a line above it shows, in a table of which both are rows, holds
the words of two cells: those of the second begin at that edge, as far as it can be told how wide the words before are.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice, pairwise
from statistics import median
from typing import Final, NamedTuple

from extractor.readers.pdf_drawing import Box, Grid
from extractor.readers.placed_fonts import width_of
from extractor.readers.placed_page import JOINT, Page, Text

LINES: Final = 6.0
"""How far above a text its table is looked for, in sizes of the font."""

NEAR: Final = 0.6
HIGH: Final = 3.0
"""How far to the right and how far above or below, in sizes of the font, a text may begin where it is reckoned from the
text before it, between which there may be a gap between cells."""

OVERLAP: Final = 1.0
PITCH: Final = 1.15
"""From which distance of their base lines on two lines overlap, and the least that there is between two that do not."""

ALIGNED: Final = 0.3
"""By how much left edges of one column differ at most, in sizes of the font."""

SAME: Final = 0.4
"""By how much base lines of one row differ at most, in sizes of the font."""

BESIDE: Final = 0.9
"""By how much base lines differ at most that are no lines below each other, in sizes of the font."""

WIDEST: Final = 1.8
"""The widest gap, in sizes of the font, that converters take for one between words, beyond that of a space."""

GAP: Final = 0.35
"""The usual gap between two cells, in sizes of the font."""

RARE: Final = 0.02
"""The part of all text that is in a font which is there for signs that others lack, at most."""

SPACE: Final = 0.27
"""The width of a space, about, in sizes of the font."""

LEAST: Final = 0.12
"""By how much places that are rounded may be off, in sizes of the font."""

SPARE: Final = 0.1
ROUNDED: Final = 1.2
"""By how much a text that holds two cells is wider than its words, at least, in sizes of the font, and in the unit of
the document, where that is larger."""

ENOUGH: Final = 6
"""Characters of which a text has so many that its width tells how wide its font is."""

DRIFT: Final = 0.01
"""The part by which the width of words may differ from that in the usual font, of a size that is not rounded."""

MARKS: Final = frozenset({"X", "x", "", JOINT})
"""Texts that are a box: ticked, and left blank."""

MOST: Final = 100
LONGEST: Final = 1000
"""How many columns a row may have, and how many characters a text, to be looked at."""

BETTER: Final = 0.5
"""By how much, in sizes of the font, the word that begins at an edge must lie nearer to it than any other."""


class _Column(NamedTuple):
    """Where a column begins and ends, and how the text there is set; firm: it was cut there."""

    x0: float
    x1: float
    style: str
    firm: bool
    size: float


class _Row(NamedTuple):
    base: float
    columns: list[_Column]


def cut_joined(pages: Sequence[Page]) -> list[Page]:
    """The pages with each text cut where a column begins, but those that stand elsewhere uncut."""
    scales = _scales(pages)
    whole: set[str] = set()
    for page in pages:
        for text, pieces in _cut_page(page, scales, frozenset()):
            if len(pieces) == 1:
                whole.add(text.text)
    return [
        Page(page.size, [one for _, pieces in _cut_page(page, scales, whole) for one in pieces if one.text != JOINT])
        for page in pages
    ]


def mend(pages: Sequence[Page]) -> list[Page]:
    """The pages, texts of one word put together again that a sign of another font parts: they touch.

    Only a font that the document hardly uses is there for signs that its own one lacks.
    """
    counts: Counter[str] = Counter()
    for page in pages:
        for text in page.texts:
            counts[text.style] += len(text.text)
    rare = {style for style, count in counts.items() if count < RARE * counts.total()}
    return [replace(page, texts=list(_mended(page, rare))) for page in pages]


def _mended(page: Page, rare: Set[str]) -> Iterator[Text]:
    rows: list[list[Text]] = []
    for text in sorted(page.texts, key=lambda text: text.base):
        if not rows or text.base - rows[-1][0].base > SAME * text.size:
            rows.append([])
        rows[-1].append(text)
    for row in rows:
        last: Text | None = None
        for text in sorted(row, key=lambda text: text.x0):
            if last and not rare.isdisjoint((last.style, text.style)) and _touch(last, text):
                last = text._replace(text=last.text + text.text, x0=last.x0, style=last.style, guessed=last.guessed)
                continue
            if last:
                yield last._replace(text=last.text.rstrip(JOINT))
            last = text
        if last:
            yield last._replace(text=last.text.rstrip(JOINT))


def _touch(one: Text, other: Text) -> bool:
    if other.guessed or MARKS.intersection((one.text.rstrip(JOINT), other.text.rstrip(JOINT))):
        return False
    gap = other.x0 - one.x1 - (SPACE * one.size if one.text.endswith(JOINT) else 0.0)
    return -ALIGNED * one.size < gap < LEAST * one.size


def settle(page: Page) -> Page:
    """The page, each text whose beginning is reckoned put where others begin for sure, if it is near such an edge.

    A text that was put together with the mark before it has the mark's height; where that is beside the middle of a
    label of several lines, its first line goes up, to where it does not overlap the second.
    """
    size = median(text.size for text in page.texts) if page.texts else 1.0
    edges = Grid((((text.x0, text.base), text) for text in page.texts if not text.guessed), HIGH * size)
    return replace(page, texts=[_settled(text, edges) if text.guessed else text for text in page.texts])


def _settled(text: Text, edges: Grid[Text]) -> Text:
    x0, high = text.x0, HIGH * text.size
    around = Box(x0 - ALIGNED * text.size, text.base - high, x0 + NEAR * text.size, text.base + high)
    near = list(islice(edges.within(around), MOST))
    if not near:
        return text
    left = min(near, key=lambda other: abs(other.base - text.base)).x0
    text = text._replace(x0=left, x1=text.x1 + left - x0)
    for other in near:
        if other.x0 == left and SAME * other.size < other.base - text.base < OVERLAP * other.size:
            return text._replace(base=other.base - PITCH * other.size, size=other.size)
    return text


def _scales(pages: Sequence[Page]) -> Mapping[str, float]:
    """By how much wider texts are, in each style, than in the usual font, where the document says how wide they are."""
    seen: dict[str, list[float]] = {}
    for page in pages:
        for text in page.texts:
            if text.exact and len(text.text) >= ENOUGH:
                seen.setdefault(text.style, []).append((text.x1 - text.x0) / _width(text, len(text.text), 1.0))
    return {style: median(widths) for style, widths in seen.items()}


def _cut_page(page: Page, scales: Mapping[str, float], whole: Set[str]) -> Iterator[tuple[Text, list[Text]]]:
    """Yield each text of a page and its parts, from top to bottom."""
    rows: list[_Row] = []
    mark = float("-inf")
    for text in sorted(page.texts, key=lambda text: (text.base, text.x0)):
        pieces = [text]
        if JOINT in text.text and len(text.text) <= LONGEST and text.text not in whole:
            pieces = _cut(text, rows, scales.get(text.style, 1.0), told=page.told)
        yield text, pieces
        if not rows or text.base - rows[-1].base > SAME * text.size:
            rows.append(_Row(text.base, []))
            mark = float("-inf")
        firm = len(pieces) > 1
        marked = text.guessed or text.text in MARKS or (text.x0 - mark < NEAR * text.size)
        if text.text in MARKS:
            mark = text.x1
        if len(rows[-1].columns) < MOST and not marked:
            rows[-1].columns.extend(_Column(piece.x0, piece.x1, piece.style, firm, piece.size) for piece in pieces)
            rows[-1].columns.sort()


def _cut(text: Text, rows: Sequence[_Row], scale: float, *, told: bool) -> list[Text]:
    """The parts of a text: the text alone, if not each column that it runs into begins with one of its words."""
    if text.guessed and not (told or text.exact):
        return [text]
    spare = max(0.0, text.x1 - text.x0 - _width(text, len(text.text), scale)) if text.exact else WIDEST * text.size
    wide = text.exact and spare > max(SPARE * text.size, ROUNDED)
    if text.exact and not wide:
        return [text]
    columns = _columns(text, rows, sure=told or wide)
    centred = bool(columns) and abs(columns[0].x0 - text.x0) > ALIGNED * text.size
    parts: list[Text] = []
    rest = text
    for before, column in pairwise(columns):
        edge = before.x0 + before.x1 - rest.x0 + GAP * text.size if centred else column.x0
        if not rest.x0 < edge < text.x1:
            break
        found = _word_at(rest, edge, scale, spare, rough=centred)
        if not found:
            return [text]
        first, begin = rest.text[:found].rstrip(JOINT), rest.x0 + _width(rest, found, scale)
        begin = min(max(begin, edge), begin + spare) if centred else edge
        parts.append(
            rest._replace(text=first, x1=min(rest.x0 + _width(rest, len(first), scale), begin - LEAST * rest.size))
        )
        rest = rest._replace(text=rest.text[found:], x0=begin)
        if not rest.exact:
            rest = rest._replace(x1=max(text.x1, begin + _width(rest, len(rest.text), scale)))
    return [*parts, rest]


def _columns(text: Text, rows: Sequence[_Row], *, sure: bool) -> list[_Column]:
    """The columns that a text runs into, of the nearest row above that has one at its left edge or a heading over it.

    sure: that the text has several parts.
    """
    passed: list[_Column] = []
    for row in _above(text, rows):
        crossed = [column for column in row.columns if text.x0 + text.size < column.x0 < text.x1]
        if not crossed:
            passed += row.columns
            continue
        if any(one.x0 < column.x0 < one.x1 for one in passed for column in crossed):
            return []  # lines of no table lie between
        own = [column for column in row.columns if abs(column.x0 - text.x0) <= ALIGNED * text.size]
        if not own:
            if any(column.x0 <= text.x0 <= column.x1 for column in row.columns):
                return []
            after = [column for column in row.columns if column.x0 > text.x0]
            if not sure and after[0] is row.columns[0] and after[0].x0 - text.x0 <= text.size:
                return []  # a paragraph below a table
            own, crossed = after[:1], [column for column in after[1:] if column.x0 < text.x1]
        if not crossed:
            passed += row.columns
            continue
        if not text.exact and abs(own[0].size - text.size) > LEAST * text.size:
            return []  # a paragraph in letters of another size
        return [own[0], *crossed] if sure or own[0].firm or own[0].style != text.style else []
    return []


def _above(text: Text, rows: Sequence[_Row]) -> Iterator[_Row]:
    """Yield the rows above a text, from the nearest; lines that lie by less than a line apart are of one row."""
    joined: _Row | None = None
    for row in reversed(rows):
        if text.base - row.base < SAME * text.size:
            continue
        if text.base - row.base > LINES * text.size:
            break
        if joined and joined.base - row.base < BESIDE * text.size:
            joined = _Row(row.base, sorted([*joined.columns, *row.columns]))
            continue
        if joined:
            yield joined
        joined = row
    if joined:
        yield joined


def _word_at(text: Text, edge: float, scale: float, spare: float, *, rough: bool) -> int:
    """The index of the word that begins at an edge, 0 if it cannot be told.

    spare: the widest gap before it, beyond that between words. rough: whether the edge is only about there.
    """
    found: list[tuple[float, int]] = []
    drift = 0.0 if text.exact else 0.5 / text.size if text.size.is_integer() else DRIFT
    at = text.text.find(JOINT)
    while at >= 0:
        begin = at + 1
        wide = _width(text, begin, scale)
        off = edge - text.x0 - wide
        slack = (ALIGNED if rough else LEAST) * text.size + drift * wide
        if -slack <= off <= spare + slack:
            found.append((abs(off), begin))
        at = text.text.find(JOINT, begin)
    found.sort()
    if not found or (len(found) > 1 and found[1][0] - found[0][0] < BETTER * text.size):
        return 0
    return found[0][1]


def _width(text: Text, end: int, scale: float) -> float:
    """How wide the beginning of a text is."""
    return scale * text.size * width_of(text.text[:end], text.style)

"""Puts the lines of a list together that are one answer, wrapped since its column had no room for its next word."""

from collections.abc import Sequence
from itertools import pairwise

from extractor.divide import ends_name
from extractor.engine.claims import Claim
from extractor.engine.found import Part
from extractor.engine.heads import is_set
from extractor.engine.pieces import Piece
from extractor.source import Source

_FULL = 0.96
"""The share of a text's width from which on a line is as wide as the text."""

_MANY = 6
"""Lines as wide as the text from which on it wraps its lines; in others only the longest few are as wide."""


def unwrapped(source: Source, part: Part, items: Sequence[Claim]) -> list[list[Claim]]:
    """The claims of a list in a text by answer: each line is one, but for lines that go on in the next one.

    A line goes on if the next one's first word had no room behind it, before the marks of the next column, and if it
    does not end as the name of a company does. A record that wraps no label wraps no answer for sure, save what is
    only the end of a name.
    """
    values = [[item] for item in items]
    edge = _right_edge(part, [item.piece for item in items])
    if edge is None or not may_wrap(source, part):
        return values
    sure = wraps_labels(part)
    found = values[:1]
    for (before, after), value in zip(pairwise(items), values[1:], strict=True):
        if _goes_on(before.piece, after.piece, edge) and (sure or all(map(ends_name, after.piece.text.split(" ")))):
            found[-1] += value
        else:
            found.append(value)
    return found


def may_wrap(source: Source, part: Part) -> bool:
    """Whether a text may wrap answers: it wraps labels, or the record is as wide as a text that wraps its lines."""
    return source.spaced and (wraps_labels(part) or is_full(source, part.record.first, part.record.last))


def wraps_labels(part: Part) -> bool:
    """Whether a label of a record stands in several lines."""
    return any(len(hit.spans) > 1 for hit in part.record.hits)


def is_full(source: Source, first: int, last: int) -> bool:
    """Whether items first..last reach about as far to the right as the many longest lines of their text do."""
    ends = [item.place.columns[1] if item.place.columns else 0 for item in source.items]
    widest = max(ends)
    return max(ends[first:last], default=0) >= _FULL * widest and sum(end >= _FULL * widest for end in ends) >= _MANY


def _right_edge(part: Part, pieces: Sequence[Piece]) -> float | None:
    """Where the marks of the next column begin; None if there are none, or the lines do not fill cells of a column."""
    widest = max(piece.x1 for piece in pieces)
    if any(piece.x0 != pieces[0].x0 or not is_set(piece) for piece in pieces):
        return None
    first, last = pieces[0].top, part.record.hits[-1].bottom
    return min((tick.x0 for tick in part.ticks if tick.x0 > widest and first <= tick.top <= last), default=None)


def _goes_on(before: Piece, after: Piece, edge: float) -> bool:
    """Whether a line is the rest of the one right above it, which had no room for its first word."""
    word = after.text.split(" ", 1)[0]
    near = before.bottom == after.top
    return near and before.x1 + 1 + len(word) >= edge and (not ends_name(before.text) or ends_name(word))

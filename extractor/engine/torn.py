"""Finds labels of boxes whose words stand apart, in lines of which something else stands between.

It is asked only where a record of a text lacks labels that the form prints. The words must stand in cells of their own,
with nothing else in them that is not a mark, within a few lines, and in one way only.
"""

from collections.abc import Iterator, Sequence

from extractor.engine.labels import Hit, Span, make_hit
from extractor.engine.lacks import missing
from extractor.engine.records import X_MARKS, Plan, Record
from extractor.engine.words import tokens_of, words_of
from extractor.source import Cell, Source

_APART = 4
"""Lines within which the parts of a label stand."""


def with_torn(source: Source, this: Plan, records: Sequence[Record], hits: Sequence[Hit]) -> list[Hit] | None:
    """The labels of a section with the torn ones; None if there are none."""
    if source.format != "text" or not this.section.repeats:
        return None
    found = [hit for record in records for hit in _torn(source, this, record, hits)]
    return sorted([*hits, *found], key=lambda hit: hit.spans[0]) if found else None


def _torn(source: Source, this: Plan, record: Record, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Yield the labels of a record that are found in two parts."""
    lost = [words_of(label) for label in missing(this, record) if label in this.boxes]
    lost = [words for words in lost if len(words) > 1]
    if not lost:
        return
    used = {span.cell for hit in hits for span in hit.spans}
    bare = [(k, _bare(source, k)) for k in range(record.first, record.last) if k not in used]
    for words in lost:
        ways = [
            (one, two)
            for one, first in bare
            for two, second in bare
            if one < two and (*first, *second) == tuple(words) and _is_near(source, one, two)
        ]
        if len(ways) == 1:
            label = next(name for name in this.boxes if words_of(name) == words)
            hit = make_hit(label, tuple(_span(source, k) for k in ways[0]), source.items)
            yield hit._replace(x0=source.items[ways[0][0]].x0)


def _bare(source: Source, k: int) -> tuple[str, ...]:
    """The words of a cell, but for the mark that begins it."""
    item = source.items[k]
    words = words_of(item.text) if isinstance(item, Cell) else ()
    return tuple(words[1:] if len(words) > 1 and words[0] == "x" else words)


def _is_near(source: Source, one: int, two: int) -> bool:
    return source.items[two].top - source.items[one].top <= _APART * source.line_height


def _span(source: Source, k: int) -> Span:
    item = source.items[k]
    assert isinstance(item, Cell)
    tokens = tokens_of(item.text)
    start = tokens[1].start if len(tokens) > 1 and item.text[:1] in X_MARKS else 0
    return Span(k, start, len(item.text))

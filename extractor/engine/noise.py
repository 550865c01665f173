"""Finds labels whose letters a scan or a converter has damaged.

It is asked only where a section lacks labels that the form prints, or seems to hide a record; what it finds are
candidates, which take their places as undamaged labels do, behind those.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.engine.labels import Finder, Hit, Span, make_hit
from extractor.engine.lacks import missing
from extractor.engine.records import Plan, Record
from extractor.engine.words import LONG, tokens_of, words_of
from extractor.source import Cell, Source

_SHORTEST = 4
"""Letters; shorter words ("Yes", "No", "or") are never looked for with noise."""


class _Near(NamedTuple):
    """A place where a label nearly stands; share: damaged letters of all its letters."""

    share: float
    noise: int
    label: str
    cell: int
    start: int
    end: int


def with_damaged(source: Source, this: Plan, records: Sequence[Record], hits: Sequence[Hit]) -> list[Hit] | None:
    """The labels of a section with the damaged ones; None if its records neither lack labels nor have too many.

    A damaged label takes the place of shorter ones within it ("Recipient CRO Number" of "Recipient").
    """
    if not records or not any(record.suspects or any(missing(this, record)) for record in records):
        return None
    first, last = records[0].first, records[-1].last
    labels = [label for label in this.words.labels if len("".join(words_of(label))) >= _SHORTEST]
    near: list[_Near] = []
    taken = _by_cell(hits)
    for index in range(first, last):
        item = source.items[index]
        if isinstance(item, Cell) and _has_free_text(item.text, taken.get(index, [])):
            near += (one for one in _near_labels(labels, index, item.text) if _has_room(one, taken.get(index, [])))
    found = [make_hit(one.label, (Span(one.cell, one.start, one.end),), source.items, one.noise) for one in _best(near)]
    seen = {hit.label for hit in hits}
    for label in labels:
        if len(words_of(label)) > LONG and label not in seen:
            hit = _long_label(source, (first, last), label)
            found += [hit] if hit is not None else []
    if not found:
        return None
    spans = {span for hit in found for span in hit.spans}
    kept = [hit for hit in hits if not any(_within(mine, span) for mine in hit.spans for span in spans)]
    return sorted([*kept, *found], key=lambda hit: hit.spans[0])


def near_headings(source: Source, titles: Iterable[str]) -> list[tuple[str, int]]:
    """The cells that are nearly one of some headings, number aside: (title, index of the cell)."""
    found = []
    for title in titles:
        pattern, size = _pattern(title)
        for index, item in enumerate(source.items):
            if not isinstance(item, Cell) or not size * 0.7 < len(item.text) < size * 1.6 + 12:
                continue
            match = pattern.search(item.text)
            before = item.text[: match.start()] if match else ""
            if match and len(before) <= 6 and not _has_letters(before) and len(item.text) - match.end() < 2:
                found.append((title, index))
    return found


def _has_letters(text: str) -> bool:
    """Whether a text before a heading holds more than its number."""
    return any(char.isalpha() for char in text.casefold().replace("item", ""))


def _by_cell(hits: Sequence[Hit]) -> dict[int, list[tuple[Span, str]]]:
    taken: dict[int, list[tuple[Span, str]]] = {}
    for hit in hits:
        for span in hit.spans:
            taken.setdefault(span.cell, []).append((span, hit.label))
    return taken


def _has_free_text(text: str, spans: Sequence[tuple[Span, str]]) -> bool:
    """Whether enough of a cell for a damaged word is no label."""
    at, free = 0, 0
    for span, _ in sorted(spans):
        free = max(free, span.start - at)
        at = max(at, span.end)
    return max(free, len(text) - at) >= _SHORTEST


def _has_room(near: _Near, spans: Sequence[tuple[Span, str]]) -> bool:
    """Whether a damaged label overlaps no undamaged one, but for one that is its beginning."""
    for span, label in spans:
        if span.end <= near.start or near.end <= span.start:
            continue
        words = words_of(label)
        begins = span.start == near.start and span.end < near.end
        if not begins or words_of(near.label)[: len(words)] != words:
            return False
    return True


def _within(inner: Span, outer: Span) -> bool:
    return inner.cell == outer.cell and outer.start <= inner.start and inner.end <= outer.end


def _near_labels(labels: Sequence[str], cell: int, text: str) -> Iterator[_Near]:
    for label in labels:
        pattern, letters = _pattern(label)
        if len(words_of(label)) > LONG or len(text) < letters * 0.7:
            continue
        for match in pattern.finditer(text):
            noise = max(1, sum(match.fuzzy_counts))
            yield _Near(noise / letters, noise, label, cell, match.start(), match.end())


def _best(near: Sequence[_Near]) -> list[_Near]:
    """The least damaged of those that overlap; none where two labels are equally near."""
    chosen: list[_Near] = []
    for one in sorted(near):
        rivals = [other for other in chosen if _overlap(one, other)]
        if not rivals:
            chosen.append(one)
        else:
            tied = [other for other in rivals if other.share == one.share and other.label != one.label]
            chosen = [other for other in chosen if other not in tied]
    return chosen


@lru_cache(maxsize=1024)
def _pattern(label: str) -> tuple[regex.Pattern[str], int]:
    """The pattern of a damaged label, and the number of its letters: about one in eight may be wrong."""
    words = words_of(label)
    letters = sum(len(word) for word in words)
    most = 1 if letters < 10 else 2 if letters < 18 else 3 if letters < 30 else letters // 9
    body = r"\W*(?:and\b\W*)?".join(regex.escape(word) for word in words)
    return regex.compile(rf"(?<!\w)(?:{body}){{e<={most}}}(?!\w)", regex.IGNORECASE | regex.BESTMATCH), letters


def _overlap(one: _Near, two: _Near) -> bool:
    return one.cell == two.cell and one.start < two.end and two.start < one.end


def _long_label(source: Source, region: tuple[int, int], label: str) -> Hit | None:
    """A sentence of the form in which some words are damaged; it may wrap."""
    want = words_of(label)
    first, last = region
    finder = Finder(source, last)
    for index in range(first, last):
        item = source.items[index]
        if not isinstance(item, Cell):
            continue
        words = tokens_of(item.text)
        begin = 1 if words and words[0].word == "x" else 0
        if sum(word.word == wish for word, wish in zip(words[begin:], want[:4], strict=False)) < 2:
            continue
        spans = _follow(source, finder, (index, begin), want)
        if spans is not None:
            return make_hit(label, spans, source.items, noise=1)
    return None


def _follow(source: Source, finder: Finder, begin: tuple[int, int], want: tuple[str, ...]) -> tuple[Span, ...] | None:
    """The spans of a sentence from its first word on, if nearly all of its words follow."""
    cell, at = begin
    first = source.items[cell]
    assert isinstance(first, Cell)
    words = tokens_of(first.text)
    start, done, wrong = words[at].start, 0, 0
    spans: list[Span] = []
    while done < len(want):
        if at == len(words):
            if words:
                spans.append(Span(cell, start, words[-1].end))
            below = finder.below(cell, first.x0, done)
            item = source.items[below] if below is not None else None
            if not isinstance(item, Cell) or below is None:
                return None
            cell, words, at = below, tokens_of(item.text), 0
            start = words[0].start if words else 0
            continue
        ahead = want[done : done + 3]
        word = words[at].word
        if word in ahead:
            wrong += ahead.index(word)
            done += ahead.index(word) + 1
        elif word != "and" and not word.isdigit():
            wrong += 1
            done += 1
        at += 1
        if wrong > len(want) // 5:
            return None
    spans.append(Span(cell, start, words[at - 1].end))
    return tuple(spans)

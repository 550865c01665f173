"""Finds the answers in lines as they were found before, where all that stands in them is known.

What stands in a line of a text that is read line by line does not depend on its neighbours. So what was found out
about a record is remembered by its lines too, and a text whose records are all known is not laid out at all. Whatever
is not as plain as that is left to the search.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Final, NamedTuple

from extractor.engine.boxes import TIGHT, Side, is_crowded, is_tight, reach
from extractor.engine.fields import Fits
from extractor.engine.found import Answer, BoxAnswer, Found
from extractor.engine.labels import Finder, Hit
from extractor.engine.pieces import Spot
from extractor.engine.records import Plan, plan
from extractor.engine.remembered import (
    Known,
    Layout,
    Memory,
    Outcome,
    Range,
    Recalled,
    is_set_in_columns,
    memory_of,
    raw_of,
    record_prefix,
    stem,
)
from extractor.engine.sections import (
    FITTING,
    FULL,
    NEAR,
    Form,
    Heading,
    fitting,
    headings,
    is_number,
    split_whole,
    uneven,
    weigh,
)
from extractor.engine.words import Node, Token, keep, labels_inside
from extractor.finding import Finding, Passage, below
from extractor.source import Cell, Item, Line, Lines, Source

_MOST = 1024
"""Records, and wrapped lines, that are remembered; with more, all are forgotten and learned again."""

_MOST_LINES = 8192
"""Layouts of lines that are remembered for a section."""

_MOST_PASSAGES = 256
"""Passages of findings that are remembered for a record."""

_BELOW = 2
"""Lines below one among which a wrapped label goes on; the search is known if it looks no further than twice that."""

_TEXT = Source("text", (), 0.0, 0.0)

_STRICT = ((False, False), (True, False), (False, True), (True, True))

Head = tuple[int, int]
"""A heading that a line may hold: the section's place in the form, and what speaks for it."""


Heads = tuple[Head, ...]

Where = tuple[tuple[int, int], ...]
"""Of each item of a record, its line, counted from the record's first, and its index in it."""


class Note(NamedTuple):
    """What a section's search looks at in a line.

    numbers: of the line's layout, by what counts: neither how far its cells go nor with which words they begin, one
    or the other, or both. strict: what counts because of this line. opens: whether it begins with the label that
    opens a record.
    """

    numbers: tuple[int, ...]
    strict: int
    opens: bool


class Lined(NamedTuple):
    """A record whose lines are known.

    before, after: whether a mark stands only before, and only behind, a box label. alone, joined: whether a mark has a
    line of its own, and whether one stands before a label in its line. boxed: the lines with boxes; passages: what
    was found of these, by what it depends on.
    """

    known: Known
    where: Where
    before: bool
    after: bool
    alone: bool
    joined: bool
    boxed: dict[tuple[Side, bool], tuple[int, ...]]
    passages: dict[tuple[object, ...], Passage]


class Told(NamedTuple):
    """A record that is known, at the lines from `first` on. how: what the whole text tells (see `Known.outcomes`)."""

    this: Plan
    prefix: str
    first: int
    lined: Lined
    outcome: Outcome
    how: tuple[Side, bool]

    @property
    def stem(self) -> str:
        """What its paths begin with."""
        return stem(self.this, self.prefix)

    def spot(self, lines: Lines, range_: Range) -> Spot:
        """Where something stands."""
        number, start, end = range_
        line, index = self.lined.where[number]
        at = self.first + line
        item = lines.lines[at].items[index]
        return Spot(item, start, len(item.text) if end < 0 and type(item) is Cell else end, lines.numbers[at])

    def item(self, lines: Lines, number: int) -> Item:
        """An item of the record, where it stands on the sheet."""
        line, index = self.lined.where[number]
        return lines.item(self.first + line, index)

    def answers(self, lines: Lines, prefix: str) -> Iterator[Answer]:
        """Yield the answers, with another prefix."""
        for path, kind, ranges, rule in self.outcome.answers:
            spots = tuple([self.spot(lines, range_) for range_ in ranges])
            yield Answer(prefix + path, kind, raw_of(spots), spots, rule)

    def boxes(self, lines: Lines, prefix: str) -> Iterator[BoxAnswer]:
        """Yield the states of the boxes, with another prefix."""
        for path, value, state, range_, written, rule in self.outcome.boxes:
            spot = self.spot(lines, range_)
            yield BoxAnswer(prefix + path, value, state, spot.text if written else "", spot, rule)

    def passage(self, lines: Lines, prefix: str) -> Passage:
        """What was found of the boxes; the same findings for all texts that have them in the same lines."""
        boxed = self.lined.boxed.get(self.how)
        if boxed is None:
            boxed = tuple(dict.fromkeys(self.lined.where[box.range[0]][0] for box in self.outcome.boxes))
            self.lined.boxed[self.how] = boxed
        if not boxed:
            return Passage(())
        key = (self.how, prefix, *[lines.lines[self.first + line] for line in boxed])
        base = lines.numbers[self.first]
        known = self.lined.passages.get(key)
        if known is None:
            found = Passage(tuple([_finding(box, -base) for box in self.boxes(lines, prefix)]), 0, {})
            known = keep(self.lined.passages, key, found, _MOST_PASSAGES)
        return Passage(known.findings, base, known.notes)


def _finding(box: BoxAnswer, lower: int) -> Finding:
    return below(Finding(f"{box.path}={box.value}", box.raw, box.place, box.rule, box.certainty), lower)


class Recollection(NamedTuple):
    """What is known of a text. records: how many each section has."""

    lines: Lines
    told: tuple[Told, ...]
    records: Mapping[str, int]


class Book:
    """What is remembered of the lines of a section."""

    def __init__(self, memory: Memory) -> None:
        self.this = memory.this
        self.memory = memory
        self.records: dict[tuple[int, ...], Lined] = {}
        self.numbers: dict[object, int] = {}
        self.count = count(1)

    def note(self, line: Line) -> Note:
        """What the search looks at in a line."""
        found = line.notes.get(self)
        if found is None:
            found = line.notes[self] = self._note(line)
        assert type(found) is Note
        return found

    def _note(self, line: Line) -> Note:
        source = Lines((0,), (line,), True, 1.5, 1.0).source(0, 1)
        size = len(source.items)
        layouts = [self.memory.layout(source, 0, size, several=False, strict=strict) for strict in _STRICT]
        head = source.items[0]
        opens = type(head) is Cell and self.memory.opens(head.text)
        strict = is_set_in_columns(source.items) + 2 * self.memory.is_open(source.items)
        return Note(tuple(map(self._number, layouts)), strict, opens)

    def _number(self, layout: Layout | None) -> int:
        """The number of a layout; one that was forgotten comes back with another number, one too large each time."""
        found = self.numbers.get(layout) if layout else next(self.count)
        return keep(self.numbers, layout, next(self.count), _MOST_LINES) if found is None else found

    def key(self, lines: Lines, first: int, last: int, *, several: bool) -> tuple[int, ...]:
        """The layout of lines first..last, the last excluded. several: whether other records stand around."""
        notes = [self.note(line) for line in lines.lines[first:last]]
        numbers = lines.numbers[first:last]
        base = numbers[0]
        strict = 0
        for note in notes:
            strict |= note.strict
        key: list[int] = [several, lines.columns]
        for note, number in zip(notes, numbers, strict=True):
            key += (note.numbers[strict], number - base)
        return tuple(key)

    def chunks(self, lines: Lines, first: int, last: int) -> list[tuple[int, int]]:
        """The records among lines first..last, as `Memory.chunks` tells them."""
        if not self.memory.opening:
            return [(first, last)]
        opens = [at for at in range(first, last) if self.note(lines.lines[at]).opens]
        starts = [first, *(at for at in opens if at > first)]
        if len(starts) > 1 and first not in opens:
            del starts[1]
        return list(zip(starts, [*starts[1:], last], strict=True))


@lru_cache(maxsize=8)
def _books(form: Form, fits: Fits) -> Mapping[str, Book]:
    return {section.number: Book(memory_of(plan(section), fits)) for section in form.sections}


def recollect(lines: Lines, form: Form, fits: Fits) -> Recollection | None:
    """The records of a text set in columns, if all of them are known; what `find` finds in its source."""
    candidates = _candidates(lines, form) if lines.columns else None
    regions = candidates and split_whole(len(lines.lines), form, candidates)
    if not regions or uneven(regions, form) is not None:
        return None
    if any(region.lacks or region.twice or region.first >= region.last for region in regions):
        return None
    found = Found()
    books = _books(form, fits)
    known: list[tuple[Book, str, int, Lined]] = []
    for region in regions:
        book = books[region.section.number]
        chunks = book.chunks(lines, region.first, region.last)
        for first, last in chunks:
            lined = book.records.get(book.key(lines, first, last, several=len(chunks) > 1))
            if lined is None:
                return None
            known.append((book, record_prefix(region.section, found), first, lined))
    how = _how([lined for _, _, _, lined in known])
    told: list[Told] = []
    for book, prefix, first, lined in known:
        outcome = lined.known.outcomes.get(how) if how else None
        if how is None or outcome is None:
            return None
        told.append(Told(book.this, prefix, first, lined, outcome, how))
        if outcome.rows is not None:
            found.records[book.this.section.number] = outcome.rows
    return Recollection(lines, tuple(told), found.records)


def _how(records: Sequence[Lined]) -> tuple[Side, bool] | None:
    """What a text tells about its marks: their side, and whether it has any; None where the marks must be looked at."""
    if any(one.joined for one in records) and any(one.alone for one in records):
        return None
    side: Side = "after" if any(one.after for one in records) and not any(one.before for one in records) else "before"
    if side == "before":
        pairs = [pair for one in records for pair in one.known.beside]
        limit = TIGHT if is_tight(_TEXT, pairs) else reach(_TEXT, pairs)
        if any(one.known.farthest > limit or is_crowded(one.known.beside) for one in records):
            return None
    return side, any(one.known.checked[side] for one in records)


def learn(lines: Lines, parts: Sequence[Recalled], form: Form, fits: Fits) -> None:
    """Remember the records of a text by their lines."""
    starts: dict[int, int] = {}
    size = 0
    for at, line in enumerate(lines.lines):
        starts[size] = at
        size += len(line.items)
    starts[size] = len(lines.lines)
    books = _books(form, fits)
    for part in parts:
        first, last = starts.get(part.first), starts.get(part.last)
        if first is None or last is None:
            continue
        book = books[part.this.section.number]
        where = tuple((at - first, index) for at in range(first, last) for index in range(len(lines.lines[at].items)))
        keep(book.records, book.key(lines, first, last, several=part.several), _lined(part.known, where), _MOST)


def _lined(known: Known, where: Where) -> Lined:
    pairs = known.beside
    return Lined(
        known,
        where,
        before=any(pair.right is not None and pair.left is None for pair in pairs),
        after=any(pair.left is not None and pair.right is None for pair in pairs),
        alone=any(pair.alone for pair in pairs),
        joined=any(pair.right is not None and not pair.alone for pair in pairs),
        boxed={},
        passages={},
    )


def _candidates(lines: Lines, form: Form) -> list[Heading] | None:
    """The lines that may be headings; None if one may not be alone in its line, or what is behind it may go on."""
    words, _ = headings(form)
    found: list[Heading] = []
    for at, line in enumerate(lines.lines):
        heads: Heads | None = line.notes.get(words)  # type: ignore[assignment]
        if heads is None:
            heads = line.notes[words] = _heads(line, form)
        if not heads:
            continue
        if heads is _OPEN:
            heads = _heads_of_open(lines, at, form)
        if heads is None:
            return None
        if heads and len(line.items) > 1:
            return None
        if at and any(is_number(lines.lines[at - 1].items[-1], form, order) for order, _ in heads):
            return None
        for order, weight in heads:
            more = _fitting(lines, at, form, order) if order < len(form.sections) else 0
            if more is None:
                return None
            found.append(Heading(order, at, at + 1, weight + more))
    full = [heading.order for heading in found if heading.weight == FULL and heading.order >= form.repeating]
    return None if len(full) > len(set(full)) else found


_OPEN: Final[Heads] = ((-1, -1),)
"""In place of the headings of a line in which one may begin that goes on below."""


def _heads(line: Line, form: Form) -> Heads:
    """The headings that a line may hold."""
    words, _ = headings(form)
    inside = [(item.text, labels_inside(words, item.text)) for item in line.items if type(item) is Cell]
    if any(labels is None for _, labels in inside):
        return _OPEN
    return tuple(
        _weighed(form, ((text, one.label, one.start, one.end) for text, labels in inside for one in labels or ()))
    )


def _weighed(form: Form, hits: Iterable[tuple[str, str, int, int]]) -> Iterator[Head]:
    """Yield what may be headings of some labels, each with the text of its cell, its start and its end."""
    _, orders = headings(form)
    for text, label, start, end in hits:
        weight = weigh(form, orders[label], text[:start], text[end:])
        if weight is not None:
            yield orders[label], weight


class _Watched(Finder):
    """A search that tells how far below its first cell it went on."""

    reached = 0.0

    def continued(self, node: Node, cell: int, edge: float, depth: int) -> tuple[int, Sequence[Token]] | None:
        """The cell below in which a label goes on."""
        below = super().continued(node, cell, edge, depth)
        if below:
            self.reached = max(self.reached, self.items[below[0]].top - self.items[0].top)
        return below


_wrapped: dict[object, Heads | None] = {}


def _heads_of_open(lines: Lines, at: int, form: Form) -> Heads | None:
    """The headings of a line in which one may go on below; None if one does."""
    last = at + 1
    while last < len(lines.lines) and lines.numbers[last] - lines.numbers[at] <= 2 * _BELOW:
        last += 1
    base = lines.numbers[at]
    key = (form, lines.columns, *lines.lines[at:last], *(number - base for number in lines.numbers[at:last]))
    if key in _wrapped:
        return _wrapped[key]
    return keep(_wrapped, key, _search(lines.source(at, last), len(lines.lines[at].items), form), _MOST)


def _search(source: Source, size: int, form: Form) -> Heads | None:
    """The headings in the first items of a source; None if one goes on behind them, or may do so further below."""
    words, _ = headings(form)
    finder = _Watched(source, len(source.items), words)
    hits: list[Hit] = []
    for index, item in enumerate(source.items[:size]):
        if type(item) is Cell:
            finder.scan(index, item, hits)
    if finder.reached > _BELOW or any(len(hit.spans) > 1 for hit in hits):
        return None
    texts = [item.text if type(item) is Cell else "" for item in source.items[:size]]
    spans = [(hit.label, hit.spans[0]) for hit in hits]
    return tuple(_weighed(form, ((texts[span.cell], label, span.start, span.end) for label, span in spans)))


def _fitting(lines: Lines, at: int, form: Form, order: int) -> int | None:
    """What the label of a heading's section weighs that stands right behind it; None where one must be searched for."""
    this = plan(form.sections[order])
    heading = [item.text for item in lines.lines[at].items if type(item) is Cell]
    if at + 1 < len(lines.lines) and [item.text for item in lines.lines[at + 1].items if type(item) is Cell] == heading:
        return None
    behind = [item for line in lines.lines[at + 1 : at + 1 + NEAR] for item in line.items][:NEAR]
    inside = [labels_inside(this.words, item.text) for item in behind if type(item) is Cell]
    weight = fitting(this, (one.label for labels in inside for one in labels or ()))
    return None if None in inside and weight <= FITTING else weight

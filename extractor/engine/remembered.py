"""Remembers how the answers of a record are found, from one document to the next of the same layout.

Where an answer stands does not depend on its words, as long as none of them is a word of a label: the place of the
labels decides, and what the kinds of answers leave open. So what was found out about one record holds for every other
whose layout is the same: the same labels and marks in the same places, and answers of the same features where they
were. Only outcomes without any problem are remembered; everything else is worked out anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from extractor.divide import may_be_names
from extractor.engine.boxes import Neighbours, Side
from extractor.engine.found import Answer, BoxAnswer, Found, Part
from extractor.engine.labels import same_line
from extractor.engine.pieces import AFTER_LABEL, STRANGE, Spot, is_glued, join
from extractor.engine.readings import Fits
from extractor.engine.records import Plan
from extractor.engine.words import IGNORED, REMEMBERED, Inside, keep, labels_inside, tokens_of, words_of
from extractor.finding import BoxState
from extractor.form.spec import Field, Kind, Section
from extractor.source import Cell, Item, Source

_MOST_LAYOUTS = 1024
"""Layouts of a section that are remembered; with more, all are forgotten and learned again."""

_MOST_ITEMS = 600
_MOST_LETTERS = 20_000
"""The largest layout that is remembered, by its items and by the letters of those whose words count."""

_MOST_TEXTS = 8192
"""Texts whose features are remembered for a section."""

FULL_LINE = 20
"""Characters; a shorter line was not wrapped for want of room."""

_PLAIN = 4
"""The features of a plain text begin here, so that they are no state of a mark in a layout."""

Layout = tuple[object, ...]
"""What the search looks at in some items: labels and marks with their places, answers by their features."""

Feature = int | tuple[tuple[Inside, ...], str, int, int]
"""The features of an answer; or labels, their text, and the length and the features of the answer behind; or 0."""

Range = tuple[int, int, int]
"""Characters start..end of an item counted from the record's first; the end is -1 for all of it."""


class ToldAnswer(NamedTuple):
    """An answer without its words."""

    path: str
    kind: Kind
    ranges: tuple[Range, ...]
    rule: str


class ToldBox(NamedTuple):
    """The state of a box. written: whether there is a mark, which is its raw text."""

    path: str
    value: str
    state: BoxState
    range: Range
    written: bool
    rule: str


class Outcome(NamedTuple):
    """What a record answers; paths are below the record's prefix. rows: of its table, if it is one."""

    answers: tuple[ToldAnswer, ...]
    boxes: tuple[ToldBox, ...]
    labels: tuple[tuple[str, Range], ...]
    rows: int | None


@dataclass(slots=True)
class Known:
    """What is known of a layout.

    beside: the box labels next to each mark. checked: whether a checked mark stands before, and behind, a box label.
    farthest: the widest gap between a mark and the label behind it. outcomes: by what the whole document tells (the
    side of its marks, whether it has any); None where there is a problem. notes: what others make of the outcomes.
    """

    beside: tuple[Neighbours, ...]
    checked: dict[Side, bool]
    farthest: float
    outcomes: dict[tuple[Side, bool], Outcome | None] = field(default_factory=dict)
    notes: dict[object, object] = field(default_factory=dict)


UNKNOWN: Final = Known((), {}, 0.0)
"""In place of what is known of a layout that was not seen yet."""


class Recalled(NamedTuple):
    """Items first..last (last excluded), a record whose layout is known.

    prefix: of its paths. learned: the record itself, if its layout was not known before. several: whether other
    records of the section stand around.
    """

    this: Plan
    first: int
    last: int
    prefix: str
    known: Known
    learned: Part | None = None
    several: bool = False

    @property
    def beside(self) -> Sequence[Neighbours]:
        """The box labels next to each mark."""
        return self.known.beside


class Memory:
    """The layouts of one section, and the features of texts in it."""

    def __init__(self, this: Plan, fits: Fits) -> None:
        self.this = this
        self.fits = fits
        self.layouts: dict[Layout, Known | None] = {}
        self.features: dict[str, Feature] = {}
        parts = this.section.parts()
        self.kinds = tuple(dict.fromkeys(one.kind for one in parts if isinstance(one, Field) and one.kind != "text"))
        self.words = IGNORED.union(*(words_of(label) for one in parts for label in (one.label, *one.also)))
        self.lists = this.lists
        opening = words_of(this.section.rows[0].parts[0].label)
        self.opening = opening if this.section.repeats and not this.tabular else ()
        self.openings: dict[str, bool] = {}

    def recall(self, layout: Layout) -> Known | None:
        """What is known of a layout: None if it has to be worked out anew each time, `UNKNOWN` if it is new."""
        return self.layouts.get(layout, UNKNOWN)

    def learn(self, layout: Layout, known: Known | None) -> None:
        """Remember what is known of a layout; None if it has to be worked out anew each time."""
        keep(self.layouts, layout, known, _MOST_LAYOUTS)

    def feature(self, text: str) -> Feature:
        """The features of a text that the search may look at; 0 if it may look at all of its words."""
        found = self.features.get(text)
        if found is None:
            if len(text) > REMEMBERED:
                return 0
            found = keep(self.features, text, self._answer(text) or self._labelled(text), _MOST_TEXTS)
        return found

    def _labelled(self, text: str) -> Feature:
        """The features of a text that begins with labels and ends with an answer; 0 if it may be more than that."""
        inside = labels_inside(self.this.words, text)
        if not inside or inside[-1].end == len(text):
            return 0
        end = inside[-1].end
        answer = text[end:].lstrip(AFTER_LABEL)
        features = abs(self._answer(answer))
        return (inside, text[: len(text) - len(answer)], len(answer), features) if features else 0

    def _answer(self, text: str) -> int:
        """The features of an answer, below 0 if a label that is cut off above it may go on with its first word."""
        words = tokens_of(text)
        if not words or any(token.word == "x" for token in words):
            return 0
        if "\ufffc" in text or "\ufffd" in text or STRANGE.search(text):  # signs that leave a doubt
            return 0
        if labels_inside(self.this.words, text) != ():
            return 0
        features = _PLAIN
        facts = [text.isdigit(), is_glued(text), len(text) >= FULL_LINE, text[:1] == ":", text[:1] == "("]
        facts += [self.lists and may_be_names(text)]
        for fact in (*facts, *(self.fits(kind, text) for kind in self.kinds)):
            features = 2 * features + fact
        return -features if words[0].word in self.words else features

    def layout(
        self, source: Source, first: int, last: int, *, several: bool, strict: tuple[bool, bool] | None = None
    ) -> Layout | None:
        """The layout of items first..last; None if it is too large. several: whether other records stand around.

        strict: whether it counts how far the cells go, and with which words they begin; None to look whether it does.
        """
        if last - first > _MOST_ITEMS:
            return None
        letters = 0
        base = source.items[first].top
        text = source.format == "text"
        items = source.items[first:last]
        parts: list[object] = [several, source.format, source.columns, source.x_tolerance, source.line_height]
        ends, begins = strict or (not text or is_set_in_columns(items), self.is_open(items))
        line, origin, keyed = None, 0, False
        for item in items:
            top = item.top - base
            first, last = (item.place.columns or (0, 0)) if text else (0, 0)
            if text and item.place.line != line:
                line, origin, keyed = item.place.line, first, False
            if isinstance(item, Cell):
                features = self.features.get(item.text)
                if features is None:
                    features = self.feature(item.text)
                if type(features) is int and features < 0:
                    features = 0 if begins else -features
                if features and type(features) is int:
                    parts += (features, item.x0, top, item.bottom - base, item.x1 if ends else None)
                    origin = origin if keyed else last
                    continue
                parts.append(features or item.text)
                letters += len(item.text)
            else:
                parts.append((item.checked, item.evidence, item.doubt) if item.evidence else item.checked)
            keyed = True
            parts += (item.x0, top, item.bottom - base, item.x1, first - origin, last - origin)
        return tuple(parts) if letters <= _MOST_LETTERS else None

    def is_open(self, items: Iterable[Item]) -> bool:
        """Whether a label may go on below the cell that it begins in."""
        words = self.this.words
        texts = [item.text for item in items if type(item) is Cell]
        return any(labels_inside(words, text) is None for text in texts)

    def chunks(self, items: Sequence[Item], first: int, last: int) -> list[tuple[int, int]]:
        """The records among items first..last, as far as the lines that begin with a record's first label tell."""
        starts = [first]
        if self.opening:
            for index in range(first + 1, last):
                item = items[index]
                if type(item) is Cell and self.opens(item.text) and not same_line(items[index - 1], item):
                    starts.append(index)
            head = items[first]
            if len(starts) > 1 and not (type(head) is Cell and self.opens(head.text)):
                del starts[1]
        return list(zip(starts, [*starts[1:], last], strict=True))

    def opens(self, text: str) -> bool:
        """Whether a text begins with the label that opens a record."""
        found = self.openings.get(text)
        if found is None:
            opens = words_of(text[:REMEMBERED])[: len(self.opening)] == self.opening
            return opens if len(text) > REMEMBERED else keep(self.openings, text, opens, _MOST_TEXTS)
        return found


def is_set_in_columns(items: Sequence[Item]) -> bool:
    """Whether cells of a text stand side by side in columns of characters, where it counts how far each one goes."""
    return any(
        one.top == two.top and type(two) is Cell and two.x1 - two.x0 == len(two.text) for one, two in pairwise(items)
    )


def record_prefix(section: Section, found: Found) -> str:
    """What the paths of the next record of a section begin with; it is counted."""
    number = found.records.get(section.number, 0)
    found.records[section.number] = number + 1
    if section.repeats:
        return f"{section.prefix[:-1]}{number}]."
    return f"{section.prefix}." if section.prefix else ""


@lru_cache(maxsize=64)
def memory_of(this: Plan, fits: Fits) -> Memory:
    """The memory of a section."""
    return Memory(this, fits)


def know(part: Part) -> Known:
    """What is to be known of the layout of a record."""
    before = after = False
    farthest = 0.0
    for tick, pair in zip(part.ticks, part.beside, strict=True):
        before = before or (tick.checked and pair.right is not None)
        after = after or (tick.checked and pair.left is not None)
        farthest = max(farthest, pair.gap if pair.right is not None else 0.0)
    return Known(tuple(part.beside), {"before": before, "after": after}, farthest)


def without_words(source: Source, part: Part, told: Found) -> Outcome | None:
    """What was told of a record without its words.

    None if there is a problem, an answer of several pieces, or one that the whole document mended.
    """
    if told.problems or told.leftovers or told.undivided:
        return None
    if any(answer.raw != raw_of(answer.spots) for answer in told.answers):
        return None
    free = part.prefix + part.text[0].path if part.text else None
    if any(len(answer.spots) > 1 and answer.path != free for answer in told.answers):
        return None
    size = len(stem(part.this, part.prefix))
    first, last = part.record.first, part.record.last
    numbers = {id(item): number for number, item in enumerate(source.items[first:last])}
    return Outcome(
        tuple(
            ToldAnswer(one.path[size:], one.kind, tuple(_range(spot, numbers) for spot in one.spots), one.rule)
            for one in told.answers
        ),
        tuple(
            ToldBox(one.path[size:], one.value, one.state, _range(one.spot, numbers), bool(one.raw), one.rule)
            for one in told.boxes
        ),
        tuple((path[size:], (numbers[id(item)], start, end)) for path, (item, start, end) in told.labels.items()),
        told.records.get(part.this.section.number),
    )


def stem(this: Plan, prefix: str) -> str:
    """What the paths of a record begin with; the rows of a table number themselves."""
    return "" if this.tabular else prefix


def _range(spot: Spot, numbers: Mapping[int, int]) -> Range:
    whole = type(spot.item) is Cell and spot.start == 0 and spot.end == len(spot.item.text)
    return numbers[id(spot.item)], spot.start, -1 if whole else spot.end


def retell(source: Source, recalled: Recalled, outcome: Outcome, found: Found) -> None:
    """Record an outcome with the words of the record at hand."""
    items, first, prefix = source.items, recalled.first, stem(recalled.this, recalled.prefix)
    for path, kind, ranges, rule in outcome.answers:
        spots = tuple([_spot(items, first, range_) for range_ in ranges])
        found.answers.append(Answer(prefix + path, kind, raw_of(spots), spots, rule))
    for path, value, state, range_, written, rule in outcome.boxes:
        spot = _spot(items, first, range_)
        found.boxes.append(BoxAnswer(prefix + path, value, state, spot.text if written else "", spot, rule))
    for path, (number, start, end) in outcome.labels:
        found.labels[prefix + path] = (items[first + number], start, end)
    if outcome.rows is not None:
        found.records[recalled.this.section.number] = outcome.rows


def raw_of(spots: Sequence[Spot]) -> str:
    """The text of an answer, with its lines joined."""
    return (spots[0].text if len(spots) == 1 else join([spot.text for spot in spots])).removeprefix(": ")


def _spot(items: Sequence[Item], first: int, range_: Range) -> Spot:
    number, start, end = range_
    item = items[first + number]
    return Spot(item, start, len(item.text) if end < 0 and type(item) is Cell else end)

"""A document whose lines are all run together, parted into lines again where the form's headings and labels stand.

Only words stand in such a text: labels, answers and the letter X follow each other with a space between. A label is
known by its length, or by its neighbour in the form right beside it; one that stands alone in other words may be one of
them, and parts nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.engine.labels import Hit, find_labels
from extractor.engine.poured import Poured, pour
from extractor.engine.records import Plan, plan
from extractor.engine.sections import Form, Heading, best_chain, headings
from extractor.engine.words import words_of
from extractor.form.spec import Box, Field, Words
from extractor.source import Cell, Item, Source

_LONG = 4000
"""Characters of a line; no line of a document that has lines holds as much of the form."""

_MOST = 100
"""Items of a document whose lines are run together; one that has its lines has many more."""

_FEWEST = 4
"""Headings in a line that make it a document."""

_TELLING = 3
"""Words of a label that stands in no answer by chance."""

_NEAR = 3
"""Labels of a row within which two are neighbours, as some are left out."""

_LOOK = 400
"""Characters behind a heading that hold the label behind it, the longest one too."""

_MORE = 3
"""How much more a heading weighs that a label of its section follows."""

_LONGEST = 255
"""Characters of a free text that the SEC takes."""

NUMBER = regex.compile(r"(?<!\S)(?P<number>\d{1,2})\s*+[.):]?+\s*+\Z")
MARK = regex.compile(r"(?<!\S)[Xx]\s++\Z")
CLOSING = regex.compile(r"[):;,.*?]*+")
"""Signs that belong to the label before them."""

SIGNS = regex.compile(r"[\s:;,.*?)]*+(?:[Xx]\s++)?+")


class Head(NamedTuple):
    """A heading in a cell: where it and its text begin and end; order: its section's place in the form."""

    start: int
    end: int
    order: int


def parted(source: Source, form: Form) -> Source:
    """The source with a line for each label, or row of labels, and for what stands between, of lines run together."""
    poured = pour(source, form)
    if poured is None:
        if len(source.items) > _MOST or not any(map(_is_far, source.items)):
            return source
        poured = [Poured(item) for item in source.items]
    heads = [_heads(source, form, one.item) if isinstance(one.item, Cell) else [] for one in poured]
    if sum(map(len, heads)) < _FEWEST:
        return source
    heads = _in_order(source, form, [one.item for one in poured], heads)
    items: list[Item] = []
    order = len(form.sections)
    for one, mine in zip(poured, heads, strict=True):
        if isinstance(one.item, Cell):
            items += _parts(one, _starts(source, form, one.item, [Head(0, 0, order), *mine]))
            order = mine[-1].order if mine else order
        else:
            items.append(one.item)
    lines = tuple(_line(item, number) for number, item in enumerate(items))
    return replace(source, items=lines, columns=False, spaced=False)


def _is_far(item: Item) -> bool:
    """Whether something stands further behind in its line than any line of a document with lines reaches."""
    return item.place.columns is not None and item.place.columns[1] > _LONG


def _line(item: Item, number: int) -> Item:
    """An item on a line of its own."""
    width = len(item.text if isinstance(item, Cell) else item.raw)
    return replace(item, x0=0.0, x1=float(width), top=float(number), bottom=number + 1.0)


def _parts(poured: Poured, starts: Sequence[int]) -> list[Item]:
    found: list[Item] = []
    whole = poured.item.text if isinstance(poured.item, Cell) else ""
    for start, end in pairwise((0, *starts, len(whole))):
        if words := whole[start:end].strip():
            first = start + whole[start:end].index(words)
            found.append(poured.part(first, first + len(words)))
    return found


def _heads(source: Source, form: Form, cell: Cell) -> list[Head]:
    """The headings in a cell, with their numbers where they have one, and the words below the form."""
    words, order = headings(form)
    heads = []
    for hit in find_labels(replace(source, items=(cell,)), 0, 1, words):
        before, number = cell.text[: hit.spans[0].start], order[hit.label]
        found = NUMBER.search(before[-12:])
        if number == len(form.sections):
            heads.append(Head(hit.spans[0].start, hit.spans[0].start, number))
        elif not form.sections[number].number.isdigit():
            heads.append(Head(hit.spans[0].start, hit.spans[-1].end, number))
        elif found and found["number"] == form.sections[number].number:
            heads.append(Head(len(before) - len(found[0]), hit.spans[-1].end, number))
    return heads


def _in_order(source: Source, form: Form, items: Sequence[Item], heads: Sequence[Sequence[Head]]) -> list[list[Head]]:
    """The headings of each cell without those that stand where the form has none: they are words of an answer."""
    flat = [(number, head) for number, mine in enumerate(heads) for head in mine]
    weights = [1 + _leads(source, form, items[number], head) for number, head in flat]
    chain = best_chain([Heading(flat[at][1].order, at, at + 1, weight) for at, weight in enumerate(weights)], form)
    kept: list[list[Head]] = [[] for _ in heads]
    last = -1
    for heading in chain:
        ties = (
            at
            for at in range(last + 1, heading.first)
            if weights[at] == weights[heading.first] and _is_tie(source, flat[at], flat[heading.first])
        )
        last = next(ties, heading.first)
        while _is_doubled(flat, last):
            last += 1
        number, head = flat[last]
        kept[number].append(head)
    return kept


def _is_tie(source: Source, early: tuple[int, Head], late: tuple[int, Head]) -> bool:
    """Whether two headings are alike, and further apart than a free text before the later one may be long."""
    (number, one), (other, two) = early, late
    (line, end), (last, start) = _place(source, number, one.end), _place(source, other, two.start)
    return one.order == two.order and (line != last or start - end > _LONGEST)


def _place(source: Source, number: int, at: int) -> tuple[int | None, int]:
    """The line and the column of a character of a cell."""
    place = source.items[number].place
    return place.line, (place.columns or (0, 0))[0] + at


def _is_doubled(flat: Sequence[tuple[int, Head]], at: int) -> bool:
    """Whether the same heading stands right behind one, which then ends the text before it."""
    (number, one), (other, two) = flat[at], flat[min(at + 1, len(flat) - 1)]
    return number == other and one.order == two.order and 0 <= two.start - one.end <= 1


def _leads(source: Source, form: Form, item: Item, head: Head) -> int:
    """What weighs the label of its section that stands right behind a heading: most if it is the first one."""
    if head.order == len(form.sections) or not isinstance(item, Cell):
        return _MORE
    this = plan(form.sections[head.order])
    behind = replace(item, text=item.text[head.end : head.end + _LOOK].lstrip(" :"))
    if behind.text.lstrip("Xx ").startswith(item.text[head.start : head.end]):
        return 0  # the heading again: a label that it begins with leads nowhere
    hits = find_labels(replace(source, items=(behind,)), 0, 1, this.words)
    right = [hit for hit in hits if not behind.text[: hit.spans[0].start].strip("Xx ")]
    return (_MORE + (0 in this.rows[right[0].label])) if right else 0


def _starts(source: Source, form: Form, cell: Cell, heads: Sequence[Head]) -> list[int]:
    """Where lines begin in a cell with some headings."""
    starts: set[int] = set()
    for head, after in pairwise([*heads, Head(len(cell.text), 0, 0)]):
        starts.update((head.start, head.end))
        if head.order < len(form.sections) and head.end < after.start:
            this, body = plan(form.sections[head.order]), replace(cell, text=cell.text[head.end : after.start])
            hits = find_labels(replace(source, items=(body,)), 0, 1, this.words)
            starts.update(head.end + start for start in _lines(this, body.text, hits))
    return sorted(starts - {0})


def _lines(this: Plan, text: str, hits: Sequence[Hit]) -> Iterator[int]:
    """Yield where lines begin: before a label with its mark, but within a row of labels, and behind a label."""
    known = _known(this, text, hits)
    order = _order(this)
    before: Hit | None = None
    for number, hit in enumerate(known):
        after = known[number + 1] if number + 1 < len(known) else None
        rows = {row for row, _, _, _ in order[hit.label] if this.section.rows[row].layout == "grid"}
        held = before is not None and rows & {row for row, _, _, _ in order[before.label]}
        if not (held and before and _adjacent(text, before, hit)):
            start = hit.spans[0].start
            mark = MARK.search(text, max(0, start - 4), start)
            yield mark.start() if mark else start
        if not (after and _adjacent(text, hit, after)) and not any(right for _, _, _, right in order[hit.label]):
            closing = CLOSING.match(text, hit.spans[-1].end)
            yield closing.end() if closing else hit.spans[-1].end
        before = hit


def _known(this: Plan, text: str, hits: Sequence[Hit]) -> list[Hit]:
    """The labels that no answer holds by chance: long ones, and those beside a neighbour; without mere units."""
    order = _order(this)
    known = []
    for number, hit in enumerate(hits):
        one = this.fields.get(hit.label)
        asks = hit.label in this.boxes or (one is not None and one.label == hit.label)
        pairs = ((hits[k], hits[k + 1]) for k in (number - 1, number) if 0 <= k < len(hits) - 1)
        near = any(_adjacent(text, *pair) and _neighbours(this, *pair) for pair in pairs)
        long = len(words_of(hit.label)) >= (_TELLING if asks else _TELLING - 1)
        if (near or long) and not all(many for _, _, many, _ in order[hit.label]):
            known.append(hit)
    return known


def _adjacent(text: str, one: Hit, two: Hit) -> bool:
    """Whether nothing but a mark stands between two labels."""
    between = text[one.spans[-1].end : two.spans[0].start]
    return SIGNS.fullmatch(between) is not None


def _neighbours(this: Plan, one: Hit, two: Hit) -> bool:
    """Whether two labels follow each other in a row of the form, or stand anywhere in one that holds only boxes."""
    order = _order(this)
    return any(
        row == other and (boxes or 0 < at_two - at_one <= _NEAR or many or units)
        for row, at_one, units, _ in order[one.label]
        for other, at_two, many, _ in order[two.label]
        for boxes in (not any(isinstance(part, Field) for part in this.section.rows[row].parts),)
    )


@lru_cache(maxsize=64)
def _order(this: Plan) -> dict[str, list[tuple[int, int, bool, bool]]]:
    """For each label where it stands: its row, its place, whether printed many times, whether answered at its right."""
    found: dict[str, list[tuple[int, int, bool, bool]]] = {}
    for row, one in enumerate(this.section.rows):
        for place, part in enumerate(one.parts):
            many = isinstance(part, Words) and part.many
            right = isinstance(part, Field) and part.where == "right"
            for label in (part.label, *(() if isinstance(part, Box) else part.also)):
                found.setdefault(label, []).append((row, place, many, right))
    return found

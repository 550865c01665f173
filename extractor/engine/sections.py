"""Splits a document at the form's headings."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.engine.labels import Hit, find_labels, same_line
from extractor.engine.noise import near_headings
from extractor.engine.records import X_MARKS, Plan, plan
from extractor.engine.words import Vocabulary, vocabulary
from extractor.form.spec import Section
from extractor.source import Cell, Item, Mark, Source

_NUMBER = regex.compile(r"\W*(?:item\s*)?(?P<number>\d{1,2})\s*[.):\-]?\s*", regex.IGNORECASE)
_REMAINDER = regex.compile(r"[\W_]*")
NEAR = 3
"""Items behind a heading among which its section's first label stands."""

FITTING = 2
"""What a label of a section weighs behind its heading; one of the section's first row weighs one more."""

NUMBERED = 4
"""What its number weighs before a heading: more than the words of a heading with a label of its section behind it."""

FEW_ABOVE = 2
"""Headings with numbers above them of which fewer do not say that a document sets its numbers so."""

FULL = 1 + NUMBERED + FITTING + 1
"""The weight of a heading with its number and with the first label of its section behind it."""


class Region(NamedTuple):
    """The items first..last (last excluded) of a section, its heading left out.

    lacks: the heading that should end the region, or the words that should end a table, if they were not found.
    twice: whether what ends the region stands there twice, or its number alone above it, so that the first of the two
    may be an answer.
    """

    section: Section
    first: int
    last: int
    lacks: str = ""
    twice: bool = False


class Heading(NamedTuple):
    """A line that may be a section's heading; order: the section's place in the form.

    weight: how much speaks for it. implied: it is not there; the section's first label begins here. number: where its
    number stands if that has a line of its own above, None if it has not.
    """

    order: int
    first: int
    last: int
    weight: int
    implied: bool = False
    number: int | None = None


class Form(NamedTuple):
    """A form as the engine takes it: its sections, the words below its answers, sections that take turns.

    repeating: how many sections, from the first, may come again and again (each record with headings of its own).
    printed: words that the form prints above its first item, which some converters move among its answers.
    """

    sections: tuple[Section, ...]
    end: tuple[str, ...]
    repeating: int = 0
    printed: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def headings(form: Form) -> tuple[Vocabulary, dict[str, int]]:
    """The headings of a form as words to look for, and the place of each in the form."""
    order = {section.title: number for number, section in enumerate(form.sections)}
    labels: list[tuple[str, tuple[str, ...]]] = [(section.title, section.also) for section in form.sections]
    labels.append((form.end[0], form.end[1:]))
    order[form.end[0]] = len(form.sections)
    return vocabulary(labels), order


def candidates_of(source: Source, form: Form) -> list[Heading]:
    """The lines that may be headings."""
    words, order = headings(form)
    hits = find_labels(source, 0, len(source.items), words)
    maybe = (_heading(source, form, hit, order[hit.label]) for hit in hits)
    return _with_numbers([heading for heading in maybe if heading is not None], len(form.sections))


def _with_numbers(candidates: list[Heading], order_of_end: int) -> list[Heading]:
    """The headings with the numbers above them, if the document sets its numbers so: several, and none in its line.

    Elsewhere a number in the line above may be the end of an answer.
    """
    above = [heading for heading in candidates if heading.number is not None]
    in_line = any(one.weight > NUMBERED and one.order < order_of_end for one in candidates)
    if len(above) < FEW_ABOVE or in_line:
        return candidates
    return [
        heading
        if heading.number is None
        else heading._replace(first=heading.number, weight=heading.weight + NUMBERED, number=None)
        for heading in candidates
    ]


def repeated(candidates: Sequence[Heading], form: Form) -> list[tuple[Section, Heading]]:
    """The sections that a form has once but that begin more than once: heading, number, first label; the last one."""
    found = []
    for order in range(form.repeating, len(form.sections)):
        mine = [heading for heading in candidates if heading.order == order and heading.weight == FULL]
        if len(mine) > 1 and mine[-1].first - mine[0].last > NEAR:
            found.append((form.sections[order], mine[-1]))
    return found


def uneven(regions: Sequence[Region], form: Form) -> Region | None:
    """The first region of the sections that take turns, if they do not: a heading of one of them is lost."""
    taking = [region for region in regions if region.section in form.sections[: form.repeating]]
    counts = {sum(region.section is section for region in taking) for section in form.sections[: form.repeating]}
    return taking[0] if len(counts) > 1 and 0 not in counts else None


def split(source: Source, form: Form, candidates: list[Heading]) -> list[Region]:
    """The regions of the sections that were found, in the document's order."""
    chain = best_chain(candidates, form)
    missing = _missing(chain, form)
    if len(chain) > 1 and missing:
        chain = _with_damaged(source, form, candidates, missing)
        chain = _with_implied(source, form, chain)
    return _regions(len(source.items), form, chain, candidates) if chain else []


def split_whole(size: int, form: Form, candidates: Sequence[Heading]) -> list[Region] | None:
    """The regions of a document of so many parts, if the headings of all sections are there, each as it should be."""
    chain = best_chain(candidates, form)
    return None if _missing(chain, form) else _regions(size, form, chain, candidates)


def _regions(size: int, form: Form, chain: Sequence[Heading], candidates: Sequence[Heading]) -> list[Region]:
    titles = [*(section.title for section in form.sections), form.end[0]]
    ends = {(heading.order, heading.last) for heading in candidates}
    regions = []
    for heading, after in zip(chain, [*chain[1:], None], strict=True):
        if heading.order == len(form.sections):
            continue
        last = after.first if after else size
        expected = heading.order + 1
        gap = after is None or after.order > expected or after.implied
        ended = expected < len(form.sections) or plan(form.sections[heading.order]).tabular
        lacks = titles[expected] if gap and ended else ""
        twice = after is not None and (after.number is not None or (after.order, after.first) in ends)
        regions.append(Region(form.sections[heading.order], heading.last, last, lacks, twice))
    return regions


def _missing(chain: Sequence[Heading], form: Form) -> list[int]:
    found = {heading.order for heading in chain}
    return [order for order in range(len(form.sections)) if order not in found]


def _with_damaged(source: Source, form: Form, candidates: list[Heading], missing: Sequence[int]) -> list[Heading]:
    """The headings with those whose letters are damaged."""
    titles = {form.sections[order].title: order for order in missing}
    near = [Heading(titles[title], index, index + 1, 1) for title, index in near_headings(source, titles)]
    return best_chain(sorted([*candidates, *near], key=lambda heading: heading.first), form)


def _with_implied(source: Source, form: Form, chain: list[Heading]) -> list[Heading]:
    """The headings with those that are gone, but whose section's first label shows where it begins."""
    for order in _missing(chain, form):
        before = max((number for number, heading in enumerate(chain) if heading.order < order), default=None)
        if before is None:
            continue
        last = chain[before + 1].first if before + 1 < len(chain) else len(source.items)
        known = set(plan(form.sections[chain[before].order]).words.labels)
        hits = find_labels(source, chain[before].last, last, plan(form.sections[order]).words)
        first = next((hit for hit in hits if hit.head and hit.label not in known), None)
        if first is not None:
            index = first.spans[0].cell
            while index > chain[before].last and _goes_with(source.items[index - 1], first):
                index -= 1
            chain = [*chain[: before + 1], Heading(order, index, index, 1, implied=True), *chain[before + 1 :]]
    return chain


def _goes_with(item: Item, label: Hit) -> bool:
    """Whether an item before a label goes with it: it stands on its line, or is a mark."""
    return same_line(item, label) or isinstance(item, Mark) or item.text in X_MARKS


def _heading(source: Source, form: Form, hit: Hit, order: int) -> Heading | None:
    """The heading that a hit may be: alone in its cell but for its number, and better if what follows fits it."""
    first, last = hit.spans[0], hit.spans[-1]
    start, end = source.items[first.cell], source.items[last.cell]
    assert isinstance(start, Cell)
    assert isinstance(end, Cell)
    weight = weigh(form, order, start.text[: first.start], end.text[last.end :])
    if weight is None:
        return None
    if order < len(form.sections):
        this = plan(form.sections[order])
        after = _behind_same(source, first.cell, last.cell + 1)
        hits = find_labels(source, after, min(after + NEAR, len(source.items)), this.words)
        weight += fitting(this, (hit.label for hit in hits))
    heading = Heading(order, first.cell, last.cell + 1, weight)
    return _numbered_apart(source, form, heading) if start.text[: first.start].strip(" *#_") == "" else heading


def _numbered_apart(source: Source, form: Form, heading: Heading) -> Heading:
    """A heading that begins its cell, with its number if that stands in a cell of its own at its left, or above it."""
    items, at = source.items, heading.first - 1
    if at < 0 or not is_number(items[at], form, heading.order):
        return heading
    if same_line(items[at], items[heading.first]):
        return heading._replace(first=at, weight=heading.weight + NUMBERED)
    lone = at == 0 or not same_line(items[at - 1], items[at])
    return heading._replace(number=at) if lone else heading


def weigh(form: Form, order: int, before: str, behind: str) -> int | None:
    """What speaks for a heading, by what its cells hold before and behind its words; None if it can be none."""
    if order == len(form.sections):
        return 4
    number = _NUMBER.fullmatch(before)
    if number is None and before.strip(" *#_"):
        return None
    if not _REMAINDER.fullmatch(behind) or (number is not None and number["number"] != form.sections[order].number):
        return None
    return 1 + NUMBERED * (number is not None)


def fitting(this: Plan, labels: Iterable[str]) -> int:
    """What the labels of its section that stand right behind a heading weigh."""
    rows = [this.rows[label] for label in labels]
    return FITTING + any(0 in numbers for numbers in rows) if rows else 0


def is_number(item: Item, form: Form, order: int) -> bool:
    """Whether an item is nothing but the number of a heading."""
    number = _NUMBER.fullmatch(item.text) if isinstance(item, Cell) else None
    return number is not None and order < len(form.sections) and number["number"] == form.sections[order].number


def _behind_same(source: Source, first: int, end: int) -> int:
    """Where the lines end that say the same as a heading, which stands there again: what follows, follows both."""
    heading = [item.text for item in source.items[first:end] if isinstance(item, Cell)]
    while [item.text for item in source.items[end : end + len(heading)] if isinstance(item, Cell)] == heading:
        end += len(heading)
    return end


def best_chain(candidates: Sequence[Heading], form: Form) -> list[Heading]:
    """The heaviest sequence of headings in the form's order; the repeating sections may come again.

    Of two that may be a heading alike the later is taken: free text before it may read like the heading that ends it.
    """
    size = len(form.sections) + 1
    best: list[tuple[int, int | None]] = [(0, None)] * size  # weight, last candidate, by section reached
    back: list[int | None] = []
    for number, heading in enumerate(candidates):
        limit = max(heading.order, form.repeating) if heading.order < form.repeating else heading.order
        weight, previous = 0, None
        for reached in range(limit):
            if best[reached][0] > weight:
                weight, previous = best[reached]
        back.append(previous)
        gain = weight + heading.weight - best[heading.order][0]
        if gain > 0 or (gain == 0 and heading.order < len(form.sections)):
            best[heading.order] = (weight + heading.weight, number)
    at = max(best, key=lambda pair: pair[0])[1]
    chain: list[Heading] = []
    while at is not None:
        chain.append(candidates[at])
        at = back[at]
    return chain[::-1]

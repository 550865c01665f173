"""What converters write with no space between, or one: a mark and its label (`XRule 506(b)`), a text and a heading."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from extractor.engine.found import Found
from extractor.engine.pieces import part_place
from extractor.engine.sections import Form
from extractor.finding import Problem, ProblemKind
from extractor.form.spec import Box
from extractor.source import Cell, Item, Source


def with_loose_marks(source: Source, form: Form) -> Source:
    """The source with each mark that touches its label in a cell of its own; a cell must hold nothing else."""
    labels = _labels(form)
    if not any(_is_glued(item, labels) for item in source.items):
        return source
    items = (one for item in source.items for one in (_parts(item) if _is_glued(item, labels) else (item,)))
    return replace(source, items=tuple(items))


def with_loose_headings(source: Source, form: Form) -> Source:
    """The source with each heading that stands behind a text in a cell of its own, if it stands nowhere else.

    That text is what the filer wrote at the end of an item: pages set it apart by a style, not by a space.
    """
    headings = _headings(form)
    held = [item.text for item in source.items if type(item) is Cell and item.text.endswith(headings)]
    if all(text in headings for text in held):
        return source
    glued = {one for one in headings if one not in held}
    items: list[Item] = []
    for item in source.items:
        heading = next((one for one in glued if type(item) is Cell and item.text.endswith(one)), "")
        items += _below(item, len(item.text) - len(heading)) if isinstance(item, Cell) and heading else [item]
    return replace(source, items=tuple(items))


def doubt_headings(source: Source, form: Form, found: Found) -> None:
    """Report each answer behind which a heading stands in its line, a space apart: the words may be the filer's."""
    if source.format != "text":
        return
    headings = _headings(form)
    loose = {id(one): two for one, two in pairwise(source.items) if _goes_on(one, two, headings)}
    for answer in found.answers if loose else ():
        heading = loose.get(id(answer.spots[-1].item))
        if isinstance(heading, Cell):
            message = f"{heading.text!r} stands in its last line; read as the heading that follows, but it may end it"
            found.problems.append(Problem(answer.path, ProblemKind.INFERRED, message, heading.place))


def _goes_on(one: Item, two: Item, headings: tuple[str, ...]) -> bool:
    """Whether an item is a heading a space behind another one."""
    if not (isinstance(one, Cell) and isinstance(two, Cell)) or two.text not in headings:
        return False
    here, there = one.place.columns, two.place.columns
    return one.place.line == two.place.line and here is not None and there is not None and there[0] == here[1] + 2


def _below(cell: Cell, at: int) -> list[Item]:
    """The two parts of a cell, one below the other."""
    middle = (cell.top + cell.bottom) / 2
    end = len(cell.text[:at].rstrip())
    upper = replace(cell, text=cell.text[:end], bottom=middle, place=part_place(cell, 0, end))
    return [upper, replace(cell, text=cell.text[at:], top=middle, place=part_place(cell, at, len(cell.text)))]


@lru_cache(maxsize=8)
def _headings(form: Form) -> tuple[str, ...]:
    """The headings of all items but the first, with their numbers."""
    numbered = ((one, f"{one.number}. " if one.number.isdigit() else "") for one in form.sections[1:])
    return tuple(f"{number}{title}" for one, number in numbered for title in (one.title, *one.also))


def _is_glued(item: Item, labels: frozenset[str]) -> bool:
    return type(item) is Cell and item.text[:1] in ("X", "x") and item.text[1:] in labels


def _parts(item: Item) -> Iterator[Item]:
    assert isinstance(item, Cell)
    edge = item.x0 + (item.x1 - item.x0) / len(item.text)
    yield replace(item, text=item.text[:1], x1=edge, place=part_place(item, 0, 1))
    yield replace(item, text=item.text[1:], x0=edge, place=part_place(item, 1, len(item.text)))


@lru_cache(maxsize=8)
def _labels(form: Form) -> frozenset[str]:
    """The labels of all boxes."""
    return frozenset(part.label for section in form.sections for part in section.parts() if isinstance(part, Box))

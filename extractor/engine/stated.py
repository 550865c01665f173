"""Deals out the answers of torn entries where boxes print their own words, checked or not, and answers do too.

Beside some labels the form prints a box whose word is the answer when it is checked (`X None`, and `None` below it). A
converter that writes such a row block by block leaves the words of boxes among those of answers. They are told apart by
counting: each question has one answer, an answer is the box's word if its box is checked, and each box stands there
once. Where the kinds of answers and these counts leave one way for all entries together, they are dealt out so; a mark
that strayed from its entry goes to the one that lacks it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, NamedTuple

from extractor.engine.blocks import COLUMN, Block, Line
from extractor.engine.readings import Fits
from extractor.engine.records import X_MARKS, Plan
from extractor.engine.words import words_of
from extractor.form.spec import Box, Field
from extractor.source import Cell, Item, Mark

State = Literal["checked", "open", "bare"]
"""A box's word with a checked mark, with an empty one, or with none: that of an empty box, or an answer."""

_MOST = 16
"""Lines of an entry of which more are not dealt out."""


class _Row(NamedTuple):
    """The questions of the rows of an entry that are answered below their labels, with those that have such boxes."""

    fields: tuple[tuple[int, Field], ...]
    boxed: frozenset[str]
    rows: frozenset[int]
    word: str


@dataclass(frozen=True, slots=True)
class _Loose:
    """A line that stands alone. state: of a box's word; None for other words."""

    line: Line
    state: State | None


@dataclass(slots=True)
class _Entry:
    """An entry's blocks, as far as they can be dealt out.

    asked: the block of each question's label. inline: the states of boxes in the lines of labels. loose: the lines that
    stand alone, in their order.
    """

    asked: dict[str, Block]
    inline: dict[str, State]
    loose: list[_Loose]
    rest: list[Block]
    marks: list[_Loose] = field(default_factory=list)


Way = tuple[_Loose, ...]
"""The line that answers each open question."""


def dealt_out(this: Plan, entries: Sequence[list[Block]], fits: Fits) -> list[list[Block]] | None:
    """The entries of a region with their answers below their labels; None where there is no or no one way to do so.

    Nor is it done where an entry has no answers at all, so that nothing is to be told apart.
    """
    asked = _asked(this)
    if asked is None or any(len(entry) > 4 * _MOST for entry in entries):
        return None
    seen = [_seen(asked, entry) for entry in entries]
    whole = [one for one in seen if one is not None]
    if len(whole) < len(seen):
        return None
    ways = [_way(asked, one, fits) for one in whole]
    sure = [way for way in ways if way is not None]
    if len(sure) < len(ways) or not _share(asked, whole, sure):
        return None
    return [_told(asked, *both) for both in zip(whole, sure, strict=True)]


@lru_cache(maxsize=64)
def _asked(this: Plan) -> _Row | None:
    """The questions of a section, if boxes beside some of them say what their answers say then."""
    grids = [(number, row) for number, row in enumerate(this.section.rows) if row.layout == "grid"]
    fields = tuple((number, part) for number, row in grids for part in row.parts if isinstance(part, Field))
    boxes = [part for _, row in grids for part in row.parts if isinstance(part, Box)]
    words = {box.label for box in boxes}
    paths = {one.path: one.label for _, one in fields}
    if len(words) != 1 or any(box.value != box.label or box.path not in paths for box in boxes):
        return None
    boxed = frozenset(paths[box.path] for box in boxes)
    return _Row(fields, boxed, frozenset(number for number, one in fields if one.label in boxed), words.pop())


def _seen(asked: _Row, entry: Sequence[Block]) -> _Entry | None:
    """What an entry holds; None if a label stands there twice or not at all."""
    labels = {one.label for _, one in asked.fields}
    grids = {number for number, _ in asked.fields}
    seen = _Entry({}, {}, [], [])
    for block in entry:
        if block.label in labels:
            if block.label in seen.asked:
                return None
            seen.asked[block.label] = block
            if block.label in asked.boxed and (state := _inline(asked.word, block)):
                seen.inline[block.label] = state
        elif block.label == asked.word or (not block.label and block.row in grids):
            seen.loose += _lines(asked.word, block)
        else:
            seen.rest.append(block)
    seen.marks = [one for one in seen.loose if one.state == "checked"]
    return seen if len(seen.asked) == len(labels) and len(seen.loose) <= _MOST else None


def _lines(word: str, block: Block) -> Iterator[_Loose]:
    """Yield the lines of a block that stand alone; a letter X goes with the box's word below it."""
    lines = list(block.lines)
    while lines:
        line = lines.pop(0)
        if lines and _text(line) in X_MARKS and words_of(_text(lines[0])) == words_of(word):
            line = Line(line.number, (*line.items, *lines.pop(0).items))
        yield _Loose(line, _state(word, line))


def _text(line: Line) -> str:
    return " ".join(item.text for item in line.items if isinstance(item, Cell))


def _state(word: str, line: Line) -> State | None:
    """What a line says that holds nothing but a box's word, and its mark."""
    words, mark = words_of(_text(line)), next((item for item in line.items if isinstance(item, Mark)), None)
    if words == ("x", *words_of(word)):
        return "checked"
    if words != words_of(word):
        return None
    return "bare" if mark is None else "checked" if mark.checked else "open"


def _inline(word: str, block: Block) -> State | None:
    """The state of the box at the end of a label's line; None if it does not stand there."""
    for line in block.lines[: block.head]:
        for number, item in enumerate(line.items):
            if isinstance(item, Cell) and words_of(item.text)[-1:] == words_of(word):
                before = line.items[number - 1] if number else None
                if isinstance(before, Mark):
                    return "checked" if before.checked else "open"
                return "checked" if words_of(f"_ {item.text}")[-2:-1] == ("x",) else "open"
    return None


def _way(asked: _Row, entry: _Entry, fits: Fits) -> Way | None:
    """The one way to answer the questions that have no answer below their labels; None for no or several ways."""
    empty = [one for _, one in asked.fields if one.required and _is_empty(entry.asked[one.label])]
    lines = [one for one in entry.loose if one.state in (None, "bare")]
    found: dict[tuple[str, ...], Way] = {}
    for way in _ways(asked, entry, (empty, lines), fits):
        found.setdefault(tuple(_text(one.line) for one in way), way)
        if len(found) > 1:
            return None
    return next(iter(found.values()), None)


def _is_empty(block: Block) -> bool:
    return block.head == len(block.lines)


def _ways(asked: _Row, entry: _Entry, both: tuple[Sequence[Field], Sequence[_Loose]], fits: Fits) -> Iterator[Way]:
    """Yield the ways to answer some questions, in order, with all lines but those of empty boxes."""
    fields, lines = both
    if len(fields) > len(lines):
        return
    said = [one for one in asked.fields if not _is_empty(entry.asked[one[1].label])]
    checked = sum(entry.asked[one.label].text == asked.word for _, one in said if one.label in asked.boxed)
    shown = sum(state != "checked" for state in entry.inline.values())
    shown += sum(one.state == "open" for one in entry.loose)
    for way in _in_order(asked, entry, (fields, lines), fits):
        marked = checked + sum(
            one.state == "bare" for part, one in zip(fields, way, strict=True) if part.label in asked.boxed
        )
        if len(lines) - len(way) == len(asked.boxed) - marked - shown:
            yield way


def _in_order(asked: _Row, entry: _Entry, both: tuple[Sequence[Field], Sequence[_Loose]], fits: Fits) -> Iterator[Way]:
    """Yield the ways to give questions a line each, in order; only the words of boxes are passed over."""
    fields, lines = both
    if not fields:
        if all(one.state == "bare" for one in lines):
            yield ()
        return
    one = fields[0]
    for at, line in enumerate(lines):
        if _may_answer(entry, one, line, fits):
            yield from ((line, *rest) for rest in _in_order(asked, entry, (fields[1:], lines[at + 1 :]), fits))
        if line.state is None:
            return


def _may_answer(entry: _Entry, one: Field, line: _Loose, fits: Fits) -> bool:
    """Whether a line may answer a question whose box, if it stands in the label's line, says so or does not."""
    state = entry.inline.get(one.label)
    if state is not None and (line.state == "bare") != (state == "checked"):
        return False
    if line.state == "bare" and one.kind == "zip":
        return True
    return fits(one.kind, _text(line.line))


def _share(asked: _Row, entries: Sequence[_Entry], ways: Sequence[Way]) -> bool:
    """Whether there are as many marks as answers that are boxes' words; marks are moved to the entries they are of."""
    lacking = [len(_marked(asked, *both)) - len(both[0].marks) for both in zip(entries, ways, strict=True)]
    if sum(lacking):
        return False
    both = [*zip(entries, lacking, strict=True)]
    spare = [one for entry, lack in both for one in entry.marks[len(entry.marks) + lack :]]
    for entry, lack in both:
        if lack < 0:
            entry.marks = entry.marks[:lack]
        elif lack:
            entry.marks = [*entry.marks, *(spare.pop(0) for _ in range(lack))]
    return True


def _marked(asked: _Row, entry: _Entry, way: Way) -> list[str]:
    """The labels whose answers are the words of their boxes, which do not stand in their lines."""
    words = _answers(asked, entry, way)
    boxed = [label for label in words if label in asked.boxed and label not in entry.inline]
    return [label for label in boxed if words[label] == asked.word]


def _answers(asked: _Row, entry: _Entry, way: Way) -> dict[str, str]:
    """The answer of each question."""
    given = _given(asked, entry, way)
    return {
        one.label: _text(given[one.label].line) if one.label in given else entry.asked[one.label].text
        for _, one in asked.fields
    }


def _given(asked: _Row, entry: _Entry, way: Way) -> dict[str, _Loose]:
    """The lines that answer questions, by label."""
    empty = [one for _, one in asked.fields if _is_empty(entry.asked[one.label]) and one.required]
    return {one.label: line for one, line in zip(empty, way, strict=True)}


def _told(asked: _Row, entry: _Entry, way: Way) -> list[Block]:
    """The blocks of an entry, each label with its box beside it, and its answer below."""
    given, marked = _given(asked, entry, way), _marked(asked, entry, way)
    used = {id(one) for one in given.values()}
    bare = [one for one in entry.loose if one.state != "checked" and one.state is not None and id(one) not in used]
    marks = list(entry.marks)
    blocks = []
    for number, one in asked.fields:
        block = entry.asked[one.label]
        lines = [*block.lines, given[one.label].line] if one.label in given else list(block.lines)
        if one.label in asked.boxed and one.label not in entry.inline:
            box = marks.pop(0) if one.label in marked else bare.pop(0) if bare else None
            if box is not None:
                lines[block.head - 1] = _with_box(lines[block.head - 1], box.line)
        blocks.append(Block(lines, one.label, number, block.head, boxed=number in asked.rows))
    return [*blocks, *entry.rest]


def _with_box(line: Line, box: Line) -> Line:
    """The line of a label with a box at its right."""
    last = line.items[-1]
    return Line(line.number, (*line.items, *_beside(last, box.items)))


def _beside(last: Item, items: Sequence[Item]) -> Iterator[Item]:
    """Yield things moved to the line of another one, one behind the other."""
    x0 = COLUMN / 2
    for item in items:
        yield replace(item, x0=x0, x1=x0 + item.x1 - item.x0, top=last.top, bottom=last.bottom)
        x0 += item.x1 - item.x0 + 1

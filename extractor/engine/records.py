"""Sorts the labels of a section into its rows and records, and tells labels from values that look like labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from extractor.engine.labels import Hit, find_labels, same_line
from extractor.engine.words import Vocabulary, labels_inside, vocabulary, words_of
from extractor.form.spec import Box, Field, Row, Section, Words
from extractor.source import Cell, Item, Mark, Source

X_MARKS = frozenset({"X", "x"})

_OFTEN = 999
_CROWD = 100
"""Doubles of a label in one record of which more are not weighed; no form is like that."""

_FEW_CHOICES = 3
"""Boxes for one answer of which a text may have the labels by chance."""

_WINDOW = 6
"""Lines within which the labels of one row stand, where they are stacked."""

_TABLE_COMPANY = 3
"""Labels on one line of which more make it a table's header (of five; answers may read like one or two)."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A section prepared for the search: its vocabulary, the rows of each label, its boxes and fields by label.

    paths: of the fields that a label of a row asks for. common: what the paths of all answers begin with. order: where
    the form prints each label first.
    """

    section: Section
    words: Vocabulary
    rows: Mapping[str, tuple[int, ...]]
    boxes: Mapping[str, tuple[Box, ...]]
    fields: Mapping[str, Field]
    paths: Mapping[tuple[int, str], tuple[str, ...]]
    common: str
    order: Mapping[str, int]

    @property
    def tabular(self) -> bool:
        """Whether the section is a table, whose rows are the records."""
        return any(row.layout == "table" for row in self.section.rows)

    @property
    def lists(self) -> bool:
        """Whether a question is answered with any number of texts."""
        return any(one.many and one.kind == "text" for one in self.fields.values())

    @property
    def text(self) -> Field | None:
        """The question that is answered by all that stands behind the last label, if there is one."""
        return next((self.fields[row.parts[0].label] for row in self.section.rows if row.layout == "text"), None)

    @property
    def ending(self) -> Field | None:
        """The question whose answer ends a record: the free text, or a list of answers."""
        asked = [part for part in self.section.rows[-1].parts if isinstance(part, Field)]
        return self.text or (asked[0] if len(asked) == 1 and asked[0].many else None)


@lru_cache(maxsize=64)
def plan(section: Section) -> Plan:
    """The plan of a section."""
    rows: dict[str, list[int]] = {}
    boxes: dict[str, list[Box]] = {}
    fields: dict[str, Field] = {}
    labels: list[tuple[str, tuple[str, ...]]] = []
    asked: dict[tuple[int, str], list[str]] = {}
    for number, row in enumerate(section.rows):
        for part in row.parts:
            labels.append((part.label, part.also if not isinstance(part, Field) else _own_words(part, section)))
            if number not in rows.setdefault(part.label, []):
                rows[part.label].append(number)
            if isinstance(part, Box):
                boxes.setdefault(part.label, []).append(part)
            elif isinstance(part, Field):
                fields.setdefault(part.label, part)
                asked.setdefault((number, part.label), []).append(part.path)
                for other in set(part.also) & {other.label for other in row.parts}:
                    fields.setdefault(other, part)
    return Plan(
        section,
        vocabulary(labels),
        {label: tuple(numbers) for label, numbers in rows.items()},
        {label: tuple(parts) for label, parts in boxes.items()},
        fields,
        {key: tuple(paths) for key, paths in asked.items()},
        _common([part.path for part in section.parts() if not isinstance(part, Words)]),
        {label: number for number, label in enumerate(dict.fromkeys(part.label for part in section.parts()))},
    )


def _common(paths: Sequence[str]) -> str:
    """The steps that all paths begin with.

    >>> _common(["type_of_filing.new.x", "type_of_filing.date.y"]), _common(["minimum_investment_accepted"])
    ('type_of_filing', 'minimum_investment_accepted')
    """
    steps = [path.split(".") for path in paths]
    shared = [step[0] for step in zip(*steps, strict=False) if len(set(step)) == 1]
    return ".".join(shared)


def _own_words(part: Field, section: Section) -> tuple[str, ...]:
    """The other ways to write a field's label; words that label another part too stay that part's."""
    taken = {other.label for other in section.parts() if other.label != part.label}
    return tuple(text for text in part.also if text not in taken)


@dataclass(slots=True)
class Record:
    """The labels of one record (or of a section that does not repeat), by row.

    hits: accepted, in reading order; rows: the row of each. first, last: the items of the record (last excluded).
    suspects: labels that stand as labels do, but for which the record has no room: a record may be hidden here.
    doubles: labels that stand there once more, taken for text, with their rows. closed: those of the hits that ask for
    a text only beside a checked box, whose box is not checked.
    """

    first: int
    last: int
    hits: list[Hit] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    suspects: list[Hit] = field(default_factory=list)
    doubles: list[tuple[Hit, int]] = field(default_factory=list)
    closed: frozenset[int] = frozenset()

    def add(self, hit: Hit, row: int) -> None:
        """Accept a label."""
        self.hits.append(hit)
        self.rows.append(row)


def split_records(source: Source, this: Plan, hits: Sequence[Hit], first: int, last: int) -> list[Record]:
    """The records of items first..last; a section without labels gives one empty record."""
    records = _split(source, this, hits, first, last)
    if this.section.repeats and len(records) > 1:
        words = {id(hit) for record in records[1:] if _is_words(this, record) for hit in record.hits}
        if words:
            return _split(source, this, [hit for hit in hits if id(hit) not in words], first, last)
    return records


def _is_words(this: Plan, record: Record) -> bool:
    """Whether what begins a record is words of the answer before it: labels a space apart, and no other asks for text.

    Boxes may be quoted in such words too.
    """
    asked = [hit for hit in record.hits if hit.label in this.fields]
    close = all(one.spans[-1].cell == two.spans[0].cell or _touch(one, two) for one, two in pairwise(asked))
    rows = {row for hit, row in zip(record.hits, record.rows, strict=True) if hit.label in this.fields}
    return len(asked) > 1 and rows == {0} and close


def _touch(one: Hit, two: Hit) -> bool:
    """Whether two labels stand a space apart, in a text that is set in characters."""
    return same_line(one, two) and two.x0 - one.x1 == 1


def _split(source: Source, this: Plan, hits: Sequence[Hit], first: int, last: int) -> list[Record]:
    joined = _adjacent(source, hits)
    record = Record(first, last)
    records = [record]
    row = -1
    repeats, rows = this.section.repeats, this.section.rows
    swallowed: dict[int, list[int]] = {}
    for number, hit in enumerate(hits):
        again = row == 0 and len(records) > 1 and hit.label == record.hits[0].label and _is_words(this, record)
        if repeats and (row > 0 or again) and _starts(this, hits, joined, number):
            if 0 in record.rows:
                record = _next_record(source, record, hit)
                records.append(record)
                row = max(record.rows, default=0)
            record.add(hit, 0)
            continue
        if row >= 0 and rows[row].layout == "text":
            swallowed.setdefault(id(record), []).append(number)
            continue
        choice = _choose(this, hits, joined, number, row)
        if choice is not None:
            row = choice
            record.add(hit, row)
        elif row >= 0:
            swallowed.setdefault(id(record), []).append(number)
    for record in records:
        _drop_doubles(source, this, record)
        _suspect(this, record, [hits[number] for number in swallowed.get(id(record), ())])
    return records


def _suspect(this: Plan, record: Record, hits: Sequence[Hit]) -> None:
    """Note labels that had no room, if they make up a whole row, or all boxes for one answer: no answer reads so."""
    if len(hits) < 2:
        return
    if len(hits) > _CROWD:
        record.suspects.extend(hits)
        return
    again = {hit.label for hit in hits}
    grids = [{part.label for part in row.parts if isinstance(part, Field)} for row in this.section.rows if _asks(row)]
    if sum(labels <= again for labels in grids) > 1:
        record.suspects.extend(hits)
        return
    for row in this.section.rows:
        labels = {part.label for part in row.parts if isinstance(part, Field)}
        if row.layout == "grid" and len(labels) > 1:
            mine = [hit for hit in hits if hit.label in labels and hit.whole]
            stacked = not any(_side_by_side(one, two) for one, two in pairwise(record.hits))
            for hit in mine:
                near = {other.label for other in mine if same_line(hit, other) or (stacked and _near(hit, other))}
                if near == labels:
                    record.suspects.append(hit)
    for choice in _choices(this.section):
        mine = [hit for hit in hits if hit.label in choice and hit.whole]
        if {hit.label for hit in mine} == choice:
            record.suspects.extend(mine)


@lru_cache(maxsize=64)
def _choices(section: Section) -> tuple[frozenset[str], ...]:
    """The labels of the boxes for one answer, where there are so many that no text has them all by chance."""
    labels: dict[str, set[str]] = {}
    for part in section.parts():
        if isinstance(part, Box):
            labels.setdefault(part.path, set()).add(part.label)
    return tuple(frozenset(some) for some in labels.values() if len(some) > _FEW_CHOICES)


def _asks(row: Row) -> bool:
    """Whether a row asks for several answers side by side."""
    return row.layout == "grid" and sum(isinstance(part, Field) for part in row.parts) > 1


def _side_by_side(one: Hit, two: Hit) -> bool:
    return one.spans[0].cell != two.spans[0].cell and same_line(one, two)


def _near(one: Hit, two: Hit) -> bool:
    """Whether two labels stand within a few lines of each other, in a document that stacks its labels."""
    return abs(one.spans[0].cell - two.spans[0].cell) <= _WINDOW


def _next_record(source: Source, record: Record, hit: Hit) -> Record:
    """The record that a label begins, with all that stands on the label's line."""
    first = hit.spans[0].cell
    while first > record.first and same_line(source.items[first - 1], hit):
        first -= 1
    new = Record(first, record.last)
    record.last = first
    moved = [number for number, one in enumerate(record.hits) if one.spans[0].cell >= first]
    for number in moved:
        new.add(record.hits[number], record.rows[number])
    record.hits = record.hits[: len(record.hits) - len(moved)]
    record.rows = record.rows[: len(record.hits)]
    return new


def _choose(this: Plan, hits: Sequence[Hit], joined: Sequence[bool], number: int, row: int) -> int | None:
    """The row a label belongs to, given the row reached so far; None when it is a value that looks like a label."""
    hit = hits[number]
    options = [option for option in this.rows[hit.label] if option >= row]
    if not options:
        return None
    choice = options[0]
    layout = this.section.rows[choice].layout
    if layout == "text" and not hit.head:
        return None
    if layout == "table" and row != choice and _run(this, hits, joined, number, choice) < 3:
        return choice if _is_stacked(this, hits, number, choice) else None
    if choice > max(row, 0) + 1 and _skipped_rows_follow(this, hits, joined, number, row, choice):
        return None
    return choice


def _is_stacked(this: Plan, hits: Sequence[Hit], number: int, row: int) -> bool:
    """Whether a table's labels follow each other in the form's order, each on a line of its own."""
    labels = [part.label for part in this.section.rows[row].parts]
    whole = [hit.label for hit in hits[number:] if hit.whole]
    return hits[number].whole and whole[: len(labels)] == labels


def _skipped_rows_follow(
    this: Plan, hits: Sequence[Hit], joined: Sequence[bool], number: int, row: int, choice: int
) -> bool:
    """Whether a label of a row between the two comes later in the same record."""
    repeats = this.section.repeats
    for later in range(number + 1, len(hits)):
        if repeats and _starts(this, hits, joined, later):
            return False
        if any(row < option < choice for option in this.rows[hits[later].label]) and hits[later].head:
            return True
    return False


def _starts(this: Plan, hits: Sequence[Hit], joined: Sequence[bool], number: int) -> bool:
    """Whether a label of the first row begins a new record: with its neighbours, or alone at the start of a cell."""
    if 0 not in this.rows[hits[number].label]:
        return False
    labels = {part.label for part in this.section.rows[0].parts if isinstance(part, Field)}
    if len(labels) == 1 or not hits[number].head:
        return hits[number].head
    if hits[number].label not in labels:
        return False
    cell = hits[number].spans[0].cell
    beside = (hit for hit in hits[number + 1 : number + 8] if hit.spans[0].cell == cell)
    if any(0 not in this.rows[hit.label] for hit in beside):
        return False
    return _run(this, hits, joined, number, 0) >= 2 or _is_told_off(this, hits, number)


def _is_told_off(this: Plan, hits: Sequence[Hit], number: int) -> bool:
    """Whether all labels of the first row follow each other in the form's order, each in a cell of its own.

    An answer stands between two of them, or none.
    """
    labels = [part.label for part in this.section.rows[0].parts]
    row = hits[number : number + len(labels)]
    if [hit.label for hit in row] != labels or not all(hit.whole for hit in row):
        return False
    return all(two.spans[0].cell - one.spans[-1].cell <= 2 for one, two in pairwise(row))


def opens_record(source: Source, this: Plan, first: int, last: int) -> bool:
    """Whether items first..last begin with a label that begins a record wherever it stands, and end with a whole one.

    No label of the last two lines may go on below them.
    """
    hits = find_labels(source, first, last, this.words)
    if not hits or hits[0].spans[0][:2] != (first, 0) or not _starts(this, hits, _adjacent(source, hits), 0):
        return False
    below = source.items[last - 1].bottom - 2.5 * source.line_height
    ending = (item for item in source.items[first:last] if item.bottom > below and isinstance(item, Cell))
    return all(labels_inside(this.words, item.text) is not None for item in ending)


def _run(this: Plan, hits: Sequence[Hit], joined: Sequence[bool], number: int, row: int) -> int:
    """How many different labels of a row stand side by side, from this one on."""
    seen = {hits[number].label}
    for later in range(number + 1, len(hits)):
        if not joined[later] or row not in this.rows[hits[later].label]:
            break
        seen.add(hits[later].label)
    return len(seen)


def _adjacent(source: Source, hits: Sequence[Hit]) -> list[bool]:
    """For each label whether nothing but marks stands between it and the label before."""
    joined = [False] * len(hits)
    items = source.items
    for number in range(1, len(hits)):
        before, here = hits[number - 1].spans[-1], hits[number].spans[0]
        if here.start == 0 and here.cell == before.cell + 1 and _ends(items[before.cell], before.end):
            joined[number] = True
        else:
            joined[number] = not any(_says_something(text) for text in _between(items, before, here))
    return joined


def _ends(item: Item, end: int) -> bool:
    return isinstance(item, Cell) and len(item.text) == end


def _between(items: Sequence[Item], before: tuple[int, int, int], here: tuple[int, int, int]) -> list[str]:
    if here[0] < before[0]:
        return []
    if here[0] == before[0]:
        item = items[here[0]]
        return [item.text[before[2] : here[1]]] if isinstance(item, Cell) else []
    texts = [item.text for item in items[before[0] + 1 : here[0]] if isinstance(item, Cell)]
    start, end = items[before[0]], items[here[0]]
    if isinstance(start, Cell):
        texts.append(start.text[before[2] :])
    if isinstance(end, Cell):
        texts.append(end.text[: here[1]])
    return texts


def _says_something(text: str) -> bool:
    return any(word not in ("x",) for word in words_of(text))


def _drop_doubles(source: Source, this: Plan, record: Record) -> None:
    """Keep one hit of each label that a record prints once; the headers of a table may come on every page."""
    groups: dict[tuple[str, int], list[int]] = {}
    for number, hit in enumerate(record.hits):
        groups.setdefault((hit.label, record.rows[number]), []).append(number)
    dropped: set[int] = set()
    for (label, row), numbers in groups.items():
        layout = this.section.rows[row].layout
        most = _printed(this.section.rows[row], label)
        if len(numbers) <= most and layout != "table":
            continue
        if len(numbers) > _CROWD:
            dropped.update(numbers[most:])
            record.suspects.extend(record.hits[number] for number in numbers[most:])
            continue
        ranked = sorted(numbers, key=lambda number: _rank(source, this, record, number))
        if layout == "table":
            most = max(1, sum(len(_company(this, record, number)) > _TABLE_COMPANY for number in numbers))
        dropped.update(ranked[most:])
    if dropped:
        _suspect(this, record, [record.hits[number] for number in dropped])
        record.doubles.extend((record.hits[number], record.rows[number]) for number in sorted(dropped))
        kept = [number for number in range(len(record.hits)) if number not in dropped]
        record.hits = [record.hits[number] for number in kept]
        record.rows = [record.rows[number] for number in kept]


@lru_cache(maxsize=1024)
def _printed(row: Row, label: str) -> int:
    """How often a row prints a label."""
    anchors = {part.anchor for part in row.parts if isinstance(part, Box) and part.label == label}
    if anchors:
        return len(anchors)
    return _OFTEN if any(isinstance(part, Words) and part.many and part.label == label for part in row.parts) else 1


def _rank(source: Source, this: Plan, record: Record, number: int) -> tuple[bool | int, ...]:
    """How likely a label is the printed one, best first.

    The labels of a grid and of a table stand side by side, so those in company come first; a box label stands behind
    its box; then those in cells with nothing but labels, those in company, beginnings of cells, the first.
    """
    hit = record.hits[number]
    company = -len(_company(this, record, number))
    grid = this.section.rows[record.rows[number]].layout in ("grid", "table")
    boxes = this.boxes.get(hit.label, ())
    boxed = bool(boxes) and (_behind_mark(source, hit) or (len(boxes) > 1 and _behind_letter(source, hit)))
    alone = hit.whole or _among_labels(source, record, hit)
    group = -len({label for label in _company(this, record, number) if _ask_alike(this, label, hit.label)})
    order = (company if grid else 0, not boxed, not alone, group, not hit.head, company, number)
    return (hit.noise, grid and not alone, *order)


def _ask_alike(this: Plan, one: str, two: str) -> bool:
    """Whether two labels are those of boxes for the same answer."""
    paths = {box.path for box in this.boxes.get(two, ())}
    return any(box.path in paths for box in this.boxes.get(one, ()))


def _among_labels(source: Source, record: Record, hit: Hit) -> bool:
    """Whether nothing but labels stands in the one cell of a label."""
    if len(hit.spans) > 1:
        return False
    cell, at = hit.spans[0].cell, 0
    spans = sorted(span for other in record.hits for span in other.spans if span.cell == cell)
    item = source.items[cell]
    text = item.text if isinstance(item, Cell) else ""
    for span in spans:
        if _says_something(text[at : span.start]):
            return False
        at = max(at, span.end)
    return not _says_something(text[at:])


def _company(this: Plan, record: Record, number: int) -> set[str]:
    """The labels on the line of a label that ask for the same as it does, its own included."""
    hit, row = record.hits[number], record.rows[number]
    paths = {box.path for box in this.boxes.get(hit.label, ())}
    words = not paths and hit.label not in this.fields
    return {
        other.label
        for other, its_row in zip(record.hits, record.rows, strict=True)
        if its_row == row
        and same_line(hit, other)
        and (words or other.label in this.fields or paths & {box.path for box in this.boxes.get(other.label, ())})
    }


def _behind_letter(source: Source, hit: Hit) -> bool:
    """Whether a letter X stands right before a label in its cell, and nothing behind it."""
    item, span = source.items[hit.spans[0].cell], hit.spans[0]
    before = item.text[: span.start].split(" ")[-2:-1] if isinstance(item, Cell) else []
    return bool(before) and before[0] in X_MARKS and isinstance(item, Cell) and span.end == len(item.text)


def _behind_mark(source: Source, hit: Hit) -> bool:
    """Whether the next thing at the left of a label is a mark."""
    cell = hit.spans[0].cell
    near = source.items[max(0, cell - 8) : cell + 8]
    left = [item for item in near if same_line(item, hit) and item.x0 < hit.x0 and item is not source.items[cell]]
    return bool(left) and isinstance(max(left, key=lambda item: item.x1), Mark)

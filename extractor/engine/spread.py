"""Cuts lines of a text apart where columns stand but one space apart, as the labels above them tell.

Text browsers make a column as wide as its widest text, and set the next one a space behind it. So where a text fills
its column, the next column begins inside what looks like one text: below the beginning of its label, or, where labels
are centred, behind a text on which the label before is centred.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractor.engine.labels import Hit, find_labels, same_line
from extractor.engine.pieces import AFTER_LABEL, part_place
from extractor.engine.readings import Fits
from extractor.engine.sections import Form
from extractor.engine.words import Vocabulary, vocabulary
from extractor.form.spec import Box, Field
from extractor.source import Cell, Item, Source

_MANY = 3
"""Rows of labels, at least, that tell by how they stand whether a text has columns."""

_LINES = 4
"""Lines below a row of labels, none of a table, in which its answers stand."""

_SIDE_BY_SIDE = 12
"""Labels among which those of one line are looked for."""

_OFF = 0.5
"""Columns by which a label may be off the middle of the text on which it is centred."""

_NEAR = 2
"""Lines above and below in which columns may begin at the same place."""

_SEVERAL = 2
"""Lines on which a column begins at the same place, so that it begins there on a line between them too."""

_BELOW = 24
"""Items behind a label on a board among which its answer is looked for."""

_AROUND = 12
"""Items among which those of these lines are looked for."""

_MARK = (" X", " x")
"""How a text ends behind which a mark stands in the next column."""

Cuts = dict[int, set[int]]
"""Where cells begin anew: by the index of the cell."""


class _Words(NamedTuple):
    """What a form prints above answers and beside them or boxes.

    rows: the questions of each row, by label; tables: which of them are tables. boxes: the labels of boxes; right: the
    questions with answers at their right that are no mere text; boards: the labels above answers on boards.
    """

    words: Vocabulary
    rows: tuple[Mapping[str, Field], ...]
    tables: frozenset[int]
    boxes: frozenset[str]
    right: Mapping[str, Field]
    boards: frozenset[str]


class _Head(NamedTuple):
    """Labels of a row that stand side by side, from left to right. end: where answers below them end at the latest."""

    hits: tuple[Hit, ...]
    fields: tuple[Field, ...]
    bottom: float
    end: float


def spread(source: Source, form: Form, fits: Fits) -> Source:
    """The source, its cells cut where a column begins but a space behind the one before.

    Where no row of labels stands apart, the spaces that do are those of empty boxes, and the text has no columns.
    """
    known = _words(form)
    hits = find_labels(source, 0, len(source.items), known.words)
    cuts: Cuts = {}
    sheet = _sheet(source)
    tops = [item.top for item in source.items]
    heads = list(_heads(source, hits, known))
    if len(heads) >= _MANY and all(_is_strung(head) for head in heads):
        return replace(source, columns=False, spaced=False)
    for head, after in zip(heads, [*heads[1:], None], strict=False):
        first = bisect_left(tops, head.bottom)
        last = bisect_left(tops, min(head.end, after.hits[0].top) if after else head.end)
        _cut_below(sheet, head, range(first, last), fits, cuts)
    _cut_marks(source, _not_below(hits, heads), known.boxes, cuts)
    _cut_answers(sheet, hits, known.right, fits, cuts)
    ends = [head.hits[0].top for head in heads]
    boards = [hit for hit in hits if hit.label in known.boards and not _is_above(hit, ends, source.line_height)]
    _cut_boards(sheet, boards, cuts)
    if not cuts:
        return source
    items = [part for at, item in enumerate(source.items) for part in _parts(item, cuts.get(at))]
    return replace(source, items=tuple(items))


@lru_cache(maxsize=8)
def _words(form: Form) -> _Words:
    rows = [row for section in form.sections for row in section.rows]
    asked = [(row.layout, {part.label: part for part in row.parts if isinstance(part, Field)}) for row in rows]
    asked = [(layout, labels) for layout, labels in asked if layout in ("grid", "table") and len(labels) > 1]
    boxes = [part for row in rows for part in row.parts if isinstance(part, Box)]
    fields = [part for row in rows for part in row.parts if isinstance(part, Field)]
    right = {one.label: one for one in fields if one.where == "right" and one.kind != "text"}
    words = [(part.label, part.also) for _, labels in asked for part in labels.values()]
    on_boards = [part for row in rows if row.layout == "board" for part in row.parts if isinstance(part, Field)]
    boards = {one.label: one for one in on_boards if one.where == "either"}
    words += [(one.label, one.also) for one in (*right.values(), *boards.values())]
    return _Words(
        vocabulary([*words, *((box.label, box.also) for box in boxes)]),
        tuple(labels for _, labels in asked),
        frozenset(number for number, (layout, _) in enumerate(asked) if layout == "table"),
        frozenset(box.label for box in boxes),
        right,
        frozenset(boards),
    )


def _heads(source: Source, hits: Sequence[Hit], known: _Words) -> Iterator[_Head]:
    """Yield the rows of labels that stand side by side, in the order in which the form prints them."""
    at = 0
    while at < len(hits):
        line = [hit for hit in hits[at : at + _SIDE_BY_SIDE] if same_line(hit, hits[at])]
        at += len(line)
        for number, row in enumerate(known.rows):
            mine = sorted((hit for hit in line if hit.label in row), key=lambda hit: hit.x0)
            labels = [hit.label for hit in mine]
            ordered = len(mine) > 1 and labels == [label for label in row if label in labels]
            if ordered and not any(_says_more(source, span.cell, line) for hit in mine for span in hit.spans):
                bottom = max(hit.bottom for hit in mine)
                end = float("inf") if number in known.tables else bottom + _LINES * source.line_height
                yield _Head(tuple(mine), tuple(row[label] for label in labels), bottom, end)
                break


def _is_strung(head: _Head) -> bool:
    """Whether the labels of a row stand behind each other in one cell."""
    return len({span.cell for hit in head.hits for span in hit.spans[:1]}) == 1


def _says_more(source: Source, cell: int, hits: Sequence[Hit]) -> bool:
    """Whether a cell holds words that are none of some labels."""
    item = source.items[cell]
    text = item.text if isinstance(item, Cell) else ""
    at = 0
    for _, start, end in sorted(span for hit in hits for span in hit.spans if span.cell == cell):
        if any(map(str.isalnum, text[at:start])):
            return True
        at = max(at, end)
    return any(map(str.isalnum, text[at:]))


def _cut_below(sheet: "_Sheet", head: _Head, below: range, fits: Fits, cuts: Cuts) -> None:
    """Note where cells below a row of labels, and of the labels, are to be cut, if some stand in columns."""
    items = sheet.items
    if _is_strung(head) and not any(items[at].top == items[at - 1].top for at in below if at > below.start):
        return
    for at in below:
        item = items[at]
        if isinstance(item, Cell) and item.x1 - item.x0 == len(item.text) and " " in item.text:
            cuts.setdefault(at, set()).update(_starts(_Line(sheet, at, item), head, fits))
    for one, two in pairwise(head.hits):
        if one.spans[0].cell == two.spans[0].cell:
            cuts.setdefault(two.spans[0].cell, set()).add(two.spans[0].start)


def _starts(line: "_Line", head: _Head, fits: Fits) -> list[int]:
    """Where columns begin inside a cell below a row of labels; none if an answer would not be of its kind."""
    cell = line.cell
    number = next((k for k, hit in enumerate(head.hits) if cell.x0 < hit.x1), len(head.hits))
    starts = [0]
    for before, hit in pairwise(head.hits[number:]):
        words = _words_between(cell, before.x1, hit.x0)
        ends = [start for start in words if line.fills((starts[-1], start), before, hit)]
        if len(ends) > 1:
            ends = [start for start in ends if line.begins_nearby(cell.x0 + start)]
        if len(ends) != 1:
            break
        starts.append(ends[0])
    columns = [(start, cell.text[start:end].rstrip()) for start, end in pairwise([*starts, len(cell.text)])]
    fitting = (
        fits(one.kind, text) or any(fits(one.kind, f"{text} {more}") for more in line.goes_on(start))
        for one, (start, text) in zip(head.fields[number:], columns, strict=False)
    )
    return starts[1:] if all(fitting) else []


def _words_between(cell: Cell, after: float, last: float) -> list[int]:
    """Where words of a cell begin that stand behind one x, and not behind another one."""
    first, end = int(after - cell.x0) + 1, int(last - cell.x0)
    return [at for at in range(max(1, first), min(end + 1, len(cell.text))) if cell.text[at - 1] == " "]


class _Sheet(NamedTuple):
    """The items of a document. apart: the indexes of those set apart from what stands before them, by their x."""

    items: Sequence[Item]
    line_height: float
    apart: Mapping[float, Sequence[int]]


def _sheet(source: Source) -> _Sheet:
    apart: dict[float, list[int]] = {}
    for number, (before, item) in enumerate(pairwise(source.items), start=1):
        if before.top == item.top and before.x1 < item.x0 - 1:
            apart.setdefault(item.x0, []).append(number)
    return _Sheet(source.items, source.line_height, apart)


class _Line(NamedTuple):
    """A cell among the items of its document. at: its index."""

    sheet: _Sheet
    at: int
    cell: Cell

    def fills(self, extent: tuple[int, int], before: Hit, hit: Hit) -> bool:
        """Whether a text in the cell fills its column, and the word behind it begins the next one.

        Labels begin where their columns do, or are centred. One that takes its whole column tells nothing; then the
        next one must be centred too, or an answer nearby begin there, nearer to it than it is wide; and the next one
        must not begin where another label and its answer do, as that is where its own column begins. extent: where the
        text and the word begin.
        """
        x0, x1 = self.cell.x0 + extent[0], self.cell.x0 + extent[1]
        if x0 != before.x0:
            beside = any(self.begins_nearby(x1 + off, _SEVERAL) for off in (-1, 1)) and not self.begins_nearby(x1)
            return _is_centred(before, x0, x1) and not beside
        if x1 == hit.x0:
            return True
        if x1 - 1 - before.x1 not in (0, 1) or self.begins_nearby(hit.x0, _SEVERAL + 1):
            return False
        near = self.begins_nearby(x1) and hit.x0 - x1 < hit.x1 - hit.x0
        return near or self.is_followed(x1, hit)

    def begins_nearby(self, x: float, several: int = 1) -> bool:
        """Whether cells that are set apart begin at an x, on so many of the lines around."""
        first, last = self.at - _AROUND, self.at + _AROUND
        starts = [k for k in self.sheet.apart.get(x, ()) if first <= k < last]
        return sum(abs(self.sheet.items[k].top - self.cell.top) <= _NEAR for k in starts) >= several

    def goes_on(self, start: int) -> Iterator[str]:
        """Yield the text right below a character of the cell, and its beginnings, any of which may end an answer."""
        for item in self.sheet.items[self.at + 1 : self.at + _AROUND]:
            if item.top > self.cell.top + self.sheet.line_height:
                return
            if isinstance(item, Cell) and item.top > self.cell.top and item.x0 == self.cell.x0 + start:
                words = item.text.split(" ")
                yield from (" ".join(words[:size]) for size in range(len(words), 0, -1))

    def is_followed(self, x: float, hit: Hit) -> bool:
        """Whether a label is centred on what lies between an x and the next cell of the line, or the line's end.

        Or between it and a word behind the label's end, where the column after that may begin.
        """
        items = self.sheet.items
        after = items[self.at + 1] if self.at + 1 < len(items) else self.cell
        end = after.x0 if after.top == self.cell.top and after.x0 > x else self.cell.x1 + 1
        words = _words_between(self.cell, hit.x1, self.cell.x1)
        return any(_is_centred(hit, x, one) for one in (end, *(self.cell.x0 + word for word in words)))


def _is_centred(label: Hit, x0: float, after: float) -> bool:
    """Whether a label stands in the middle of a column that begins at x0, a space before what is behind it."""
    return abs((x0 + after - 1) - (label.x0 + label.x1)) <= 2 * _OFF


def _not_below(hits: Sequence[Hit], heads: Sequence[_Head]) -> list[Hit]:
    """The labels but those that may be answers: on the line right below a row of labels, behind a text without one."""
    answers = {head.bottom for head in heads}
    labelled = {span.cell for hit in hits for span in hit.spans}
    return [hit for hit in hits if hit.top not in answers or hit.spans[0].cell - 1 in labelled]


def _cut_marks(source: Source, hits: Sequence[Hit], boxes: frozenset[str], cuts: Cuts) -> None:
    """Note where a mark stands but a space behind a text, before the label of its box."""
    for hit in hits:
        at = hit.spans[0].cell - 1
        item = source.items[at]
        behind = hit.label in boxes and hit.spans[0].start == 0 and at >= 0 and item.top == hit.top
        if behind and isinstance(item, Cell) and item.text.endswith(_MARK):
            cuts.setdefault(at, set()).add(len(item.text) - 1)


def _cut_answers(sheet: _Sheet, hits: Sequence[Hit], right: Mapping[str, Field], fits: Fits, cuts: Cuts) -> None:
    """Note where another column begins behind an answer that stands at the right of its label.

    Only the beginning of what stands there is of its kind, and a cell of a line nearby begins where the rest does.
    """
    for hit in hits:
        at, _, end = hit.spans[-1]
        item = sheet.items[at]
        if hit.label not in right or not isinstance(item, Cell):
            continue
        behind = item.text[end:].lstrip(AFTER_LABEL)
        answer, _, rest = behind.partition(" ")
        start = len(item.text) - len(rest)
        kind = right[hit.label].kind
        mixed = bool(rest) and fits(kind, answer) and not fits(kind, behind)
        if mixed and _Line(sheet, at, item).begins_nearby(item.x0 + start):
            cuts.setdefault(at, set()).add(start)


def _is_above(hit: Hit, tops: Sequence[float], line_height: float) -> bool:
    """Whether a row of labels side by side, of those with these tops, stands within a few lines below a label."""
    at = bisect_left(tops, hit.bottom)
    return at < len(tops) and tops[at] <= hit.bottom + _LINES * line_height


def _cut_boards(sheet: _Sheet, hits: Sequence[Hit], cuts: Cuts) -> None:
    """Note where another column begins on the lines of labels on a board, and below them: where it does nearby."""
    done: set[int] = set()
    for hit in hits:
        for at in range(hit.spans[-1].cell, min(hit.spans[-1].cell + _BELOW, len(sheet.items))):
            item = sheet.items[at]
            if item.top > hit.bottom + _LINES * sheet.line_height:
                break
            if at not in done and isinstance(item, Cell) and item.x1 - item.x0 == len(item.text):
                line = _Line(sheet, at, item)
                starts = [k for k in range(1, len(item.text)) if item.text[k - 1] == " "]
                cuts.setdefault(at, set()).update(k for k in starts if line.begins_nearby(item.x0 + k, _SEVERAL))
            done.add(at)


def _parts(item: Item, starts: set[int] | None) -> Iterator[Item]:
    """Yield the parts of an item that begin at some of its characters."""
    if not starts or not isinstance(item, Cell):
        yield item
        return
    for start, end in pairwise([0, *sorted(starts), len(item.text)]):
        text = item.text[start:end].rstrip()
        x0 = item.x0 + start
        place = part_place(item, start, start + len(text))
        yield Cell(text, x0, x0 + len(text), item.top, item.bottom, place)

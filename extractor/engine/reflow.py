"""Puts the entries of a text whose rows were torn apart back into the form's rows.

Some converters write a page block by block: each label with its answer right below, but the blocks of a row apart, in
another order, and some behind the heading that follows. What stands in one block stays together, and is set below and
beside the others as the form prints them. A line that stands alone is the answer of the one label before it that must
have an answer of its kind and has none. Whatever is read from such an entry is inferred, and a problem says so.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from extractor.engine.blocks import COLUMN, Block, Line, Placed, is_grid, laid, side_by_side
from extractor.engine.labels import Hit, find_labels
from extractor.engine.readings import Fits
from extractor.engine.records import X_MARKS, Plan, plan
from extractor.engine.sections import Form, Region
from extractor.engine.stated import dealt_out
from extractor.engine.words import is_label, words_of
from extractor.form.spec import LOOSE, Box, Field
from extractor.source import Cell, Mark, Source

_MOST_LOOSE = 8
"""Lines that stand alone in one entry, of which more are not dealt out."""


class Flowed(NamedTuple):
    """A text in the form's rows. entries: the paths of the entries that were torn apart."""

    source: Source
    entries: tuple[str, ...]


class _Torn(NamedTuple):
    """A region whose entries are torn apart.

    lines: first and last (excluded). strayed: lines of it that are behind the heading that follows. heading: the first
    line behind that heading. ahead: blocks that belong there, but stand before it.
    """

    this: Plan
    lines: tuple[int, int]
    strayed: frozenset[int]
    entries: list[list[Block]]
    heading: int
    ahead: list[Block]


class _Text(NamedTuple):
    """The lines of a document, and by the number of an item that begins one, which."""

    lines: Sequence[Line]
    starts: dict[int, int]


def reflow(source: Source, form: Form, regions: Sequence[Region], fits: Fits) -> Flowed | None:
    """The text with torn entries in the form's rows; None where there are none, or where x tells the columns."""
    if source.format != "text" or source.columns or not regions:
        return None
    text = _text(source)
    found = [
        (region, torn)
        for region, after in zip(regions, [*regions[1:], None], strict=True)
        if _has_rows(region) and (torn := _torn(source, (region, after), text, fits)) is not None
    ]
    if not found:
        return None
    printed = _lost(text.lines[: text.starts.get(regions[0].first, 0)], form)
    return Flowed(replace(source, items=tuple(laid(_flow(text, found, printed, fits)))), tuple(_paths(regions, found)))


def _flow(text: _Text, found: Sequence[tuple[Region, _Torn]], printed: set[str], fits: Fits) -> list[Placed]:
    """The lines of the whole text, those of torn regions in the form's rows."""
    strayed = frozenset[int]().union(*(torn.strayed for _, torn in found))
    begin = found[0][1].lines[0]
    stray = {k for k, line in enumerate(text.lines) if k > begin and _line_text(line) in printed}
    rows: list[Placed] = []
    done = 0
    ahead: list[Block] = []
    for _, torn in found:
        first, last = torn.lines
        rows += _kept(text, range(done, first), strayed | stray)
        for entry in torn.entries:
            boxed = any(block.boxed for block in entry)
            rows += _rows(torn.this, entry if boxed else _dealt(torn.this, entry, printed, fits))
        rows += _kept(text, range(last, torn.heading), strayed | stray)
        ahead = torn.ahead
        rows += ([(0.0, line)] for block in ahead for line in block.lines)
        done = torn.heading
    return rows + _kept(text, range(done, len(text.lines)), strayed | stray)


def _kept(text: _Text, lines: range, out: Set[int]) -> list[Placed]:
    return [[(0.0, text.lines[k])] for k in lines if k not in out]


def _line_text(line: Line) -> str:
    return " ".join(item.text for item in line.items if isinstance(item, Cell))


def _text(source: Source) -> _Text:
    lines = [Line(number, tuple(items)) for number, items in groupby(source.items, key=lambda one: int(one.top))]
    starts, at = {}, 0
    for number, line in enumerate(lines):
        starts[at] = number
        at += len(line.items)
    return _Text(lines, {**starts, at: len(lines)})


def _has_rows(region: Region) -> bool:
    """Whether a region is one of entries with rows that ask for text side by side, and for nothing else."""
    return region.section.repeats and any(is_grid(row) for row in region.section.rows) and region.first < region.last


def _torn(source: Source, both: tuple[Region, Region | None], text: _Text, fits: Fits) -> _Torn | None:
    """The entries of a region, if any of them is torn apart, with the region behind it."""
    region, after = both
    this = plan(region.section)
    if region.first not in text.starts or region.last not in text.starts:
        return None
    first, last = text.starts[region.first], text.starts[region.last]
    if _keeps_rows(this, find_labels(source, region.first, region.last, this.words)):
        return None
    blocks = list(_blocks(source, this, text, (first, last)))
    heading = text.starts.get(after.first, last) if after else last
    ahead = [block for block in blocks if after and not block.label and _is_of(plan(after.section), block)]
    blocks = [block for block in blocks if block not in ahead]
    behind = [block for block in _behind(source, this, after, text) if block.label] if after else []
    entries = [_with_lists(this, entry, fits) for entry in _entries(this, [*blocks, *behind])]
    entries = dealt_out(this, entries, fits) or [_with_boxes(this, entry) for entry in entries]
    if not any(_is_torn(this, entry) for entry in entries):
        return None
    numbers = {line.number for block in behind for line in block.lines}
    strayed = frozenset(k for k, line in enumerate(text.lines) if k >= last and line.number in numbers)
    return _Torn(this, (first, last), strayed, entries, heading, ahead)


def _is_of(this: Plan, block: Block) -> bool:
    """Whether a block is a label of another section, with its mark if it has one."""
    text = block.text
    return is_label(this.words, text[2:] if text[:2] in ("X ", "x ") else text)


def _keeps_rows(this: Plan, hits: Sequence[Hit]) -> bool:
    """Whether labels of a row stand in one line."""
    rows = {number for number, row in enumerate(this.section.rows) if is_grid(row)}
    return any(
        one.spans[0].cell == two.spans[0].cell and {this.rows[one.label][0], this.rows[two.label][0]} <= rows
        for one, two in pairwise(hits)
    )


def _behind(source: Source, this: Plan, after: Region, text: _Text) -> Iterator[Block]:
    """Yield the blocks behind the heading that follows, before the first label that is of the section it heads."""
    hits = find_labels(source, after.first, after.last, plan(after.section).words)
    own = (hit.spans[0].cell for hit in hits if hit.label not in this.rows)
    end = next((text.starts[cell] for cell in own if cell in text.starts), None)
    if after.first in text.starts and end is not None:
        yield from _blocks(source, this, text, (text.starts[after.first], end))


def _blocks(source: Source, this: Plan, text: _Text, between: tuple[int, int]) -> Iterator[Block]:
    """Yield the blocks of some lines."""
    ends = {line: cell for cell, line in text.starts.items()}
    hits = find_labels(source, ends[between[0]], ends[between[1]], this.words)
    heads = {hit.spans[0].cell: hit for hit in reversed(hits) if hit.head and hit.label in this.rows}
    block: Block | None = None
    for k in range(*between):
        line = text.lines[k]
        cells = range(ends[k], ends[k] + len(line.items))
        hit = next((heads[cell] for cell in cells if cell in heads), None)
        close = block is not None and line.number == block.lines[-1].number + 1
        free = block is not None and this.text is not None and block.label == this.text.label
        if free and hit and not hit.whole and hit.label in this.boxes:
            hit = None  # the free text begins like a box
        if block is not None and close and (hit is None or (free and not hit.whole)):
            block.lines.append(line)
            continue
        lone = block is not None and block.text in X_MARKS
        if block is not None and not lone:
            yield block
        before = block.lines if block is not None and lone and hit else []
        if block is not None and lone and not hit:
            yield block
        row = block.row if block is not None else 0
        if hit:
            block = Block([*before, line], hit.label, _row(this, hit.label, row), _height(hit) + len(before))
        else:
            block = Block([line], "", row)
    if block is not None:
        yield block


def _row(this: Plan, label: str, before: int) -> int:
    """The row of a label that may be in several: the one of the block before it, or the last one that is passed."""
    options = this.rows[label]
    return max((row for row in options if row <= before), default=options[0])


def _height(hit: Hit) -> int:
    return len({span.cell for span in hit.spans})


def _entries(this: Plan, blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks by entry: each begins with the first label of the section's first row.

    Or with another label of that row, where the first one follows; what the entry before lacks may then stand between.
    """
    opening = this.section.rows[0].parts[0].label
    first = {part.label for part in this.section.rows[0].parts if isinstance(part, Field)}
    shuffled: list[list[Block]] = [[]]
    for block in blocks:
        mine = {one.label for one in shuffled[-1]}
        ended = any(one.label and one.row == len(this.section.rows) - 1 for one in shuffled[-1])
        if block.label in first and block.label in mine and (ended or block.label == opening):
            shuffled.append([])
        elif len(shuffled) > 1 and opening not in mine and block.label and block.label not in first:
            before = shuffled[-2]
            if all(one.label != block.label for one in before):
                before.append(block)
                continue
        shuffled[-1].append(block)
    whole = all(sum(one.label == opening for one in entry) == 1 for entry in shuffled)
    entries = shuffled if whole else _opened(blocks, opening)
    return _whole(this, [_led(entry, opening) for entry in entries])


def _led(entry: list[Block], opening: str) -> list[Block]:
    """An entry whose first label is that which opens entries."""
    first = next((block for block in entry if block.label), None)
    lead = next((block for block in entry if block.label == opening), None)
    if first is None or lead is None or first is lead:
        return entry
    at = entry.index(first)
    return [*entry[:at], lead, *(block for block in entry[at:] if block is not lead)]


def _opened(blocks: Sequence[Block], opening: str) -> list[list[Block]]:
    """The blocks by entry, each of which begins with a label."""
    entries: list[list[Block]] = [[]]
    for block in blocks:
        if block.label == opening and any(one.label == opening for one in entries[-1]):
            entries.append([])
        entries[-1].append(block)
    return entries


def _whole(this: Plan, entries: Sequence[list[Block]]) -> list[list[Block]]:
    """The entries, those put together of which one goes on where the one before ends: its opening is an answer."""
    found = [entries[0]]
    for entry in entries[1:]:
        if _goes_on(this, found[-1], entry):
            entry[0].label, entry[0].head = "", 0
            entry[0].row = max(block.row for block in found[-1])
            found[-1] += entry
        else:
            found.append(entry)
    return found


def _goes_on(this: Plan, before: Sequence[Block], entry: Sequence[Block]) -> bool:
    """Whether of two entries the first lacks all the rows that the second one has, but for its opening label."""
    rows = {block.row for block in entry[1:] if block.label}
    asked = {number for number, row in enumerate(this.section.rows) if is_grid(row)}
    reached = max(block.row for block in before if block.label)
    return bool(rows & asked) and reached < min(rows) and all(number in rows or number <= reached for number in asked)


def _with_boxes(this: Plan, entry: list[Block]) -> list[Block]:
    """An entry whose labels that belong to several boxes are in their rows, and are loose where they are answers.

    Of such labels as many are printed as there are boxes; where more stand there, and as many have marks, the others
    are answers that read like them.
    """
    for label, boxes in this.boxes.items():
        mine = [block for block in entry if block.label == label]
        if len(boxes) < 2 or not mine:
            continue
        inline = [block.row for block in entry if block.label != label and _holds(block, label)]
        marked = [block for block in mine if _is_marked(block)]
        if len(mine) + len(inline) > len(boxes) and len(marked) + len(inline) == len(boxes):
            for block in mine:
                if block not in marked:
                    block.label, block.head = "", 0
            mine = marked
        if len(mine) + len(inline) == len(boxes):
            rows = sorted(row for row, part in _boxes(this) if part.label == label)
            for row in inline:
                if row in rows:
                    rows.remove(row)
            for block, row in zip(mine, rows, strict=False):
                block.row = row
    return entry


def _with_lists(this: Plan, entry: list[Block], fits: Fits) -> list[Block]:
    """An entry whose loose lines that are answers of a list stand in the row of that list."""
    for number, row in enumerate(this.section.rows):
        many = [part.kind for part in row.parts if isinstance(part, Field) and part.many and part.kind not in LOOSE]
        for kind in many:
            for before, block in pairwise(entry):
                listed = not block.label and all(fits(kind, _line_text(line)) for line in block.lines)
                if listed and (len(block.lines) > 1 or (before.row == number and not before.label)):
                    block.row = number
    return entry


def _boxes(this: Plan) -> Iterator[tuple[int, Box]]:
    for number, row in enumerate(this.section.rows):
        yield from ((number, part) for part in row.parts if isinstance(part, Box))


def _holds(block: Block, label: str) -> bool:
    """Whether a label stands in a block, behind the one that begins it."""
    return any(
        isinstance(item, Cell) and words_of(item.text)[-1:] == words_of(label)
        for line in block.lines[: block.head]
        for item in line.items
    )


def _is_marked(block: Block) -> bool:
    """Whether a mark stands before the label that begins a block."""
    items = [item for line in block.lines[: block.head] for item in line.items]
    return any(isinstance(item, Mark) or item.text[:2] in ("X ", "x ") or item.text in X_MARKS for item in items)


def _is_torn(this: Plan, entry: Sequence[Block]) -> bool:
    """Whether blocks of a row stand one below the other, or in another order than the form's."""
    rows = [block.row for block in entry if block.label]
    apart = any(
        sum(block.row == number and block.head < len(block.lines) for block in entry if block.label) > 1
        for number, row in enumerate(this.section.rows)
        if is_grid(row)
    )
    return rows != sorted(rows) or apart


def _lost(header: Sequence[Line], form: Form) -> set[str]:
    """The words that the form prints above its first item, but that do not stand there."""
    seen = {item.text for line in header for item in line.items if isinstance(item, Cell)}
    return {words for words in form.printed if not any(words in text for text in seen)}


def _dealt(this: Plan, entry: Sequence[Block], printed: set[str], fits: Fits) -> list[Block]:
    """The blocks of an entry, loose lines given to labels that have no answer, as far as there is one way only.

    Those of each row are looked at first, and then what is left of all rows together. Where there are not as many lines
    as labels, they are given to those that must have an answer.
    """
    kept = [block for block in entry if block.label or block.text not in printed]
    for last, row in enumerate([*range(len(this.section.rows)), None, None], start=-len(this.section.rows)):
        mine = kept[: _ending(this, kept)]
        loose = [block for block in mine if row in (None, block.row) and not block.label]
        empty = [block for block in mine if row in (None, block.row) and _is_empty(this, block)]
        open_blocks = [one for one in empty if this.fields[one.label].required]
        if len(empty) == len(loose) and (open_blocks or last > 0):
            open_blocks = empty
        given = _given(this, mine, (open_blocks, loose), fits)
        for block, answer in zip(open_blocks, given, strict=False):
            block.lines += answer.lines
        kept = [block for block in kept if block not in given]
    return kept


def _given(
    this: Plan, entry: Sequence[Block], both: tuple[Sequence[Block], Sequence[Block]], fits: Fits
) -> Sequence[Block]:
    """The loose lines that answer open labels, one each and in their order; none if there is no or no one way."""
    open_blocks, loose = both
    if not open_blocks or not len(open_blocks) <= len(loose) <= _MOST_LOOSE:
        return ()
    at = {id(block): k for k, block in enumerate(entry)}
    ways = [
        way
        for way in combinations(loose, len(open_blocks))
        if all(
            at[id(one)] < at[id(answer)] and fits(this.fields[one.label].kind, answer.text)
            for one, answer in zip(open_blocks, way, strict=True)
        )
    ]
    return ways[0] if len(ways) == 1 else ()


def _ending(this: Plan, entry: Sequence[Block]) -> int:
    """The block of the free text that ends an entry, or the end."""
    return next((k for k, block in enumerate(entry) if this.text and block.label == this.text.label), len(entry))


def _is_empty(this: Plan, block: Block) -> bool:
    """Whether a block is a label that asks for text below it, with nothing there."""
    grid = is_grid(this.section.rows[block.row]) and block.label in this.fields
    return grid and block.head == len(block.lines)


def _rows(this: Plan, entry: Sequence[Block]) -> Iterator[Placed]:
    """Yield the lines of an entry row by row, each with how far it is moved to the right."""
    ending = _ending(this, entry)
    for number, row in enumerate(this.section.rows):
        mine = [block for block in entry if block.label and block.row == number]
        if is_grid(row) or any(block.boxed for block in mine):
            labels = [part.label for part in row.parts if isinstance(part, Field)]
            mine.sort(key=lambda block: labels.index(block.label))
            yield from side_by_side([(labels.index(block.label) * COLUMN, block) for block in mine])
            mine = [block for block in entry[:ending] if not block.label and block.row == number]
        elif row.layout == "text":
            mine = [block for block in entry[ending:] if block in mine or not block.label]
        else:
            mine = [block for block in entry[:ending] if block.row == number]
        yield from ([(0.0, line)] for block in mine for line in block.lines)


def _paths(regions: Sequence[Region], found: Sequence[tuple[Region, _Torn]]) -> Iterator[str]:
    """Yield the paths of the entries that were torn apart."""
    torn = dict(found)
    counts: dict[str, int] = {}
    for region in regions:
        number = counts.get(region.section.number, 0)
        size = len(torn[region].entries) if region in torn else 1
        if region in torn:
            yield from (f"{region.section.prefix[:-1]}{number + k}]" for k in range(size))
        counts[region.section.number] = number + size

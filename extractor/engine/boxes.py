"""Binds marks to the labels of their boxes, and labels that several boxes share to the right one of them."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import Literal, NamedTuple

from extractor.engine.labels import Hit, same_line
from extractor.engine.pieces import Piece, Tick, part_place
from extractor.engine.records import X_MARKS, Plan, Record
from extractor.form.spec import Box, Field
from extractor.source import Cell, Item, Source

Side = Literal["before", "after"]
"""Where a document puts its marks: before their labels, as the form does, or after them."""


_FEW = 4
"""Marks of which fewer tell nothing of how far a document sets them from their labels."""


TIGHT = 1
"""Characters between a mark and its label, where both stand in one cell."""


class Neighbours(NamedTuple):
    """The box labels beside a mark: indexes of the record's hits, or None; gap: from the mark to the right one.

    alone: the mark has a line of its own. leads: it begins the line of a label that has no box.
    """

    left: int | None
    right: int | None
    gap: float = 0.0
    alone: bool = False
    leads: bool = False


def neighbours(
    items: Sequence[Item], record: Record, this: Plan, pieces: Sequence[Piece], ticks: Sequence[Tick]
) -> list[Neighbours]:
    """For each mark the box labels that stand next to it."""
    pairs = []
    for tick in ticks:
        if (number := _within(items, tick, record, this)) is not None:
            pairs.append(Neighbours(number, number))
            continue
        pair = _beside(tick, record, this, pieces)
        gap = _gap(items, tick, record.hits[pair.right]) if pair.right is not None else 0.0
        pairs.append(pair._replace(gap=gap))
    return pairs


def _within(items: Sequence[Item], tick: Tick, record: Record, this: Plan) -> int | None:
    """The label of a box in whose words a mark stands: it begins or ends a line, and they go on behind it."""
    item = items[tick.cell]
    if not isinstance(item, Cell) or not tick.raw:
        return None
    before, behind = item.text[: tick.start].strip(), item.text[tick.start :].strip() in X_MARKS
    if before and not behind:
        return None
    for number, hit in enumerate(record.hits):
        mine = hit.spans[:-1] if before else hit.spans[1:]
        for span in mine if hit.label in this.boxes else ():
            between = item.text[span.end : tick.start] if before else item.text[tick.start : span.start]
            if span.cell == tick.cell and between.strip() in ({""} if before else X_MARKS):
                return number
    return None


def _gap(items: Sequence[Item], tick: Tick, hit: Hit) -> float:
    """How far a label stands behind a mark: in characters of their line, or in points of the page."""
    span = hit.spans[0]
    label = part_place(items[span.cell], span.start, span.end)
    mark = tick.typed.place(items) if tick.typed else items[tick.cell].place
    if label.columns is None or mark.columns is None:
        return hit.x0 - tick.x1
    return max(0.0, float(label.columns[0] - mark.columns[1] - 1)) if label.line == mark.line else 0.0


def _beside(tick: Tick, record: Record, this: Plan, pieces: Sequence[Piece]) -> Neighbours:
    left: tuple[float, int | None] | None = None
    right: tuple[float, int | None] | None = None
    alone, labelled = True, False
    for number, hit in enumerate(record.hits):
        if hit.top >= tick.bottom or hit.bottom <= tick.top or not same_line(tick, hit):
            continue
        alone = False
        box = number if hit.label in this.boxes else None
        if _before(tick, hit):
            edge = _left_edge(tick, hit)
            if right is None or edge < right[0]:
                right, labelled = (edge, box), box is None
        elif left is None or hit.x1 > left[0]:
            left = (hit.x1, box)
    for piece in pieces:
        if piece.top >= tick.bottom or piece.bottom <= tick.top or not same_line(tick, piece):
            continue
        alone = False
        if piece.x0 > tick.x0 and (right is None or piece.x0 < right[0]):
            right, labelled = (piece.x0, None), False
        elif piece.x0 < tick.x0 and (left is None or piece.x1 > left[0]):
            left = (piece.x1, None)
    if alone:
        return Neighbours(_previous(tick, record, this, pieces), _next(tick, record, this, pieces), alone=True)
    return Neighbours(left[1] if left else None, right[1] if right else None, leads=left is None and labelled)


def _before(tick: Tick, hit: Hit) -> bool:
    span = hit.spans[0]
    if span.cell == tick.cell:
        return tick.start < span.start
    return tick.x0 < hit.x0


def _left_edge(tick: Tick, hit: Hit) -> float:
    """Where a label begins; one that goes on further left in the next line begins where it does in the mark's line."""
    span = hit.spans[0]
    if span.cell != tick.cell or len(hit.spans) == 1:
        return hit.x0
    return tick.x0 + (span.start - tick.start) * (tick.x1 - tick.x0) / max(1, len(tick.raw))


def _next(tick: Tick, record: Record, this: Plan, pieces: Sequence[Piece]) -> int | None:
    """The box label that comes next in reading order, if nothing else comes first."""
    for number, hit in enumerate(record.hits):
        if hit.spans[0].cell > tick.cell:
            between = any(tick.cell < piece.cell < hit.spans[0].cell for piece in pieces)
            return number if hit.label in this.boxes and not between else None
    return None


def _previous(tick: Tick, record: Record, this: Plan, pieces: Sequence[Piece]) -> int | None:
    for number in range(len(record.hits) - 1, -1, -1):
        hit = record.hits[number]
        if hit.spans[-1].cell < tick.cell:
            between = any(hit.spans[-1].cell < piece.cell < tick.cell for piece in pieces)
            return number if hit.label in this.boxes and not between else None
    return None


def reach(source: Source, all_neighbours: Sequence[Neighbours]) -> float:
    """How far a document's marks stand from their labels at most; a label beyond belongs to another column."""
    gaps = sorted(pair.gap for pair in all_neighbours if pair.right is not None)
    if source.format not in ("text", "pdf") or len(gaps) < _FEW:
        return float("inf")
    if not source.columns and is_tight(source, all_neighbours):
        return TIGHT + 1
    slack = 4.0 if source.format == "text" else 1.5 * source.line_height
    return 2 * gaps[len(gaps) * 3 // 4] + slack


def is_tight(source: Source, all_neighbours: Sequence[Neighbours]) -> bool:
    """Whether a text writes its marks right before their labels, and not into columns of their own.

    Marks whose label stands on another line, or in the same word, tell nothing.
    """
    gaps = sorted(pair.gap for pair in all_neighbours if pair.right is not None and pair.gap > 0)
    return source.format == "text" and len(gaps) >= _FEW and gaps[len(gaps) * 3 // 4] <= TIGHT


def is_drawn_ahead(
    record: Record, this: Plan, beside: Sequence[Neighbours], ticks: Sequence[Tick], pieces: Sequence[Piece]
) -> bool:
    """Whether a record gives the marks of its lines first, wherever in them they stand.

    A mark before a label that has no box tells so, and so do two in the line of one label, or in one piece, unless a
    label is wrapped around their line, whose mark is one of them.
    """
    wrapped = [hit for hit in record.hits if hit.label in this.boxes and len(hit.spans) > 1]
    ones = zip(beside, ticks, strict=True)
    free = [pair for pair, tick in ones if not pair.alone and not _is_within_lines(tick, wrapped)]
    rows = (piece for piece in pieces if X_MARKS.issuperset(words := piece.text.split()) and len(words) > 1)
    return (
        any(pair.leads for pair in beside)
        or is_crowded(free)
        or any(not _is_within_lines(piece, wrapped) for piece in rows)
    )


def _is_within_lines(one: Tick | Piece, hits: Sequence[Hit]) -> bool:
    """Whether labels go on above and below the line of a mark or text."""
    return any(hit.top < one.top and one.bottom < hit.bottom for hit in hits)


def is_crowded(all_neighbours: Sequence[Neighbours]) -> bool:
    """Whether several marks stand before one label."""
    before = [pair.right for pair in all_neighbours if pair.right is not None]
    return len(before) > len(set(before))


def is_entry(source: Source, record: Record, this: Plan, tick: Tick, number: int) -> bool:
    """Whether a letter X stands where an answer does, and not before the label of a box: hit `number`, at its right.

    It stands right in the column of a label that asks for an answer below it, and the box in a column of its own, which
    begins beside that label. No answer stands behind a label in a row that has only boxes.
    """
    if tick.typed is None or _is_in_boxes(record, this, tick, record.rows[number]):
        return False
    edge, slack = record.hits[number].x1, source.x_tolerance
    column = [hit for hit in record.hits if abs(hit.x0 - tick.x0) <= slack and hit.bottom <= tick.top]
    if not column:
        return False
    asking = max(column, key=lambda hit: (hit.top, hit.spans[-1]))
    one = this.fields.get(asking.label)
    if one is None or one.where == "right":
        return False
    return any(same_line(asking, hit) and tick.x0 + slack < hit.x0 < edge for hit in record.hits)


def _is_in_boxes(record: Record, this: Plan, tick: Tick, row: int) -> bool:
    """Whether a mark stands behind a label, on its line, of a row of the form in which nothing but boxes is asked."""
    if any(isinstance(part, Field) for part in this.section.rows[row].parts):
        return False
    mine = (hit for hit, its_row in zip(record.hits, record.rows, strict=True) if its_row == row)
    return any(hit.x0 < tick.x0 and same_line(hit, tick) for hit in mine)


def is_free(
    record: Record, tick: Tick, number: int, around: tuple[Sequence[Piece], Sequence[Tick]], *, slip: float
) -> bool:
    """Whether no label stands between a mark and a label far behind it, and no text around it but in columns before.

    around: text and marks of the record. slip: labels of the lines above and below count if they are of several lines,
    or begin no further behind the mark and have none in its column: it may have slipped off their line.
    """
    pieces, ticks = around
    top, bottom = 2 * tick.top - tick.bottom, 2 * tick.bottom - tick.top
    near = [piece for piece in pieces if piece.top < bottom and piece.bottom > top and piece is not tick.typed]
    near = [piece for piece in near if piece.x1 >= tick.x0 - (tick.bottom - tick.top)]
    near = [piece for piece in near if slip == float("inf") or same_line(piece, tick)]
    column = [other for other in ticks if abs(other.x0 - tick.x0) <= 1]
    if any(piece.x0 < record.hits[number].x0 or not same_line(piece, tick) for piece in near):
        return False
    near_labels = [hit for hit in record.hits if hit.top < bottom and hit.bottom > top]
    slipped = [hit for hit in near_labels if hit.x0 - tick.x1 <= slip and not any(same_line(hit, o) for o in column)]
    sure = [hit for hit in near_labels if len(hit.spans) > 1 or same_line(hit, tick)]
    return not any(tick.x0 < hit.x0 < record.hits[number].x0 for hit in (*sure, *slipped))


def ends_upper_line(hit: Hit, tick: Tick) -> bool:
    """Whether a mark stands behind words of a label that goes on below it."""
    return hit.x0 < tick.x0 and hit.top <= tick.top and tick.bottom < hit.bottom


def learn_side(all_neighbours: Sequence[Neighbours]) -> Side:
    """Where the document puts its marks, by those that leave no choice; the form's own way when none tells."""
    before = sum(pair.right is not None and pair.left is None for pair in all_neighbours)
    after = sum(pair.left is not None and pair.right is None for pair in all_neighbours)
    return "after" if after and not before else "before"


def assign_labels(record: Record, this: Plan) -> dict[int, Box]:
    """Which box each box label of the record belongs to, by hit index."""
    chosen: dict[int, Box] = {}
    shared: list[int] = []
    for number, hit in enumerate(record.hits):
        boxes = this.boxes.get(hit.label)
        if boxes is None:
            continue
        if len(boxes) == 1:
            chosen[number] = boxes[0]
        else:
            shared.append(number)
    if shared and this.section.interleaved and not _columns(record, this):
        chosen.update(_by_order(record, this))
    elif shared:
        chosen.update(_by_anchor(record, this, shared))
    return chosen


def _by_anchor(record: Record, this: Plan, shared: Sequence[int]) -> dict[int, Box]:
    """The boxes of shared labels by their anchors; where all of these are there, no two labels share one."""
    chosen: dict[int, Box] = {}
    takers: dict[str, int] = {}
    boxed = [hit for hit in record.hits if hit.label in this.boxes]
    for number in shared:
        hit = record.hits[number]
        boxes = {box.anchor: box for box in this.boxes[hit.label]}
        anchors = [other for other in record.hits if other.label in boxes and other is not hit]
        anchor = _nearest(hit, anchors, boxed)
        if anchor is None:
            continue
        box = boxes[anchor.label]
        first = takers.setdefault(box.name, number)
        if first == number:
            chosen[number] = box
        elif boxes.keys() <= {other.label for other in record.hits}:
            chosen.pop(first, None)
    return chosen


def _nearest(hit: Hit, anchors: Sequence[Hit], rivals: Sequence[Hit]) -> Hit | None:
    """The anchor at the left on the same line, else in whose column the label stands, else the last one before.

    rivals: the labels of boxes; where as many stand on a line as there are anchors side by side, each is in a column.
    """
    on_line = [anchor for anchor in anchors if same_line(anchor, hit) and _comes_before(anchor, hit)]
    if on_line:
        return max(on_line, key=lambda anchor: (anchor.x0, anchor.spans[0]))
    above = [anchor for anchor in anchors if anchor.bottom <= hit.top + 0.5 * (hit.bottom - hit.top)]
    if not above:
        return None
    columns = [anchor for anchor in above if any(same_line(anchor, other) for other in above if other is not anchor)]
    if len(columns) == len(above):
        line = sorted((other for other in rivals if same_line(other, hit)), key=lambda other: other.x0)
        if len(line) == len(above):
            return sorted(above, key=lambda anchor: anchor.x0)[line.index(hit)]
        left = [anchor for anchor in above if anchor.x0 <= hit.x1]
        return max(left, key=lambda anchor: anchor.x0) if left else None
    return max(above, key=lambda anchor: anchor.spans[0])


def _comes_before(anchor: Hit, hit: Hit) -> bool:
    if anchor.spans[0].cell == hit.spans[0].cell:
        return anchor.spans[0].start < hit.spans[0].start
    return anchor.x0 < hit.x0


def _anchors(record: Record, this: Plan) -> list[Hit]:
    names = {box.anchor for boxes in this.boxes.values() for box in boxes if box.anchor}
    return [hit for hit in record.hits if hit.label in names]


def _columns(record: Record, this: Plan) -> bool:
    """Whether the columns' headings stand side by side, or each above its own boxes."""
    anchors = _anchors(record, this)
    if len(anchors) < 2:
        return False
    first, second = anchors[0], anchors[1]
    if same_line(first, second) and first.spans[0].cell != second.spans[0].cell:
        return True
    own = [hit for hit in record.hits if {box.anchor for box in this.boxes.get(hit.label, ())} == {first.label}]
    between = all(first.spans[0] < hit.spans[0] < second.spans[0] for hit in own)
    return bool(own) and between and not same_line(first, second)


def _mingled(labels: Sequence[str], columns: Sequence[Sequence[Box]], orders: Sequence[Sequence[Box]]) -> list[Box]:
    """The boxes of labels whose columns mingle in any way, if those of each column come in its order in one way only.

    Of equal labels that come first in one column in all orders of the form, the first is that column's.
    """
    shared = [label for label in dict.fromkeys(labels) if labels.count(label) > 1]
    firsts = [[next(box for box in order if box.label == label) for order in orders] for label in shared]
    ways = []
    for choice in product(*(dict.fromkeys(first) for first in firsts)):
        lead = dict(zip(shared, choice, strict=True))
        found: list[Box] = []
        for label in labels:
            mine = [box for boxes in columns for box in boxes if box.label == label and box not in found]
            found.append(lead[label] if label in lead and lead[label] in mine else mine[0])
        places = [[boxes.index(box) for box in found if box in boxes] for boxes in columns]
        if all(place == sorted(place) for place in places):
            ways.append(found)
    return ways[0] if len(ways) == 1 else []


def _by_order(record: Record, this: Plan) -> dict[int, Box]:
    """Boxes of two columns whose rows come in turn: the order in which the labels follow each other tells.

    Both orders of the form (row by row, column by column) are tried; the one that explains all labels is taken. A
    label of two boxes that stands only once is neither's.
    """
    parts = [part for part in this.section.parts() if isinstance(part, Box)]
    anchors = list(dict.fromkeys(part.anchor for part in parts))
    columns = [[part for part in parts if part.anchor == anchor] for anchor in anchors]
    turns = [box for pair in zip(*columns, strict=False) for box in pair]
    seen = Counter(hit.label for hit in record.hits)
    numbers = [
        number for number, hit in enumerate(record.hits) if seen[hit.label] == len(this.boxes.get(hit.label, ()))
    ]
    labels = [record.hits[number].label for number in numbers]
    fits = []
    for order in (turns, parts):
        at = 0
        found: dict[int, Box] = {}
        for number, label in zip(numbers, labels, strict=True):
            ahead = next((k for k in range(at, len(order)) if order[k].label == label), None)
            if ahead is not None:
                found[number] = order[ahead]
                at = ahead + 1
        fits.append(found)
    fits.sort(key=len, reverse=True)
    if len(fits[0]) < len(labels) and (mingled := _mingled(labels, columns, (turns, parts))):
        return dict(zip(numbers, mingled, strict=True))
    if len(fits[0]) == len(fits[1]) and fits[0] != fits[1]:
        return {number: box for number, box in fits[0].items() if fits[1].get(number) is box}
    return fits[0]

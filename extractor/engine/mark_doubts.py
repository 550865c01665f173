"""Says why a mark may not be that of the box it was given to, and an answer the mark or the label of one."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.engine.boxes import assign_labels, ends_upper_line, learn_side
from extractor.engine.claims import Claim, is_strung
from extractor.engine.found import CONTESTED, Part
from extractor.engine.heads import beside
from extractor.engine.labels import same_line
from extractor.engine.lacks import missing
from extractor.engine.pieces import Tick, join
from extractor.engine.records import X_MARKS, Plan
from extractor.form.spec import Box, Field
from extractor.source import Source


def contested(part: Part) -> set[tuple[int, int]]:
    """Where letters X stand that may be marks of a box that has a nearer mark of its own."""
    several = (sorted(ticks, key=lambda tick: tick.x0)[:-1] for ticks in part.bound.values() if len(ticks) > 1)
    return {(tick.cell, tick.start) for ticks in several for tick in ticks if tick.typed}


def is_unmarked_box(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an entry of a list, found by its order, reads like a box of the list that has no mark: it may be it."""
    one, how = claims[0].field, claims[0].how
    if (
        not one.many
        or how != "in order"
        or not named_by_box(part.this, one, join([item.piece.text for item in claims]))
    ):
        return False
    mine = [number for number, box in assign_labels(part.record, part.this).items() if box.path == one.path]
    return not any(tick.checked for number in mine for tick in part.bound.get(number, ()))


def is_behind_box(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer goes on behind the label of a box without a mark: the label may be its first words."""
    hits = [hit for number, hit in enumerate(part.record.hits) if number not in part.bound and number not in part.far]
    ends = {(hit.spans[-1].cell, hit.spans[-1].end + 1) for hit in hits if hit.label in part.this.boxes}
    return any(item.how == "below" and (item.piece.cell, item.piece.start) in ends for item in claims)


def may_be_cells(source: Source, _: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer begins with a letter X and stands wider in the line than it is: a box's mark stands so."""
    pieces = [item.piece for item in claims if item.piece.text.startswith(("X ", "x "))]
    spans = [(piece.text, piece.place(source.items).columns) for piece in pieces]
    return any(columns is not None and columns[1] - columns[0] >= len(text) for text, columns in spans)


def named_by_box(this: Plan, one: Field, raw: str) -> bool:
    """Whether an answer repeats what a box of the same field says ("None" below the box None)."""
    return any(box.path == one.path and box.value == raw for boxes in this.boxes.values() for box in boxes)


def listed_marks(source: Source, part: Part) -> Iterator[tuple[Field, Tick]]:
    """Yield the letters X that are taken for marks, but stand in the column of a list: each may be an entry of it.

    Where columns are lost, a letter in a line of its own may be one if its question has another checked box too.
    """
    if source.format == "text" and not source.columns:
        yield from _lone_marks(part)
    for hit in part.record.hits:
        one = part.this.fields.get(hit.label)
        if one is None or not one.many or one.kind != "text":
            continue
        if not any(beside(hit, other) for other in part.record.hits):
            continue
        for tick in (tick for ticks in (*part.bound.values(), *part.far.values()) for tick in ticks):
            below = abs(tick.x0 - hit.x0) <= source.x_tolerance and tick.top >= hit.bottom
            if tick.typed is not None and below:
                yield one, tick


def _lone_marks(part: Part) -> Iterator[tuple[Field, Tick]]:
    """Yield the letters X in lines of their own before boxes of questions that have several checked boxes."""
    lists = [one for one in part.this.fields.values() if one.many and one.kind == "text"]
    if not lists:
        return
    boxes = assign_labels(part.record, part.this)
    checked = [
        (boxes[number].path, tick)
        for number, ticks in part.bound.items()
        for tick in ticks
        if number in boxes and tick.checked
    ]
    alone = [tick for tick, pair in zip(part.ticks, part.beside, strict=True) if pair.alone and tick.typed is not None]
    paths = [path for path, _ in checked]
    for path, tick in checked:
        if tick in alone and paths.count(path) > 1:
            yield from ((one, tick) for one in lists if one.path != path)


def mark_doubt(source: Source, part: Part, number: int, tick: Tick) -> str:
    """Why a mark may be that of another box than the label it was given to; "" if it may not."""
    row, label = part.record.rows[number], part.record.hits[number].label
    if row in part.shaken.asked and any(hit.label == label for hit, _ in part.record.doubles):
        return "its label stands there twice, and one near it is lost, so the mark may be words of an answer"
    if not tick.checked:
        return ""
    if source.format == "text" and (torn := _torn_beside(part, number, tick)):
        return f"the label {torn!r} of the box beside it begins here and is torn, so its mark may be that box's"
    shared = part.this.boxes[label]
    if len(shared) > 1 and not {box.anchor for box in shared} <= {hit.label for hit in part.record.hits}:
        return "its label is that of several boxes, and the label that tells them apart is lost"
    if row not in part.shaken.ticked:
        return ""
    if any(pair.alone and one is tick for one, pair in zip(part.ticks, part.beside, strict=True)):
        return "its mark has a line of its own, and a box near it has lost its label, so it may be that box's"
    if source.format == "text" and not source.columns and number in _neighbours_of_lost(part):
        return "a box beside it has lost its label, and nothing keeps columns here, so its mark may be that box's"
    return ""


def _torn_beside(part: Part, number: int, tick: Tick) -> str:
    """The lost label of a box beside this one that begins on the mark's line or on one next to it; "" if none does."""
    lost = missing(part.this, part.record)
    if not lost or number not in _neighbours_of_lost(part):
        return ""
    reach = 1.5 * (tick.bottom - tick.top)
    near = {piece.text for piece in part.pieces if abs(piece.top - tick.top) <= reach}
    return next((label for label in part.this.boxes if label in lost and label.split()[0] in near), "")


def _neighbours_of_lost(part: Part) -> set[int]:
    """The box labels before or behind which the form prints a box whose label is lost."""
    lost = missing(part.this, part.record)
    boxes = [one.label for one in part.this.section.parts() if isinstance(one, Box)]
    near = {two if one in lost else one for one, two in pairwise(boxes) if (one in lost) != (two in lost)}
    return {number for number, hit in enumerate(part.record.hits) if hit.label in near}


def unplaced(source: Source, part: Part, number: int) -> tuple[str, str] | None:
    """Why a mark on the line of a box may be its own or another's, after a name for that; None if it is told."""
    if source.format != "text":
        return None
    if doubt := _drawn_ahead(part, number):
        return "mark ahead of the words of its line", doubt
    if not source.columns and (doubt := _swallowed(part, number)):
        return "mark among the words of an answer", doubt
    if doubt := _wrapped_around(source, part, number):
        return CONTESTED if is_strung(source) else "mark between the lines of a label", doubt
    return None


def _drawn_ahead(part: Part, number: int) -> str:
    """Why a mark that begins the line of a box may be its own or that of another box on the line; "" if it may not."""
    hits = part.record.hits
    boxed = [k for k, hit in enumerate(hits) if hit.label in part.this.boxes and same_line(hit, hits[number])]
    if not part.ahead or len(boxed) < 2:
        return ""
    marks = [tick for tick in part.ticks if tick.checked and same_line(tick, hits[number])]
    if any(tick.x0 <= min(hits[k].x0 for k in boxed) for tick in marks):
        return "this document gives the marks of a line before its words, so it may be that of another box on the line"
    return ""


def _swallowed(part: Part, number: int) -> str:
    """Why a letter X behind a number on the line of a box without a mark may be its mark; "" if there is none."""
    hit = part.record.hits[number]
    lines = (piece.text.split() for piece in part.pieces if same_line(piece, hit))
    if number in part.bound or not any(len(words) > 1 and _is_number_with_mark(words) for words in lines):
        return ""
    return "a letter X stands behind the number on its line, and may be its mark"


def _is_number_with_mark(words: Sequence[str]) -> bool:
    return words[-1] in X_MARKS and any(map(str.isdigit, words[-2])) and not any(map(str.isalpha, words[-2]))


def _wrapped_around(source: Source, part: Part, number: int) -> str:
    """Why a checked mark may be this box's or another's: one of their labels is wrapped around the mark's line.

    Where columns are kept, only a label at the right of the mark may be its own, and none behind the one before which
    it stands.
    """
    hits = part.record.hits
    for other, ticks in part.bound.items():
        for tick in (tick for tick in ticks if tick.checked):
            around = [
                k
                for k, hit in enumerate(hits)
                if hit.label in part.this.boxes and hits[k].top < tick.top and tick.bottom < hits[k].bottom
            ]
            around = [k for k in around if k != other and k not in part.bound]
            if source.columns:
                end = hits[other].x1 if hits[other].x0 > tick.x0 else float("inf")
                around = [k for k in around if tick.x0 < hits[k].x0 < end]
            alone = not source.columns and len(part.this.boxes[hits[other].label]) == 1
            if alone and not around and ends_upper_line(hits[other], tick) and learn_side(part.beside) == "before":
                after = next((k for k, hit in enumerate(hits) if k > other and hit.label in part.this.boxes), None)
                if after is not None and after not in part.bound and number in (other, after):
                    return f"it ends a line of the label {hits[other].label!r}, and may be the next label's"
            if around and number in (other, *around):
                return f"the label {hits[around[0]].label!r} is wrapped around the line of a mark, which may be its own"
    return ""

"""Says why the place of an answer is not beyond doubt."""

from collections.abc import Sequence
from itertools import pairwise

from extractor.engine.fields import Claim
from extractor.engine.found import Part
from extractor.engine.heads import beside, close_by, is_set
from extractor.engine.labels import same_line
from extractor.engine.pieces import Piece, join
from extractor.engine.records import Plan
from extractor.engine.remembered import FULL_LINE
from extractor.engine.words import is_label, words_of
from extractor.form.spec import Field
from extractor.source import Source


def doubt_of(source: Source, part: Part, claims: Sequence[Claim]) -> str:
    """Why the place of an answer is not beyond doubt; "" if it is."""
    raw = join([item.piece.text for item in claims])
    if claims[0].how == "doubted":
        return f"{raw!r} stands below it, but its row lacks an answer and may be shifted"
    if any(_reads_like_label(part, item) for item in claims):
        return f"{raw!r} is read as the answer by its order, but it reads like a label of the form"
    if any(_may_be_anothers(source, part, item) for item in claims):
        return f"{raw!r} stands below it, but a label near it is lost or stands twice, so it may be another's answer"
    if any(_begins_label(part, item.piece.text) for item in claims):
        return f"{raw!r} reads like the beginning of a label that was not found here"
    pieces = [item.piece for item in claims]
    apart = not all(_same_value(source, *pair) for pair in pairwise(pieces))
    if source.format != "pdf" and apart and (claims[0].field.kind == "text" or not _one_line(pieces)):
        return f"read as {raw!r} from several cells or lines, which may not belong together"
    if source.format == "text" and _is_close(pieces, part.pieces):
        return f"{raw!r} stands one space from its neighbour; that a column lies between is told by the lines around"
    if any(item.how == "split" for item in claims):
        return f"read as {raw!r} since the line fits its labels in this way only"
    return ""


def _is_close(mine: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Whether a piece of an answer stands one space from a piece that is not of it."""
    others = [piece for piece in pieces if piece not in mine]
    return any(close_by(piece, others) for piece in mine)


def _one_line(pieces: Sequence[Piece]) -> bool:
    return all(same_line(pieces[0], piece) for piece in pieces)


def _same_value(source: Source, before: Piece, piece: Piece) -> bool:
    """Whether a piece plainly belongs to the value before it: in its cell, or as the rest of a line that was full."""
    if same_line(before, piece):
        near = is_set(before) and piece.x0 - before.x1 == 1
        return source.format != "text" or before.cell == piece.cell or near
    below = abs(before.x0 - piece.x0) <= source.x_tolerance and abs(piece.top - before.bottom) < 0.1
    return below and len(before.text) >= FULL_LINE


def _reads_like_label(part: Part, item: Claim) -> bool:
    """Whether an answer that is found by its order alone reads like a label, so that it might be one."""
    text = item.piece.text
    return _ordered(part, item) and is_label(part.this.words, text) and not _named_by_box(part.this, item.field, text)


def _ordered(part: Part, item: Claim) -> bool:
    """Whether an answer is found by its order alone: nothing stands beside its label."""
    hit = part.record.hits[item.hit]
    return item.how in ("in order", "below") and not any(beside(hit, other) for other in part.record.hits)


def _may_be_anothers(source: Source, part: Part, item: Claim) -> bool:
    """Whether an answer below its label may be that of a label near it that is lost or stands twice."""
    by_order = source.format == "text" and _ordered(part, item)
    rows = part.shaken.printed if by_order else part.shaken.asked
    return item.how in ("below", "in order", "split") and part.record.rows[item.hit] in rows


def _begins_label(part: Part, text: str) -> bool:
    """Whether a text is the beginning of a label that the record lacks: the label may be torn apart."""
    words = words_of(text)
    seen = {hit.label for hit in part.record.hits}
    missing = (words_of(label) for label in part.this.words.labels if label not in seen)
    return bool(words) and any(len(words) < len(label) and label[: len(words)] == words for label in missing)


def _named_by_box(this: Plan, one: Field, raw: str) -> bool:
    """Whether an answer repeats what a box of the same field says ("None" below the box None)."""
    return any(box.path == one.path and box.value == raw for boxes in this.boxes.values() for box in boxes)

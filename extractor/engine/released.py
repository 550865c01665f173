"""Gives lines that are no part of the answer above them to the label before them."""

from extractor.engine.claims import Claim, Claims, How
from extractor.engine.pieces import Piece, join
from extractor.engine.readings import Fits
from extractor.engine.records import Plan, Record


def release(outcome: Claims, this: Plan, record: Record, fits: Fits) -> Claims:
    """Give the lines behind an answer that is whole without them to the label before them, if that has no answer.

    Those at the answer's own left edge stay with it if they can be the rest of it, though it is whole without them.
    """
    lines: dict[int, list[Claim]] = {}
    for item in outcome.claims:
        if item.field.kind != "text" and not item.field.many and item.how == "below":
            lines.setdefault(item.hit, []).append(item)
    for number, (first, *more) in lines.items():
        kind, own = first.field.kind, [first, *(item for item in more if item.piece.x0 == first.piece.x0)]
        own = own if fits(kind, join([item.piece.text for item in own])) else [first]
        more = [item for item in more if item not in own]
        if (
            not more
            or not fits(kind, first.piece.text)
            or fits(kind, join([item.piece.text for item in lines[number]]))
        ):
            continue
        before = {predecessor(this, record, item.piece) for item in more}
        to = before.pop()
        listed = _list_above(outcome, this, record, first.piece) if to is None else None
        to = to if listed is None else listed
        if before or to is None or to == number or any(item.hit == to for item in outcome.claims):
            continue
        alone = len(more) == 1 and listed is None
        to = _only_fitting(outcome, this, record, (more[0], to), fits) if alone else to
        one = this.fields[record.hits[to].label]
        how: How = "last" if listed is None else "lines"
        moved = [Claim(to, one, item.piece, how) if item in more else item for item in outcome.claims]
        outcome = outcome._replace(claims=moved)
    return outcome


def _list_above(outcome: Claims, this: Plan, record: Record, piece: Piece) -> int | None:
    """The one label above a piece that asks for a list of texts, if no other answer stands between the two."""
    lists = [
        number
        for number, hit in enumerate(record.hits)
        if hit.spans[-1].cell < piece.cell and (one := this.fields.get(hit.label)) and one.many and one.kind == "text"
    ]
    if len(lists) != 1:
        return None
    above = record.hits[lists[0]].spans[-1].cell
    answers = [*(item.piece for item in outcome.claims), *outcome.left]
    return None if any(above < other.cell < piece.cell for other in answers) else lists[0]


def _only_fitting(outcome: Claims, this: Plan, record: Record, ends: tuple[Claim, int], fits: Fits) -> int:
    """The one label between two of a row that has no answer and whose kind a line is; the last one, if none or several.

    ends: the claim of the line by the first of the two, and the last one.
    """
    taken, last = ends
    answered = {item.hit for item in outcome.claims}
    row = [k for k in range(taken.hit + 1, last + 1) if record.rows[k] == record.rows[last] and k not in answered]
    asking = [(k, this.fields.get(record.hits[k].label)) for k in row]
    fitting = [k for k, one in asking if one is not None and fits(one.kind, taken.piece.text)]
    return fitting[0] if len(fitting) == 1 else last


def predecessor(this: Plan, record: Record, piece: Piece) -> int | None:
    """The label just before the piece in reading order, when it asks for an answer."""
    for number in range(len(record.hits) - 1, -1, -1):
        hit = record.hits[number]
        if hit.spans[-1].cell < piece.cell:
            if hit.label in this.fields and this.fields[hit.label].label == hit.label:
                return number
            if hit.label in this.boxes:
                return None
    return None

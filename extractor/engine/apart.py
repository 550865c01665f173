"""Answers that stand apart from their labels, in texts whose lines say nothing of columns: their kinds tell them."""

from extractor.engine.claims import Claim, Claims, Run
from extractor.engine.pieces import Piece
from extractor.engine.readings import Fits
from extractor.engine.records import Plan, Record

_TELLING = frozenset({"amount", "amount_or_indefinite", "cik", "date"})
"""Kinds of answers that look like no others."""


def gather(outcome: Claims, this: Plan, record: Record, run: Run, fits: Fits) -> Claims:
    """Let a run of labels of one kind claim what is left of that kind between it and the next label with an answer."""
    kinds = {this.fields[record.hits[number].label].kind.split("_")[0] for number in run.hits}
    if len(kinds) > 1 or "text" in kinds:
        return outcome
    last = run.hits[-1]
    one = this.fields[record.hits[last].label]
    after = [hit.spans[0] for hit in record.hits[last + 1 :] if hit.label in this.fields]
    begin, end = record.hits[last].spans[-1].cell, after[0].cell if after else record.last
    mine = [piece for piece in outcome.left if begin < piece.cell < end and fits(one.kind, piece.text)]
    claims = [*outcome.claims, *(Claim(last, one, piece, "below") for piece in mine)]
    return outcome._replace(claims=claims, left=[piece for piece in outcome.left if piece not in mine])


def enclosing(this: Plan, record: Record, piece: Piece, fits: Fits) -> int | None:
    """The label between whose lines a piece stands, if it asks for an answer of that kind beside it."""
    for number, hit in enumerate(record.hits):
        one = this.fields.get(hit.label)
        if one and one.where == "either" and hit.spans[0].cell < piece.cell < hit.spans[-1].cell:
            return number if fits(one.kind, piece.text) else None
    return None


def loosened(outcome: Claims, fits: Fits) -> Claims:
    """Leave the further answers of a field that has one: an amount stands in one line, so the next is another's."""
    seen: set[int] = set()
    kept: list[Claim] = []
    left = list(outcome.left)
    for item in outcome.claims:
        if item.field.kind == "text" or item.field.many or not fits(item.field.kind, item.piece.text):
            kept.append(item)
        elif item.hit in seen:
            left.append(item.piece)
        else:
            seen.add(item.hit)
            kept.append(item)
    return outcome._replace(claims=kept, left=left)


def claim_only(outcome: Claims, this: Plan, record: Record, fits: Fits) -> Claims:
    """Give what is left alone of its kind to the one label of that kind that must have an answer and has none."""
    answered = {item.hit for item in (*outcome.claims, *outcome.open)} | record.closed
    lacking = [
        (number, one)
        for number, hit in enumerate(record.hits)
        if number not in answered and (one := this.fields.get(hit.label)) and one.label == hit.label and one.required
    ]
    for number, one in lacking:
        rivals = [other for _, other in lacking if other.kind.split("_")[0] == one.kind.split("_")[0]]
        fitting = [piece for piece in outcome.left if fits(one.kind, piece.text)]
        if one.kind in _TELLING and len(rivals) == len(fitting) == 1:
            claims = [*outcome.claims, Claim(number, one, fitting[0], "alone")]
            left = [piece for piece in outcome.left if piece is not fitting[0]]
            outcome = outcome._replace(claims=claims, left=left)
    return outcome

"""Answers that stand apart from their labels, in texts whose lines say nothing of columns: their kinds tell them."""

from collections.abc import Set

from extractor.engine.claims import Claim, Claims, Run
from extractor.engine.pieces import Piece, cut_piece, join
from extractor.engine.readings import Fits
from extractor.engine.records import X_MARKS, Plan, Record
from extractor.form.spec import LOOSE

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


def described(outcome: Claims, this: Plan, record: Record, ticked: Set[int], fits: Fits) -> Claims:
    """Give what is left to the one checked box that asks for words beside it, if no list there may have lost it.

    What stands behind an answer that is whole without it is left too. ticked: the labels that have marks.
    """
    asked = [
        (number, this.fields[hit.label])
        for number, hit in enumerate(record.hits)
        if number in ticked and hit.label in this.boxes and hit.label in this.fields
    ]
    asked = [(number, one) for number, one in asked if one.kind == "text"]
    lists = {one.path for one in this.fields.values() if one.many and one.kind == "text"}
    if len(asked) != 1 or any(item.field.path in lists for item in (*outcome.claims, *outcome.open)):
        return outcome
    outcome = _shortened(outcome, fits)
    number, one = asked[0]
    mine = [item.piece for item in outcome.claims if item.field.path == one.path]
    signs = [piece for piece in outcome.left if piece.text in X_MARKS or not any(map(str.isalnum, piece.text))]
    left = [piece for piece in outcome.left if piece not in signs]
    if not left:
        return outcome
    words = sorted([*left, *mine], key=lambda piece: (piece.cell, piece.start))
    kept = [item for item in outcome.claims if item.field.path != one.path]
    return outcome._replace(claims=[*kept, *(Claim(number, one, piece, "alone") for piece in words)], left=signs)


def _shortened(outcome: Claims, fits: Fits) -> Claims:
    """Leave what stands behind the first word of an answer that is of its kind without it, and only so."""
    lines: dict[str, list[Claim]] = {}
    for item in outcome.claims:
        lines.setdefault(item.field.path, []).append(item)
    claims: list[Claim] = []
    left = list(outcome.left)
    for first, *more in lines.values():
        word, _, behind = first.piece.text.partition(" ")
        kind = first.field.kind
        whole = join([item.piece.text for item in (first, *more)])
        if kind in LOOSE or first.field.many or fits(kind, whole) or not fits(kind, word):
            claims += [first, *more]
            continue
        claims.append(first._replace(piece=cut_piece(first.piece, 0, len(word)), how="alone"))
        rest = [cut_piece(first.piece, len(word) + 1, len(first.piece.text))] if behind else []
        left += [*rest, *(item.piece for item in more)]
    return outcome._replace(claims=claims, left=left)

"""Finds which label governs each piece of text, and deals pieces out to the fields of a row.

The place decides: the label before it in the same cell; at its left on the same line; above it in its column. Where a
document has strung labels and answers into lines, their order decides, as far as the kinds of answers and the fields
that every filer must answer leave one reading.
"""

from collections.abc import Sequence
from itertools import pairwise

from extractor.engine.apart import claim_only, enclosing, gather, loosened
from extractor.engine.claims import Claim, Claims, How, Run, Strung, is_strung
from extractor.engine.heads import beside, close_by, crosses
from extractor.engine.labels import Hit, same_line
from extractor.engine.pieces import Piece, cut_piece
from extractor.engine.readings import Fits as Fits
from extractor.engine.readings import agreed, in_order, is_complete, split_line, take_turns, told
from extractor.engine.records import Plan, Record
from extractor.engine.released import predecessor, release
from extractor.form.spec import LOOSE, Field
from extractor.source import Source


def claim(source: Source, this: Plan, record: Record, pieces: Sequence[Piece], fits: Fits) -> Claims:
    """Deal the pieces of a record out to its fields."""
    claims: list[Claim] = []
    left: list[Piece] = []
    for piece in pieces:
        found = _govern(source, this, record, piece, fits)
        if found is None:
            left.append(piece)
        else:
            number, how = found
            claims.append(Claim(number, this.fields[record.hits[number].label], piece, how))
    outcome = Claims(claims, [], left)
    if source.format == "text":
        outcome = release(outcome, this, record, fits)
    if source.format != "pdf" and left and all(_follows(source, *pair) for pair in pairwise(left)):
        outcome = _claim_last(outcome, this, record)
    for run in _runs(source, this, record, pieces):
        if is_strung(source):
            outcome = gather(outcome, this, record, run, fits)
        outcome = _deal(outcome, this, record, run, fits)
    if is_strung(source):
        outcome = claim_only(loosened(outcome, fits), this, record, fits)
    if source.format != "pdf":
        outcome = _recover(outcome, this, record, pieces, fits)
        for grid in _grids(source, this, record):
            outcome = _check_grid(outcome, this, record, grid, fits)
            if source.format == "text":
                outcome = _open_crossing(source, outcome, this, record, grid)
    return outcome


def _recover(outcome: Claims, this: Plan, record: Record, pieces: Sequence[Piece], fits: Fits) -> Claims:
    """Give the first text behind a label that lacks its answer to it, if another label took it as words of any kind.

    Where tables lost their columns, labels stand below each other above their answers; a kind of its own tells one.
    """
    loose = [item for item in outcome.claims if item.how == "below" and item.field.kind == "text"]
    if not any(not item.field.required for item in loose):
        return outcome
    answered = {item.field.path for item in (*outcome.claims, *outcome.open)}
    for number, hit in enumerate(record.hits):
        one = this.fields.get(hit.label)
        if one is None or one.label != hit.label or one.kind in LOOSE or not one.required or one.path in answered:
            continue
        end = (hit.spans[-1].cell, hit.spans[-1].end)
        behind = next((piece for piece in pieces if (piece.cell, piece.start) >= end), None)
        taken = next((item for item in loose if item.piece is behind and not item.field.required), None)
        if taken is not None and fits(one.kind, taken.piece.text):
            given = Claim(number, one, taken.piece, "in order")
            outcome = outcome._replace(claims=[given if item is taken else item for item in outcome.claims])
    return outcome


def _claim_last(outcome: Claims, this: Plan, record: Record) -> Claims:
    """Give the lines that stand below all labels to the last one, if that asks for an answer and has none.

    Where tables lost their columns, they stand at the left while their label, the last of a board, is at the right.
    """
    piece = outcome.left[0]
    number = predecessor(this, record, piece)
    if number is None or any(not _is_above(hit, piece) for hit in record.hits):
        return outcome
    if any(two.top - one.bottom > 0.5 * (two.bottom - two.top) for one, two in pairwise(outcome.left)):
        return outcome
    one = this.fields[record.hits[number].label]
    board = this.section.rows[record.rows[number]].layout == "board"
    if not board or one.where == "right" or any(claim.hit == number for claim in outcome.claims):
        return outcome
    last = [Claim(number, one, line, "last") for line in outcome.left]
    return outcome._replace(claims=[*outcome.claims, *last], left=[])


def _follows(source: Source, before: Piece, piece: Piece) -> bool:
    """Whether a piece stands right below another one, at its left edge or further to the left."""
    return abs(piece.top - before.bottom) < 0.1 and piece.x0 - before.x0 <= source.x_tolerance


def _open_crossing(source: Source, outcome: Claims, this: Plan, record: Record, grid: Run) -> Claims:
    """Leave open an answer that runs on below the next label, which has none: it may be the answers of both."""
    for one, two in pairwise(grid.hits):
        for item in [item for item in outcome.claims if item.hit == one and item.how in ("below", "doubted")]:
            alone = not any(other.hit == two and same_line(item.piece, other.piece) for other in outcome.claims)
            if alone and crosses(item.piece, record.hits[two].x0 + source.x_tolerance):
                outcome = _crossing(outcome, this, record, (item, two), grid)
    if strung := _strung_closely(outcome, this, record, grid):
        outcome = outcome._replace(strung=(*outcome.strung, strung))
    return outcome


def _strung_closely(outcome: Claims, this: Plan, record: Record, grid: Run) -> Strung | None:
    """The answers of a row of which some are but a space apart, so that one may go on in the next column.

    They are those from the first to the last that are so close; of the whole row if nothing is farther apart.
    """
    mine = sorted((item for item in outcome.claims if item.hit in grid.hits), key=lambda item: item.piece.x0)
    if len(mine) < 2 or not all(same_line(mine[0].piece, item.piece) for item in mine):
        return None
    near = [one.piece.cell != two.piece.cell and close_by(one.piece, [two.piece]) for one, two in pairwise(mine)]
    if not any(near):
        return None
    if all(near):
        fields = [this.fields[record.hits[number].label] for number in grid.hits]
        return Strung(tuple(fields), tuple(item.piece for item in mine))
    first = near.index(True)
    pair = mine[first : first + 2]
    return Strung(tuple(item.field for item in pair), tuple(item.piece for item in pair))


def _crossing(outcome: Claims, this: Plan, record: Record, both: tuple[Claim, int], grid: Run) -> Claims:
    """Leave an answer open with that of the next label, or cut it where a word begins right below that label."""
    item, two = both
    after = this.fields[record.hits[two].label]
    alone = sum(other.hit in grid.hits for other in outcome.claims) == 1
    fields = [this.fields[record.hits[number].label] for number in grid.hits] if alone else [item.field, after]
    rest = [other for other in outcome.claims if other.hit not in (item.hit, two)]
    strung = (*outcome.strung, Strung(tuple(fields), (item.piece,)))
    if at := _word_at(item.piece, record.hits[two].x0):
        halves = cut_piece(item.piece, 0, at - 1), cut_piece(item.piece, at, len(item.piece.text))
        cut = [Claim(item.hit, item.field, halves[0], "cut"), Claim(two, after, halves[1], "cut")]
        return outcome._replace(claims=rest + cut, strung=strung)
    ties = (f"{item.field.label} = {item.piece.text!r}", f"{after.label} = the end of it")
    undecided = [Claim(item.hit, item.field, item.piece, "split", ties), Claim(two, after, item.piece, "split", ties)]
    return outcome._replace(claims=rest, open=outcome.open + undecided, strung=strung)


def _word_at(piece: Piece, edge: float) -> int:
    """The character of a piece at which a word begins right below an edge; 0 if none does."""
    at = int(edge - piece.x0)
    return at if 0 < at < len(piece.text) and piece.text[at - 1] == " " else 0


def _grids(source: Source, this: Plan, record: Record) -> list[Run]:
    """The rows of labels that stand side by side, each in a cell of its own."""
    grids = []
    for number, row in enumerate(this.section.rows):
        hits = [
            k
            for k, hit in enumerate(record.hits)
            if record.rows[k] == number and row.layout == "grid" and hit.label in this.fields
        ]
        level = not is_strung(source) or all(_is_level(record.hits[hits[0]], record.hits[k]) for k in hits[1:])
        if len(hits) > 1 and level and all(beside(record.hits[hits[0]], record.hits[k]) for k in hits[1:]):
            grids.append(Run(tuple(hits), one_cell=False))
    return grids


def _check_grid(outcome: Claims, this: Plan, record: Record, grid: Run, fits: Fits) -> Claims:
    """Doubt a row of answers that lacks one: where a blank cell was dropped, the others stand one column off.

    They do not where the last column's answer reaches below its label, or where their kinds leave one reading.
    """
    fields = [this.fields[record.hits[number].label] for number in grid.hits]
    outcome = _straightened(outcome, grid, fields, fits)
    mine = [item for item in outcome.claims if item.hit in grid.hits and item.how == "below"]
    answered = {item.hit for item in mine}
    lacking = [one for number, one in zip(grid.hits, fields, strict=True) if one.required and number not in answered]
    if not mine or len({item.piece.top for item in mine}) > 1:
        return outcome
    stray = [piece for piece in outcome.left if same_line(piece, mine[0].piece)]
    if len(answered) < len(mine) == len(fields):
        return _in_turn(outcome, mine, grid, fields)
    if stray:
        doubted = [item._replace(how="doubted") if item in mine else item for item in outcome.claims]
        return outcome._replace(claims=doubted)
    if len(mine) < len(fields) and not all(fits(item.field.kind, item.piece.text) for item in mine):
        return _deal(outcome, this, record, grid, fits)
    last = next((item.piece for item in mine if item.hit == grid.hits[-1]), None)
    if not lacking or (last is not None and last.x1 > record.hits[grid.hits[-1]].x0):
        return outcome
    if len(mine) == 1 and last is None and lacking[-1].kind != "text":
        splits = split_line(mine[0].piece, fields, fits)
        if len(splits) == 1 and is_complete(splits[0], fields):
            return _deal(outcome, this, record, grid, fits)
    readings = in_order([item.piece for item in mine], fields, fits)
    if len(readings) == 1 and last is None:
        return outcome
    doubted = [item._replace(how="doubted") if item in mine else item for item in outcome.claims]
    if len(readings) == 1:
        rest = [item for item in outcome.claims if item not in mine]
        doubted = rest + [Claim(grid.hits[k], fields[k], piece, "doubted") for k, piece in readings[0]]
    return outcome._replace(claims=doubted)


def _straightened(outcome: Claims, grid: Run, fields: Sequence[Field], fits: Fits) -> Claims:
    """Deal a line of answers that cross each other out in their order, if their kinds leave one way."""
    mine = sorted((item for item in outcome.claims if item.hit in grid.hits), key=lambda item: item.piece.x0)
    hits = [item.hit for item in mine]
    if hits == sorted(hits) or not all(same_line(mine[0].piece, item.piece) for item in mine):
        return outcome
    ways = in_order([item.piece for item in mine], fields, fits)
    if len(ways) != 1:
        return outcome
    rest = [item for item in outcome.claims if item not in mine]
    return outcome._replace(claims=rest + [Claim(grid.hits[k], fields[k], piece, "doubted") for k, piece in ways[0]])


def _in_turn(outcome: Claims, mine: Sequence[Claim], grid: Run, fields: Sequence[Field]) -> Claims:
    """The answers of a row that has one for each label, one after the other, in doubt: they are not below them."""
    rest = [item for item in outcome.claims if item not in mine]
    dealt = [
        item._replace(hit=number, field=field, how="doubted")
        for item, number, field in zip(mine, grid.hits, fields, strict=True)
    ]
    return outcome._replace(claims=rest + dealt)


def _govern(source: Source, this: Plan, record: Record, piece: Piece, fits: Fits) -> tuple[int, How] | None:
    number = _in_cell(this, record, piece)
    if number is not None:
        return number, "same cell"
    if is_strung(source) and (number := enclosing(this, record, piece, fits)) is not None:
        return number, "same line"
    line = _on_line(this, record, piece)
    above = _above(source, this, record, piece)
    if line is not None and _line_wins(source, this, record, (line, above), piece, fits):
        return line, "same line"
    return (above, "below") if above is not None else None


def _in_cell(this: Plan, record: Record, piece: Piece) -> int | None:
    for number in range(len(record.hits) - 1, -1, -1):
        hit = record.hits[number]
        ends = [span.end for span in hit.spans if span.cell == piece.cell]
        if ends and ends[0] <= piece.start:
            if hit.label in this.fields:
                return number
            if hit.label in this.boxes:
                return None
    return None


def _on_line(this: Plan, record: Record, piece: Piece) -> int | None:
    """The nearest label at the left, if it asks for an answer at its right; units and headings are passed over."""
    best: int | None = None
    for number, hit in enumerate(record.hits):
        if hit.label not in this.fields and hit.label not in this.boxes:
            continue
        nearer = best is None or hit.x0 >= record.hits[best].x0
        if nearer and same_line(hit, piece) and _ends_before(hit, piece):
            best = number
    if best is None or record.hits[best].label not in this.fields:
        return None
    return best if this.fields[record.hits[best].label].where != "below" else None


def _ends_before(hit: Hit, piece: Piece) -> bool:
    spans = [span for span in hit.spans if span.cell == piece.cell]
    if spans:
        return spans[0].end <= piece.start
    return hit.x0 < piece.x0


def _above(source: Source, this: Plan, record: Record, piece: Piece) -> int | None:
    """The lowest label above, of those in the column that starts nearest to the piece's left edge."""
    rows = _rows_above(this, record, piece)
    asking = [
        number for number, hit in enumerate(record.hits) if record.rows[number] in rows and hit.label in this.fields
    ]
    found = _above_within(source, this, record, piece, asking, wide=False)
    return found if found is not None else _above_within(source, this, record, piece, asking, wide=True)


def _above_within(
    source: Source, this: Plan, record: Record, piece: Piece, asking: Sequence[int], *, wide: bool
) -> int | None:
    """The lowest label above, of some that ask for an answer. wide: the column of a box's label begins further left."""
    tolerance = source.x_tolerance
    before = predecessor(this, record, piece)
    best: int | None = None
    for number in asking:
        hit = record.hits[number]
        field = this.fields[hit.label]
        anywhere = number == before and field.where != "below" and is_strung(source)
        if (_left_of(this, record, hit) if wide else hit.x0) > piece.x0 + tolerance and not anywhere:
            continue
        if field.label != hit.label and source.format == "text":
            continue
        if number != before and (field.where == "right" or not _is_above(hit, piece)):
            continue
        if best is None or _closer(hit, record.hits[best], tolerance):
            best = number
    return best


def _rows_above(this: Plan, record: Record, piece: Piece) -> set[int]:
    """The rows whose labels may govern a piece below them: the last one above, and boards that mingle with it."""
    seen = zip(record.hits, record.rows, strict=True)
    reached = max((row for hit, row in seen if _is_above(hit, piece) or same_line(hit, piece)), default=0)
    layouts = [row.layout for row in this.section.rows]
    if layouts[reached] != "board":
        return {reached}
    return {row for row in range(reached + 1) if all(layout == "board" for layout in layouts[row : reached + 1])}


def _left_of(this: Plan, record: Record, hit: Hit) -> float:
    """Where the column of a box's label begins at the latest: behind what stands at its left (a box may be wide)."""
    if hit.label not in this.boxes:
        return hit.x0
    left = [other.x1 for other in record.hits if other is not hit and same_line(hit, other) and other.x0 < hit.x0]
    return max(left, default=hit.x0)


def _is_above(hit: Hit, piece: Piece) -> bool:
    return hit.bottom <= piece.top + 0.4 * (piece.bottom - piece.top)


def _closer(hit: Hit, best: Hit, tolerance: float) -> bool:
    if abs(hit.x0 - best.x0) > tolerance:
        return hit.x0 > best.x0
    return hit.bottom >= best.bottom


def _line_wins(
    source: Source, this: Plan, record: Record, rivals: tuple[int, int | None], piece: Piece, fits: Fits
) -> bool:
    """Whether the label at the left governs a piece rather than the one above it."""
    line, above = rivals
    if above is None or above == line:
        return True
    at_left, on_top = record.hits[line], record.hits[above]
    field = this.fields[at_left.label]
    if not fits(field.kind, piece.text) and fits(this.fields[on_top.label].kind, piece.text):
        return False
    if field.where == "right":
        return True
    own_column = abs(on_top.x0 - piece.x0) <= source.x_tolerance
    return not (own_column and on_top.x0 > at_left.x0 + source.x_tolerance)


def _runs(source: Source, this: Plan, record: Record, pieces: Sequence[Piece]) -> list[Run]:
    """The rows of labels that have lost their columns."""
    runs: list[Run] = []
    current: list[int] = []
    for number, hit in enumerate(record.hits):
        if hit.label not in this.fields or this.fields[hit.label].label != hit.label:
            continue
        if current and (
            _text_between(record.hits[current[-1]], hit, pieces)
            or not _strung(source, this, record, current[-1], number)
        ):
            _close(runs, current, this, record)
            current = []
        if this.fields[hit.label].where != "right" or (is_strung(source) and hit.label not in this.boxes):
            current.append(number)
    _close(runs, current, this, record)
    return runs


def _close(runs: list[Run], current: list[int], this: Plan, record: Record) -> None:
    """Add a run, its labels in the form's order where one of them is wrapped around another."""
    if len(current) > 1:
        if any(record.hits[one].bottom > record.hits[two].top for one, two in pairwise(current)):
            current = sorted(current, key=lambda number: this.order[record.hits[number].label])
        cells = {record.hits[number].spans[0].cell for number in current}
        runs.append(Run(tuple(current), len(cells) == 1))


def _is_level(one: Hit, two: Hit) -> bool:
    """Whether two labels end at the same height, side by side: neither is wrapped around the other."""
    return one.bottom == two.bottom and one.spans[0].cell != two.spans[0].cell


def _strung(source: Source, this: Plan, record: Record, one: int, two: int) -> bool:
    """Whether the place of two labels tells nothing of where their answers stand."""
    first, second = record.hits[one], record.hits[two]
    rows = {record.rows[one], record.rows[two]}
    if len(rows) > 1 and all(this.section.rows[row].layout == "grid" for row in rows):
        return False
    if first.spans[0].cell == second.spans[0].cell:
        return True
    if is_strung(source) and not _is_level(first, second):
        return True
    if source.format != "text" or abs(first.x0 - second.x0) > source.x_tolerance:
        return False
    paths = {this.fields[hit.label].path for hit in (first, second)}
    return not any(
        beside(hit, other)
        for hit in (first, second)
        for other in record.hits
        if not any(box.path in paths for box in this.boxes.get(other.label, ()))
    )


def _text_between(one: Hit, two: Hit, pieces: Sequence[Piece]) -> bool:
    start, end = (one.spans[-1].cell, one.spans[-1].end), (two.spans[0].cell, two.spans[0].start)
    return any(start <= (piece.cell, piece.start) < end for piece in pieces)


def _open_closed(outcome: Claims, this: Plan, record: Record, both: tuple[set[int], Piece]) -> Claims:
    """Leave open the fields that take no part in a run since their boxes are not checked: more lines stand below."""
    hits, piece = both
    ties = (f"{piece.text!r}, though its box is not checked", "nothing")
    undecided = [Claim(number, this.fields[record.hits[number].label], piece, "split", ties) for number in sorted(hits)]
    undecided = [item for item in undecided if item.field.kind == "text"]
    return outcome._replace(open=outcome.open + undecided)


def _deal(outcome: Claims, this: Plan, record: Record, run: Run, fits: Fits) -> Claims:
    """Deal the pieces that a run of labels governs out to its fields, in order."""
    mine = [item for item in outcome.claims if item.hit in run.hits and item.how == "below"]
    if run.one_cell:
        mine += [item for item in outcome.claims if item.hit == run.hits[-1] and item.how == "same cell"]
    if not mine:
        return outcome
    rest = [item for item in outcome.claims if item not in mine]
    asking = tuple(number for number in run.hits if number not in record.closed)
    if 0 < len(asking) < min(len(run.hits), len(mine)):
        outcome = _open_closed(outcome, this, record, (set(run.hits) - set(asking), mine[0].piece))
    run = run._replace(hits=asking or run.hits)
    fields = [this.fields[record.hits[number].label] for number in run.hits]
    pieces = [item.piece for item in mine]
    if len(fields) == 1 and not fields[0].many:
        return outcome._replace(claims=rest + [Claim(run.hits[0], fields[0], piece, "below") for piece in pieces])
    how: How = "in order"
    dealt = [] if run.one_cell and len(pieces) == 1 else in_order(pieces, fields, fits)
    if not dealt and not run.one_cell and take_turns(pieces, fields, fits):
        turns = zip(run.hits, fields, pieces, strict=True)
        return outcome._replace(claims=rest + [Claim(number, one, piece, "doubted") for number, one, piece in turns])
    if len(pieces) == 1 and (len(dealt) != 1 or not is_complete(dealt[0], fields)):
        dealt = split_line(pieces[0], fields, fits)
        how = "split"
    elif len(pieces) > 1 and fields[-1].many and not any(is_complete(reading, fields) for reading in dealt):
        rest_of_list = [(len(fields) - 1, piece) for piece in pieces[1:]]
        dealt = [[*head, *rest_of_list] for head in split_line(pieces[0], fields, fits)] or dealt
        how = "split"
    if len(dealt) == 1:
        lines = run.one_cell and len(pieces) > 1 and fields[0].kind == fields[1].kind == "text"
        claims = [Claim(run.hits[k], fields[k], piece, "lines" if lines else how) for k, piece in dealt[0]]
        unsure = lines or (how == "split" and not is_complete(dealt[0], fields))
        strung = (*outcome.strung, Strung(tuple(fields), tuple(pieces))) if unsure else outcome.strung
        return outcome._replace(claims=rest + claims, strung=strung)
    common = agreed(dealt)
    claims = [Claim(run.hits[k], fields[k], piece, "split") for k, piece in common]
    ties = tuple(told(reading, fields) for reading in dealt[:5])
    certain = {k for k, _ in common}
    undecided = [Claim(run.hits[k], fields[k], pieces[0], how, ties) for k in range(len(fields)) if k not in certain]
    strung = (*outcome.strung, Strung(tuple(fields), tuple(pieces)))
    return Claims(rest + claims, outcome.open + undecided, outcome.left, strung)

"""Says why the place of an answer is not beyond doubt."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from types import MappingProxyType

from extractor.divide import ends_name
from extractor.engine.boxes import assign_labels
from extractor.engine.claims import Claim
from extractor.engine.found import Part
from extractor.engine.heads import beside, close_by, is_set
from extractor.engine.labels import same_line
from extractor.engine.lacks import is_answer
from extractor.engine.mark_doubts import contested, is_behind_box, is_unmarked_box, may_be_cells, named_by_box
from extractor.engine.pieces import Piece, Tick, join
from extractor.engine.records import Plan
from extractor.engine.remembered import FULL_LINE
from extractor.engine.words import is_label, words_of
from extractor.engine.wraps import may_wrap, wraps_labels
from extractor.form.spec import Field
from extractor.source import Source

_FEW_DRAWN = 3
"""Marks of which fewer do not say that a record draws them all."""

_WORD = 4
"""Letters of a word, at least, that a ZIP code has none of."""

_TOUCHING = 0.1
"""Lines between two pieces of which one stands right below the other."""


WRAPPED = 0.24
ROWS = 0.3
"""The gap between two lines of a printed page, in heights of a line: below the first they are one text that was wrapped
(browsers leave 0.06 to 0.23), from the second on they are rows of a table (0.25, rarely, to 0.54)."""


def doubt_of(source: Source, part: Part, claims: Sequence[Claim]) -> str:
    """Why the place of an answer is not beyond doubt; "" if it is."""
    message = _HOW.get(claims[0].how, "")
    if not message:
        for doubted, doubt in _DOUBTS if source.format == "text" else _DOUBTS_BEYOND_TEXT:
            if doubted(source, part, claims):
                message = doubt
                break
    return message.format(repr(join([item.piece.text for item in claims]))) if message else ""


def wrapped_names(source: Source, part: Part, items: Sequence[Claim]) -> Iterator[str]:
    """Yield the lines of a list that may be one answer: in a text that wraps, and too wide to stand in one.

    A line is as wide as its column if the first word of the next one would make it wider than all others.
    """
    if source.format == "pdf":
        yield from _near_names(source, [item.piece for item in items])
    sure = wraps_labels(part)
    if source.format != "text" or not (sure or may_wrap(source, part)):
        return
    widest = max(item.piece.x1 for item in items)
    for before, after in pairwise(item.piece for item in items):
        word = after.text.split(" ", 1)[0]
        below = abs(before.x0 - after.x0) <= source.x_tolerance and abs(after.top - before.bottom) < _TOUCHING
        whole = ends_name(before.text) and not ends_name(word)
        if below and before.x1 + 1 + len(word) > widest and (sure or not whole):
            yield f"{before.text!r} and {after.text!r}"


def _near_names(source: Source, pieces: Sequence[Piece]) -> Iterator[str]:
    """Yield the printed lines that stand neither as near as wrapped text nor as far apart as rows, or on two pages.

    Nor are those one text of which the second had room behind the first.
    """
    widest = max(piece.x1 for piece in pieces)
    for before, after in pairwise(pieces):
        gap, height = after.top - before.bottom, after.bottom - after.top
        overleaf = source.items[before.cell].place.page != source.items[after.cell].place.page
        if abs(before.x0 - after.x0) > source.x_tolerance or not (overleaf or -0.1 * height < gap < ROWS * height):
            continue
        word = (after.x1 - after.x0) * (len(after.text.split(" ", 1)[0]) + 1) / len(after.text)
        if overleaf or gap >= WRAPPED * height or before.x1 + 1.2 * word < widest:
            yield f"{before.text!r} and {after.text!r}"


def _is_close(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether a piece of an answer stands one space from a piece that is not of it, or such pieces stand before it.

    In the latter case, they may be one answer, and the one behind them that of the label before its own.
    """
    if source.format != "text":
        return False
    mine = [item.piece for item in claims]
    others = [piece for piece in part.pieces if piece not in mine]
    if any(close_by(piece, others) for piece in mine):
        return True
    line = [piece for piece in others if piece.x0 < mine[0].x0 and same_line(piece, mine[0])]
    last = claims[0].field.kind == "text" and not claims[0].field.required
    return last and any(close_by(piece, line) for piece in line)


def _is_on_line(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer below its label stands at the right of another one that asks for the like there."""
    first = claims[0]
    if source.format != "text" or first.how != "below" or first.field.kind == "text":
        return False
    left = (hit for hit in part.record.hits if hit.x0 < first.piece.x0 and same_line(hit, first.piece))
    others = (one for hit in left if (one := part.this.fields.get(hit.label)) and one.path != first.field.path)
    return any((one.kind, one.where) == (first.field.kind, "either") for one in others)


def _holds_next(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer ends with words that the next label asks for, which has no answer."""
    return claims[0].hit in part.shared


def _is_apart(source: Source, _: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer is of several cells or lines that may not belong together."""
    if source.format == "pdf" or len(claims) == 1:
        return False
    pieces = [item.piece for item in claims]
    apart = not all(_same_value(source, *pair) for pair in pairwise(pieces))
    one_line = all(same_line(pieces[0], piece) for piece in pieces)
    return apart and (claims[0].field.kind == "text" or not one_line)


def _holds_label(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether a line of an answer is a label that stands there twice, or that of the record's free text."""
    lines = claims if len(claims) > 1 else []
    return any(_is_double(part, item) for item in claims) or any(_is_text_label(part, item) for item in lines)


def _may_hold_heading(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    return claims[0].field.kind == "text" and any(_may_be_heading(part, item.piece) for item in claims)


def _may_be_mark(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    marks = contested(part)
    return bool(marks) and any((item.piece.cell, item.piece.start) in marks for item in claims)


def _begins_label(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether a line of an answer is the beginning of a label that the record lacks: the label may be torn apart."""
    return any(_is_beginning(part, item.piece.text) for item in claims)


def _same_value(source: Source, before: Piece, piece: Piece) -> bool:
    """Whether a piece plainly belongs to the value before it: in its cell, or as the rest of a line that was full."""
    if same_line(before, piece):
        near = is_set(before) and piece.x0 - before.x1 == 1
        return source.format != "text" or before.cell == piece.cell or near
    below = abs(before.x0 - piece.x0) <= source.x_tolerance and abs(piece.top - before.bottom) < _TOUCHING
    return below and len(before.text) >= FULL_LINE


def _reads_like_label(_: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer that is found by its order alone reads like a label, so that it might be one."""
    lines = [item for item in claims if is_label(part.this.words, item.piece.text) and _ordered(part, item)]
    return any(not named_by_box(part.this, item.field, item.piece.text) for item in lines)


def _ordered(part: Part, item: Claim) -> bool:
    """Whether an answer is found by its order alone: nothing stands beside its label."""
    hit = part.record.hits[item.hit]
    return item.how in ("in order", "below") and not any(beside(hit, other) for other in part.record.hits)


def _may_be_anothers(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer below its label may be that of a label near it that is lost or stands twice."""
    for item in claims:
        by_order = source.format == "text" and _ordered(part, item)
        rows = part.shaken.printed if by_order else part.shaken.asked
        if item.how in ("below", "in order", "split") and part.record.rows[item.hit] in rows:
            return True
    return False


def starved(part: Part, answered: Set[str]) -> frozenset[int]:
    """The labels whose answer, which every filer must give, is not there; answered: paths of fields."""
    hits, rows = part.record.hits, part.record.rows
    asked = [(k, part.this.fields[hit.label]) for k, hit in enumerate(hits) if (rows[k], hit.label) in part.this.paths]
    lacking = [(k, one) for k, one in asked if one.required and one.path not in answered]
    if not lacking:
        return frozenset()
    boxes = assign_labels(part.record, part.this)
    ticked = {boxes[k].path for k, ticks in part.bound.items() if k in boxes and any(tick.checked for tick in ticks)}
    return frozenset(k for k, one in lacking if one.path not in ticked)


def torn_rows(source: Source, part: Part, answers: Iterable[Sequence[Claim]]) -> frozenset[int]:
    """The rows with an answer of several lines that may not belong together."""
    torn = (
        items
        for items in answers
        if not items[0].field.many and not all(_same_value(source, a.piece, b.piece) for a, b in pairwise(items))
    )
    return frozenset(part.record.rows[items[0].hit] for items in torn)


def _is_misplaced(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer may be that of another label of its row or the next, which has none."""
    if not part.starved and not part.torn:
        return False
    first, rows = claims[0], part.record.rows
    row = rows[first.hit]
    lacking = {rows[k] for k in part.starved}
    if first.field.many and source.format == "text":
        return row in part.torn
    if len(claims) > 1:
        return source.format == "text" and bool({row, row + 1} & lacking or row in part.torn)
    if row not in lacking:
        return row in part.torn and row - 1 in lacking
    if source.format == "text" and _ordered(part, first):
        return first.how == "below" or (first.field.kind == "text" and first.hit + 1 in part.starved)
    if part.this.section.rows[row].layout != "grid":
        return False
    return first.how in ("same cell", "same line") or (not first.field.required and _begins_before(source, part, first))


def _begins_before(source: Source, part: Part, item: Claim) -> bool:
    """Whether an answer begins in its line before the column in which its label does, wherever both were put since."""
    above, below = source.items[part.record.hits[item.hit].spans[0].cell].place, item.piece.spot(source.items).place
    if source.format != "text" or item.how != "below" or above.columns is None or below.columns is None:
        return False
    return below.columns[0] < above.columns[0] + part.record.hits[item.hit].spans[0].start


def unclear_end(this: Plan, after: Part) -> str:
    """Why the end of the free text before a record is not known; "" if it is. this: the plan of the text's record."""
    first = after.record.hits[0].spans[0] if after.record.hits else None
    if first is None or after.this.tabular:
        return ""
    if after.pieces and (after.pieces[0].cell, after.pieces[0].start) < (first.cell, first.start):
        return "more text stands before the label that follows it"
    strayed = (tick for tick in after.ticks if tick.typed and (tick.cell, tick.start) < (first.cell, first.start))
    if after.record.hits[0].label not in after.this.boxes and any(strayed):
        return "a letter stands before the label that follows it, which has no box"
    if after.this is this and this.section.repeats and this.text is not None:
        if any(row == 0 and not is_answer(this, hit.label) for hit, row in after.record.doubles):
            return "the labels that begin the next entry stand twice; the upper ones may be a part of it"
        grids = {number for number, row in enumerate(this.section.rows) if number and row.layout == "grid"}
        if grids and grids.isdisjoint(after.record.rows):
            return "the next entry has no labels but those that begin it, which may be a part of it"
    opening = after.this.section.rows[0].parts[0].label
    if after.this is this and this.section.repeats and all(hit.label != opening for hit in after.record.hits):
        return f"the next entry does not begin with the label {opening!r}"
    return ""


def unanswered(source: Source, part: Part, *, moved: bool) -> list[Field]:
    """The questions that a filer may leave open, in rows whose answers may stand elsewhere.

    moved: whether there is text in the record that has no place, or may be in a wrong one.
    """
    rows = part.this.section.rows
    seen = zip(part.record.hits, part.record.rows, strict=True)
    lacking = part.shaken.asked
    if source.format == "text" and not source.columns:
        twice = {row for hit, row in part.record.doubles if not is_answer(part.this, hit.label)}
        lacking = part.shaken.printed | twice | {row - 1 for row in twice}
    unsure = lacking | ({part.record.rows[k] for k in part.starved} if moved else set())
    near = [hit for hit, row in seen if row in unsure and rows[row].layout == "grid"]
    asked = (part.this.fields.get(hit.label) for hit in near)
    return [one for one in asked if one is not None and not one.required]


def _is_text_label(part: Part, item: Claim) -> bool:
    """Whether a line of an answer is the label of the record's free text."""
    return part.this.text is not None and words_of(item.piece.text) == words_of(part.this.text.label)


def _is_double(part: Part, item: Claim) -> bool:
    """Whether an answer is a label of its own row that stands there twice: on a board, or among others on its line."""
    row = part.record.rows[item.hit]
    doubles = [hit for hit, its_row in part.record.doubles if its_row == row and not is_answer(part.this, hit.label)]
    mine = [hit for hit in doubles if hit.spans[0][:2] == (item.piece.cell, item.piece.start)]
    if not mine or item.piece.text != mine[0].label:
        return False
    board = part.this.section.rows[row].layout == "board"
    return board or any(hit is not mine[0] and same_line(hit, mine[0]) for hit in doubles)


def _may_be_heading(part: Part, piece: Piece) -> bool:
    """Whether a piece stands last where the heading that follows is not known for sure: it may be that heading."""
    last = part.record.hits[-1].spans[-1]
    behind = part.text is None and [piece] == part.pieces[-1:] and (piece.cell, piece.start) > (last.cell, last.start)
    return behind and (bool(part.open_end) or part.twice)


def cell_doubt(source: Source, cells: Sequence[Piece], *, ended: bool) -> str:
    """Why the lines of a table's cell may not belong together; "" if they do. ended: whether its end is known."""
    if len(cells) > 1 and not ended:
        return "the words that end the form were not found here; a part of this may be theirs"
    if source.format == "text" and any(two.top - one.bottom > 0.1 for one, two in pairwise(cells)):
        return "its lines are apart, so a part of this may be no answer"
    return ""


def misplaced_text(part: Part, one: Field) -> Piece | None:
    """The text between the label of the last box and that of the free text, where the form has no answers."""
    others = [hit for hit in part.record.hits if hit.label != one.label]
    last = max(others, key=lambda hit: hit.spans[-1], default=None)
    if last is None or last.label in part.this.fields or not part.pieces:
        return None
    piece, end = part.pieces[-1], last.spans[-1]
    beside = any(same_line(hit, piece) for hit in part.record.hits)
    return None if beside or (piece.cell, piece.start) < (end.cell, end.start) else piece


def text_doubt(part: Part, one: Field, behind: Sequence[Piece | Tick]) -> str:
    """Why the text behind the last label is not beyond doubt; "" if it is."""
    first = behind[0]
    if isinstance(first, Piece) and words_of(first.text) == words_of(one.label):
        return "the label stands there twice; the second may begin the answer"
    if part.twice:
        return "the heading that follows, or its number, stands there twice or alone above it; that may end the answer"
    lines = [item.text for item in behind if isinstance(item, Piece)]
    strayed = next((text for text in lines if _may_be_strayed(part, text)), "")
    return f"the label {strayed!r}, of which one was not found above, stands in it" if strayed else ""


def _may_be_strayed(part: Part, text: str) -> bool:
    """Whether a line reads like the label of a box of the record, of which fewer were found than the form prints."""
    boxes = part.this.boxes.get(text, ())
    return sum(hit.label == text for hit in part.record.hits) < len(boxes)


def _is_beginning(part: Part, text: str) -> bool:
    words = words_of(text)
    if not words or words[0] not in part.this.words.root.next:
        return False
    seen = {hit.label for hit in part.record.hits}
    missing = (words_of(label) for label in part.this.words.labels if label not in seen)
    return any(len(words) < len(label) and label[: len(words)] == words for label in missing)


def _bare(part: Part) -> int | None:
    """The one label of a box without a mark, in a record that draws the marks of all others, the empty ones too."""
    boxed = (number for number, hit in enumerate(part.record.hits) if hit.label in part.this.boxes)
    if all(number in part.bound or number in part.far for number in boxed):
        return None
    boxes = assign_labels(part.record, part.this)
    drawn = [part.bound[number] for number in boxes if number in part.bound]
    left = [number for number in boxes if number not in part.bound and number not in part.far]
    if len(left) != 1 or len(drawn) < _FEW_DRAWN or all(tick.checked for ticks in drawn for tick in ticks):
        return None
    return left[0]


def _is_mingled(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether nothing keeps columns in a text, and labels of several columns take turns on the answer's board."""
    row = part.record.rows[claims[0].hit]
    if source.columns or source.format != "text" or claims[0].field.kind != "text" or not _ordered_on(part, row):
        return False
    hits = [hit for hit, its_row in zip(part.record.hits, part.record.rows, strict=True) if its_row == row]
    return any(one.bottom > two.top and one.spans[-1].cell > two.spans[0].cell for one, two in pairwise(hits))


def _is_behind_others(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether other answers and labels stand between a label and its answer, where nothing keeps columns."""
    one = claims[0]
    if source.columns or source.format != "text" or one.how not in ("below", "in order"):
        return False
    first, last = part.record.hits[one.hit].spans[-1].cell, one.piece.cell
    between = next((piece.cell for piece in part.pieces if first < piece.cell < last), last)
    return any(between <= hit.spans[0].cell < last for hit in part.record.hits)


def _is_before_another(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether an answer below its label stands before a label that asks for its like, where nothing keeps columns."""
    one = claims[0]
    if source.columns or source.format != "text" or one.how != "below" or one.field.where != "right":
        return False
    likes = (hit for hit in part.record.hits if hit.x0 > one.piece.x0 and same_line(hit, one.piece))
    return any((like := part.this.fields.get(hit.label)) and like.where == one.field.where for hit in likes)


def _may_begin_with_state(source: Source, _: Part, claims: Sequence[Claim]) -> bool:
    """Whether a ZIP code begins with a word that may end the answer before it, where nothing keeps columns."""
    words = claims[0].piece.text.split()
    strung = source.format == "text" and not source.columns and claims[0].field.kind == "zip"
    return strung and len(words) > 1 and words[0].isalpha() and len(words[0]) >= _WORD


def _is_beside_below(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether words of a text without columns stand behind a label whose answer the form puts below it."""
    one = claims[0]
    behind = one.how == "same cell" and one.field.where == "below" and one.field.kind == "text"
    return behind and source.format == "text" and not source.columns


def _ends_at_double(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether right behind an answer of a text without columns a label stands that stands there twice."""
    if source.columns or source.format != "text" or claims[0].field.kind != "text":
        return False
    doubles = [hit for hit, _ in part.record.doubles if not is_answer(part.this, hit.label)]
    twice = {hit.label for hit in doubles}
    after = claims[-1].piece.cell + 1
    return any(hit.label in twice and hit.spans[0].cell == after for hit in (*part.record.hits, *doubles))


def _has_lone_letter(source: Source, _: Part, claims: Sequence[Claim]) -> bool:
    """Whether a letter that is not English stands alone: a converter may have cut the word that it is in."""
    words = (word for item in claims for word in item.piece.text.split(" "))
    return source.format == "text" and any(len(word) == 1 and word.islower() and not word.isascii() for word in words)


def _ordered_on(part: Part, row: int) -> bool:
    return part.this.section.rows[row].layout == "board"


def _ends_at_bare_label(source: Source, part: Part, claims: Sequence[Claim]) -> bool:
    """Whether right below an answer a label stands that has no mark, and so may be the answer's last line."""
    number = _bare(part) if claims[0].field.kind == "text" else None
    if number is None:
        return False
    hit, piece = part.record.hits[number], claims[-1].piece
    below = abs(hit.x0 - piece.x0) <= source.x_tolerance and abs(hit.top - piece.bottom) < _TOUCHING
    return below and hit.spans[0].cell == piece.cell + 1


_Doubted = Callable[[Source, Part, Sequence[Claim]], bool]

_HOW: Mapping[str, str] = MappingProxyType(
    {
        "doubted": "{} stands below it, but its row lacks an answer and may be shifted",
        "last": "{} stands below all labels, not below the last one, which asks for an answer",
        "alone": "{} stands apart from its label; it is the only answer of its kind that no other label has",
        "cut": "{} is a part of a line that runs on below the next label, cut where a word begins right below that",
        "lines": "{} has a line of its own below labels that share one, and a line may be the rest of another answer",
    }
)
"""The doubts about an answer that come with how it was found."""

_DOUBTS: tuple[tuple[_Doubted, str], ...] = (
    (_reads_like_label, "{} is read as the answer by its order, but it reads like a label of the form"),
    (_holds_label, "{} stands where its answer does, but a part of it reads like a label that stands twice"),
    (_is_misplaced, "{} is read as the answer, but an answer that must stand beside or below it is not there"),
    (
        _may_be_anothers,
        "{} stands below it, but a label near it is lost or stands twice, so it may be another's answer",
    ),
    (
        _may_hold_heading,
        "{} stands last, where a heading was not found or stands twice; a part of it may be that heading",
    ),
    (
        _ends_at_bare_label,
        "{} ends where the label of a box stands that alone has no mark; the label may be a part of it",
    ),
    (
        _is_behind_others,
        "{} stands below other labels and answers, which come behind its own label; it may be another's",
    ),
    (_may_begin_with_state, "{} begins with a word, which may be a part of the answer before it"),
    (_is_before_another, "{} stands below it, but before a label that asks for the like; it may be that label's"),
    (_is_beside_below, "{} stands behind its label, not below it, and may be a part of words that read like the label"),
    (_ends_at_double, "{} ends where a label stands that stands there twice; one of them may be its last line"),
    (_has_lone_letter, "{} holds a letter that stands alone, and may be a part of the word before or behind it"),
    (_is_mingled, "{} is read by its order, in a text that mingles the lines of several columns"),
    (_may_be_mark, "{} may be an answer, or the mark of a box on its line"),
    (is_unmarked_box, "{} is read as an answer, but may be the label of the box that has no mark"),
    (is_behind_box, "{} stands behind the label of a box that has no mark; the label may be a part of it"),
    (may_be_cells, "{} may be an answer, or several, or a box's mark and its label"),
    (_begins_label, "{} reads like the beginning of a label that was not found here"),
    (_is_apart, "read as {} from several cells or lines, which may not belong together"),
    (_is_on_line, "{} stands below it, but on the line of another label that asks for such an answer at its right"),
    (_holds_next, "{} is read as the answer, but its end may be that of the next label, which has none"),
    (_is_close, "{} stands one space from its neighbour; that a column lies between is told by the lines around"),
    (
        lambda _, __, claims: any(item.how == "split" for item in claims),
        "read as {} since the line fits its labels in this way only",
    ),
)
"""The other doubts about an answer, each with its reason; the first that holds is told."""

_OF_TEXT = frozenset(
    {
        _is_behind_others,
        _is_before_another,
        _may_begin_with_state,
        _is_beside_below,
        _ends_at_double,
        _has_lone_letter,
        _is_mingled,
        _is_close,
        may_be_cells,
        is_behind_box,
        _is_on_line,
        _holds_next,
    }
)
"""Those that only a text leaves."""

_DOUBTS_BEYOND_TEXT = tuple(one for one in _DOUBTS if one[0] not in _OF_TEXT)

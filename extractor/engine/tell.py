"""Tells what a record answers: from bound marks and claimed pieces to answers, states of boxes and problems."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.engine.apart import described
from extractor.engine.boxes import assign_labels
from extractor.engine.claims import Claim, is_strung
from extractor.engine.doubts import (
    WRAPPED,
    cell_doubt,
    doubt_of,
    misplaced_text,
    starved,
    text_doubt,
    torn_rows,
    unanswered,
    wrapped_names,
)
from extractor.engine.echoes import LISTED
from extractor.engine.fields import claim
from extractor.engine.found import Answer, BoxAnswer, Found, Part, Undivided
from extractor.engine.joined import doubt_list, is_joined, shared
from extractor.engine.labels import Hit, same_line
from extractor.engine.mark_doubts import contested, listed_marks, mark_doubt, unplaced
from extractor.engine.pieces import STRANGE, Piece, Spot, Tick, is_broken, join, part_place
from extractor.engine.readings import Fits
from extractor.engine.records import Record
from extractor.engine.reports import path_of, report_open_list
from extractor.engine.tables import read_table, strung_cells
from extractor.engine.wraps import unwrapped
from extractor.finding import BoxState, Certainty, Leftover, Problem, ProblemKind
from extractor.form.spec import Box, Field
from extractor.source import Cell, Item, Mark, Place, Source

CUT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What a reader puts where a line was cut, and a space may have been lost."""

UNREAD = regex.compile(r"\N{REPLACEMENT CHARACTER} | [\p{Co}\p{Cc}] | \(cid:\d+\)", regex.VERBOSE)
"""A sign that could not be read, as converters write one whose letter their fonts do not name."""

_BACKWARDS = regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}]")
"""A letter of a script that is written from right to left."""

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]{2}")
"""Letters between which w3m writes no space, as their scripts need none."""

_INFERRED = {
    "split": "line split by the kinds of answers",
    "cut": "line cut below the next label",
    "lines": "a line for each label",
    "doubted": "text below, in a row that lacks an answer",
    "last": "text below all labels",
    "alone": "the only answer of its kind without a label",
}
"""The ways of finding an answer that leave a doubt, as rules."""


def tell(source: Source, part: Part, found: Found, fits: Fits, *, marked: bool) -> None:
    """Record what a part answers. marked: whether the document marks its checked boxes at all."""
    taken = [*part.bound.values(), *part.far.values()]
    unsure = contested(part)
    used = {(tick.cell, tick.start) for ticks in taken for tick in ticks} - unsure
    free = [tick for tick in part.ticks if (tick.cell, tick.start) not in used]
    wordless = _without_words(part, fits)
    words = [tick.typed for tick in free if tick.typed and (tick.cell, tick.start) not in wordless]
    pieces = sorted([*part.pieces, *words], key=lambda p: (p.cell, p.start))
    _labels(source, part, found)
    _damaged(source, part, found)
    _boxes(source, part, found, marked=marked)
    if source.format == "text" and marked:
        part = part._replace(record=replace(part.record, closed=_closed(part)))
    for one, tick in listed_marks(source, part):
        message = f"{one.label}: {tick.raw!r} stands in its column; it was taken for the mark of a box on its line"
        place = tick.spot(source.items).place
        found.problems.append(Problem(part.prefix + one.path, ProblemKind.AMBIGUOUS, message, place))
    left = (_table if part.this.tabular else _fields)(source, part, pieces, fits, found)
    _text(source, part, found)
    _suspects(source, part, found)
    for tick in free:
        if tick.checked and (tick.typed is None or (tick.cell, tick.start) in wordless - unsure):
            _stray(source.items[tick.cell], tick, path_of(part), found)
    for piece in left:
        if (piece.cell, piece.start) not in unsure:
            _leave(part, piece.text, piece.place(source.items), found)
    if part.open_end and part.this.section.repeats and not part.this.tabular:
        report_open_list(source, part, found)


def _without_words(part: Part, fits: Fits) -> set[tuple[int, int]]:
    """The letters X that are marks and no words, where no answer has letters: alone, or on the line of a box."""
    text = part.text[0] if part.text else None
    if any(fits(one.kind, "X") for one in part.this.fields.values() if one is not text):
        return set()
    boxes = [hit for hit in part.record.hits if hit.label in part.this.boxes]
    marks = zip(part.ticks, part.beside, strict=True)
    return {(one.cell, one.start) for one, pair in marks if pair.alone or any(same_line(one, hit) for hit in boxes)}


def _leave(part: Part, text: str, place: Place, found: Found) -> None:
    """Leave text over, and say in which record: it may be an answer, or a part of one."""
    found.leftovers.append(Leftover(text, place))
    message = f"{text!r} stands here, but no label claims it; it may be an answer, or a part of one"
    found.problems.append(Problem(path_of(part), ProblemKind.UNCLAIMED_TEXT, message, place))


def _labels(source: Source, part: Part, found: Found) -> None:
    for hit, row in zip(part.record.hits, part.record.rows, strict=True):
        span = hit.spans[0]
        for path in part.this.paths.get((row, hit.label), ()):
            found.labels[part.prefix + path] = (source.items[span.cell], span.start, span.end)


def _damaged(source: Source, part: Part, found: Found) -> None:
    """Report what was read by a damaged label."""
    for hit, row in zip(part.record.hits, part.record.rows, strict=True):
        if not hit.noise:
            continue
        span = hit.spans[0]
        item = source.items[span.cell]
        assert isinstance(item, Cell)
        seen, place = item.text[span.start : span.end], part_place(item, span.start, span.end)
        for one in part.this.section.rows[row].parts:
            if isinstance(one, Box | Field) and one.label == hit.label:
                path = part.prefix + (one.name if isinstance(one, Box) else one.path)
                message = f"the label {one.label!r} is damaged; it was read from {seen!r}, the only text near to it"
                found.problems.append(Problem(path, ProblemKind.INFERRED, message, place))


def _suspects(source: Source, part: Part, found: Found) -> None:
    """Report labels that a record has no room for: a record whose beginning is damaged may be hidden there."""
    if not part.record.suspects:
        return
    seen = ", ".join(dict.fromkeys(repr(hit.label) for hit in part.record.suspects))
    span = part.record.suspects[0].spans[0]
    place = source.items[span.cell].place
    message = f"the labels {seen} stand here again, but nothing begins another entry; answers here may be mixed up"
    paths = [part.this.section.prefix.removesuffix("[]"), part.prefix.rstrip(".")]
    if part.text is not None:
        paths.append(part.prefix + part.text[0].path)
    for path in dict.fromkeys(path for path in paths if path):
        found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, place))


def _boxes(source: Source, part: Part, found: Found, *, marked: bool) -> None:
    for number, box in assign_labels(part.record, part.this).items():
        span = part.record.hits[number].spans[0]
        label = Spot(source.items[span.cell], span.start, span.end)
        path = part.prefix + box.path
        seen = _seen(source, part, number, marked=marked)
        if seen.doubt:
            message = f"box {box.label!r}: {seen.doubt}"
            found.problems.append(Problem(f"{path}={box.value}", ProblemKind.AMBIGUOUS, message, label.place))
        spot, raw = (seen.tick.spot(source.items), seen.tick.raw) if seen.tick else (label, "")
        found.boxes.append(BoxAnswer(path, box.value, seen.state, raw, spot, seen.rule))


class _Seen(NamedTuple):
    """What is seen of a box: its state, the rule that says so, its mark, and a doubt about it."""

    state: BoxState
    rule: str
    tick: Tick | None = None
    doubt: str = ""


def _seen(source: Source, part: Part, number: int, *, marked: bool) -> _Seen:
    """What is seen of the box with a label, by the label's number."""
    ticks = part.bound.get(number, [])
    if number in part.far:
        doubt = "a mark stands before it, but farther off than this document's marks do"
        return _Seen(BoxState.UNKNOWN, "mark far off", None, doubt)
    if (doubted := unplaced(source, part, number)) is not None:
        rule, doubt = doubted
        return _Seen(BoxState.UNKNOWN, rule, None, doubt)
    if len(ticks) > 1:
        doubt = f"expected one mark beside the label, seen {len(ticks)}"
        return _Seen(BoxState.UNKNOWN, "several marks", None, doubt)
    if not ticks:
        rule = "label without mark" if marked else "no marks in this document"
        return _Seen(BoxState.UNCHECKED if marked else BoxState.UNKNOWN, rule)
    tick, mark = ticks[0], source.items[ticks[0].cell]
    rule = "mark beside its label"
    if isinstance(mark, Mark) and mark.evidence:
        rule = f"{rule}: {mark.evidence}"
    if isinstance(mark, Mark) and mark.doubt:
        return _Seen(BoxState.UNKNOWN, rule, tick, mark.doubt)
    state = BoxState.CHECKED if tick.checked else BoxState.UNCHECKED
    return _Seen(state, rule, tick, mark_doubt(source, part, number, tick))


def _closed(part: Part) -> frozenset[int]:
    """The labels without an answer as their boxes say: unchecked ones that ask for a text, checked ones instead."""
    both = {label for label, one in part.this.fields.items() if one.kind == "text" and label in part.this.boxes}
    hits = [number for number, hit in enumerate(part.record.hits) if hit.label in both] if both else []
    closed = {k for k in hits if not any(tick.checked for tick in part.bound.get(k, part.far.get(k, ())))}
    told = {label for label, one in part.this.fields.items() if one.kind == "amount_or_indefinite"}
    for number, box in assign_labels(part.record, part.this).items() if told else ():
        if box.anchor in told and any(tick.checked for tick in part.bound.get(number, ())):
            closed |= {k for k, hit in enumerate(part.record.hits) if hit.label == box.anchor}
    return frozenset(closed)


def _with_boxes(record: Record, bound: Mapping[int, list[Tick]]) -> Record:
    """The record with labels that begin where their boxes do: an answer below stands below the box."""
    hits = list(record.hits)
    for number, ticks in bound.items():
        hits[number] = hits[number]._replace(x0=min(hits[number].x0, *(tick.x0 for tick in ticks)))
    return replace(record, hits=hits)


def _fields(source: Source, part: Part, pieces: list[Piece], fits: Fits, found: Found) -> list[Piece]:
    record = _with_boxes(part.record, part.bound) if pieces else part.record
    claims = claim(source, part.this, record, pieces, fits)
    if is_strung(source):
        claims = described(claims, part.this, part.record, part.bound.keys(), fits)
    by_field: dict[str, list[Claim]] = {}
    for item in claims.claims:
        by_field.setdefault(item.field.path, []).append(item)
    answered = by_field.keys() | {item.field.path for item in claims.open}
    torn = torn_rows(source, part, by_field.values())
    ends = shared(part, by_field.values(), answered, fits) if source.format == "text" else frozenset()
    part = part._replace(starved=starved(part, answered), torn=torn, shared=ends)
    for path, items in by_field.items():
        _say(source, part, part.prefix + path, items, found)
    told = len(found.problems)
    for item in claims.open:
        message = f"{item.field.label}: the columns of this line are lost and it can be read in more than one way: " + (
            " | ".join(item.ties) if item.ties else f"none fits {item.piece.text!r}"
        )
        place = item.piece.place(source.items)
        found.problems.append(Problem(part.prefix + item.field.path, ProblemKind.AMBIGUOUS, message, place))
    for strung in claims.strung:
        paths = {part.prefix + one.path for one in strung.fields}
        problems = tuple(problem for problem in found.problems[told:] if problem.path in paths)
        found.undivided.append(Undivided(part.prefix, *strung, problems))
    for one in unanswered(source, part, moved=bool(torn or claims.left)):
        if one.path not in answered:
            message = f"{one.label}: no answer stands below it, but it may stand elsewhere: its row is not whole"
            found.problems.append(Problem(part.prefix + one.path, ProblemKind.MISSING_VALUE, message))
    return claims.left


def _say(source: Source, part: Part, path: str, items: Sequence[Claim], found: Found) -> None:
    """Record the answer of one field, or its answers line by line."""
    one = items[0].field
    rule = _INFERRED.get(items[0].how, f"text {items[0].how}")
    texts = _values(source, part, items) if one.many else [items]
    for number, claims in enumerate(texts):
        name = f"{path}[{number}]" if one.many else path
        joined = doubt_list(source, part, claims)
        how = LISTED if joined and len(texts) == 1 and is_joined(part) else rule
        doubt = doubt_of(source, part, claims) or joined
        _record(source, found, name, one, [item.piece for item in claims], how, doubt)
    if one.many and one.kind == "text" and (wrapped := next(wrapped_names(source, part, items), "")):
        place = items[0].piece.place(source.items)
        message = f"{one.label}: {wrapped} stand one below another; they may be one that was wrapped"
        found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, place))


def _record(
    source: Source, found: Found, path: str, one: Field, items: Sequence[Piece | Tick], rule: str, doubt: str
) -> None:
    """Record an answer, and a problem if there is a doubt; a wrap at a hyphen leaves one, in names and other texts."""
    texts = [item.raw if isinstance(item, Tick) else item.text for item in items]
    raw, told = _joined(source, texts) if one.kind == "text" else (join(texts), True)
    raw = raw.removeprefix(": ")
    if CUT in raw:
        raw = _mended(source, raw)
    if not doubt and (CUT in raw or UNREAD.search(raw)):
        doubt = f"read as {raw!r}; a sign in it could not be read, or a space may have been lost there"
    if not doubt and source.spaced and not raw.isascii() and _UNSPACED.search(raw):
        doubt = f"read as {raw!r}; text browsers lose spaces between letters of such scripts"
    if not doubt and source.format == "text" and not raw.isascii() and _BACKWARDS.search(raw):
        doubt = f"read as {raw!r}; converters write words from right to left in either order"
    if not doubt and STRANGE.search(raw):
        doubt = f"read as {raw!r}; it holds signs of markup, which may be none of the answer's"
    if not (told or doubt):
        doubt = f"read as {raw!r}; a line ends within a word, where a space may have been lost"
    spots = tuple(item.spot(source.items) for item in items)
    certainty: Certainty = "inferred" if doubt else "exact"
    found.answers.append(Answer(path, one.kind, raw, spots, rule, certainty))
    if doubt:
        found.problems.append(Problem(path, ProblemKind.INFERRED, f"{one.label}: {doubt}", spots[0].place))


def _mended(source: Source, raw: str) -> str:
    """A text without its cuts where the words around one stand elsewhere, always with a space or always without."""
    first, *rest = raw.split(CUT)
    for after in rest:
        before, behind = first.split()[-1:], after.split()[:1]
        ways = [gap for gap in ("", " ") if _stands(source, f" {''.join(before)}{gap}{''.join(behind)} ")]
        first = f"{first.rstrip()}{ways[0]}{after}" if len(ways) == 1 else f"{first}{CUT}{after}"
    return first


def _joined(source: Source, texts: Sequence[str]) -> tuple[str, bool]:
    """A wrapped text as one line, and whether the document tells if spaces were lost where a line ends within a word.

    It tells if the two words at the break stand elsewhere on one line, always with a space between or always without.
    """
    raw, told = texts[0], True
    for line, after in pairwise(texts):
        if not is_broken(line, after):
            raw = f"{raw} {after}"
            continue
        ways = [gap for gap in ("", " ") if _stands(source, f" {line.split()[-1]}{gap}{after.split()[0]} ")]
        raw += (ways[0] if len(ways) == 1 else "") + after
        told = told and len(ways) == 1
    return raw, told


def _stands(source: Source, words: str) -> bool:
    return any(words in f" {item.text} " for item in source.items if isinstance(item, Cell))


def _values(source: Source, part: Part, items: Sequence[Claim]) -> list[list[Claim]]:
    """The claims of a list by value: each line is one, but for wrapped lines."""
    if source.format != "pdf":
        return unwrapped(source, part, items)
    values: list[list[Claim]] = []
    for item in items:
        open_value = next((value for value in values if _goes_on(source, value[-1].piece, item.piece)), None)
        if open_value is not None:
            open_value.append(item)
        else:
            values.append([item])
    if any(len(value) > 1 for value in values):
        values = _row_by_row(values)
    return values


def _row_by_row(values: Sequence[list[Claim]]) -> list[list[Claim]]:
    """Values in the order of their rows, where some are of several lines: cells of a row are centred on each other."""
    rows: list[tuple[float, list[list[Claim]]]] = []
    for value in sorted(values, key=_middle):
        height = value[0].piece.bottom - value[0].piece.top
        if rows and _middle(value) - rows[-1][0] < 0.5 * height:
            rows[-1][1].append(value)
        else:
            rows.append((_middle(value), [value]))
    return [value for _, row in rows for value in sorted(row, key=lambda value: value[0].piece.x0)]


def _middle(value: Sequence[Claim]) -> float:
    return (value[0].piece.top + value[-1].piece.bottom) / 2


def _goes_on(source: Source, before: Piece, piece: Piece) -> bool:
    """Whether a piece is the next line of a wrapped value: printed right below it, closer than rows of a list are."""
    if source.items[before.cell].place.page != source.items[piece.cell].place.page:
        return False
    gap = piece.top - before.bottom
    return abs(before.x0 - piece.x0) <= source.x_tolerance and -1 < gap < WRAPPED * (piece.bottom - piece.top)


def _text(source: Source, part: Part, found: Found) -> None:
    """Record the text behind the last label, with marks as they are written."""
    if part.text is None:
        return
    one, behind = part.text
    if (piece := misplaced_text(part, one)) is not None:
        message = f"{one.label}: {piece.text!r} stands between the last box and this label; it may be the answer"
        place = piece.spot(source.items).place
        found.problems.append(Problem(part.prefix + one.path, ProblemKind.AMBIGUOUS, message, place))
    if part.open_end and (behind or not part.this.section.repeats):
        cell = behind[0].cell if behind else part.record.hits[-1].spans[-1].cell
        _report_open_end(source, part, one, cell, found)
    elif behind:
        doubt = text_doubt(part, one, behind)
        _record(source, found, part.prefix + one.path, one, behind, "all text below label", doubt)


def _report_open_end(source: Source, part: Part, one: Field, cell: int, found: Found) -> None:
    """Report free text whose end is not known, since the heading that follows it was not found."""
    message = f"{one.label}: the heading {part.open_end!r} that ends this text was not found; look at the document"
    path, place = part.prefix + one.path, source.items[cell].place
    found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, place))


def _table(source: Source, part: Part, pieces: list[Piece], fits: Fits, found: Found) -> list[Piece]:
    """Record the rows of a table, each as a record of its own."""
    fields = [one for one in part.this.section.parts() if isinstance(one, Field)]
    labels = {one.label: number for number, one in enumerate(fields)}
    first: dict[str, Hit] = {}
    for hit in part.record.hits:
        if hit.label in labels:
            first.setdefault(hit.label, hit)
    header = sorted(first.values(), key=lambda hit: labels[hit.label])
    if len(header) < len(fields):
        found.records[part.this.section.number] = 0
        return pieces
    ends = [(hit.spans[-1].cell, hit.spans[-1].end) for hit in header]
    end = max(ends)
    mingled = source.format == "text" and any(end > (p.cell, p.start) > min(ends) for p in pieces)
    mingled = mingled and not source.columns
    if mingled:
        end = min(ends)
    below = [piece for piece in pieces if (piece.cell, piece.start) >= end]
    rows, left = read_table(source, fields, header, below, fits)
    rows = [row._replace(certain=False) for row in rows] if mingled else rows
    found.records[part.this.section.number] = len(rows)
    for number, row in enumerate(rows):
        prefix = f"{part.this.section.prefix[:-1]}{number}]."
        strung = strung_cells(fields, row) if source.format == "text" else range(0)
        if strung:
            _leave_open(source, prefix, fields[strung.start : strung.stop], row.cells[strung.start], found)
        for column, (one, cells) in enumerate(zip(fields, row.cells, strict=True)):
            if cells and column not in strung:
                doubt = "" if row.certain else "read by the nearest column; left edges do not line up"
                apart = cell_doubt(source, cells, ended=not part.open_end or row is not rows[-1])
                if apart:
                    _report_rows(part, cells[0].place(source.items), found)
                doubt = apart or doubt
                _record(source, found, prefix + one.path, one, cells, "table column", doubt)
    if source.format == "text" and (left or not all(row.certain for row in rows)):
        found.undivided.append(Undivided(part.this.section.prefix, tuple(fields), tuple(below), rows=True))
    return left


def _leave_open(source: Source, prefix: str, fields: Sequence[Field], pieces: Sequence[Piece], found: Found) -> None:
    """Leave some fields of a table's row open, whose answers stand in one column."""
    place = pieces[0].place(source.items)
    text = join([piece.text for piece in pieces])
    problems = tuple(
        Problem(
            prefix + one.path,
            ProblemKind.AMBIGUOUS,
            f"{one.label}: the answers of several columns run together in {text!r}",
            place,
        )
        for one in fields
    )
    found.problems += problems
    found.undivided.append(Undivided(prefix, tuple(fields), tuple(pieces), problems))


def _report_rows(part: Part, place: Place, found: Found) -> None:
    """Report that a row of a table may hold the answers of more than one."""
    message = "the lines of a row stand apart; they may be several rows"
    found.problems.append(Problem(path_of(part), ProblemKind.AMBIGUOUS, message, place))


def _stray(item: Item, tick: Tick, path: str, found: Found) -> None:
    raw = item.raw if isinstance(item, Mark) else tick.raw
    message = f"a checked box {raw!r} stands beside no label that the form prints here; look at the document"
    found.problems.append(Problem(path, ProblemKind.STRAY_MARK, message, item.place))

"""Divides rows whose columns are lost, after the whole document is known: what stands elsewhere in it tells.

The rows come here only where their place and the kinds of answers leave several readings. Each answer that is read so
is inferred and has a problem with the reason; what no rule divides stays open, with the problem that says so.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from extractor.braids import unbraided
from extractor.divide import ONE_LINE, Divide, Division, Evidence, said_words
from extractor.engine.claims import is_strung
from extractor.engine.found import Answer, Found, Undivided
from extractor.engine.pieces import Piece, Spot, cut_piece, is_glued, join
from extractor.engine.readings import Fits
from extractor.engine.sections import Form
from extractor.finding import Problem, ProblemKind
from extractor.form.spec import Field
from extractor.source import Cell, Source


class _Word(NamedTuple):
    """A word, and where it stands: in one piece, or in two if a line was wrapped at its hyphen."""

    text: str
    pieces: tuple[Piece, ...]


def divide_rows(source: Source, form: Form, found: Found, divide: Divide, fits: Fits) -> None:
    """Record the answers of the rows whose columns are lost, as far as they can be divided."""
    if is_strung(source):
        found.undivided += list(_only_seconds(source, form, found))
    said = said_words(" _ ".join(item.text for item in source.items if isinstance(item, Cell)))
    answers = {answer.path: answer.raw for answer in found.answers}
    doubted = frozenset(problem.path for problem in found.problems)
    doubted |= {row.prefix + one.path for row in found.undivided for one in row.fields}
    strings = any(len(row.pieces) == 1 and not row.rows for row in found.undivided)
    for row in found.undivided:
        if row.rows:
            _divide_table(source, found, row, (divide, Evidence(said, answers, doubted)), fits)
            continue
        words = list(_words(row.pieces))
        division = _division(row.fields, words, divide, Evidence(said, answers, doubted))
        if division and division.rule == ONE_LINE and all(row.prefix + one.path in answers for one in row.fields):
            continue
        mine = list(_answers(source, row, words, division)) if division else []
        if division and (strings or _agrees(found, row, mine)):
            _record(found, row, mine, division)
            answers |= {answer.path: answer.raw for answer in mine}
        elif division:
            _leave_out(found, row, mine)
        else:
            _doubt_blanks(found, row)


def _only_seconds(source: Source, form: Form, found: Found) -> Iterator[Undivided]:
    """Yield the rows of two questions of which only the second is answered, but the first one must be.

    The words below the second label may be the answers of both, as where a converter puts them below the last label.
    """
    answers = {answer.path: answer for answer in found.answers}
    cells = {id(item): number for number, item in enumerate(source.items)}
    for first, second in _pairs(form):
        for path, answer in answers.items():
            prefix = path.removesuffix(second.path)
            if prefix == path or prefix + first.path in answers or any(id(s.item) not in cells for s in answer.spots):
                continue
            pieces = tuple(
                Piece(s.text, cells[id(s.item)], s.start, s.end, s.item.x0, s.item.x1, s.item.top, s.item.bottom)
                for s in answer.spots
            )
            paths = {prefix + first.path, path}
            said = tuple(problem for problem in found.problems if problem.path in paths)
            yield Undivided(prefix, (first, second), pieces, said)


def _pairs(form: Form) -> Iterator[tuple[Field, Field]]:
    """Yield the two questions of each row of text of which the first must be answered, and the second may be."""
    for section in form.sections:
        for row in section.rows:
            fields = [part for part in row.parts if isinstance(part, Field)]
            if row.layout == "grid" and [(one.kind, one.required) for one in fields] == [
                ("text", True),
                ("text", False),
            ]:
                yield fields[0], fields[1]


def _division(fields: Sequence[Field], words: Sequence[_Word], divide: Divide, evidence: Evidence) -> Division | None:
    return divide([one.path.rsplit(".", 1)[-1] for one in fields], [word.text for word in words], evidence)


def _divide_table(source: Source, found: Found, table: Undivided, how: tuple[Divide, Evidence], fits: Fits) -> None:
    """Record the rows of a table: each ends with an answer of the last column's kind."""
    rows: list[list[_Word]] = [[]]
    divisions: Sequence[Division | None]
    for word in _words(table.pieces):
        before = rows[-1][-1] if rows[-1] else None
        if before and is_glued(before.text) and fits(table.fields[-1].kind, before.text + word.text):
            word = _Word(before.text + word.text, (*before.pieces, *word.pieces))
            rows[-1].pop()
        rows[-1].append(word)
        if fits(table.fields[-1].kind, word.text):
            rows.append([])
    stem = table.prefix[:-1]
    if rows.pop():
        braid = _braid(table, how[1])
        if braid is None:
            return
        rows, divisions = [braid[0]], [braid[1]]
    else:
        divisions = [_division(table.fields, words, *how) for words in rows]
    known = {answer.path.partition("]")[0] for answer in found.answers if answer.path.startswith(stem)}
    whole = [division is not None and None not in division.parts for division in divisions]
    if not all(divisions) or (known and (len(known) != len(rows) or not all(whole))):
        return
    if known:
        found.problems[:] = [one for one in found.problems if not one.path.startswith(stem)]
    places = {piece.place(source.items) for piece in table.pieces}
    found.leftovers[:] = [one for one in found.leftovers if one.place not in places]
    kinds = (ProblemKind.UNCLAIMED_TEXT,)
    found.problems[:] = [one for one in found.problems if one.kind not in kinds or one.place not in places]
    for number, (words, division) in enumerate(zip(rows, divisions, strict=True)):
        if division is not None:
            row = table._replace(prefix=f"{stem}{number}].")
            _record(found, row, list(_answers(source, row, words, division)), division)


def _braid(table: Undivided, evidence: Evidence) -> tuple[list[_Word], Division] | None:
    """The words of a row whose wrapped cells give their lines mingled, cell by cell, and where each cell begins."""
    lines = [list(_words([*line])) for _, line in groupby(table.pieces, key=lambda piece: piece.top)]
    cells = unbraided([[word.text for word in line] for line in lines], evidence.issuers)
    if cells is None or len(cells) != len(table.fields):
        return None
    words: list[_Word] = []
    parts = []
    for cell in cells:
        start = len(words)
        for line, first, last in cell:
            for word in lines[line][first:last]:
                if cell is cells[-1] and len(words) > start and is_glued(words[-1].text):
                    word = _Word(words[-1].text + word.text, (*words.pop().pieces, *word.pieces))
                words.append(word)
        parts.append((start, len(words)))
    return words, Division(tuple(parts), "the lines of its cells fit together in one way only")


def _words(pieces: Sequence[Piece]) -> Iterator[_Word]:
    """Yield the words of some lines; one that is wrapped at a hyphen is one word."""
    open_word: _Word | None = None
    for piece in pieces:
        at = 0
        for text in piece.text.split(" "):
            part = cut_piece(piece, at, at + len(text))
            at += len(text) + 1
            glued = open_word is not None and part.start == piece.start and is_glued(open_word.text)
            if open_word is not None and not glued:
                yield open_word
            open_word = (
                _Word(open_word.text + text, (*open_word.pieces, part)) if glued and open_word else _Word(text, (part,))
            )
    if open_word is not None:
        yield open_word


def _answers(source: Source, row: Undivided, words: Sequence[_Word], division: Division) -> Iterator[Answer]:
    """Yield the answers of a row that is divided."""
    for one, part in zip(row.fields, division.parts, strict=True):
        if part is not None and part[0] < part[1]:
            mine = words[part[0] : part[1]]
            raw = " ".join(word.text for word in mine)
            spots = tuple(_spots(source, [piece for word in mine for piece in word.pieces]))
            yield Answer(row.prefix + one.path, one.kind, raw, spots, division.rule, "inferred")


def _spots(source: Source, pieces: Sequence[Piece]) -> Iterator[Spot]:
    """Yield where some words stand, one spot for each cell."""
    first = last = pieces[0]
    for piece in pieces[1:]:
        if piece.cell != last.cell:
            yield Spot(source.items[first.cell], first.start, last.end)
            first = piece
        last = piece
    yield Spot(source.items[first.cell], first.start, last.end)


def _agrees(found: Found, row: Undivided, answers: Sequence[Answer]) -> bool:
    """Whether a division says the same as what all readings of the row have in common."""
    paths = {row.prefix + one.path for one in row.fields}
    known = {answer.path: answer.raw for answer in found.answers if answer.path in paths}
    new = {answer.path: answer.raw for answer in answers}
    return all(new.get(path) == raw for path, raw in known.items())


def _doubt_blanks(found: Found, row: Undivided) -> None:
    """Report the questions of a row that nothing divides, but that seem to have no answer."""
    said = {answer.path for answer in found.answers} | {problem.path for problem in found.problems}
    for one in row.fields:
        path = row.prefix + one.path
        if path not in said:
            found.problems.append(_undivided(one, path, row))


def _leave_out(found: Found, row: Undivided, answers: Sequence[Answer]) -> None:
    """Leave out the answers of a row that its lines divide otherwise than the way such answers are built."""
    new = {answer.path: answer.raw for answer in answers}
    for one in row.fields:
        path = row.prefix + one.path
        old = next((answer for answer in found.answers if answer.path == path), None)
        if (old.raw if old else "") != new.get(path, ""):
            seen = f"{old.raw if old else ''!r} or {new.get(path, '')!r}"
            message = f"{one.label}: the columns of this row are lost; it may be {seen}"
            found.answers[:] = [answer for answer in found.answers if answer is not old]
            found.problems.append(Problem(path, ProblemKind.AMBIGUOUS, message, old.place if old else None))


def _record(found: Found, row: Undivided, answers: Sequence[Answer], division: Division) -> None:
    """Record a row that is divided: its answers, and why they are read so."""
    paths = {row.prefix + one.path for one in row.fields}
    kept = [answer for answer in found.answers if answer.path not in paths]
    mine = (at for at in range(len(kept), 0, -1) if kept[at - 1].path.startswith(row.prefix))
    at = next(mine, len(kept))
    found.answers[:] = [*kept[:at], *answers, *kept[at:]]
    open_paths = {row.prefix + one.path for one, part in zip(row.fields, division.parts, strict=True) if part is None}
    gone = {id(problem) for problem in row.problems if problem.path not in open_paths}
    found.problems[:] = [problem for problem in found.problems if id(problem) not in gone]
    texts = {answer.path: answer.raw for answer in answers}
    for one, part in zip(row.fields, division.parts, strict=True):
        path = row.prefix + one.path
        if part is not None:
            found.problems.append(_inferred(one, path, texts, division.rule))
        elif not row.problems:
            found.problems.append(_undivided(one, path, row))


def _undivided(one: Field, path: str, row: Undivided) -> Problem:
    text = join([piece.text for piece in row.pieces])
    message = f"{one.label}: the columns of this row are lost, and nothing tells where its answer ends in {text!r}"
    return Problem(path, ProblemKind.AMBIGUOUS, message)


def _inferred(one: Field, path: str, texts: dict[str, str], rule: str) -> Problem:
    seen = f"read as {texts[path]!r}" if path in texts else "read as blank"
    message = f"{one.label}: {seen} in a line whose columns are lost, since {rule}"
    return Problem(path, ProblemKind.INFERRED, message)

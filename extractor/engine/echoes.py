"""Settles answers that mingle with the lines of a list beside them, by what the text says of them in another place.

Where columns are lost, the lines of a list may stand among those of the answers at its left. An answer that the form
prints twice, and that stands alone in one place, tells which line is its own in the other; a place is told by its name.
The other lines are the list's, but for those behind the label of a checked box that asks for words. Whatever is read so
is inferred, and a problem says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.divide import Divide, Evidence
from extractor.engine.found import Answer, Found, Part
from extractor.engine.pieces import Spot
from extractor.engine.readings import Fits
from extractor.engine.records import X_MARKS
from extractor.engine.sections import Form
from extractor.engine.words import words_of
from extractor.finding import BoxState, Problem, ProblemKind
from extractor.form.spec import LOOSE, Box, Field
from extractor.source import Source

_LISTED = regex.compile(r"(?P<list>.+)\[\d+\]")

_RULE = "what stands among its lines is told elsewhere, or by its kind"
_BLANK = "the form prints it twice, and it is blank there"
_OTHERS = "the form prints it twice, and the two do not say the same"
_NO_PLACE = "none of its lines is of its kind"


LISTED = "the lines of a list in one line"
"""The rule of an answer that may be several, as the boxes beside it share a line too."""


class _Own(NamedTuple):
    """What of an answer is its own (None: nothing), what is not, and why."""

    own: Spot | None
    others: tuple[Spot, ...]
    rule: str = _RULE


class Asked(NamedTuple):
    """What a form says of its answers, by the ends of their paths.

    places: those that name a place, as their example does. described: the boxes (path=value) whose labels ask for
    words, too, and the paths of these. labels: the words of all labels.
    """

    places: frozenset[str]
    described: Mapping[str, str]
    labels: frozenset[tuple[str, ...]]


class _Text(NamedTuple):
    """A document. numbers: of its items, by identity. blank: the paths of answers that lack in one of two places."""

    found: Found
    asked: Asked
    numbers: Mapping[int, int]
    blank: Set[str]

    def at(self, spot: Spot) -> tuple[int, int]:
        """Where words stand in the document."""
        return self.numbers.get(id(spot.item), -1), spot.start


@lru_cache(maxsize=8)
def asked_of(form: Form, fits: Fits) -> Asked:
    """What a form says of its answers."""
    places: set[str] = set()
    described: dict[str, str] = {}
    for section in form.sections:
        fields = {part.label: part for part in section.parts() if isinstance(part, Field) and part.kind == "text"}
        places |= {one.path for one in fields.values() if fits("place", one.example)}
        boxes = [part for part in section.parts() if isinstance(part, Box) and part.label in fields]
        described |= {box.name: fields[box.label].path for box in boxes}
    labels = frozenset(words_of(part.label) for section in form.sections for part in section.parts())
    return Asked(frozenset(places), described, labels)


def blank_twins(source: Source, parts: Iterable[Part], found: Found) -> set[str]:
    """The paths that two records ask for, but that are answered in one of them: below the other label is the next."""
    if not _lists(found.answers):
        return set()
    numbers = {id(item): number for number, item in enumerate(source.items)}
    asked: dict[str, list[tuple[Part, bool]]] = {}
    for part in parts:
        for (row, label), paths in part.this.paths.items():
            at = [k for k, hit in enumerate(part.record.hits) if (part.record.rows[k], hit.label) == (row, label)]
            if len(at) == 1:
                after = [hit.spans[0][:2] for hit in part.record.hits[at[0] + 1 :][:1]]
                bare = after == [(part.record.hits[at[0]].spans[-1].cell + 1, 0)]
                for path in paths:
                    asked.setdefault(part.prefix + path, []).append((part, bare))
    answers: dict[str, list[int]] = {}
    for answer in found.answers:
        answers.setdefault(answer.path, []).append(numbers.get(id(answer.spots[0].item), -1))
    return {
        path
        for path, places in asked.items()
        if len(places) > 1 and len(answers.get(path, ())) == 1
        for part, bare in places
        if bare and not part.record.first <= answers[path][0] < part.record.last
    }


def settle_lists(source: Source, found: Found, how: tuple[Divide, Fits], asked: Asked, blank: Set[str]) -> None:
    """Record answers without the lines of a list that mingle with them, and these lines as the list's."""
    text = _Text(found, asked, {id(item): number for number, item in enumerate(source.items)}, blank)
    for path in _lists(found.answers):
        prefix = path.rpartition(".")[0] + "."
        lines: list[Spot] = []
        for answer in [one for one in found.answers if one.path.startswith(prefix)]:
            there = any(answer is one for one in found.answers)
            told = None if _LISTED.fullmatch(answer.path) or not there else _told(text, answer, (path, lines), how[1])
            if told:
                _settle(found, answer, told)
                lines += (spot for spot in told.others if words_of(spot.text.removeprefix("X ")) not in asked.labels)
        lines.sort(key=text.at)
        _extend(found, path, _without_description(text, path, lines))
        _part(found, path, how[0])


def _settle(found: Found, answer: Answer, told: _Own) -> None:
    """Record what is an answer's own."""
    if told.own is None:
        found.answers[:] = [one for one in found.answers if one.path != answer.path]
        found.problems.append(_inferred(answer.path, f"read as blank, since {told.rule}"))
        return
    number = next(k for k, one in enumerate(found.answers) if one is answer)
    found.answers[number] = answer._replace(raw=told.own.text, spots=(told.own,), certainty="inferred")
    found.problems.append(_inferred(answer.path, f"read as {told.own.text!r}, since {told.rule}"))


def part_lists(found: Found, divide: Divide) -> None:
    """Record the answers of each list whose lines a document has joined, each by itself where their words tell."""
    joined = [answer for answer in found.answers if answer.rule == LISTED]
    for answer in joined:
        if match := _LISTED.fullmatch(answer.path):
            _part(found, match["list"], divide)


def _lists(answers: Sequence[Answer]) -> list[str]:
    """The paths of the lists of words that have answers."""
    found = (_LISTED.fullmatch(answer.path) for answer in answers if answer.kind == "text")
    return list(dict.fromkeys(match["list"] for match in found if match))


def _told(text: _Text, answer: Answer, listed: tuple[str, Sequence[Spot]], fits: Fits) -> _Own | None:
    """Which line of an answer is its own: the one that stands alone in another place, or the one that names a place.

    Or the first word of one that must be of a kind, if the whole is not. listed: the list's path, and the lines that
    were found to be its own so far.
    """
    path, lines = listed
    if answer.kind != "text":
        return _begun(answer, fits) if answer.certainty != "exact" else None
    if "." in answer.path.removeprefix(path.rpartition(".")[0] + "."):
        return None
    twins = [one for one in text.found.answers if one.path == answer.path and one is not answer]
    places = [spot for spot in answer.spots if fits("place", spot.text)]
    if answer.certainty != "exact":
        for twin in {one.raw for one in twins}:
            for number, spot in enumerate(answer.spots):
                if parts := _cut(spot, twin):
                    return _Own(parts[0], (*answer.spots[:number], *parts[1:], *answer.spots[number + 1 :]))
        if not twins and len(places) == 1 < len(answer.spots):
            return _Own(places[0], tuple(spot for spot in answer.spots if spot is not places[0]))
    if not _is_below(text, answer, path):
        return None
    return _unowned(text, answer, (path, twins), no_place=not places and (bool(lines) or answer.certainty != "exact"))


def _unowned(text: _Text, answer: Answer, near: tuple[str, Sequence[Answer]], *, no_place: bool) -> _Own | None:
    """The lines of an answer if none is its own: they name no place, or the other place where it stands says so.

    near: the path of the list beside it, and the answers of the same path.
    """
    path, twins = near
    if answer.raw in X_MARKS or any(
        words_of(spot.text.removeprefix("X ")) in text.asked.labels for spot in answer.spots
    ):
        return None
    if answer.path in text.blank:
        return _Own(None, answer.spots, _BLANK)
    if no_place and not twins and answer.path.rpartition(".")[2] in text.asked.places:
        return _Own(None, answer.spots, _NO_PLACE)
    label = _open_description(text, path)
    if label and len(twins) == 1 and text.at(answer.spots[0]) < label < text.at(twins[0].spots[0]):
        alike = twins[0].raw in answer.raw or answer.raw in twins[0].raw
        return None if alike else _Own(None, (*answer.spots, *twins[0].spots), _OTHERS)
    return None


def _begun(answer: Answer, fits: Fits) -> _Own | None:
    """The first word of an answer as its own, if that is of its kind, and the whole is not."""
    word = answer.spots[0].text.partition(" ")[0]
    if answer.kind in LOOSE or fits(answer.kind, answer.raw) or not fits(answer.kind, word):
        return None
    own, *rest = _cut(answer.spots[0], word)
    return _Own(own, (*rest, *answer.spots[1:]))


def _is_below(text: _Text, answer: Answer, path: str) -> bool:
    """Whether an answer stands behind the first line of a list."""
    first = next(one for one in text.found.answers if one.path.startswith(f"{path}["))
    return text.at(first.spots[0]) < text.at(answer.spots[0])


def _without_description(text: _Text, path: str, lines: Sequence[Spot]) -> Sequence[Spot]:
    """The lines of a list, without those behind the label of a checked box that asks for words and has none.

    They are these words if a line without words of the list stands between the two.
    """
    label = _open_description(text, path)
    words = [spot for spot in lines if label and text.at(spot) > label]
    if label is None or not words or any(text.at(spot)[0] == label[0] - 1 for spot in lines):
        return lines
    raw, asked = " ".join(spot.text for spot in words), _described(text, path)[0]
    text.found.answers.append(Answer(asked, "text", raw, tuple(words), _RULE, "inferred"))
    text.found.problems.append(_inferred(asked, f"read as {raw!r}, which stands behind its label and is no other's"))
    return [spot for spot in lines if spot not in words]


def _described(text: _Text, path: str) -> list[str]:
    """The paths of the words that checked boxes beside a list ask for, and that are not there."""
    prefix = path.rpartition(".")[0] + "."
    checked = {f"{box.path}={box.value}" for box in text.found.boxes if box.state is BoxState.CHECKED}
    asked = [prefix + one for name, one in text.asked.described.items() if prefix + name in checked]
    answered = {answer.path for answer in text.found.answers}
    return [one for one in asked if one not in answered]


def _open_description(text: _Text, path: str) -> tuple[int, int] | None:
    """Where the label of the one checked box beside a list stands that asks for words and has none."""
    asked = _described(text, path)
    if len(asked) != 1 or asked[0] not in text.found.labels:
        return None
    item, start, _ = text.found.labels[asked[0]]
    return text.numbers.get(id(item), -1), start


def _cut(spot: Spot, words: str) -> tuple[Spot, ...]:
    """Some words at the beginning of a line, and what is behind them; nothing where it does not begin so."""
    text = spot.text
    if text == words:
        return (spot,)
    if not text.startswith(f"{words} "):
        return ()
    at = spot.start + len(words)
    return spot._replace(end=at), spot._replace(start=at + 1)


def _extend(found: Found, path: str, lines: Sequence[Spot]) -> None:
    """Record lines as the last ones of a list."""
    mine = [answer for answer in found.answers if answer.path.startswith(f"{path}[")]
    if not lines:
        return
    at = found.answers.index(mine[-1]) + 1
    more = [
        mine[0]._replace(path=f"{path}[{len(mine) + number}]", raw=spot.text, spots=(spot,), certainty="inferred")
        for number, spot in enumerate(lines)
    ]
    found.answers[at:at] = more
    seen = ", ".join(repr(spot.text) for spot in lines)
    found.problems.append(_inferred(path, f"{seen} stand among the lines of another answer, of which they are no part"))


def _part(found: Found, path: str, divide: Divide) -> None:
    """Record the answers of a list that stand in one line, each by itself."""
    mine = [answer for answer in found.answers if answer.path.startswith(f"{path}[")]
    if len(mine) != 1 or mine[0].certainty == "exact" or len(mine[0].spots) != 1:
        return
    spot = mine[0].spots[0]
    division = divide((path.rpartition(".")[2],), spot.text.split(" "), Evidence("", {}))
    if division is None or len(division.parts) < 2:
        return
    at = found.answers.index(mine[0])
    found.answers[at : at + 1] = [
        mine[0]._replace(path=f"{path}[{number}]", raw=one.text, spots=(one,), rule=division.rule)
        for number, one in enumerate(_words(spot, division.parts))
    ]
    found.problems.append(_inferred(path, f"{spot.text!r} is divided, since {division.rule}"))


def _words(spot: Spot, parts: Sequence[tuple[int, int] | None]) -> Iterator[Spot]:
    """Yield some words of a line, from the first to the last (excluded) of each part."""
    words = spot.text.split(" ")
    for part in parts:
        if part is not None:
            start = spot.start + len(" ".join([*words[: part[0]], ""]))
            yield spot._replace(start=start, end=start + len(" ".join(words[part[0] : part[1]])))


def _inferred(path: str, message: str) -> Problem:
    return Problem(path, ProblemKind.INFERRED, f"{path.rpartition('.')[2]}: {message}")

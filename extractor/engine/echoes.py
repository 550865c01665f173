"""Settles answers that mingle with the lines of a list beside them, by what the text says of them in another place.

Where columns are lost, the lines of a list may stand among those of the answers at its left. An answer that the form
prints twice, and that stands alone in one place, tells which line is its own in the other; a place is told by its name.
The other lines are the list's. Whatever is read so is inferred, and a problem says so.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.divide import Divide, Evidence
from extractor.engine.found import Answer, Found
from extractor.engine.pieces import Spot
from extractor.engine.readings import Fits
from extractor.finding import Problem, ProblemKind

_LISTED = regex.compile(r"(?P<list>.+)\[\d+\]")

_RULE = "what stands among its lines is told elsewhere, or by its kind"


class _Own(NamedTuple):
    """What of an answer is its own, and what is not."""

    own: Spot
    others: tuple[Spot, ...]


def settle_lists(found: Found, divide: Divide, fits: Fits) -> None:
    """Record answers without the lines of a list that mingle with them, and these lines as the list's."""
    for path in _lists(found.answers):
        prefix = path.rpartition(".")[0] + "."
        lines: list[Spot] = []
        for number, answer in enumerate(found.answers):
            mine = answer.path.startswith(prefix) and "." not in answer.path[len(prefix) :] and answer.kind == "text"
            if mine and not _LISTED.fullmatch(answer.path) and (told := _told(found.answers, answer, fits)):
                found.answers[number] = answer._replace(raw=told.own.text, spots=(told.own,), certainty="inferred")
                found.problems.append(_inferred(answer.path, f"read as {told.own.text!r}, since {_RULE}"))
                lines += told.others
        _extend(found, path, lines)
        _part(found, path, divide)


def _lists(answers: Sequence[Answer]) -> list[str]:
    """The paths of the lists of words that have answers."""
    found = (_LISTED.fullmatch(answer.path) for answer in answers if answer.kind == "text")
    return list(dict.fromkeys(match["list"] for match in found if match))


def _told(answers: Sequence[Answer], answer: Answer, fits: Fits) -> _Own | None:
    """Which line of an answer is its own: the one that stands alone in another place, or the one that names a place."""
    if answer.certainty == "exact":
        return None
    twins = {other.raw for other in answers if other.path == answer.path and other is not answer}
    for twin in twins:
        for number, spot in enumerate(answer.spots):
            if parts := _cut(spot, twin):
                return _Own(parts[0], (*answer.spots[:number], *parts[1:], *answer.spots[number + 1 :]))
    places = [spot for spot in answer.spots if fits("place", spot.text)]
    if not twins and len(places) == 1 < len(answer.spots):
        return _Own(places[0], tuple(spot for spot in answer.spots if spot is not places[0]))
    return None


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

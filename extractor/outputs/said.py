"""What was found in a document as columns of texts: each one text with a line for each finding, blank for none.

So many rows are not taken apart where nobody looks at each; most passages of them are remembered as they are.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from extractor.extract import Extraction
from extractor.finding import Brief, Finding, Passage
from extractor.outputs.recurring import Pattern, pattern, remembered
from extractor.source import Place

BETWEEN = "\n"
"""Between two lines."""

_SPOT = "line %d columns %d-%d"
"""A place in a text, as `Place` writes it."""


class Said(NamedTuple):
    """The columns of FINDINGS that are texts."""

    path: str
    raw: str
    place: str
    rule: str
    certainty: str
    competed: str


def said_of(extraction: Extraction) -> tuple[int, tuple[str, ...] | None]:
    """How many findings there are, and their columns; None where a text has several lines itself."""
    parts = [part for passage in extraction.passages() for part in _parts(passage)]
    count = sum(number for number, _ in parts)
    if not count:
        return 0, None
    columns = tuple([BETWEEN.join(column) for column in zip(*(said for _, said in parts), strict=True)])
    whole = all(column.count(BETWEEN) == count - 1 for column in columns)
    return count, columns if whole else None


def texts_of(findings: Iterable[Finding]) -> list[list[str]]:
    """The columns as lists."""
    rows = zip(*map(_texts, findings), strict=True)
    return [list(column) for column in rows]


def _parts(passage: Passage) -> Iterator[tuple[int, Said]]:
    """Yield the columns of findings, with their count; of those that come again, only the places are made anew."""
    if passage.findings:
        known = remembered(passage, _kept)
        if known is None:
            yield len(passage.findings), _found(passage._replace(briefs=()).made())
        else:
            said, places = known
            yield len(passage.findings), said._replace(place=places.at(passage.line).decode())
    if passage.briefs:
        yield len(passage.briefs), _told(passage.briefs)


def _kept(findings: tuple[Finding, ...]) -> tuple[Said, Pattern]:
    return _found(findings), pattern(findings, lambda one: _spelled(one.place).encode(), BETWEEN.encode())


def _found(findings: Iterable[Finding]) -> Said:
    return Said(*map(BETWEEN.join, zip(*map(_texts, findings), strict=True)))


def _texts(one: Finding) -> tuple[str, ...]:
    return one.path, one.raw, _spelled(one.place), one.rule, one.certainty, "; ".join(one.competed)


def _spelled(place: Place | None) -> str:
    return "" if place is None else str(place)


def _told(briefs: tuple[Brief, ...]) -> Said:
    path, raw, rule, certainty = (BETWEEN.join(map(itemgetter(at), briefs)) for at in (0, 1, 5, 6))
    gaps = BETWEEN.join([_SPOT] * len(briefs))
    places = gaps % tuple(chain.from_iterable([one[2:5] for one in briefs]))
    return Said(path, raw, places, rule, certainty, BETWEEN * (len(briefs) - 1))

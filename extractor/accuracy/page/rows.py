"""What the page's script shows: every mistake and every filing, as text that can do no harm."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from pydantic import JsonValue

from extractor.accuracy.report import FilingScore, Mistake, Report
from extractor.outputs.printable import printable

LONGEST = 1000
"""Characters of a value that the page shows; of a longer one it says how much was cut."""


def clipped(text: str) -> str:
    """The text as the page shows it: on one line, nothing hidden in it, cut with a word about it when it is too long.

    >>> clipped("a" * 1002)[-24:]
    'aaa… (2 more characters)'
    """
    more = len(text) - LONGEST
    return printable(text) if more <= 0 else f"{printable(text[:LONGEST])}… ({more:,} more characters)"


def mistakes_of(report: Report, most: int) -> tuple[Mistake, ...]:
    """The mistakes in the order of the page: those that nothing warns of first; of more than `most` the first."""
    return tuple(sorted(report.mistakes, key=lambda mistake: mistake.flagged))[:most]


def filings_of(report: Report, most: int) -> tuple[FilingScore, ...]:
    """The filings in the order of the page: the most mistakes first; of more than `most` the first."""
    return tuple(sorted(report.filings, key=lambda filing: -filing.score.mistakes))[:most]


def link(name: str, home: Path) -> str:
    """The address of a filing's file as seen from the page's directory; "" where there is no such file."""
    try:
        path = Path(name)
        if not name or not path.is_file():
            return ""
        relative = Path(os.path.relpath(path.resolve(), home.resolve())).as_posix()
    except (OSError, ValueError):  # a name that no file can have
        return ""
    return quote(relative if relative.startswith("../") else f"./{relative}", errors="surrogateescape")


def data(mistakes: Sequence[Mistake], filings: Sequence[FilingScore], links: Sequence[str]) -> dict[str, JsonValue]:
    """The page's data. A mistake has its filing's number; one whose filing is not on the page has -1 and the name."""
    numbers = {known: number for number, one in enumerate(filings) for known in (one.truth, one.name) if known}
    return {
        "filings": [_filing(filing, href) for filing, href in zip(filings, links, strict=True)],
        "mistakes": [_mistake(mistake, numbers.get(mistake.filing, -1)) for mistake in mistakes],
    }


def _filing(filing: FilingScore, href: str) -> JsonValue:
    score = filing.score
    return {
        "name": clipped(filing.name or filing.truth),
        "truth": clipped(filing.truth),
        "href": href,
        "format": filing.format,
        "right": score.right,
        "mistakes": score.mistakes,
        "silent": score.silent,
        "error": clipped(filing.error),
    }


def _mistake(mistake: Mistake, number: int) -> JsonValue:
    place = mistake.place
    return {
        "filing": number,
        "name": clipped(mistake.filing) if number < 0 else "",
        "format": mistake.format,
        "field": printable(mistake.field),
        "path": printable(mistake.path),
        "seen": printable(mistake.seen_path) if mistake.seen_path != mistake.path else "",
        "kind": mistake.kind,
        "expected": None if mistake.expected is None else clipped(mistake.expected),
        "got": None if mistake.got is None else clipped(mistake.got),
        "raw": None if mistake.raw is None else clipped(mistake.raw),
        "place": str(place) if place else "",
        "page": place.page if place else None,
        "certainty": mistake.certainty or "",
        "flagged": mistake.flagged,
        "problems": [clipped(problem) for problem in mistake.problems],
    }

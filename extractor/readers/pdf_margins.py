"""Which runs of a PDF are headers and footers: what a browser or a word processor prints around each page.

Nothing is one for standing first or last on a page. It must stand alone in the margin, and it must be what only a
margin says (an address, a page number, a date with time), or be the same on every page.
"""

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

import regex

from extractor.readers.pdf_text import Run

BAND: Final = 0.1
"""The part of a page's height, at its top and at its bottom, where its margins are."""

LINES: Final = 3
"""The most lines of a header or footer."""

NEAR: Final = 3.0
"""How far, in points, a header may stand from where it stands on another page."""

KINDS: Final = regex.compile(
    r"""
    (?P<address> (?: https? | file | ftp | about | blob | chrome | edge | view-source ) : \S++ | [A-Z]:\\\S.*+ )
    | (?P<page> (?: \p{L}++ \.? \s )?+ (?P<number> \d{1,4} ) \s? (?: / | \b\p{Ll}{2,3}\b ) \s? (?P<count> \d{1,4} )
      | [Pp]age \s (?P<number> \d{1,4} )
      | [-\N{EN DASH}] \s? (?P<number> \d{1,4} ) \s? [-\N{EN DASH}] )
    | (?P<time> (?: \p{L}{3,9} ,? \s )?
      (?: \d{1,4} [/.-] \d{1,2} [/.-] \d{1,4} | \p{L}{3,9} \.? \s \d{1,2} ,? \s \d{4} )
      ,? \s (?: at \s )?+ \d{1,2} [:.] \d{2} (?: [:.] \d{2} )?+ (?: \s? [AaPp] \.? [Mm] \.? )?+ )
    """,
    regex.VERBOSE,
)
"""What only a margin says."""

BARE_NUMBER: Final = regex.compile(r"\d{1,4}")

Side = Literal["top", "bottom"]


class PageRuns(NamedTuple):
    """The runs of one page, and its width and height in points."""

    runs: Sequence[Run]
    size: tuple[float, float]


class Found(NamedTuple):
    """A run at the edge of a page. kind: the group of KINDS, or "text". number: of the page, where it says one."""

    page: int
    run: Run
    kind: str
    number: int | None


def find_margins(pages: Sequence[PageRuns]) -> set[int]:
    """Return the ids of the runs that are headers or footers."""
    filled = [page for page in pages if page.runs]
    found: set[int] = set()
    sides: tuple[Side, Side] = ("top", "bottom")
    for side in sides:
        for _ in range(LINES):
            lines = [[_kind(number, run) for run in _edge(page, side, found)] for number, page in enumerate(filled)]
            more = set(_margins(lines, filled, side))
            if not more:
                break
            found |= more
    return found if len(filled) != 1 else _if_sure(filled[0], found)


def _edge(page: PageRuns, side: Side, found: set[int]) -> list[Run]:
    """The runs of the outermost line that is not yet known as margin, if it lies in the band of the margin."""
    runs = [run for run in page.runs if id(run) not in found]
    band = BAND * page.size[1]
    if not runs:
        return []
    if side == "top":
        first = min(runs, key=lambda run: run.box.top)
        limit = min(first.box.bottom, band)
        return [run for run in runs if run.box.top <= limit and run.box.middle[1] <= limit]
    last = max(runs, key=lambda run: run.box.bottom)
    limit = max(last.box.top, page.size[1] - band)
    return [run for run in runs if run.box.bottom >= limit and run.box.middle[1] >= limit]


def _kind(page: int, run: Run) -> Found:
    """What a run at the edge of a page says."""
    match = KINDS.fullmatch(run.text)
    if match is None:
        bare = BARE_NUMBER.fullmatch(run.text)
        return Found(page, run, "bare" if bare else "text", int(run.text) if bare else None)
    number, count = match["number"], match["count"]
    if count is not None and int(number) > int(count):
        return Found(page, run, "text", None)
    kind = next(name for name in ("address", "page", "time") if match[name] is not None)
    return Found(page, run, kind, int(number) if number else None)


def _margins(lines: Sequence[Sequence[Found]], pages: Sequence[PageRuns], side: Side) -> Iterator[int]:
    """Yield the ids of the runs of these lines, the outermost of each page, that are headers or footers.

    What only a margin says must come twice, and so must a title beside it; anything else must be on every page.
    """
    alike: dict[tuple[str, str], list[Found]] = {}
    for line in lines:
        for one in line:
            alike.setdefault(_key(one), []).append(one)
    twice, everywhere = min(2, len(pages)), max(2, len(pages))
    for line in lines:
        seen = {one: len({two.page for two in alike[_key(one)] if _same(one, two, pages, side)}) for one in line}
        telling = [one for one in line if one.kind not in {"text", "bare"} and seen[one] >= twice]
        for one in line:
            beside = one.kind == "text" and any(_like(one.run, other.run) for other in telling)
            if one in telling or seen[one] >= (twice if beside else everywhere):
                yield id(one.run)


def _key(one: Found) -> tuple[str, str]:
    return one.kind, one.run.text if one.kind == "text" else ""


def _same(one: Found, other: Found, pages: Sequence[PageRuns], side: Side) -> bool:
    """Whether two runs alike in kind and text are one header: in the same place, with numbers that count the pages."""
    if (one.number is None) != (other.number is None):
        return False
    if one.number is not None and other.number is not None and one.number - other.number != one.page - other.page:
        return False
    here, there = one.run.box, other.run.box
    (width, height), (other_width, other_height) = pages[one.page].size, pages[other.page].size
    rise = here.top - there.top if side == "top" else height - here.bottom - other_height + there.bottom
    left, right = here.x0 - there.x0, (width - here.x1) - (other_width - there.x1)
    return abs(rise) <= NEAR and min(abs(left), abs(right), abs(left - right) / 2) <= NEAR


def _like(one: Run, other: Run) -> bool:
    """Whether two runs of a line are set alike."""
    return one.style == other.style and abs(one.size - other.size) < 0.1


def _if_sure(page: PageRuns, found: set[int]) -> set[int]:
    """The margin runs of a document of one page, which nothing repeats: only if they tell two things, or the page."""
    kinds = {_kind(0, run).kind for run in page.runs if id(run) in found} - {"text", "bare"}
    return found if len(kinds) > 1 or "page" in kinds else set()

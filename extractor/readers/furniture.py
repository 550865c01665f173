"""Which lines of a text are page furniture: what a browser prints above and below each page, not the page itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

import regex

TOKEN = regex.compile(
    r"""
    (?<!\S)
    (?: (?P<url> (?: https? | file ) :// \S++ )
      | (?: (?:[Pp]age|PAGE) :?+ [ ] )?+ (?P<number> \d{1,4} ) [ ]? (?: / | of ) [ ]? (?P<count> \d{1,4} )
      | (?:[Pp]age|PAGE) :?+ [ ] (?P<number> \d{1,4} )
      | (?P<time> \d{1,4} [/.-] \d{1,2} [/.-] \d{1,4} ,? [ ] \d{1,2} : \d{2} (?: : \d{2} )?+ (?: \s? [AaPp][Mm] )?+ )
    )
    (?!\S)
    """,
    regex.VERBOSE,
)
"""What a page's header and footer are made of beside the title: an address, `2/5`, `Page 2 of 5`, a date with time."""

PAGES = ("Page", "page", "PAGE")

RULES = " \t\f\u2013\u2014-=~_*#|[](){}<>!:"
"""What programs that read a print draw around the number that they put between two pages: `--- Page 2 ---`."""

OFTEN = 1500
"""Characters; what a longer line is, is not kept in memory for the next document. The form's longest has 1,250."""

_SOON = 4
"""Lines below the time of a page among which its title stands, where texts are written in the order of their places."""

_ENDLESS = 2
"""Pages whose feet count them, though the last one's foot was cut off."""

DIGITS = regex.compile(r"\d++")

NEAR = regex.compile(r"\S[ ]?\n|\n[ ]?\S")
"""Words right beside a token (put as a line feed): prose that names an address, not a title set apart from it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be furniture. sure: with a page number or a time; apart: nothing right beside its tokens."""

    shape: str
    number: int | None
    sure: bool
    apart: bool


def find_furniture(text: str, lines: Sequence[str]) -> frozenset[int]:
    r"""The indexes of the lines that are page furniture: addresses, page numbers and titles of a print.

    A line of nothing else (an address, `2/5`, a date with time, with a title beside) counts where a page breaks (a
    form feed) or where it comes again in the same shape with rising page numbers. A title counts if it heads every
    page, a bare number if it counts the pages.

    >>> page = "9/1/23, 6:07 PM   SEC FORM D\nCity\nhttps://www.sec.gov/x.xml   {}/2\n"
    >>> both = page.format(1) + page.format(2)
    >>> sorted(find_furniture(both, both.split("\n")))
    [0, 2, 3, 5]
    """
    candidates = dict(_candidates(lines))
    if not candidates and "\f" not in text:
        return frozenset()
    again = _recurring(candidates.values())
    found: set[int] = set()
    for group in _groups(candidates, lines):
        if _at_break(group, lines) or any(
            candidates[index].sure and candidates[index].shape in again for index in group
        ):
            found.update(i for i in group if candidates[i].sure or candidates[i].apart or candidates[i].shape in again)
    shapes = {candidates[index].shape for index in found} & again
    found.update(index for index, candidate in candidates.items() if candidate.shape in shapes)
    if "\f" in text:
        found |= _titles(lines, [index for index in sorted(found) if _is_time(lines[index])])
    return frozenset(found | _running(lines, found))


def _is_time(line: str) -> bool:
    token = TOKEN.fullmatch(line.strip())
    return token is not None and token["time"] is not None


def _titles(lines: Sequence[str], times: Sequence[int]) -> set[int]:
    """The indexes of the lines that hold the page's title: the same one below most of the times, or soon below."""
    after = ((index for index in range(time + 1, len(lines)) if not _is_blank(lines[index])) for time in times)
    below = [[*islice(some, _SOON)] for some in after]
    counts = Counter(lines[some[0]].strip() for some in below if some)
    title, count = counts.most_common(1)[0] if counts else ("", 0)
    if count <= max(1, len(times) // 2):
        return set()
    found = (next((index for index in some if lines[index].strip() == title), None) for some in below)
    return {index for index in found if index is not None}


def _candidates(lines: Sequence[str]) -> Iterator[tuple[int, _Candidate]]:
    for index, line in enumerate(lines):
        if line and (candidate := (_candidate if len(line) < OFTEN else _candidate.__wrapped__)(line)) is not None:
            yield index, candidate


@lru_cache(maxsize=8192)
def _candidate(line: str) -> _Candidate | None:
    """The furniture that a line may be; the form's own lines, which are none, come again in every document."""
    if not ("/" in line or "age" in line or " of " in line or "PAGE" in line):
        return None
    words = line.strip(RULES)
    if not _has_edge(words):
        return None
    shape = " ".join(DIGITS.sub("0", line).split())
    if words != line and (token := TOKEN.fullmatch(words)) is not None and token["number"]:
        line = words
    tokens = list(TOKEN.finditer(line))
    rest = TOKEN.sub("\n", line)
    timed = any(token["time"] for token in tokens)
    if not tokens or (rest.strip() and not timed and not any(token["url"] for token in tokens)):
        return None
    if any(token["count"] and int(token["number"]) > int(token["count"]) for token in tokens):
        return None
    number = next((int(token["number"]) for token in tokens if token["number"]), None)
    return _Candidate(shape, number, timed or number is not None, NEAR.search(rest) is None)


def _has_edge(words: str) -> bool:
    """Whether words begin or end as a line with an address, a page number or a time does."""
    return words[:1].isdigit() or words[-1:].isdigit() or words[-1:] in "Mm" or "://" in words or words[:4] in PAGES


def _recurring(candidates: Iterable[_Candidate]) -> set[str]:
    """The shapes that come more than once; where they number pages, with numbers that rise."""
    numbers: dict[str, list[int | None]] = defaultdict(list)
    for candidate in candidates:
        numbers[candidate.shape].append(candidate.number)
    return {
        shape
        for shape, seen in numbers.items()
        if len(seen) > 1 and all(b is None or (a is not None and a < b) for a, b in pairwise(seen))
    }


def _groups(candidates: Mapping[int, _Candidate], lines: Sequence[str]) -> Iterator[list[int]]:
    """Yield the candidates between which only blank lines stand."""
    group: list[int] = []
    for index in candidates:
        if group and any(not _is_blank(lines[between]) for between in range(group[-1] + 1, index)):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _at_break(group: Sequence[int], lines: Sequence[str]) -> bool:
    """Whether a form feed stands in a group of lines, or right before or after it."""
    above, below = group[0] - 1, group[-1] + 1
    while above >= 0 and _is_blank(lines[above]):
        above -= 1
    while below < len(lines) and _is_blank(lines[below]):
        below += 1
    before = lines[above][len(lines[above].rstrip()) :] if above >= 0 else ""
    after = lines[below][: -len(lines[below].lstrip())] if below < len(lines) else ""
    return "\f" in "\n".join((before, *lines[above + 1 : below], after))


def _running(lines: Sequence[str], found: set[int]) -> set[int]:
    """The indexes of the lines that head every page with the same words, or that count the pages at an end of each."""
    pages: list[list[int]] = [[]]
    for index, line in enumerate(lines):
        pages.extend([] for _ in range(line.count("\f")))
        if index not in found and not _is_blank(line):
            pages[-1].append(index)
    pages = [page for page in pages if page]
    if len(pages) < 2 or any(len(page) < 2 for page in pages):
        return set()
    heads, feet = [page[0] for page in pages], [page[-1] for page in pages]
    if len(feet) > _ENDLESS and not _counts([lines[feet[-1]]]):
        feet.pop()  # the text ends before the foot of its last page does
    same = len({lines[index].strip() for index in heads}) == 1
    return {
        *(heads if same or _counts(lines[index] for index in heads) else ()),
        *(feet if _counts(lines[index] for index in feet) else ()),
    }


def _counts(texts: Iterable[str]) -> bool:
    """Whether texts are numbers, bare or between dashes, that rise by one."""
    numbers = [text.strip().strip("-\u2013\u2014 ") for text in texts]
    if not all(number.isdecimal() and len(number) < 5 for number in numbers):
        return False
    return all(int(second) == int(first) + 1 for first, second in pairwise(numbers))


def _is_blank(line: str) -> bool:
    return not line or line.isspace()

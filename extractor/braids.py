"""A signature whose cells are wrapped, in a text that gives the lines of all cells mingled: taken apart again.

The cells that take two lines stand in the first and the last line, each with its halves in the same order; those that
take one line stand between, centred. The issuer's name and a signature that is the signer's name tell which are which.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import NamedTuple

import regex

_WORD = regex.compile(r"\w+")
_SIGN = regex.compile(r"/?s/+", regex.IGNORECASE)
_DATE = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_MOST = 40
"""Words of a row of which more are not taken apart."""

_LINES = 3
"""The first line, the middle one (none if all cells are wrapped), the last one."""

_BETWEEN = 3
"""Cells between the issuer and the date: the signature, the signer's name, the title."""


class Slice(NamedTuple):
    """Some words of a line: its number, the first word and the last one (excluded)."""

    line: int
    start: int
    end: int


Cells = tuple[tuple[Slice, ...], ...]
"""The cells of a row, each with its words line by line."""


def unbraided(lines: Sequence[Sequence[str]], issuers: Sequence[str]) -> Cells | None:
    """The five cells of a signature in two or three lines; None where there is not one way to take them apart.

    >>> lines = "Oak II Jane Chief 2021-09-", "Jane Roe", "LLC Roe Officer 29"
    >>> cells = unbraided([line.split() for line in lines], ["Oak II LLC"])
    >>> [" ".join(" ".join(lines[k].split()[i:j]) for k, i, j in cell) for cell in cells]
    ['Oak II LLC', 'Jane Roe', 'Jane Roe', 'Chief Officer', '2021-09- 29']
    """
    if len(lines) not in (_LINES - 1, _LINES) or sum(map(len, lines)) > _MOST:
        return None
    if len(lines) < _LINES:
        two = unbraided([lines[0], (), lines[1]], issuers)
        return tuple(tuple(one._replace(line=one.line // 2) for one in cell) for cell in two) if two else None
    ways = (cells for name in dict.fromkeys(issuers) for cells in _ways(lines, _letters(name.split())))
    found = {tuple(tuple(_words(lines, cell)) for cell in cells): cells for cells in ways}
    return found.popitem()[1] if len(found) == 1 else None


def _words(lines: Sequence[Sequence[str]], cell: tuple[Slice, ...]) -> Iterator[str]:
    for line, start, end in cell:
        yield from lines[line][start:end]


def _letters(words: Sequence[str]) -> str:
    return "".join(_WORD.findall(" ".join(words).casefold()))


def _ways(lines: Sequence[Sequence[str]], issuer: str) -> Iterator[Cells]:
    """Yield the ways to take three lines apart that begin with an issuer's name and end with a date."""
    for first, last in product(_wrapped_or_not(lines, issuer), _dates(lines)):
        starts = [max((one.end for one in first if one.line == k), default=0) for k in range(3)]
        ends = [min((one.start for one in last if one.line == k), default=len(lines[k])) for k in range(3)]
        if all(start <= end for start, end in zip(starts, ends, strict=True)):
            for inner in _inner(lines, starts, ends):
                yield (first, *inner, last)


def _wrapped_or_not(lines: Sequence[Sequence[str]], issuer: str) -> Iterator[tuple[Slice, ...]]:
    """Yield where the issuer's name may stand: at the beginning of the first and last line, or of the middle one."""
    top, middle, bottom = lines
    for size in range(1, len(middle)):
        if _letters(middle[:size]) == issuer:
            yield (Slice(1, 0, size),)
    for one, two in product(range(1, len(top)), range(1, len(bottom))):
        if _letters([*top[:one], *bottom[:two]]) == issuer:
            yield (Slice(0, 0, one), Slice(2, 0, two))


def _dates(lines: Sequence[Sequence[str]]) -> Iterator[tuple[Slice, ...]]:
    """Yield where the date may stand: at the end of the first and last line, or of the middle one."""
    top, middle, bottom = lines
    if middle and _DATE.fullmatch(middle[-1]):
        yield (Slice(1, len(middle) - 1, len(middle)),)
    if top and bottom and _DATE.fullmatch(top[-1] + bottom[-1]):
        yield (Slice(0, len(top) - 1, len(top)), Slice(2, len(bottom) - 1, len(bottom)))


def _inner(lines: Sequence[Sequence[str]], starts: Sequence[int], ends: Sequence[int]) -> Iterator[Cells]:
    """Yield the ways to deal what stands between out to the cells there, so that the signer's name is signed."""
    for wrapped in product((False, True), repeat=_BETWEEN):
        counts = (sum(wrapped), _BETWEEN - sum(wrapped), sum(wrapped))
        cuts = [list(_cuts(starts[k], ends[k], counts[k])) for k in range(3)]
        for top, middle, bottom in product(*cuts):
            parts = [iter(part) for part in (top, middle, bottom)]
            cells = tuple(
                (Slice(0, *next(parts[0])), Slice(2, *next(parts[2]))) if two else (Slice(1, *next(parts[1])),)
                for two in wrapped
            )
            signed, name = ([*_words(lines, cell)] for cell in cells[:2])
            if _letters([_SIGN.sub("", signed[0]), *signed[1:]]) == _letters(name):
                yield cells


def _cuts(start: int, end: int, count: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield the ways to cut words start..end into some parts, none of them empty."""
    if not count:
        if start == end:
            yield ()
        return
    for inner in combinations(range(start + 1, end), count - 1):
        edges = (start, *inner, end)
        if start < end:
            yield tuple((edges[k], edges[k + 1]) for k in range(count))

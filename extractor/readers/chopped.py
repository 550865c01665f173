"""Lines that were longer than their cell, and were cut from their end into pieces as wide as the cell.

A word too long for a cell, and each line of a table in it, is cut so that all its pieces but the first fill the cell:
`ailing` below `Ret`. A table is put together where one way alone puts its rows into the columns that its rule tells.
Where a space may have been at the cut, as between words, U+FFFC stands there.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import regex

from extractor.readers.grids import Strip
from extractor.readers.ruled import is_ruling, runs_of

CUT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""What stands for a space that may have been lost."""

STROKES = regex.compile(r"[ ]*+(?:-[ -]*+|=[ =]*+)")
EDGE = regex.compile(r"\+[-=+:]*+")
EDGES = regex.compile(r"[-=+:]++")

MIDDLE = regex.compile(r"[\p{Ll}/),.;:]")
"""What no word begins with."""

AMOUNT = regex.compile(r"\$[\d,]*+")
"""The beginning of an amount, within which a space tells nothing."""

_BLANK = "\N{SYMBOL FOR NULL}"
_BLANKS = f" {_BLANK}"
"""What stands for a no-break space, and what is blank."""

_MARGIN = 2
"""By how much a column is wider than its longest text, if its strokes are hyphens; equals signs are as many."""

_MOST_PIECES = 12
_MOST_LINES = 400


def unchopped(strips: Sequence[Strip], width: int) -> list[Strip]:
    """The lines of a cell of a width, put together again where they were cut; as they are where none was.

    >>> rule = ["  --", "-- ---", "------"]
    >>> unchopped(list(enumerate([*rule, "    ", "   Ber", "lingen", *rule], 1)), 6)
    [(1, '  ---- ---------'), (4, '       Berlingen'), (7, '  ---- ---------')]
    >>> unchopped([(1, "Ret   "), (2, "ailing")], 6), unchopped([(1, "Health"), (2, "Care")], 6)
    ([(1, 'Ret\N{OBJECT REPLACEMENT CHARACTER}ailing')], [(1, 'Health'), (2, 'Care')])
    """
    lines = [(number, text[:width].replace("\N{NO-BREAK SPACE}", _BLANK).rstrip()) for number, text in strips]
    if len(lines) > _MOST_LINES or not any(len(text) == width for _, text in lines[1:]):
        return list(strips)
    return [(number, text.replace(_BLANK, "\N{NO-BREAK SPACE}")) for number, text in _whole(lines, width)]


def _whole(lines: Sequence[Strip], width: int) -> list[Strip]:
    """The same, of lines whose no-break spaces, which take room as letters do, are signs."""
    whole: list[Strip] = []
    at = 0
    while at < len(lines):
        table = _grid(lines, at, width) or _table(lines, at, width)
        if table is not None:
            found, at = table
            whole += found
            continue
        word, at = _word(lines, at, width)
        whole.append(word)
    return whole


def _word(lines: Sequence[Strip], at: int, width: int) -> tuple[Strip, int]:
    """A line with the rest of its only word from the lines below, and the index behind it."""
    number, text = lines[at]
    start, at = at, at + 1
    if not text.strip(_BLANKS) or " " in text.lstrip() or is_ruling(text):
        return (number, text), at
    while at < len(lines) and len(lines[at][1]) == width and " " not in lines[at][1] and "--" not in lines[at][1]:
        text += _cut(lines[at][1]) if at - start == 1 and not AMOUNT.fullmatch(text.strip()) else lines[at][1]
        at += 1
    return (number, text), at


def _cut(text: str) -> str:
    """What stands behind a cut that may be between two words, or within one."""
    return f"{CUT}{text}" if MIDDLE.match(text) else f" {CUT}{text}"


def _grid(lines: Sequence[Strip], at: int, width: int) -> tuple[list[Strip], int] | None:
    """The lines of a grid that was cut, and the index behind it: all are as long as its upper edge, so cut alike."""
    first = lines[at][1]
    if EDGE.fullmatch(first) is None:
        return None
    size = 1
    while at + size < len(lines) and len(lines[at + size][1]) == width and EDGES.fullmatch(lines[at + size][1]):
        size += 1
    rows: list[Strip] = []
    for start in range(at, len(lines) - size + 1 if size > 1 else at, size):
        head, *rest = (text for _, text in lines[start : start + size])
        row = head.ljust(len(first)) + "".join(text.ljust(width) for text in rest)
        if len(head) > len(first) or row[0] not in "|+" or row[-1] not in "|+":
            break
        rows.append((lines[start][0], row))
    while rows and rows[-1][1][0] != "+":
        rows.pop()
    return (rows, at + len(rows) * size) if len(rows) > 1 else None


def _table(lines: Sequence[Strip], at: int, width: int) -> tuple[list[Strip], int] | None:
    """The lines of a table that was cut, from its rule to the same rule again, and the index behind it."""
    for blank in (0, 1):  # the first piece of a rule may be only the spaces before it
        if blank and (at >= len(lines) or lines[at][1]):
            break
        size = _strokes(lines, at + blank, width) + blank
        opening = [text for _, text in lines[at : at + size]]
        if size < 2:
            continue
        for end in range(at + size + 1, len(lines) - size + 1):
            if [text for _, text in lines[end : end + size]] != opening:
                continue
            read = _read(lines[at + size : end], opening, width)
            if read is not None:
                rule, rows = read
                return [(lines[at][0], rule), *rows, (lines[end][0], rule)], end + size
            return [
                (number, f"{CUT} {text}") for number, text in lines[at + size : end] if text.strip(_BLANKS)
            ], end + size
    return None


def _strokes(lines: Sequence[Strip], at: int, width: int) -> int:
    """How many lines from one on are pieces of a rule, all but the first as wide as the cell."""
    if at >= len(lines) or STROKES.fullmatch(lines[at][1]) is None:
        return 0
    size = 1
    while at + size < len(lines) and len(lines[at + size][1]) == width and STROKES.fullmatch(lines[at + size][1]):
        size += 1
    return size


def _rules(pieces: Sequence[str], width: int) -> Iterator[str]:
    """Yield the rules that may have been cut so; a gap between two columns may stand behind the first piece."""
    first, rest = pieces[0], "".join(pieces[1:])
    for gap in (1, 2) if not first else (0, 1):
        if len(first) + gap <= width:
            yield first + " " * gap + rest


def _read(lines: Sequence[Strip], opening: Sequence[str], width: int) -> tuple[str, list[Strip]] | None:
    """The rule of a table and its rows; None if no way, or more than one, puts the lines into its columns.

    Texts begin where their columns do; only where no way has it so, they may also end there. A way that fills the
    columns goes before one that does not.
    """
    tried = [
        [(rule, way) for way in _ways(lines, runs_of(rule), width, right=right)]
        for rule in _rules(opening, width)
        for right in (False, True)
    ]
    full = [(rule, way) for found in tried for rule, way in found if _fills(_texts(rule, way))]
    found = full or next((found for found in tried if found), [])
    told = {tuple(map(tuple, _texts(rule, way))) for rule, way in found}
    if len(told) != 1:
        return None
    rule, way = min(found, key=lambda one: (len(one[1]), one[1]))
    return rule, [(number, _settled(row, rule, _texts(rule, way))) for number, row in way]


def _texts(rule: str, way: Sequence[Strip]) -> list[list[str]]:
    """For each column of a table its strokes, and the texts in it."""
    runs = runs_of(rule)
    rows = [_cells(row, runs) for _, row in way if row]
    return [[rule[start:end], *(row[k] for row in rows)] for k, (start, end) in enumerate(runs)]


def _fills(columns: Sequence[Sequence[str]]) -> bool:
    """Whether each column that holds text is as wide as its longest text, with the room that goes with it."""
    for strokes, *texts in columns:
        room = _room(strokes)
        sizes = [_sizes(text) for text in texts if text]
        if sizes and (max(sizes)[0] > room or all(room not in size for size in sizes)):
            return False
    return True


def _room(strokes: str) -> int:
    """How long the longest text of a column is, by its strokes."""
    return len(strokes) - (_MARGIN if "-" in strokes else 0)


def _sizes(text: str) -> tuple[int, int]:
    """How long a text is, at least and at most: where it was cut, a space may have been lost."""
    size = len(text.replace(f" {CUT}", "").replace(CUT, ""))
    return size, size + (CUT in text)


def _settled(row: str, rule: str, columns: Sequence[Sequence[str]]) -> str:
    """A row whose cut is mended, if the width of its column tells whether a space was there."""
    before, cut, after = row.partition(CUT)
    column = next((texts for texts in columns if any(CUT in text and text in row for text in texts)), None)
    if not cut or column is None or not _fills(columns):
        return row
    room = _room(column[0])
    longer = next(_sizes(text)[1] for text in column[1:] if CUT in text and text in row)
    if longer > room:
        return before.rstrip() + after
    others = [_sizes(text)[1] for text in column[1:] if text not in row]
    return f"{before.rstrip()} {after}" if longer == room and max(others, default=0) < room else row


def _ways(
    lines: Sequence[Strip], runs: Sequence[tuple[int, int]], width: int, *, right: bool
) -> tuple[tuple[Strip, ...], ...]:
    """The ways to put lines together as rows; only some of them where there are many."""

    @cache
    def ways(at: int) -> tuple[tuple[Strip, ...], ...]:
        if at == len(lines):
            return ((),)
        found: dict[tuple[Strip, ...], None] = {}
        if not lines[at][1]:
            found |= {((lines[at][0], ""), *rest): None for rest in ways(at + 1)}
        for count in range(1, min(_MOST_PIECES, len(lines) - at) + 1):
            for row in _joined(lines[at : at + count], runs, width, right=right):
                found |= {((lines[at][0], row), *rest): None for rest in ways(at + count)}
                if len(found) > _MOST_PIECES:
                    return tuple(found)
        return tuple(found)

    return ways(0)


def _joined(pieces: Sequence[Strip], runs: Sequence[tuple[int, int]], width: int, *, right: bool) -> Iterator[str]:
    """Yield the rows that may have been cut into some pieces: a row ends with the text of its last column, or there."""
    first, rest = pieces[0][1], "".join(text.ljust(width) for _, text in pieces[1:])
    if not rest:
        if runs[-1][0] <= width and _fits(first, runs, right=right):
            yield first
        return
    fitting = []
    for length in range(max(1, len(first)), width + 1):
        row = first.ljust(length) + rest
        ended = row[-1] != " " or len(row) == runs[-1][0]
        if ended and len(row) >= runs[-1][0] and _fits(row, runs, right=right):
            fitting.append(length)
    if first.strip() and fitting[:2] == [len(first), len(first) + 1] and rest[0] != " ":
        yield (first + _cut(rest)).rstrip()
        fitting = fitting[2:]
    for length in fitting:
        yield (first.ljust(length) + rest).rstrip()


def _fits(row: str, runs: Sequence[tuple[int, int]], *, right: bool) -> bool:
    """Whether each text of a row stands in its column, at its beginning, or at its end (`right`)."""
    if len(row.rstrip()) > runs[-1][1] or row[: runs[0][0]].strip():
        return False
    if any(row[end:start].strip() for (_, end), (start, _) in pairwise(runs)):
        return False
    parts = [(row[start:end].ljust(end - start)) for start, end in runs]
    if any("  " in part.strip() for part in parts):
        return False
    return all(not part.strip() or part[0] != " " or (right and part[-1] != " ") for part in parts)


def _cells(row: str, runs: Sequence[tuple[int, int]]) -> list[str]:
    return [row[start:end].strip() for start, end in runs]

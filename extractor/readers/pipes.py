"""Which lines of a text are rows of a table drawn with pipes, and which are only its rules.

Pipes stand in names too ("Fund | Series A"), so a line is a row only by evidence: it begins or ends with a pipe, a
rule (`---|---`, `+----+`) belongs to its block, or a good part of the whole text is written so.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import regex

from extractor.readers.marks import find_boxes

PIPES = "|\N{BOX DRAWINGS LIGHT VERTICAL}\N{BOX DRAWINGS HEAVY VERTICAL}\N{BOX DRAWINGS DOUBLE VERTICAL}"

PIPE = regex.compile(rf"(?<!\\)[{PIPES}]")

SHARE = 0.2
"""The part of a text's lines that hold pipes from which on a pipe sets cells apart wherever it stands: a form printed
as tables has many times more, one whose issuer has a pipe in its name a few lines of hundreds."""

DRAWN = " \t\f\u00a0|+:-=_*~" + "".join(map(chr, range(0x2500, 0x2580)))

STROKES = regex.compile(
    r"""
    (?P<stroke> [\-=_*~] ) [ ]? (?P=stroke) [ ]? (?P=stroke)
    | [\u2500-\u257f]{2} | -- [ ]? [\t|] | [\t|] [ ]? -- | [|] :?-:? [|]
    """,
    regex.VERBOSE,
)
"""What a rule has more than one of: strokes; not `-`, `--` or `| - |`, which may be answers."""

JOINT = regex.compile(rf"[{PIPES}+\u253c\u256a\u256b\u256c\u254b]")
"""Where two cells' rules meet."""


def is_rule(line: str) -> bool:
    r"""Whether a line is only drawn: an underline, a rule, the line under a table's head.

    >>> [is_rule(line) for line in ("----", "* * *", "|---|:--:|", "--\t--\t---", "--", "| - | - |", "A ----")]
    [True, True, True, True, False, False, False]
    """
    return not line.strip(DRAWN) and STROKES.search(line) is not None


_HEAD_AND_BODY = 2


WITHIN = "| |"
"""How a table begins that stands within the cell of another one."""

FEWEST_OUTER = 2
"""Pipes that the rows of a table have in common at least: those of its border."""


class Row(NamedTuple):
    """How to read a line whose pipes set cells apart.

    border: how many of its first pipes (0 or 1) only draw the table's border. lost: whether tables inside its cells
    were written into the same line, so that a cell's index no longer tells its column.
    """

    border: int
    lost: bool = False


def find_rows(lines: Sequence[str]) -> Mapping[int, Row]:
    """The rows of tables, by the index of their line.

    >>> dict(find_rows(["| City | ZIP |", "|---|---|", "| Rye | |"]))
    {0: Row(border=1, lost=False), 2: Row(border=1, lost=False)}
    >>> dict(find_rows(["City | ZIP", "---|---", "| 10580"])), dict(find_rows(["Fund | A", "b", "c", "d", "e", "f"]))
    ({0: Row(border=0, lost=False), 2: Row(border=0, lost=False)}, {})
    """
    rules = {index for index, line in enumerate(lines) if is_rule(line)}
    piped = {index for index, line in enumerate(lines) if index not in rules and _sets_apart(line)}
    filled = sum(1 for line in lines if line and not line.isspace())
    everywhere = len(piped) >= SHARE * (filled - len(rules))
    rows: dict[int, Row] = {}
    for block in _blocks(sorted(rules | piped)):
        ruled = any(index in rules and JOINT.search(lines[index]) for index in block)
        edges = all(_starts(lines[index]) for index in block if index in piped)
        above = ""
        for index in block:
            line = lines[index]
            if index in rules:
                above = line
            elif everywhere or ruled or _is_edged(line):
                below = lines[index + 1] if index + 1 in rules else ""
                border = _border(line, below or above, edges)
                if not below and index + 2 in rules and _starts(line) and not _starts(lines[index + 1]):
                    border = _border(f"{line} {lines[index + 1]}", lines[index + 2], edges)
                rows[index] = Row(border, _is_lost(line, border, below))
    return rows


def clear_within(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a text, those of tables within the cells of a table without the pipes of these.

    They are told where an outer table is set out in columns: its own pipes stand below each other in all its rows.

    >>> clear_within(["| a b       | c |", "| | d | e | | f |", "g | h"])
    ['| a b       | c |', '|   d   e   | f |', 'g | h']
    """
    if not any(WITHIN in line for line in lines):
        return lines
    cleared = list(lines)
    for block in _blocks([index for index, line in enumerate(lines) if line.startswith("|")]):
        pipes = [{at for at, sign in enumerate(lines[index].rstrip()) if sign == "|"} for index in block]
        common = set.intersection(*pipes)
        ends = {max(one) for one in pipes}
        if (
            len(block) < _HEAD_AND_BODY
            or len(common) < FEWEST_OUTER
            or len(ends) > 1
            or any(is_rule(lines[index]) for index in block)
        ):
            continue
        for index, own in zip(block, pipes, strict=True):
            for at in own - common:
                cleared[index] = f"{cleared[index][:at]} {cleared[index][at + 1 :]}"
    return cleared


def find_bands(lines: Sequence[str], rows: Mapping[int, Row]) -> list[range]:
    """The lines of each row that takes several, in tables with rules around and between their rows.

    A table whose rows stand without rules between them has, below its head, just one stretch of lines: that is one row
    only if a single line of it is filled to the last column.

    >>> table = ["+---+------+", "| A | Date |", "+---+------+", "| a | 2020 |", "| b |      |", "+---+------+"]
    >>> find_bands(table, find_rows(table)), find_bands(table[:-1], find_rows(table[:-1]))
    ([range(3, 5)], [])
    """
    found: list[range] = []
    rules = {index for index, line in enumerate(lines) if is_rule(line)}
    for block in _blocks(sorted(rules | rows.keys())):
        if block[0] not in rules or block[-1] not in rules:
            continue
        bands = [list(band) for ruled, band in groupby(block, key=rules.__contains__) if not ruled]
        for band in bands:
            if len(band) > 1 and (len(bands) > _HEAD_AND_BODY or sum(_ends_filled(lines[k]) for k in band) == 1):
                found.append(range(band[0], band[-1] + 1))
    return found


def _ends_filled(line: str) -> bool:
    """Whether the last cell of a row with a border holds something."""
    return not PIPE.split(line.rstrip().rstrip(PIPES))[-1].isspace()


def _sets_apart(line: str) -> bool:
    """Whether a line has a pipe that is no part of a written box (`|X|`)."""
    if not any(pipe in line for pipe in PIPES) or "\t" in line:
        return False
    pipes = len(PIPE.findall(line))
    return pipes > sum(2 for start, _, _ in find_boxes(line) if line[start] == "|")


def _blocks(indexes: Sequence[int]) -> Iterator[list[int]]:
    """Yield the runs of indexes that follow each other."""
    block: list[int] = []
    for index in indexes:
        if block and index != block[-1] + 1:
            yield block
            block = []
        block.append(index)
    if block:
        yield block


def _starts(line: str) -> bool:
    return line.lstrip()[:1] in tuple(PIPES)


def _is_edged(line: str) -> bool:
    return _starts(line) or PIPE.match(line.rstrip(), len(line.rstrip()) - 1) is not None


def _border(line: str, rule: str, edges: bool) -> int:
    """Whether a row's first pipe is the table's border (1) or follows a blank cell (0).

    The rule of the row's table says it by how it begins, or else by its number of columns; without a rule, a block
    whose rows all begin with a pipe has a border.
    """
    if not _starts(line):
        return 0
    if not rule:
        return int(edges)
    if rule.lstrip()[0] not in "-:=":
        return 1
    return int(_count(line) > _columns(rule))


def _is_lost(line: str, border: int, below: str) -> bool:
    """Whether a row holds tables of its own: it has a rule inside, or more cells than the rule of the table it heads.

    The latter only where the rule has no border: writers who draw one keep each table on lines of its own.
    """
    cells = [cell for cell in PIPE.split(line) if cell and not cell.isspace()]
    if len(cells) < 2:
        return False
    if any("--" in cell and is_rule(cell) for cell in cells):
        return True
    return below.lstrip()[:1] in ("-", ":") and _count(line) - border > _columns(below)


def _count(line: str) -> int:
    """The number of a row's cells, with one before its first pipe, without a blank one behind its last."""
    cells = PIPE.split(line.rstrip())
    return len(cells) - (not cells[-1])


def _columns(rule: str) -> int:
    """The number of columns of a rule without border."""
    return len(JOINT.findall(rule)) + 1

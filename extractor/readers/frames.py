"""Frames that a converter draws around cells within a line of text, as lynx's kin do; they say nothing and are cleared.

A frame has its lid and its bottom at the same columns, and its sides stand below each other between the two. A frame
with no text beside it is a table, whose rows are for `pipes` to read.
"""

from collections.abc import Sequence
from itertools import pairwise

import regex

SIDES = "|+\u2500-\u257f"

LID = regex.compile(
    r"(?<![-=+]) [+\u250c\u250f\u2554] (?: [-=+] | [\u2500-\u257f] ){2,}+ (?<= [+\u2510\u2513\u2557])", regex.VERBOSE
)
"""The upper edge of a frame: `+-----+`, or the same in box drawings."""

LIDS = ("+--", "+==", "\u250c\u2500", "\u250f\u2501", "\u2554\u2550")
"""What a text must hold for a frame to be in it."""

SIDE = regex.compile(rf"[{SIDES}]")

INNER = regex.compile(r"[-=+|\u2500-\u257f]{3,}")
"""A rule within a frame."""

UNDERLINE = "_" * 6
"""What a text must hold for a table drawn with underscores to be in it."""

TOP = regex.compile(r"(?<![^ ]) [ ]? (?P<edge> _{6,}+ )", regex.VERBOSE)
"""The upper edge of such a table, one column inside of its sides."""

SHORT = regex.compile(r"\s*+ \S .* [ ]{2} (?P<edge> _{1,5} ) [ ]*+ \Z", regex.VERBOSE)
"""The upper edge of such a table that holds no more than a number, at the end of a line."""

TALLEST = 60
"""Lines; what is taller is no frame of one cell."""


def clear_frames(lines: Sequence[str]) -> Sequence[str]:
    """The lines, each as long as before, with blanks for frames that stand beside other text.

    >>> clear_frames(["how many   +-----+", "in all     | 112 |", "so far:    +-----+"])
    ['how many          ', 'in all       112  ', 'so far:           ']
    >>> clear_frames(["+---+", "| 1 |", "+---+"])
    ['+---+', '| 1 |', '+---+']
    """
    cleared = list(lines)
    for number, line in enumerate(lines):
        for lid in LID.finditer(line):
            bottom = _bottom(cleared, number, lid.span())
            if bottom and _has_company(cleared[number : bottom + 1], lid.span()):
                for row in range(number, bottom + 1):
                    cleared[row] = _without_frame(cleared[row], lid.span())
    return cleared


def clear_underlines(lines: Sequence[str]) -> Sequence[str]:
    """The lines with blanks for the underscores that draw the lower edges of a table's cells, and fill these up.

    Old converters draw tables so; what an underscore was in the cell itself cannot be told, and no answer of the form
    has reason to hold one.

    >>> clear_underlines([" __________ ", "|City__|ZIP|", "|Old_Rye|1_|", "|New_Rye|2_|", "|Rye___|10_|"])
    ['            ', '|City  |ZIP|', '|Old Rye|1 |', '|New Rye|2 |', '|Rye   |10 |']
    >>> clear_underlines(["how many  _ ", "in all   |7|", "so far"])
    ['how many    ', 'in all    7 ', 'so far']
    """
    cleared = list(lines)
    for number, (line, below) in enumerate(pairwise(lines)):
        if line.rstrip().endswith("_") and (short := SHORT.match(line)):
            first, last = short.start("edge") - 1, short.end("edge")
            if below[first : first + 1] == "|" == below[last : last + 1]:
                cleared[number] = f"{line[:first]}{' ' * (last - first)}{line[last:]}"
                inside = below[first + 1 : last].replace("_", " ")
                cleared[number + 1] = f"{below[:first]} {inside} {below[last + 1 :]}"
    for number, line in enumerate(lines):
        for top in TOP.finditer(line) if UNDERLINE in line else ():
            first, last = top.start("edge") - 1, top.end("edge")
            end = number + 1
            while end < len(lines) and lines[end][first : first + 1] == "|" == lines[end][last : last + 1]:
                cleared[end] = (
                    f"{cleared[end][:first]}{cleared[end][first:last].replace('_', ' ')}{cleared[end][last:]}"
                )
                end += 1
            if end > number + 1:
                cleared[number] = f"{line[: first + 1]}{' ' * (last - first - 1)}{line[last:]}"
    return cleared


def _bottom(lines: Sequence[str], top: int, span: tuple[int, int]) -> int:
    """The line of a frame's bottom; 0 if there is none, as its sides do not go on."""
    first, last = span
    for number in range(top + 1, min(top + TALLEST, len(lines))):
        line = lines[number]
        if len(line) < last or not (SIDE.match(line, first) and SIDE.match(line, last - 1)):
            return 0
        if line[first] not in "|\u2502\u2503\u2551\u251c\u2523\u2560" and INNER.fullmatch(line, first, last):
            return number
    return 0


def _has_company(lines: Sequence[str], span: tuple[int, int]) -> bool:
    """Whether text stands beside a frame, on one of its lines."""
    first, last = span
    return any(char.isalnum() for line in lines for char in line[:first] + line[last:])


def _without_frame(line: str, span: tuple[int, int]) -> str:
    first, last = span
    inside = line[first + 1 : last - 1]
    if INNER.fullmatch(inside) or not inside:
        inside = " " * len(inside)
    return f"{line[:first]} {inside} {line[last:]}"

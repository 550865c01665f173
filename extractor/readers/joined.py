r"""Texts whose pieces stand in one line, one sign between all of them: `" | ".join(...)`, `get_text("\t")`.

No row of the form has so many cells; so the sign ends a line, as it does where the pieces are joined by line breaks.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import regex

SIGNS: Final = tuple(regex.compile(sign) for sign in (r"\t++", r"(?:\||\u00a6)++", r"(?:\\r)?+\\n"))
"""What joins: tabs, pipes, the two characters that stand for a line break in JSON and in program texts."""

MANY: Final = 60
"""Signs in one line of which no row of the form has more."""

SHARE: Final = 0.5
"""The part of the text that such a line holds; the widest rows of tables in tables hold a third."""


class Joined(NamedTuple):
    """The pieces, and of each the line, from 0, and the column, from 0, at which it begins."""

    pieces: list[str]
    origins: list[tuple[int, int]]


def part_joined(lines: Sequence[str]) -> Joined | None:
    """Return the pieces of a text's lines, each a line of its own; None if no sign joins them.

    >>> part_joined(["A"] + ["|".join("bc" * 50)]).origins[:4], part_joined(["a | b"])
    ([(0, 0), (1, 0), (1, 2), (1, 4)], None)
    """
    longest = max(lines, key=len, default="")
    if len(longest) <= SHARE * sum(map(len, lines)):
        return None
    sign = max(SIGNS, key=lambda one: len(one.findall(longest)))
    if len(sign.findall(longest)) <= MANY:
        return None
    joined = Joined([], [])
    for number, line in enumerate(lines):
        start = 0
        for end, after in [*(match.span() for match in sign.finditer(line)), (len(line), len(line))]:
            piece = line[start:end]
            joined.pieces.append(piece.lstrip())
            joined.origins.append((number, start + len(piece) - len(piece.lstrip())))
            start = after
    return joined

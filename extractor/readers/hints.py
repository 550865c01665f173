"""What the lines of a text hold that tells how the text is to be read; the form's own lines are looked at once."""

from collections.abc import Sequence
from functools import lru_cache

import regex

from extractor.readers.frames import LIDS, UNDERLINE
from extractor.readers.links import BRACKETS
from extractor.readers.pipes import WITHIN

OFTEN = 1500
"""Characters; what a longer line holds is not kept in memory for the next document. The form's longest has 1,250."""

MARKDOWN = "markdown"
"""Said of a line that plain text does not have."""

LINK = "[1]"
"""The number of a dump's first link."""

BRACED = "[["
"""Where a link of Org begins."""

DOLLAR = "\\$"
BARE = "& "
BULLETS = ("-", "+", "*", "\N{BULLET}", "\N{TRIANGULAR BULLET}")
HINTS = (*LIDS, *BRACKETS, UNDERLINE, LINK, BRACED, WITHIN, DOLLAR, BARE, *BULLETS)

EVIDENCE = (
    ("\\", regex.compile(r"\\[\#_*.()\[\]|&+>~`-]")),
    ("**", regex.compile(r"\*\*[^\s*][^*]*+\*\*")),
    ("](", regex.compile(r"\]\((?:https?:|[/\#])")),
    ("# ", regex.compile(r"^ *+\#{2,6} \S")),
    ("- ", regex.compile(r"^ *+- (?:\[[ xX]\]|X )")),
    ("* ", regex.compile(r"^ *+\* (?:\[[ xX]\]|X )")),
    ("--", regex.compile(r"^[| ]*+:?-{2,}+:? *+\|")),
)
"""What plain text does not hold: an escape (a dollar's is counted instead, see `find_style`), strong text, a link, a
heading, a task, the rule of a table; each with the characters without which the pattern need not be tried."""


def hints_of(lines: Sequence[str]) -> frozenset[str]:
    """What lines hold of `HINTS`, and `MARKDOWN` if one of them is no plain text.

    >>> sorted(hints_of(["Oil & Gas", "## Signature"]))
    ['& ', 'markdown']
    """
    seen = {_hints(line) if len(line) < OFTEN else _hints.__wrapped__(line) for line in lines}
    return frozenset().union(*seen)


@lru_cache(maxsize=8192)
def _hints(line: str) -> frozenset[str]:
    held = [hint for hint in HINTS if hint in line]
    if any(sign in line and pattern.search(line) is not None for sign, pattern in EVIDENCE):
        held.append(MARKDOWN)
    return frozenset(held)

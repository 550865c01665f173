"""Numbers that lynx and its kin put before links, `[1]`, and the list of addresses to which they refer at the end."""

from collections.abc import Sequence

import regex

HEADS = frozenset({"References", "Visible links", "Hidden links:"})
"""What stands above a list of addresses."""

ADDRESS = regex.compile(r"\s*+(?P<number>\d{1,5})\. (?:https?|ftp|file|mailto|javascript)(?=:)\S++\s*+")

NUMBER = regex.compile(r"\[(?P<number>\d{1,5})\](?=\S)")

BRACKETS = ("[http", "[file:", "[ftp:", "[mailto:", "[/")
"""What a text must hold for an address to stand in brackets behind its link."""

BRACKETED = regex.compile(
    r"""
    (?<![ ]) [ ]*+ \[ (?: (?:https?|file|ftp|mailto): | /[\w.-]{2,}+[/?] ) [^\[\]\s]*+ \] (?!\S)
    """,
    regex.VERBOSE,
)
"""An address, whole or from the root of its site."""

BRACED = regex.compile(r"\[\[(?P<target>[^\[\]\s]++)\]\[(?P<words>[^\[\]]++)\]\]")
"""A link of Org: `[[target][words]]`."""

END = regex.compile(r"  |$")


def clear_links(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the list of addresses, and without the numbers that refer to it.

    What stands in a column behind a number moves to where the number stood; other columns stay.

    >>> clear_links(["[1]0009   X", "See [2].", "", "References", "", "   1. file:///a"])
    ['0009      X', 'See [2].', '', '', '', '']
    """
    last = 0
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].strip() in HEADS or ADDRESS.fullmatch(lines[at - 1])):
        at -= 1
        if address := ADDRESS.fullmatch(lines[at]):
            last = max(last, int(address["number"]))
    if not last or not any(line.strip() in HEADS for line in lines[at:]):
        return lines
    return [*(_without_numbers(line, last) for line in lines[:at]), *("" for _ in lines[at:])]


def clear_addresses(lines: Sequence[str]) -> Sequence[str]:
    """The lines with blanks for the addresses that a converter writes in brackets behind the text of a link.

    >>> clear_addresses(["0009 [https://example.org/?CIK=0009] X", "[X] Yes"])
    ['0009                                 X', '[X] Yes']
    >>> clear_addresses(["0009 [/cgi/x?CIK=0009]", "[/s/ Ann]"])
    ['0009                  ', '[/s/ Ann]']
    """
    return [BRACKETED.sub(lambda found: " " * len(found[0]), line) if "[" in line else line for line in lines]


def clear_targets(lines: Sequence[str]) -> Sequence[str]:
    """The lines with the words of each link in the place of its beginning, and blanks for the rest.

    >>> clear_targets(["[[/x?CIK=9][0009]] | X", "[X]"])
    ['0009               | X', '[X]']
    """
    return [
        BRACED.sub(lambda link: link["words"].ljust(len(link[0])), line) if "][" in line else line for line in lines
    ]


def _without_numbers(line: str, last: int) -> str:
    at = 0
    while found := NUMBER.search(line, at):
        at = found.end()
        if 0 < int(found["number"]) <= last:
            end = END.search(line, at)
            assert end
            line = f"{line[: found.start()]}{line[at : end.start()]}{' ' * len(found[0])}{line[end.start() :]}".rstrip()
            at = found.start() + 1
    return line

"""Findings that come again in other documents, further down: they are written once, with gaps for their lines."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar, cast

from extractor.finding import Finding, Passage, below

Made = TypeVar("Made")


class Pattern(NamedTuple):
    """What is written of some findings, with %d for each line. offsets: these lines, where the first of all is 0."""

    text: bytes
    offsets: tuple[int, ...]

    def at(self, line: int) -> bytes:
        """What is written where that line is the first."""
        return self.text % tuple([line + offset for offset in self.offsets])


def remembered(passage: Passage, make: Callable[[tuple[Finding, ...]], Made]) -> Made | None:
    """What a writer makes of the findings of a passage that was seen before; None for one that is new, or never comes.

    It is made when they come for the second time, with the lines that they have in the passage.
    """
    notes = passage.notes
    if notes is None or not passage.findings:
        return None
    if make not in notes:
        notes[make] = None
        return None
    found = notes[make]
    if found is None:
        found = notes[make] = make(passage.findings)
    return cast("Made", found)


def pattern(findings: Iterable[Finding], write: Callable[[Finding], bytes], between: bytes) -> Pattern:
    """The pattern of what is written of findings one by one."""
    offsets = [finding.place.line for finding in findings if finding.place and finding.place.line is not None]
    return Pattern(between.join(_with_gap(finding, write) for finding in findings), tuple(offsets))


def _with_gap(finding: Finding, write: Callable[[Finding], bytes]) -> bytes:
    """What is written of a finding, with %d where two differ of which one stands a line below the other."""
    if finding.place is None or finding.place.line is None:
        return write(finding).replace(b"%", b"%%")
    one, two = (write(below(finding, line - finding.place.line)) for line in (1, 2))
    gap = next(at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b)
    return b"%b%%d%b" % (one[:gap].replace(b"%", b"%%"), one[gap + 1 :].replace(b"%", b"%%"))

"""What the toolkit says about a field: findings, problems, the states of boxes."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal, NamedTuple

from extractor.source import Place, record

Certainty = Literal["exact", "inferred"]


class BoxState(StrEnum):
    """The three states of a checkbox. Unknown: neither the box nor its label was seen."""

    CHECKED = "checked"
    UNCHECKED = "unchecked"
    UNKNOWN = "unknown"


class ProblemKind(StrEnum):
    """The kinds of problems; docs/problems.md explains each with an example."""

    MISSING_LABEL = "missing label"  # the form's label was not found, so its answer is unknown
    MISSING_VALUE = "missing value"  # the label is there, but an answer that the form requires is not
    UNREADABLE_VALUE = "unreadable value"  # there is an answer, but not of the kind the form asks for
    UNKNOWN_CODE = "unknown code"  # a state or country that EDGAR's list does not have
    AMBIGUOUS = "ambiguous"  # two readings fit; the value is left out
    INFERRED = "inferred"  # a stated rule chose the reading
    GROUP_CONFLICT = "group conflict"  # one-of boxes: none, or more than one, is checked
    INCONSISTENT = "inconsistent"  # two places of the filing contradict each other
    ARITHMETIC = "arithmetic"  # offering is not sold + remaining
    OVER_LIMIT = "over limit"  # longer or more than the SEC's schema allows
    OUT_OF_RANGE = "out of range"  # a date or year that cannot be
    UNCLAIMED_TEXT = "unclaimed text"  # text of the answers area that no label claims
    STRAY_MARK = "stray mark"  # a checked box that belongs to no label


@record
class Finding:
    """One answer as it was found.

    path: the field of the filing ("offering_sales_amounts.total_amount_sold", "related_persons[2].is_..."), for a
    box path=value (the value that the field has when the box is checked). raw: the text as it stands in the document.
    rule: the rule that bound it. competed: other readings that the rule turned down.
    """

    path: str
    raw: str
    place: Place | None
    rule: str
    certainty: Certainty = "exact"
    competed: tuple[str, ...] = ()


Brief = tuple[str, str, int, int, int, str, Certainty]
"""A finding of a text in brief: path, raw, line, first and last column, rule, certainty; nothing competed with it."""


class Passage(NamedTuple):
    """Consecutive findings of a document, as they are where the lines of another are counted.

    line: to add to the number of each one's line. notes: of findings that come again in other documents, what writers
    make of them, by whom; forgotten with them. briefs: further findings, with lines of their own, which are made when
    somebody asks for more than what they say.
    """

    findings: tuple[Finding, ...]
    line: int = 0
    notes: dict[object, object] | None = None
    briefs: tuple[Brief, ...] = ()

    def made(self) -> Iterator[Finding]:
        """Yield the findings with the document's own lines."""
        yield from (below(one, self.line) for one in self.findings) if self.line else self.findings
        yield from map(in_full, self.briefs)


def in_full(brief: Brief) -> Finding:
    """The finding that is told in brief."""
    path, raw, line, first, last, rule, certainty = brief
    return Finding(path, raw, Place(None, None, line, (first, last)), rule, certainty)


def below(one: Finding, lines: int) -> Finding:
    """A finding so many lines further down."""
    place = one.place
    if place is None or place.line is None:
        return one
    there = Place(place.page, place.box, place.line + lines, place.columns)
    return Finding(one.path, one.raw, there, one.rule, one.certainty, one.competed)


@record
class Problem:
    """What could not be known about a field, or does not fit; message says what was expected, seen and where."""

    path: str
    kind: ProblemKind
    message: str
    place: Place | None = None


@record
class Leftover:
    """Text of the form's answers area that no rule claimed."""

    text: str
    place: Place

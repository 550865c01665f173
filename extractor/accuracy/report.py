"""What an accuracy run says: counts, the figures that follow from them, and every mistake.

All counts are of cells. A cell is one field of one filing (of one entry of a list, once the entries of truth and result
are paired). Its outcome is one of five: right; wrong (both say something, not the same); missing (the truth says
something, the result nothing); invented (the other way round); blank (both say nothing, rightly).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

from extractor.finding import BoxState, Certainty
from extractor.source import Place

VERSION: Literal[1] = 1
"""The version of the report's layout; it rises when a key changes its meaning or goes."""

MistakeKind = Literal["wrong", "missing", "invented", "order"]
"""How a result differs; "order": the entries of a list are right, but not in the truth's order (no cell counts it)."""

FieldKind = Literal["box", "amount", "count", "date", "year", "name", "place", "address", "number", "text"]
"""What a field holds. number: CIK, CRD and telephone numbers; text: free text (titles, clarifications)."""

RunFormat = Literal["text", "html", "pdf", "edgar", "none"]
"""How a filing was read; "none": a truth that has no result, so that all its answers are missing."""

Interval = tuple[float, float]


def wilson(hits: int, trials: int) -> Interval | None:
    """The 95 % interval of a share after Wilson (1927), or None without a trial.

    >>> [round(edge, 4) for edge in wilson(8, 10)]
    [0.4902, 0.9433]
    >>> [round(edge, 4) for edge in wilson(10, 10)]
    [0.7225, 1.0]
    """
    if not trials:
        return None
    z = 1.959963984540054
    share, spread = hits / trials, z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / trials + spread / (4 * trials)) / (1 + spread)
    return 0.0 if not hits else middle - half, 1.0 if hits == trials else middle + half


def share(hits: int, trials: int) -> float | None:
    """The share of hits, or None without a trial."""
    return hits / trials if trials else None


class Part(BaseModel):
    """Base of the report's parts: frozen; on reading, the figures that follow from the counts are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    def figures(self) -> Mapping[str, object]:
        """The figures that follow from the counts; JSON has them beside the counts."""
        return {}

    @model_serializer(mode="wrap")
    def _with_figures(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        return {**handler(self), **self.figures()}


class Score(Part):
    """Counts of outcomes.

    exact: how many of the right are so character by character, before any normalisation. flagged: how many of the
    wrong, missing and invented had a problem beside them or were `inferred`; the others are silent.
    """

    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0
    blank: int = 0
    exact: int = 0
    flagged: int = 0

    @property
    def support(self) -> int:
        """The answers that the truth has."""
        return self.right + self.wrong + self.missing

    @property
    def given(self) -> int:
        """The answers that the result has."""
        return self.right + self.wrong + self.invented

    @property
    def mistakes(self) -> int:
        """The cells that are wrong, missing or invented."""
        return self.wrong + self.missing + self.invented

    @property
    def silent(self) -> int:
        """The mistakes that nothing in the result warns of."""
        return self.mistakes - self.flagged

    @property
    def precision(self) -> float | None:
        """The share of right ones among the answers given."""
        return share(self.right, self.given)

    @property
    def recall(self) -> float | None:
        """The share of the truth's answers that are given rightly."""
        return share(self.right, self.support)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return share(2 * self.right, self.given + self.support)

    @property
    def exact_recall(self) -> float | None:
        """The share of the truth's answers that are given character by character."""
        return share(self.exact, self.support)

    @property
    def precision_interval(self) -> Interval | None:
        """The 95 % interval of the precision."""
        return wilson(self.right, self.given)

    @property
    def recall_interval(self) -> Interval | None:
        """The 95 % interval of the recall."""
        return wilson(self.right, self.support)

    def figures(self) -> Mapping[str, object]:
        """What follows from the counts."""
        return {
            "support": self.support,
            "mistakes": self.mistakes,
            "silent": self.silent,
            "precision": self.precision,
            "precision_interval": self.precision_interval,
            "recall": self.recall,
            "recall_interval": self.recall_interval,
            "f1": self.f1,
            "exact_recall": self.exact_recall,
        }


class Rate(Part):
    """So many of so many."""

    hits: int = 0
    trials: int = 0

    @property
    def rate(self) -> float | None:
        """The share of hits."""
        return share(self.hits, self.trials)

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share."""
        return wilson(self.hits, self.trials)

    def figures(self) -> Mapping[str, object]:
        """What follows from the counts."""
        return {"rate": self.rate, "interval": self.interval}


class FieldScore(Part):
    """One field of the form.

    path: with [] where it repeats. item: the number of the form's item ("1" to "16", "Signature"; "" for what no item
    asks). formats: the same by input format. wrong_filings: the filings (indexes of `Report.filings`) in which any
    cell of the field is a mistake; in all others that the field was compared in, it is right.
    """

    path: str
    item: str
    kind: FieldKind
    score: Score
    formats: dict[RunFormat, Score]
    wrong_filings: tuple[int, ...] = ()


class BoxScore(Part):
    """The boxes of one field, or of all: `seen[truth][result]` counts them by state."""

    path: str
    seen: dict[BoxState, dict[BoxState, int]]

    @property
    def right(self) -> int:
        """The boxes whose state is that of the truth."""
        return sum(self.seen[state][state] for state in BoxState)

    @property
    def total(self) -> int:
        """All boxes."""
        return sum(count for row in self.seen.values() for count in row.values())

    def figures(self) -> Mapping[str, object]:
        """What follows from the counts."""
        return {"right": self.right, "total": self.total}


class GroupScore(Part):
    """A question that several boxes answer together: how often all its boxes are right at once."""

    label: str
    paths: tuple[str, ...]
    whole: Rate


class ListScore(Part):
    """A list of the form (persons, recipients, issuers, signatures, states): how its entries were found again.

    paired: entries of truth and result that belong together, whatever their fields say. order: of the lists with two
    pairs or more, those whose pairs stand in the truth's order.
    """

    path: str
    expected: int
    got: int
    paired: int
    order: Rate

    @property
    def missing(self) -> int:
        """The truth's entries that the result lacks."""
        return self.expected - self.paired

    @property
    def invented(self) -> int:
        """The result's entries that the truth lacks."""
        return self.got - self.paired

    def figures(self) -> Mapping[str, object]:
        """What follows from the counts."""
        return {"missing": self.missing, "invented": self.invented}


class FilingScore(Part):
    """One filing of the run.

    name: the result's file name (all of its path where two share it; "" for a truth without a result). path: the
    result's name as it stands. truth: what it was compared with. error: why the document gave no result.
    """

    name: str
    path: str = ""
    truth: str
    format: RunFormat
    score: Score
    error: str = ""

    @property
    def perfect(self) -> bool:
        """Whether every field is right."""
        return not self.score.mistakes

    def figures(self) -> Mapping[str, object]:
        """What follows from the counts."""
        return {"perfect": self.perfect}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference between a result and its truth.

    filing: the name in `Report.filings`. field: the path with [] where it repeats. path: with the truth's index, or
    the result's for what is invented. seen_path: with the result's index ("" when the result has no such entry).
    expected, got: as text; None for nothing. raw, place, certainty: of the finding that the result names for it.
    flagged: whether a problem stands beside it, or it was inferred; problems: their messages.
    """

    filing: str
    format: RunFormat
    field: str
    path: str
    kind: MistakeKind
    expected: str | None = None
    got: str | None = None
    seen_path: str = ""
    raw: str | None = None
    place: Place | None = None
    certainty: Certainty | None = None
    flagged: bool = False
    problems: tuple[str, ...] = ()


class Report(Part):
    """All that one run says.

    fields: in the form's order. items, kinds, formats: the same cells, added up. boxes: all boxes, then field by
    field. groups, lists: in the form's order. filings: by name; a truth without a result is one of format "none".
    perfect: filings of which every field is right. exact, inferred: of the answers with a finding of that certainty,
    how many are right. places: of the right answers whose document was at hand, how many stand at the place that is
    cited. without_truth: results that nothing could be compared with. without_result: truths that have no result, so
    that all their answers are missing (unless the run was told to leave them out). unread: what could not be read,
    with the reason. anls: the mean ANLS* of the filings, where asked for.
    """

    version: Literal[1] = VERSION
    extractor: str
    total: Score
    fields: tuple[FieldScore, ...]
    items: dict[str, Score]
    kinds: dict[FieldKind, Score]
    formats: dict[RunFormat, Score]
    boxes: BoxScore
    box_fields: tuple[BoxScore, ...]
    groups: tuple[GroupScore, ...]
    lists: tuple[ListScore, ...]
    filings: tuple[FilingScore, ...]
    exact: Rate
    inferred: Rate
    places: Rate
    mistakes: tuple[Mistake, ...]
    without_truth: tuple[str, ...] = ()
    without_result: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    anls: float | None = None

    @property
    def perfect(self) -> Rate:
        """The filings of which every field is right."""
        return Rate(hits=sum(filing.perfect for filing in self.filings), trials=len(self.filings))

    def figures(self) -> Mapping[str, object]:
        """What follows from the counts."""
        return {"perfect": self.perfect.model_dump(mode="json")}


def to_json(report: Report) -> str:
    """The report as JSON, the counts with the figures that follow from them; the same run gives the same text."""
    return report.model_dump_json(indent=2) + "\n"


def from_json(text: str | bytes) -> Report:
    """The report that `to_json` wrote; pydantic's ValidationError when it is none, or of another version."""
    return Report.model_validate_json(text)

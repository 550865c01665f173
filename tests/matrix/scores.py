"""How right an extraction is: fields right, wrong, missing, and wrong without a word."""

from collections import Counter
from dataclasses import astuple, dataclass

from extractor.accuracy import score as scoring
from extractor.accuracy.truth import Truth
from extractor.errors import ExtractorError
from extractor.extract import extract_bytes
from extractor.model import Filing
from extractor.source import Engine


@dataclass(frozen=True, slots=True)
class Score:
    """Counts. fields: that the truth's page shows; wrong: with another value, or invented; silent: without a problem.

    perfect: filings with all fields right and none invented.
    """

    filings: int = 0
    fields: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    silent: int = 0
    perfect: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(mine + its for mine, its in zip(astuple(self), astuple(other), strict=True)))

    @property
    def right_share(self) -> float:
        """Fields right, in per cent."""
        return 100 * self.right / self.fields if self.fields else 100.0

    @property
    def perfect_share(self) -> float:
        """Filings perfect, in per cent."""
        return 100 * self.perfect / self.filings if self.filings else 100.0


def score(truth: Filing, document: bytes, engine: Engine = "auto") -> tuple[Score, list[str]]:
    """The score of one document, and its faults, one line each; silent ones begin with `!`."""
    try:
        scored = scoring.score(Truth("", truth), extract_bytes(document, engine=engine))
    except ExtractorError as error:
        return _added(scoring.score_missing(Truth("", truth)), silent=0), [f"refused: {error}"]
    faults = [
        f"{' ' if one.problems else '!'} {one.path}: {one.kind}: expected {one.expected!r}, got {one.got!r}"
        for one in scored.mistakes
    ]
    return _added(scored, silent=sum(not one.problems for one in scored.mistakes)), faults


def _added(scored: scoring.Scored, silent: int) -> Score:
    """The counts of all fields together."""
    counts: Counter[str] = Counter()
    for (_, outcome), count in scored.cells.items():
        counts[outcome] += count
    wrong = counts["wrong"] + counts["invented"]
    return Score(
        1,
        counts["right"] + counts["wrong"] + counts["missing"],
        counts["right"],
        wrong,
        counts["missing"],
        silent,
        int(not wrong and not counts["missing"]),
    )

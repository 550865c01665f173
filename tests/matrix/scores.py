"""How right an extraction is: fields right, wrong, missing, and wrong without a word."""

from dataclasses import astuple, dataclass

from extractor.errors import ExtractorError
from extractor.extract import extract_bytes
from extractor.model import Filing
from tests.silence import silent
from tests.truth import shown


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


def score(truth: Filing, document: bytes) -> tuple[Score, list[str]]:
    """The score of one document, and its faults, one line each; silent ones begin with `!`."""
    want = shown(truth)
    try:
        seen = extract_bytes(document)
    except ExtractorError as error:
        refused = Score(1, fields=len(want), missing=len(want))
        return refused, [f"refused: {error}"]
    got = shown(seen.filing)
    quiet = set(silent(truth, seen))
    right = sum(got.get(path) == value for path, value in want.items())
    missing = sum(path not in got for path in want)
    wrong = sum(path in got and want.get(path) != got[path] for path in want.keys() | got.keys())
    total = Score(1, len(want), right, wrong, missing, len(quiet), int(not wrong and not missing))
    faults = [
        f"{path}: expected {want.get(path)!r}, got {got.get(path)!r}"
        for path in sorted(want.keys() | got.keys())
        if want.get(path) != got.get(path)
    ]
    return total, [f"! {fault}" if fault in quiet else f"  {fault}" for fault in faults]

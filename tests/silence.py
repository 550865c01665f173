"""Finds what an extraction gets wrong without a word: differences from the truth that no problem stands beside."""

from extractor.accuracy.cells import told
from extractor.accuracy.same import written
from extractor.accuracy.score import score
from extractor.accuracy.truth import Truth
from extractor.extract import Extraction
from extractor.model import Filing


def silent(truth: Filing, seen: Extraction) -> list[str]:
    """The fields that are wrong, missing, invented or out of order without a problem, one line each.

    An entry of which little could be read may be taken for another one than it is; what the truth says at its very
    place, in any order, is not invented then.
    """
    mistakes = [one for one in score(Truth("", truth), seen).mistakes if not one.problems]
    said = {path: _parts(written(value)) for path, value in told(truth)} if mistakes else {}
    return [
        f"{one.path}: {one.kind}: expected {one.expected!r}, got {one.got!r}"
        for one in mistakes
        if one.kind != "invented" or said.get(one.path) != _parts(one.got)
    ]


def _parts(shown: str | None) -> list[str]:
    return sorted((shown or "").split("; "))

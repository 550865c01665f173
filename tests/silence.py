"""Finds what an extraction gets wrong without a word: differences from the truth that no problem stands beside."""

from extractor.accuracy.score import score
from extractor.accuracy.truth import Truth
from extractor.extract import Extraction
from extractor.model import Filing


def silent(truth: Filing, seen: Extraction) -> list[str]:
    """The fields that are wrong, missing, invented or out of order without a problem, one line each."""
    return [
        f"{one.path}: {one.kind}: expected {one.expected!r}, got {one.got!r}"
        for one in score(Truth("", truth), seen).mistakes
        if not one.problems
    ]

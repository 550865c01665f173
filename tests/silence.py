"""Finds what an extraction gets wrong without a word: differences from the truth that no problem stands beside."""

from collections.abc import Iterable

from extractor.extract import Extraction
from extractor.finding import Problem
from extractor.model import Filing
from tests.truth import shown


def warned(path: str, problems: Iterable[Problem]) -> bool:
    """Whether a problem says something of a field: of itself, of a part it is in, or of one of its boxes."""
    return any(
        path == one.path
        or path.startswith((f"{one.path}.", f"{one.path}["))
        or one.path.startswith((f"{path}=", f"{path}["))
        for one in problems
    )


def silent(truth: Filing, seen: Extraction) -> list[str]:
    """The fields that are wrong, missing or invented without a problem, one line each."""
    want, got = shown(truth), shown(seen.filing)
    return [
        f"{path}: expected {want.get(path)!r}, got {got.get(path)!r}"
        for path in sorted(want.keys() | got.keys())
        if want.get(path) != got.get(path) and not warned(path, seen.problems)
    ]

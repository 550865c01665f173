"""What each format must reach, on any folder of filings; kept in `tests/matrix-floors.toml`. Floors only rise."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from tests.matrix.scores import Score

FLOORS = Path(__file__).parents[1] / "matrix-floors.toml"


def read_floors(path: Path = FLOORS) -> dict[str, tuple[float, int]]:
    """For each format the least share of right fields, in per cent, and the most fields wrong without a problem."""
    table = tomllib.loads(path.read_text("utf-8"))
    return {name: (float(one["right"]), int(one["silent"])) for name, one in table.items()}


def missed(scores: Mapping[str, Score], floors: Mapping[str, tuple[float, int]]) -> list[str]:
    """The floors that are missed, one line each; a format without one must be perfect."""
    lines = []
    for name, score in scores.items():
        right, silent = floors.get(name, (100.0, 0))
        if score.right_share < right:
            lines.append(f"{name}: expected {right} % of fields right, seen {score.right_share:.2f} %")
        if score.silent > silent:
            lines.append(f"{name}: expected at most {silent} fields wrong without a problem, seen {score.silent}")
    return lines

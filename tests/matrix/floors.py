"""What each format must reach, on any folder of filings; kept in `tests/matrix-floors.toml`. Floors only rise."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.matrix.scores import Score

FLOORS = Path(__file__).parents[1] / "matrix-floors.toml"


Floor = tuple[float, int]
"""The least share of right fields, in per cent, and the most fields wrong without a problem."""

PERFECT: Floor = (100.0, 0)
"""What a format without a floor must reach."""


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """The floor of each format that has one."""
    table = tomllib.loads(path.read_text("utf-8"))
    return {name: (float(one["right"]), int(one["silent"])) for name, one in table.items()}


def missed(scores: Mapping[str, Score], floors: Mapping[str, Floor]) -> list[str]:
    """The floors that are missed, one line each; a format without one must be perfect."""
    lines = []
    for name, score in scores.items():
        right, silent = floors.get(name, PERFECT)
        if score.right_share < right:
            lines.append(f"{name}: expected {right} % of fields right, seen {score.right_share:.2f} %")
        if score.silent > silent:
            lines.append(f"{name}: expected at most {silent} fields wrong without a problem, seen {score.silent}")
    return lines


def raised(floors: Mapping[str, Floor], runs: Sequence[Mapping[str, Score]]) -> dict[str, Floor]:
    """The floors as high as all runs let them be, none lower than it was; those of perfect formats are left out.

    A run is that of one folder: a floor holds on every folder, so the worst run counts.
    """
    higher = {name: _raised(floor, [run[name] for run in runs if name in run]) for name, floor in floors.items()}
    return {name: floor for name, floor in higher.items() if floor != PERFECT}


def _raised(floor: Floor, scores: Sequence[Score]) -> Floor:
    if not scores:
        return floor
    right = min(math.floor(10 * score.right_share) / 10 for score in scores)
    return max(floor[0], right), min(floor[1], max(score.silent for score in scores))


def write_floors(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    """Write the floors below the remarks that the file begins with."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    remarks = "".join(line for line in lines if line.startswith("#"))
    tables = (f'["{name}"]\nright = {right}\nsilent = {silent}\n' for name, (right, silent) in floors.items())
    path.write_text("\n".join((remarks, *tables)), "utf-8")

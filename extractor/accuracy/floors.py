"""The least that a run must reach: a file that is committed, and whose figures only rise."""

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.accuracy.report import Report
from extractor.errors import ExtractorError

HEAD = """\
# The least that formd accuracy must reach. --update-floors writes this file, and lowers nothing without --allow-lower.
# total: F1 of all fields, filings with every field right, and the share of fields not wrong without a warning.
# fields: F1 of each.
"""

PRECISION = 6
"""Decimals; a figure is rounded down, so that the run it is taken from reaches it."""


class NoFloors(ExtractorError):
    """A file that holds no floors."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A floor that is missed. seen: the figure of the run; None where it has none."""

    name: str
    floor: float
    seen: float | None

    def __str__(self) -> str:
        seen = "nothing to measure it by" if self.seen is None else f"{self.seen:.6f}"
        return f"{self.name}: expected at least {self.floor:.6f}, seen {seen}"


def figures(report: Report) -> dict[str, float]:
    """The figures of a run that floors are set for: total.f1, total.perfect, total.warned, fields.PATH."""
    total = report.total
    cells = total.right + total.blank + total.mistakes
    found = {
        "total.f1": total.f1,
        "total.perfect": report.perfect.rate,
        "total.warned": 1 - total.silent / cells if cells else None,
        **{f"fields.{one.path}": one.score.f1 for one in report.fields},
    }
    scale = 10**PRECISION
    return {name: math.floor(value * scale) / scale for name, value in found.items() if value is not None}


def misses(report: Report, floors: Mapping[str, float]) -> tuple[Miss, ...]:
    """The floors that a run misses; a figure that it does not have is missed too."""
    seen = figures(report)
    return tuple(Miss(name, floor, seen.get(name)) for name, floor in floors.items() if seen.get(name, -1.0) < floor)


def read_floors(path: Path) -> dict[str, float]:
    """The floors of a file by name (`total.f1`, `fields.PATH`). NoFloors: it holds none."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise NoFloors(f"{path}: expected floors in TOML; {error}") from None
    floors = {}
    for table, lines in tables.items():
        if table not in ("total", "fields") or not isinstance(lines, dict):
            raise NoFloors(f"{path}: expected the tables [total] and [fields], saw {table!r}")
        for name, floor in lines.items():
            if isinstance(floor, bool) or not isinstance(floor, (int, float)) or not 0 <= floor <= 1:
                raise NoFloors(f"{path}: expected a number from 0 to 1 for {name!r} of [{table}], saw {floor!r}")
            floors[f"{table}.{name}"] = float(floor)
    return floors


def to_text(floors: Mapping[str, float]) -> str:
    """The file of some floors."""
    lines = [HEAD]
    for table in ("total", "fields"):
        own = {name.removeprefix(f"{table}."): floor for name, floor in floors.items() if name.startswith(f"{table}.")}
        lines.append(f"[{table}]\n")
        lines += [f"{name if name.isidentifier() else json.dumps(name)} = {floor!r}\n" for name, floor in own.items()]
        lines.append("\n")
    return "".join(lines).rstrip("\n") + "\n"

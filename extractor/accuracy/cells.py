"""One filing beside its truth: every field of every entry, once the entries of the lists are paired."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from extractor.accuracy.fields import Field, Level, level_of, shown_paths
from extractor.accuracy.pairs import entries_of, pair
from extractor.accuracy.same import exactly, key, value_of
from extractor.model import Filing, Record

Outcome = Literal["right", "wrong", "missing", "invented", "blank"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one entry: what the truth and the result say.

    path: with the truth's indexes. seen_path: with the result's. Where an entry is missing or invented, one is "".
    exact: the values are the same character by character.
    """

    field: Field
    path: str
    seen_path: str
    want: object
    got: object
    outcome: Outcome
    exact: bool


@dataclass(frozen=True, slots=True)
class Pairing:
    """One list of one filing: its path in truth and result, and the pairs of indexes, by the truth's order."""

    level: Level
    path: str
    seen_path: str
    expected: int
    got: int
    pairs: tuple[tuple[int, int], ...]

    @property
    def in_order(self) -> bool:
        """Whether the paired entries stand in the truth's order."""
        return all(one[1] < other[1] for one, other in zip(self.pairs, self.pairs[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Beside:
    """A result beside its truth: cells in the model's order, and the lists that either has."""

    cells: tuple[Cell, ...]
    pairings: tuple[Pairing, ...]

    def renamed(self) -> Mapping[str, str]:
        """The path of each paired entry in the result, by its path in the truth."""
        return {f"{one.path}[{want}]": f"{one.seen_path}[{got}]" for one in self.pairings for want, got in one.pairs}


def beside(truth: Filing, seen: Filing, paths: frozenset[str] | None = None, *, merged: bool = True) -> Beside:
    """The two filings beside each other, in the fields with these paths (None: all that a rendering shows).

    merged: what a page shows as one field (the two lists of previous names) is compared as one.
    """
    cells: list[Cell] = []
    pairings: list[Pairing] = []
    level = level_of(shown_paths() if paths is None else paths, merged=merged)
    _walk(level, (truth, ""), (seen, ""), cells, pairings)
    return Beside(tuple(cells), tuple(pairings))


def told(filing: Filing) -> Iterator[tuple[str, object]]:
    """All that a rendering of the filing shows, by path: its answers without those that are blank."""
    for cell in beside(filing, filing).cells:
        if cell.want is not None:
            yield cell.path, cell.want


Here = tuple[Record, str] | None
"""An entry with its path; None where one side has none."""


def _walk(level: Level, truth: Here, seen: Here, cells: list[Cell], pairings: list[Pairing]) -> None:
    for field in level.fields:
        cell = _cell(field, truth, seen)
        if cell.outcome != "blank" or (truth and seen):
            cells.append(cell)
    for below in level.lists:
        wanted, given = _entries(below, truth), _entries(below, seen)
        records = [entry[0] for entry in wanted], [entry[0] for entry in given]
        pairs = pair(below, *records) if wanted and given else []
        if wanted or given:
            paths = _list_path(below, truth), _list_path(below, seen)
            pairings.append(Pairing(below, *paths, len(wanted), len(given), tuple(pairs)))
        partner, found = dict(pairs), {index for _, index in pairs}
        for index, entry in enumerate(wanted):
            _walk(below, entry, given[partner[index]] if index in partner else None, cells, pairings)
        for index, entry in enumerate(given):
            if index not in found:
                _walk(below, None, entry, cells, pairings)


def _entries(level: Level, above: Here) -> list[tuple[Record, str]]:
    """The entries of a list, each with the path before its fields."""
    if above is None:
        return []
    path = _list_path(level, above)
    return [(entry, f"{path}[{index}].") for index, entry in enumerate(entries_of(level, above[0]))]


def _list_path(level: Level, above: Here) -> str:
    return above[1] + ".".join(level.steps) if above else ""


def _cell(field: Field, truth: Here, seen: Here) -> Cell:
    want = value_of(field, truth[0]) if truth else None
    got = value_of(field, seen[0]) if seen else None
    name = ".".join(field.steps)
    exact = want is not None and exactly(field, want) == exactly(field, got) and type(want) is type(got)
    return Cell(
        field,
        truth[1] + name if truth else "",
        seen[1] + name if seen else "",
        want,
        got,
        _outcome(field, want, got, exact),
        exact,
    )


def _outcome(field: Field, want: object, got: object, exact: bool) -> Outcome:
    if want is None:
        return "blank" if got is None else "invented"
    if got is None:
        return "missing"
    return "right" if exact or key(field, want) == key(field, got) else "wrong"

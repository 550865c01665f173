"""Adds up what filings say, in any order, and makes the report of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TypeVar

from extractor import __version__
from extractor.accuracy.fields import Field, whole
from extractor.accuracy.report import (
    BoxScore,
    FieldScore,
    FilingScore,
    GroupScore,
    ListScore,
    Mistake,
    Rate,
    Report,
    RunFormat,
    Score,
)
from extractor.accuracy.score import Count, Scored, patterns
from extractor.finding import BoxState
from extractor.form.items import FORM, GROUPS

FORMATS: tuple[RunFormat, ...] = ("text", "html", "pdf", "edgar", "none")

_K = TypeVar("_K", bound=str)

_MISTAKES = ("wrong", "missing", "invented")


@dataclass(frozen=True, slots=True)
class _Filing:
    """What the report says of one filing by itself."""

    path: str
    truth: str
    format: RunFormat
    error: str
    score: Score
    wrong: frozenset[str]
    mistakes: tuple[Mistake, ...]
    anls: float | None


@dataclass(slots=True)
class Tally:
    """A running sum; two of them can be joined."""

    cells: dict[RunFormat, Counter[Count]] = field(default_factory=dict)
    boxes: Counter[tuple[str, BoxState, BoxState]] = field(default_factory=Counter)
    groups: Counter[tuple[int, bool]] = field(default_factory=Counter)
    lists: dict[str, tuple[int, ...]] = field(default_factory=dict)
    certainty: Counter[tuple[str, bool]] = field(default_factory=Counter)
    places: tuple[int, int] = (0, 0)
    filings: list[_Filing] = field(default_factory=list)

    def add(self, scored: Scored) -> None:
        """Add one filing."""
        self.cells.setdefault(scored.format, Counter()).update(scored.cells)
        self.boxes.update(scored.boxes)
        self.groups.update(scored.groups)
        self._add_lists(scored.lists)
        self.certainty.update(scored.certainty)
        self.places = self.places[0] + scored.places[0], self.places[1] + scored.places[1]
        total: Counter[str] = Counter()
        for (_, outcome), count in scored.cells.items():
            total[outcome] += count
        self.filings.append(
            _Filing(
                scored.name,
                scored.truth,
                scored.format,
                scored.error,
                Score(**total),
                frozenset(path for (path, outcome), count in scored.cells.items() if count and outcome in _MISTAKES),
                scored.mistakes,
                scored.anls,
            )
        )

    def join(self, other: "Tally") -> None:
        """Add all that another sum holds."""
        for format_, cells in other.cells.items():
            self.cells.setdefault(format_, Counter()).update(cells)
        self.boxes.update(other.boxes)
        self.groups.update(other.groups)
        self._add_lists(other.lists)
        self.certainty.update(other.certainty)
        self.places = self.places[0] + other.places[0], self.places[1] + other.places[1]
        self.filings.extend(other.filings)

    def _add_lists(self, lists: Mapping[str, tuple[int, ...]]) -> None:
        for path, row in lists.items():
            old = self.lists.get(path, (0,) * len(row))
            self.lists[path] = tuple(one + other for one, other in zip(old, row, strict=True))

    def report(
        self,
        *,
        without_truth: Iterable[str] = (),
        without_result: Iterable[str] = (),
        unread: Iterable[tuple[str, str]] = (),
    ) -> Report:
        """The report of all that was added; the order in which that was done makes no difference."""
        filings = sorted(self.filings, key=lambda one: (one.path, one.truth, one.format))
        names = _names([one.path for one in filings])
        scored = [one.anls for one in filings if one.anls is not None]
        fields = self._fields(filings)
        formats = _summed(((format_, score) for one in fields for format_, score in one.formats.items()), FORMATS.index)
        return Report(
            extractor=__version__,
            total=add(one.score for one in fields),
            fields=fields,
            items=_summed(((one.item, one.score) for one in fields), _item_order),
            kinds=_summed(((one.kind, one.score) for one in fields), str),
            formats=formats,
            boxes=_boxes("", self.boxes),
            box_fields=tuple(self._box_fields()),
            groups=tuple(self._groups()),
            lists=tuple(self._lists()),
            filings=tuple(
                FilingScore(
                    name=name, path=one.path, truth=one.truth, format=one.format, score=one.score, error=one.error
                )
                for name, one in zip(names, filings, strict=True)
            ),
            exact=self._certainty("exact"),
            inferred=self._certainty("inferred"),
            places=Rate(hits=self.places[1], trials=self.places[0]),
            mistakes=tuple(
                replace(mistake, filing=name or one.truth)
                for name, one in zip(names, filings, strict=True)
                for mistake in one.mistakes
            ),
            without_truth=tuple(sorted(without_truth)),
            without_result=tuple(sorted(without_result)),
            unread=tuple(sorted(unread)),
            anls=sum(scored) / len(scored) if scored else None,
        )

    def _fields(self, filings: list[_Filing]) -> tuple[FieldScore, ...]:
        wrong: defaultdict[str, list[int]] = defaultdict(list)
        for number, filing in enumerate(filings):
            for path in filing.wrong:
                wrong[path].append(number)
        scores: defaultdict[str, dict[RunFormat, dict[str, int]]] = defaultdict(dict)
        for format_ in sorted(self.cells, key=FORMATS.index):
            for (path, outcome), count in self.cells[format_].items():
                scores[path].setdefault(format_, {})[outcome] = count
        found = []
        for one in in_order():
            if one.path in scores:
                formats = {format_: Score(**counts) for format_, counts in scores[one.path].items()}
                found.append(
                    FieldScore(
                        path=one.path,
                        item=one.item,
                        kind=one.kind,
                        score=add(formats.values()),
                        formats=formats,
                        wrong_filings=tuple(wrong[one.path]),
                    )
                )
        return tuple(found)

    def _box_fields(self) -> Iterable[BoxScore]:
        by_field: defaultdict[str, Counter[tuple[str, BoxState, BoxState]]] = defaultdict(Counter)
        for box, count in self.boxes.items():
            by_field[box[0]][box] = count
        return (_boxes(one.path, by_field[one.path]) for one in in_order() if one.path in by_field)

    def _groups(self) -> Iterable[GroupScore]:
        for number, group in enumerate(GROUPS):
            right, wrong = self.groups[number, True], self.groups[number, False]
            if right + wrong:
                whole_ = Rate(hits=right, trials=right + wrong)
                yield GroupScore(label=group.label, paths=patterns(group), whole=whole_)

    def _lists(self) -> Iterable[ListScore]:
        for level in whole().all_lists():
            if level.path in self.lists:
                expected, got, paired, trials, hits = self.lists[level.path]
                order = Rate(hits=hits, trials=trials)
                yield ListScore(path=level.path, expected=expected, got=got, paired=paired, order=order)

    def _certainty(self, certainty: str) -> Rate:
        right, wrong = self.certainty[certainty, True], self.certainty[certainty, False]
        return Rate(hits=right, trials=right + wrong)


def add(scores: Iterable[Score]) -> Score:
    """The sum of several scores."""
    sums: Counter[str] = Counter()
    for score in scores:
        sums.update({name: getattr(score, name) for name in Score.model_fields})
    return Score(**sums)


def in_order() -> list[Field]:
    """All fields, in the order of the form's items; those that no item asks come first."""
    return sorted(whole().all_fields(), key=lambda one: _item_order(one.item))


def _item_order(item: str) -> int:
    numbers = ["", *(section.number for section in FORM)]
    return numbers.index(item)


def _summed(scores: Iterable[tuple[_K, Score]], order: Callable[[_K], int | str]) -> dict[_K, Score]:
    by_key: defaultdict[_K, list[Score]] = defaultdict(list)
    for key, score in scores:
        by_key[key].append(score)
    return {key: add(by_key[key]) for key in sorted(by_key, key=order)}


def _boxes(path: str, counts: Counter[tuple[str, BoxState, BoxState]]) -> BoxScore:
    seen = {want: dict.fromkeys(BoxState, 0) for want in BoxState}
    for (_, want, got), count in counts.items():
        seen[want][got] += count
    return BoxScore(path=path, seen=seen)


def _names(paths: list[str]) -> list[str]:
    """The last part of each path, and all of it where two end alike."""
    short = [PurePath(path).name for path in paths]
    doubled = {name for name, count in Counter(short).items() if count > 1}
    return [path if name in doubled else name for name, path in zip(short, paths, strict=True)]

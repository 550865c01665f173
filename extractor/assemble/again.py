"""Builds a filing of records that were built before: only the words of the answers are read anew.

Which boxes are checked, what that makes of their groups, which labels and answers are missing: all this follows from a
record's layout, and is worked out once for each. What takes more than that is left to `build`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Final, NamedTuple, cast

from extractor.assemble.answers import first_by_path, found_answers, found_states, read_values, report_conflicts
from extractor.assemble.building import Blanks, Building, Value, list_of, nest, record_of
from extractor.assemble.doubtful import report_doubtful, speaks
from extractor.assemble.settle import ALTERNATIVES, AMENDMENT, SETTLING, Settling, read_boxes, set_submission_type
from extractor.assemble.unseen import edition_seen, report_unasked, report_unseen_in
from extractor.checks import check
from extractor.engine.found import Answer, BoxAnswer
from extractor.engine.lined import Recollection, Told
from extractor.engine.pieces import Stretch, part_columns, part_place
from extractor.engine.remembered import Known, Range
from extractor.finding import BoxState, Brief, Finding, Passage, Problem, ProblemKind, below
from extractor.form.editions import EditionName
from extractor.form.items import FORM, GROUPS
from extractor.form.spec import Box, Group, Section
from extractor.model import Filing
from extractor.source import Lines, Place

_ANSWERED: Final = object()
"""In place of an answer whose words are not known yet."""

_STANDING_FOR = {value.casefold() for value in ALTERNATIVES}
"""Answers in words that say the same as a box."""

_EXEMPTIONS = "federal_exemptions_exclusions"

Where = tuple[int, Range]
"""In which of a unit's records something stands, and where in it."""

Step = Callable[[Building], None]


class Unit(NamedTuple):
    """The records that describe one thing: one, or the two of an issuer. name: what the filing's paths begin with."""

    name: str
    told: tuple[Told, ...]

    @property
    def stem(self) -> str:
        """The path of the thing itself."""
        return self.name.removesuffix(".")

    @property
    def repeats(self) -> bool:
        """Whether it is one of a list, and its name another one in each document."""
        return self.told[0].this.section.repeats

    def boxes(self, lines: Lines) -> Iterator[BoxAnswer]:
        """Yield the states of its boxes."""
        for one in self.told:
            yield from one.boxes(lines, self.name)

    def answers(self, lines: Lines) -> Iterator[Answer]:
        """Yield its answers."""
        for one in self.told:
            yield from one.answers(lines, self.name)

    def labels(self, lines: Lines) -> dict[str, tuple[Stretch, Where]]:
        """The labels that were seen, and where."""
        return {
            self.name + path: ((one.item(lines, range_[0]), *range_[1:]), (number, range_))
            for number, one in enumerate(self.told)
            for path, range_ in one.outcome.labels
        }


class Report(NamedTuple):
    """A problem of a unit. path: behind its stem; where: in which of its records."""

    path: str
    kind: ProblemKind
    message: str
    where: Where | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What a unit says whatever its words are.

    values: of the boxes, and boxes: their states, by the path below the unit's name; unseen: the boxes that are not
    there. reports: the problems of each step. type: of the submission, if the unit tells it. fixed: the
    fields answered with the words of a box. known: what it was made of.
    """

    values: Mapping[str, Value]
    boxes: Mapping[str, BoxState]
    unseen: tuple[str, ...]
    reports: tuple[tuple[Report, ...], ...]
    type: str | None
    fixed: frozenset[str]
    known: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A filing that was built again; its findings are made when somebody asks for them."""

    filing: Filing
    boxes: Mapping[str, BoxState]
    problems: tuple[Problem, ...]
    findings: Callable[[], tuple[Passage, ...]]


def build_again(known: Recollection) -> Again | None:
    """The filing of known records, with its problems, as `build` builds it; None if it takes more than their words."""
    edition = _edition(known)
    if not edition or not _are_paired(known):
        return None
    named = _named(known)
    units: dict[tuple[str, str], list[Told]] = {}
    for name, one in named:
        units.setdefault((name, "" if one.this.section.repeats else one.this.section.number), []).append(one)
    pairs: list[tuple[Unit, Settled]] = []
    for (name, _), told in units.items():
        unit = Unit(name, tuple(told))
        settled = _settled(unit, known.lines, edition)
        if settled is None or (name.startswith("additional_issuers") and any(settled.reports)):
            return None
        pairs.append((unit, settled))
    return _join(known.lines, pairs, named)


def _are_paired(known: Recollection) -> bool:
    """Whether sections that describe the same things describe as many."""
    counts = {(one.prefix, known.records[one.number]) for one in FORM if one.repeats}
    return len(counts) == len({prefix for prefix, _ in counts})


def _named(known: Recollection) -> list[tuple[str, Told]]:
    """The records, but for blank ones, and what the filing's paths of each begin with."""
    blanks = _blanks(known.told)
    named = ((one.stem if not one.this.section.repeats else blanks.renamed(one.stem), one) for one in known.told)
    return [(name, one) for name, one in named if name is not None]


def _blanks(told: Sequence[Told]) -> Blanks:
    """The elements of lists that stand there without any answer."""
    indexes: dict[str, list[int]] = {}
    for one in told:
        if one.this.section.repeats and not one.outcome.answers and not one.this.tabular:
            name, index = list_of(one.prefix.removesuffix("."))
            if name != "issuers" and not any(
                box.state is BoxState.CHECKED and box.value != "None" for box in one.outcome.boxes
            ):
                indexes.setdefault(name, []).append(index)
    return Blanks(indexes)


def _edition(known: Recollection) -> EditionName | None:
    """The edition of the form, by the boxes that tell."""
    for one in known.told:
        notes = one.lined.known.notes
        key = ("edition", one.how)
        if key not in notes:
            names = [f"{box.path}={box.value}" for box in one.outcome.boxes if one.stem + box.path == _EXEMPTIONS]
            notes[key] = edition_seen(names) if names else None
        if edition := notes[key]:
            return cast("EditionName", edition)
    return None


def _settled(unit: Unit, lines: Lines, edition: EditionName) -> Settled | None:
    """What a unit says whatever its words are; None if it depends on them."""
    known = tuple(one.lined.known for one in unit.told)
    notes = known[0].notes
    key = (edition, unit.told[0].how, *map(id, known[1:]))
    found = notes.get(key, notes)
    if found is notes:
        found = notes[key] = _settle(unit, lines, edition)
    return cast("Settled | None", found)


def _settle(unit: Unit, lines: Lines, edition: EditionName) -> Settled | None:
    building = Building()
    boxes, answers, labels = list(unit.boxes(lines)), list(unit.answers(lines)), unit.labels(lines)
    said = {record_of(one.path) for one in answers} | {record_of(box.path) for box in boxes if speaks(box)}
    if unit.told[0].this.tabular and {record_of(box.path) for box in boxes} - said:
        return None
    read_boxes(building, boxes)
    seen = tuple(building.boxes)
    words = _box_words(unit)
    plain = [one for one in answers if one.raw.casefold() not in words]
    fixed = first_by_path(one for one in answers if one.raw.casefold() in words)
    answered = _take(building, plain)
    read_values(building, fixed)
    stretches = {path: stretch for path, (stretch, _) in labels.items()}
    where = {box.place: where for box, where in zip(boxes, _wheres(unit), strict=True)}
    where |= {part_place(*stretch): where for stretch, where in labels.values()}
    reports: list[tuple[Report | None, ...]] = []
    for step in _steps(unit, (boxes, answers, stretches), edition):
        before = len(building.problems)
        step(building)
        reports.append(tuple(_reports(unit, building.problems[before:], where)))
    kind = building.values.pop("submission_type", None)
    values, unseen = list(building.values), list(building.boxes)[len(seen) :]
    lost = any(building.values.pop(path, None) is not _ANSWERED for path in answered)
    lost = lost or any(path not in building.values for path in fixed)
    if lost or None in chain(*reports) or not all(name.startswith(unit.name) for name in (*values, *seen, *unseen)):
        return None
    size = len(unit.name)
    return Settled(
        {path[size:]: value for path, value in building.values.items()},
        {name[size:]: building.boxes[name] for name in seen},
        tuple(name[size:] for name in unseen),
        cast("tuple[tuple[Report, ...], ...]", tuple(reports)),
        cast("str | None", kind),
        frozenset(path[size:] for path in fixed),
        tuple(one.lined.known for one in unit.told),
    )


def _box_words(unit: Unit) -> set[str]:
    """The words of boxes that stand for an answer; where a section has them, they are no words of an answer there."""
    parts = [part for one in unit.told for part in one.this.section.parts()]
    return {part.label.casefold() for part in parts if isinstance(part, Box) and part.value in ALTERNATIVES}


def _take(building: Building, answers: Sequence[Answer]) -> list[str]:
    """Take the fields as answered, and return their paths."""
    paths = []
    for one in answers:
        building.findings.append(Finding(one.path, one.raw, one.place, one.rule, one.certainty))
        path = f"{one.path[: one.path.rindex('[')]}[0].state" if one.kind == "states" else one.path
        paths += [path, f"{path}_description"] if one.kind == "place" else [path]
    building.values.update(dict.fromkeys(paths, _ANSWERED))
    return list(dict.fromkeys(paths))


def _steps(
    unit: Unit, seen: tuple[Sequence[BoxAnswer], Sequence[Answer], Mapping[str, Stretch]], edition: EditionName
) -> Iterator[Step]:
    """Yield the steps by which `build` settles boxes and reports what lacks, for one unit."""
    boxes, answers, labels = seen
    for settle in SETTLING:
        yield partial(_call, settle, boxes, labels)
    yield set_submission_type if any(box.path == AMENDMENT for box in boxes) else _skip
    sections = [one.this.section for one in unit.told]
    yield partial(_report_unasked, sections)
    yield partial(_report_unseen, unit, (labels, edition))
    yield partial(report_doubtful, answers=answers, boxes=boxes)


def _call(settle: Settling, boxes: Sequence[BoxAnswer], labels: Mapping[str, Stretch], building: Building) -> None:
    settle(building, boxes, labels)


def _skip(_: Building) -> None:
    pass


def _report_unasked(sections: Sequence[Section], building: Building) -> None:
    for section in sections:
        for group in _asked(section):
            report_unasked(building, group)


@cache
def _asked(section: Section) -> tuple[Group, ...]:
    """The questions that are asked only with a box of a section."""
    prefix = f"{section.prefix}." if section.prefix else ""
    names = {prefix + part.name for part in section.parts() if isinstance(part, Box)}
    return tuple(group for group in GROUPS if group.when in names)


def _report_unseen(unit: Unit, shown: tuple[Mapping[str, Stretch], EditionName], building: Building) -> None:
    for one in unit.told:
        prefix = f"{one.this.section.prefix[:-1]}0]." if one.this.tabular else unit.name
        report_unseen_in(building, one.this.section, prefix, shown, 1)


def _wheres(unit: Unit) -> Iterator[Where]:
    """Yield where each box stands."""
    for number, one in enumerate(unit.told):
        for box in one.outcome.boxes:
            yield number, box.range


def _reports(unit: Unit, problems: Sequence[Problem], where: Mapping[Place, Where]) -> Iterator[Report | None]:
    """Yield problems as they come again in each document; None for one that does not."""
    stem = unit.stem
    for one in problems:
        if (
            not one.path.startswith(stem)
            or (unit.repeats and stem in one.message)
            or (one.place is not None and one.place not in where)
        ):
            yield None
        else:
            yield Report(one.path[len(stem) :], one.kind, one.message, where[one.place] if one.place else None)


def _join(lines: Lines, units: Sequence[tuple[Unit, Settled]], named: Sequence[tuple[str, Told]]) -> Again | None:
    """The filing of settled units and their answers; None if their words make a problem."""
    building = Building()
    answers = [answer for name, one in named for answer in one.answers(lines, name)]
    by_path = first_by_path(answers)
    if len(by_path) < len(answers):
        report_conflicts(building, answers, by_path)
    read_values(building, by_path)
    fixed = {unit.name + path for unit, settled in units for path in settled.fixed}
    standing = {one.path for one in answers if one.raw.strip().casefold() in _STANDING_FOR}
    if building.problems or not standing <= fixed:
        return None
    steps: dict[int, list[Problem]] = {}
    for unit, settled in units:
        for path, value in settled.values.items():
            building.values[unit.name + path] = value
        for path, state in settled.boxes.items():
            building.boxes[unit.name + path] = state
        if settled.type:
            building.values["submission_type"] = settled.type
        for number, reports in enumerate(settled.reports):
            for report in reports:
                steps.setdefault(number, []).append(_problem(lines, unit, report))
    if "submission_type" not in building.values:
        return None
    building.boxes.update((unit.name + name, BoxState.UNKNOWN) for unit, settled in units for name in settled.unseen)
    filing = Filing.model_validate(nest(building.values))
    found = [one for number in sorted(steps) for one in steps[number]]
    problems = tuple(dict.fromkeys([*found, *check(filing)]))
    return Again(filing, building.boxes, problems, lambda: tuple(_passages(lines, named, by_path, filing)))


def _problem(lines: Lines, unit: Unit, report: Report) -> Problem:
    place = unit.told[report.where[0]].spot(lines, report.where[1]).place if report.where else None
    return Problem(unit.stem + report.path, report.kind, report.message, place)


def _passages(
    lines: Lines, named: Sequence[tuple[str, Told]], by_path: Mapping[str, Answer], filing: Filing
) -> Iterator[Passage]:
    """Yield what was found, in the order in which `build` gives it."""
    kind = f"{AMENDMENT}={str(filing.submission_type == 'D/A').lower()}"
    amendment: Finding | None = None
    for name, one in named:
        passage = one.passage(lines, name)
        seen = _seen(passage, kind)
        amendment = below(seen, passage.line) if seen else amendment
        yield passage
    briefs = [_brief(one) for one in by_path.values() if one.kind != "states"]
    if None in briefs:
        yield Passage(tuple(found_answers(by_path, {})))
    else:
        yield Passage((), briefs=cast("tuple[Brief, ...]", tuple(briefs)))
    found = list(found_states(by_path))
    if amendment:
        found.append(Finding("submission_type", amendment.raw, amendment.place, "box of item 7"))
    yield Passage(tuple(found))


def _seen(passage: Passage, path: str) -> Finding | None:
    """The finding of a passage with a path; which one that is, the passage remembers."""
    notes = passage.notes
    if notes is None:
        return next((finding for finding in passage.findings if finding.path == path), None)
    if path not in notes:
        notes[path] = _seen(passage._replace(notes=None), path)
    return cast("Finding | None", notes[path])


def _brief(one: Answer) -> Brief | None:
    """What was found of an answer; None if it does not stand in columns of a line."""
    item, start, end, lower = one.spots[0]
    columns, line = part_columns(item, start, end), item.place.line
    if columns is None or line is None:
        return None
    return one.path, one.raw, line + lower, *columns, one.rule, one.certainty

"""Turns what was found into a validated filing: reads values, settles boxes, and reports what does not fit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TypeVar

import regex

from extractor.checks import check
from extractor.engine.find import Answer, BoxAnswer, Found
from extractor.finding import BoxState, Finding, Problem, ProblemKind
from extractor.form.items import FORM, GROUPS
from extractor.form.editions import EDITIONS, EditionName, exemptions_of
from extractor.form.places import codes_of, name_of, solicitation_code_of
from extractor.form.spec import Box, Field, Group, Section, Words
from extractor.kinds import READERS
from extractor.model import Filing
from extractor.source import Place
from extractor.values import ValueProblem

Found1 = TypeVar("Found1", Answer, BoxAnswer, Problem)

Value = object
"""A value of the model: a str, int, bool, date or tuple."""

_INDEX = regex.compile(r"\[\d+\]")
_STEP = regex.compile(r"(?P<name>\w+)(?:\[(?P<index>\d+)\])?\.?")
_US_ZIP = regex.compile(r"\d{5}(?:-?\d{4})?")
_SEPARATOR = regex.compile(r"[\s,;|]+")
_SAME = regex.compile(r"[\W_]+")

LISTS = {"related_persons[].related_person_relationships", "federal_exemptions_exclusions"}
"""Fields that hold the values of all their checked boxes."""

ALTERNATIVES = {"None", "Indefinite"}
"""Box values that stand in the place of an answer in text."""


@dataclass(slots=True)
class Building:
    """A filing under construction: values by path, and what is said about them."""

    values: dict[str, Value] = field(default_factory=dict)
    boxes: dict[str, BoxState] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, path: str, kind: ProblemKind, message: str, place: Place | None = None) -> None:
        """Add a problem."""
        self.problems.append(Problem(path, kind, message, place))


@dataclass(frozen=True, slots=True)
class Built:
    """The outcome: the filing, and all that is said about it."""

    filing: Filing
    boxes: Mapping[str, BoxState]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def build(found: Found) -> Built:
    """The filing that the findings make, with its problems."""
    blank = _blank_records(found)
    answers = [_rename(answer, blank) for answer in found.answers]
    boxes = [_rename(box, blank) for box in found.boxes if _kept(box.path, blank)]
    building = Building(problems=[_rename(problem, blank) for problem in found.problems if _kept(problem.path, blank)])
    labels = {_new_path(path, blank): place for path, place in found.labels.items() if _kept(path, blank)}
    by_path = _by_path(building, answers)
    _read_boxes(building, boxes)
    _read_answers(building, by_path)
    _settle(building, boxes, labels)
    _report_unseen(building, found, labels, blank)
    filing = Filing.model_validate(nest(building.values))
    building.problems.extend(check(filing))
    return Built(filing, building.boxes, tuple(building.findings), _in_order(building.problems))


def _blank_records(found: Found) -> set[str]:
    """The records whose labels stand there without any answer: a form without recipients prints its labels once."""
    records = {path for one in (*found.boxes, *found.answers) for path in _record_of(one.path)}
    answered = {path for answer in found.answers for path in _record_of(answer.path)}
    return {path for path in records - answered if not path.startswith("issuers")}


def _record_of(path: str) -> tuple[str, ...]:
    match = _INDEX.search(path)
    return (path[: match.end()],) if match else ()


def _kept(path: str, blank: set[str]) -> bool:
    return not any(record in blank for record in _record_of(path))


def _new_path(path: str, blank: set[str]) -> str:
    """A path with the model's names for issuers, and records counted without blank ones.

    >>> _new_path("issuers[1].cik", set()), _new_path("related_persons[2].x", {"related_persons[0]"})
    ('additional_issuers[0].cik', 'related_persons[1].x')
    """
    match = _STEP.match(path)
    if match is None or match["index"] is None:
        return path
    index = int(match["index"])
    rest = path[match.end() - (path[match.end() - 1] == ".") :]
    if match["name"] == "issuers":
        return f"primary_issuer{rest}" if index == 0 else f"additional_issuers[{index - 1}]{rest}"
    if blank and rest.startswith("."):
        index -= sum(f"{match['name']}[{k}]" in blank for k in range(index))
        return f"{match['name']}[{index}]{rest}"
    return path


def _rename(one: Found1, blank: set[str]) -> Found1:
    path = _new_path(one.path, blank)
    if path == one.path:
        return one
    if isinstance(one, Problem):
        return replace(one, path=path)
    return one._replace(path=path)


def _by_path(building: Building, answers: Sequence[Answer]) -> dict[str, Answer]:
    """The answers by path; the same field found twice (a name in items 1 and 2) must say the same."""
    by_path: dict[str, Answer] = {}
    for answer in answers:
        first = by_path.setdefault(answer.path, answer)
        if first is answer:
            continue
        if _SAME.sub("", first.raw).casefold() != _SAME.sub("", answer.raw).casefold():
            message = f"the document says {first.raw!r} in one place and {answer.raw!r} in another"
            building.report(answer.path, ProblemKind.INCONSISTENT, message, answer.place)
            by_path[answer.path] = first._replace(kind="conflict", competed=(*first.competed, answer.raw))
    return by_path


def _read_answers(building: Building, answers: Mapping[str, Answer]) -> None:
    """Read each answer as its kind; what cannot be read is a problem."""
    states: dict[str, list[Answer]] = {}
    for path, answer in answers.items():
        if answer.kind == "states":
            states.setdefault(path[: path.rindex("[")], []).append(answer)
            continue
        building.findings.append(
            Finding(path, answer.raw, answer.place, answer.rule, answer.certainty, answer.competed)
        )
        if answer.kind == "place":
            _read_place(building, answers, answer)
        elif answer.kind != "conflict":
            try:
                building.values[path] = READERS[answer.kind](answer.raw)
            except ValueProblem as problem:
                building.report(path, ProblemKind.UNREADABLE_VALUE, str(problem), answer.place)
    for path, lines in states.items():
        _read_states(building, path, lines)


def _read_place(building: Building, answers: Mapping[str, Answer], answer: Answer) -> None:
    """Read a state or country; where one name means two places, an American ZIP code tells."""
    codes = codes_of(answer.raw)
    if len(codes) > 1:
        zip_code = answers.get(answer.path.replace("state_or_country", "zip_code"))
        american = zip_code is not None and _US_ZIP.fullmatch(zip_code.raw) is not None
        states = [code for code in codes if code.isalpha()]
        codes = tuple(states) if american and len(states) == 1 else codes
    if len(codes) == 1:
        building.values[answer.path] = codes[0]
        building.values[f"{answer.path}_description"] = name_of(codes[0])
    elif codes:
        rivals = " or ".join(f"{code} ({name_of(code)})" for code in codes)
        message = f"{answer.raw!r} may be {rivals}; the postal code does not tell"
        building.report(answer.path, ProblemKind.AMBIGUOUS, message, answer.place)
    else:
        message = f"expected a state or country of EDGAR's list, seen {answer.raw!r}"
        building.report(answer.path, ProblemKind.UNKNOWN_CODE, message, answer.place)


def _read_states(building: Building, path: str, lines: Sequence[Answer]) -> None:
    """Read a list of states, one or several a line; a line with anything else makes the whole list a problem."""
    number = 0
    for line in lines:
        codes = _states(line.raw)
        if codes is None:
            message = f"expected names of states of the United States, seen {line.raw!r}"
            building.report(path, ProblemKind.UNREADABLE_VALUE, message, line.place)
            continue
        for code in codes:
            here = f"{path}[{number}]"
            building.findings.append(Finding(f"{here}.state", line.raw, line.place, line.rule, line.certainty))
            building.values[f"{here}.state"] = code
            building.values[f"{here}.description"] = name_of(code)
            number += 1


def _states(line: str) -> list[str] | None:
    """The codes of the states on a line, written one after the other; None when there is anything else.

    >>> _states("NEW YORK"), _states("TEXAS, UTAH"), _states("WEST VIRGINIA VIRGINIA"), _states("TEXAS and more")
    (['NY'], ['TX', 'UT'], ['WV', 'VA'], None)
    """
    words = _SEPARATOR.split(line.strip())
    codes: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 4), at, -1):
            code = solicitation_code_of(" ".join(words[at:end]))
            if code is not None:
                codes.append(code)
                at = end
                break
        else:
            return None
    return codes


def _read_boxes(building: Building, boxes: Sequence[BoxAnswer]) -> None:
    """Record the state of each box; a box that alone stands for yes or no sets its field."""
    by_path: dict[str, list[BoxAnswer]] = {}
    for box in boxes:
        building.boxes[f"{box.path}={box.value}"] = box.state
        finding = Finding(f"{box.path}={box.value}", box.raw, box.place, box.rule, box.certainty)
        building.findings.append(finding)
        by_path.setdefault(box.path, []).append(box)
    for path, same in by_path.items():
        if len(same) == 1 and same[0].value == "true" and same[0].state is not BoxState.UNKNOWN:
            building.values[path] = same[0].state is BoxState.CHECKED


def _settle(building: Building, boxes: Sequence[BoxAnswer], labels: Mapping[str, Place]) -> None:
    """Settle the groups of boxes, the boxes that stand in the place of an answer, and answers that are missing."""
    instances: dict[tuple[int, str], list[BoxAnswer]] = {}
    for box in boxes:
        prefix, pattern = _pattern(box.path)
        for number, group in enumerate(GROUPS):
            if pattern in group.paths:
                instances.setdefault((number, prefix), []).append(box)
    for (number, _), members in instances.items():
        _settle_group(building, GROUPS[number], members)
    for box in boxes:
        if box.value in ALTERNATIVES or box.value == "All States":
            _settle_alternative(building, box)
    _report_missing(building, labels)
    _submission_type(building)


def _submission_type(building: Building) -> None:
    """Set D or D/A: no page shows it, but item 7 says whether the filing is an amendment."""
    path = "type_of_filing.new_or_amendment.is_amendment"
    amendment = building.values.get(path)
    if amendment is not None:
        building.values["submission_type"] = "D/A" if amendment else "D"
        box = next(one for one in building.findings if one.path == f"{path}={str(amendment).lower()}")
        building.findings.append(Finding("submission_type", box.raw, box.place, "box of item 7"))


def _pattern(path: str) -> tuple[str, str]:
    """The record of a path, and the path with the form's names and without indexes."""
    if path.startswith("primary_issuer."):
        return "primary_issuer", "issuers[]" + path.removeprefix("primary_issuer")
    record = "".join(_record_of(path))
    if record.startswith("additional_issuers["):
        return record, "issuers[]" + path.removeprefix(record)
    return record, _INDEX.sub("[]", path)


def _settle_group(building: Building, group: Group, members: Sequence[BoxAnswer]) -> None:
    checked = [box for box in members if box.state is BoxState.CHECKED]
    unknown = [box for box in members if box.state is BoxState.UNKNOWN]
    asked = not group.when or building.boxes.get(group.when) is BoxState.CHECKED
    path = _common([box.path for box in members])
    place = checked[0].place if checked else members[0].place
    if not asked:
        if checked:
            seen = ", ".join(box.value for box in checked)
            message = f"{group.label}: {seen} is checked, but {group.when.partition('=')[2]!r} is not"
            building.report(path, ProblemKind.INCONSISTENT, message, place)
        elif not unknown:
            return
    elif not checked and not unknown:
        building.report(path, ProblemKind.GROUP_CONFLICT, f"{group.label}: none of its boxes is checked", place)
    elif unknown:
        message = f"{group.label}: the state of {len(unknown)} of its boxes is not known; {unknown[0].rule}"
        building.report(path, ProblemKind.AMBIGUOUS, message, place)
    if group.rule == "one" and len(checked) > 1:
        names = ", ".join(f"{box.path}={box.value}" for box in checked)
        message = f"{group.label}: expected one checked box, seen {len(checked)}: {names}"
        building.report(path, ProblemKind.GROUP_CONFLICT, message, place)
        for box in members:
            building.values.pop(box.path, None)
        return
    _set_group(building, group, members, checked, complete=not unknown)


def _set_group(
    building: Building, group: Group, members: Sequence[BoxAnswer], checked: Sequence[BoxAnswer], *, complete: bool
) -> None:
    lists = {box.path for box in members if _pattern(box.path)[1] in LISTS}
    for path in lists:
        if complete or checked:
            building.values[path] = tuple(box.value for box in checked)
    for box in checked:
        if box.path not in lists:
            building.values[box.path] = box.value == "true" if box.value in ("true", "false") else box.value


def _common(paths: Sequence[str]) -> str:
    """The path that a group's problem stands on: the field, or the part that holds its fields."""
    first = paths[0]
    return first if all(path == first for path in paths) else first.rpartition(".")[0]


def _settle_alternative(building: Building, box: BoxAnswer) -> None:
    """Settle a box that stands in the place of an answer (None, Indefinite, All States)."""
    path, checked = box.path, box.state is BoxState.CHECKED
    if box.value == "All States":
        if checked:
            building.values[path] = box.value
            if f"{path.removesuffix('value')}states[0].state" in building.values:
                message = "All States is checked, and single states are named too"
                building.report(path, ProblemKind.INCONSISTENT, message, box.place)
        return
    if path.endswith("_names"):
        _settle_names(building, box)
        return
    value = building.values.get(path)
    if checked and value in (None, box.value):
        if not any(problem.path == path for problem in building.problems):
            building.values[path] = box.value
    elif checked or (value == box.value and box.raw):
        message = f"the box {box.value!r} is {box.state}, but the answer reads {value!r}"
        building.report(path, ProblemKind.INCONSISTENT, message, box.place)
        building.values.pop(path, None)


def _settle_names(building: Building, box: BoxAnswer) -> None:
    """Settle the box None of a list of names: no names, or names."""
    names = [path for path in building.values if path.startswith(f"{box.path}[")]
    if box.state is BoxState.CHECKED and names:
        message = f"the box 'None' is checked, but {len(names)} names stand below it"
        building.report(box.path, ProblemKind.INCONSISTENT, message, box.place)
        for path in names:
            del building.values[path]
    elif box.state is BoxState.CHECKED:
        building.values[box.path] = ()
    elif not names:
        message = "expected names or the box 'None' checked, seen neither"
        building.report(box.path, ProblemKind.MISSING_VALUE, message, box.place)


def _report_missing(building: Building, labels: Mapping[str, Place]) -> None:
    """Report the fields whose labels were seen and that every filer must answer, but that have no answer."""
    required = {path for path, one in _fields().items() if one.required}
    troubled = {problem.path for problem in building.problems}
    for path, place in labels.items():
        if path in building.values or path in troubled or _pattern(path)[1] not in required:
            continue
        one = _fields()[_pattern(path)[1]]
        message = f"{one.label}: the label stands here, but no answer; expected something like {one.example!r}"
        building.report(path, ProblemKind.MISSING_VALUE, message, place)
    date, yet = "type_of_filing.date_of_first_sale.value", "type_of_filing.date_of_first_sale.yet_to_occur"
    if date in labels and date not in building.values and date not in troubled and not building.values.get(yet):
        message = "expected a date or the box 'First Sale Yet to Occur' checked, seen neither"
        building.report(date, ProblemKind.MISSING_VALUE, message, labels[date])


@cache
def _fields() -> Mapping[str, Field]:
    """The fields of the form by their pattern."""
    return {_full(section, part.path): part for section in FORM for part in section.parts() if isinstance(part, Field)}


def _full(section: Section, path: str) -> str:
    return f"{section.prefix}.{path}" if section.prefix else path


def _report_unseen(building: Building, found: Found, labels: Mapping[str, Place], blank: set[str]) -> None:
    """Report the labels that the form prints but the document does not show; their boxes are unknown."""
    edition = _edition_seen(building.boxes)
    for section in FORM:
        count = found.records.get(section.number, 0)
        for record in _records(section, count, blank):
            unseen: dict[str, str] = {}
            for part in section.parts():
                path = f"{record}{part.path}" if not isinstance(part, Words) else ""
                if isinstance(part, Field) and path not in labels:
                    unseen.setdefault(path, part.label)
                elif isinstance(part, Box) and _printed(part, edition):
                    if f"{path}={part.value}" not in building.boxes:
                        building.boxes[f"{path}={part.value}"] = BoxState.UNKNOWN
                        unseen.setdefault(path if count == 0 else f"{path}={part.value}", part.label)
            heading = f"item {section.number} ({section.title}) was not found, so " if count == 0 else ""
            for path, label in unseen.items():
                message = f"{heading}the label {label!r} was not found: expected it as the form prints it"
                building.report(path, ProblemKind.MISSING_LABEL, message)


def _edition_seen(boxes: Iterable[str]) -> EditionName:
    """The edition whose boxes of item 6 agree best with those that were seen, the newest of those that tie."""
    seen = {name.partition("=")[2] for name in boxes if name.startswith("federal_exemptions_exclusions=")}
    printed = {edition.name: {box.code for box in exemptions_of(edition.name)} for edition in EDITIONS}
    return min(printed, key=lambda name: len(seen ^ printed[name]) + 3 * len(seen - printed[name]))


def _printed(box: Box, edition: str) -> bool:
    return box.always and (not box.editions or edition in box.editions)


def _records(section: Section, count: int, blank: set[str]) -> Iterable[str]:
    """The path prefixes of a section's records; one for a section that was not found at all."""
    if not section.repeats:
        return [f"{section.prefix}." if section.prefix else ""]
    if any(row.layout == "table" for row in section.rows):
        count = 1
    kept = [f"{section.prefix[:-1]}{number}]" for number in range(max(count, 1))]
    return [_new_path(f"{record}.", blank) for record in kept if record not in blank]


def nest(values: Mapping[str, Value]) -> dict[str, object]:
    """The values as nested dictionaries and tuples, as the model takes them."""
    tree: dict[str, object] = {}
    for path, value in values.items():
        node: dict[str, object] = tree
        steps = list(_STEP.finditer(path))
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            name = step["name"]
            if step["index"] is None:
                if following is None:
                    node[name] = value
                else:
                    node = node.setdefault(name, {})  # type: ignore[assignment]
            else:
                rows: dict[int, object] = node.setdefault(name, {})  # type: ignore[assignment]
                if following is None:
                    rows[int(step["index"])] = value
                else:
                    node = rows.setdefault(int(step["index"]), {})  # type: ignore[assignment]
    return {name: _tuples(value) for name, value in tree.items()}


def _tuples(node: object) -> object:
    """Nodes whose keys are indexes as tuples; a record that has no value of its own is an empty one."""
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return tuple(_tuples(node.get(index, {})) for index in range(max(node) + 1))
    return {key: _tuples(value) for key, value in node.items()}


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without repetitions, in the order in which they were found."""
    return tuple(dict.fromkeys(problems))

"""Settles boxes: groups of which one is checked, boxes in the place of an answer, answers that are missing."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from extractor.assemble.building import Building, pattern_of
from extractor.engine.found import BoxAnswer
from extractor.engine.pieces import Stretch, part_place
from extractor.finding import BoxState, Finding, ProblemKind
from extractor.form.items import FORM, GROUPS
from extractor.form.spec import Box, Field, Group, Section

LISTS = {"related_persons[].related_person_relationships", "federal_exemptions_exclusions"}
"""Fields that hold the values of all their checked boxes."""

AMENDMENT = "type_of_filing.new_or_amendment.is_amendment"

ALTERNATIVES = {"None", "Indefinite"}
"""Box values that stand in the place of an answer in text."""


def read_boxes(building: Building, boxes: Sequence[BoxAnswer]) -> None:
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


def settle_groups(building: Building, boxes: Sequence[BoxAnswer], __: Mapping[str, Stretch]) -> None:
    """Settle the groups of boxes."""
    instances: dict[tuple[int, str], list[BoxAnswer]] = {}
    for box in boxes:
        prefix, pattern = pattern_of(box.path)
        for number in _groups().get(pattern, ()):
            instances.setdefault((number, prefix), []).append(box)
    for (number, _), members in instances.items():
        _settle_group(building, GROUPS[number], members)


def report_unknown(building: Building, boxes: Sequence[BoxAnswer], _: Mapping[str, Stretch]) -> None:
    """Report the boxes without a group whose state is not known."""
    for box in boxes:
        if box.state is BoxState.UNKNOWN and pattern_of(box.path)[1] not in _groups():
            message = f"the box's label stands here, but not whether it is checked ({box.rule})"
            building.report(f"{box.path}={box.value}", ProblemKind.AMBIGUOUS, message, box.place)


def settle_alternatives(building: Building, boxes: Sequence[BoxAnswer], _: Mapping[str, Stretch]) -> None:
    """Settle the boxes that stand in the place of an answer."""
    for box in boxes:
        if box.value in ALTERNATIVES or box.value == "All States":
            _settle_alternative(building, box)


@cache
def _groups() -> Mapping[str, tuple[int, ...]]:
    """The groups that the boxes of a field are in, by the field's pattern."""
    patterns = {path for group in GROUPS for path in group.paths}
    return {path: tuple(number for number, group in enumerate(GROUPS) if path in group.paths) for path in patterns}


def set_submission_type(building: Building) -> None:
    """Set D or D/A: no page shows it, but item 7 says whether the filing is an amendment."""
    path = AMENDMENT
    amendment = building.values.get(path)
    box = next((one for one in building.findings if one.path == f"{path}={str(amendment).lower()}"), None)
    if amendment is None or box is None:
        message = "expected one of the boxes of item 7 to say whether this is a new notice or an amendment"
        building.report("submission_type", ProblemKind.MISSING_VALUE, message)
        return
    building.values["submission_type"] = "D/A" if amendment else "D"
    building.findings.append(Finding("submission_type", box.raw, box.place, "box of item 7"))


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
    lists = {box.path for box in members if pattern_of(box.path)[1] in LISTS}
    for path in lists:
        if complete or checked:
            building.values[path] = tuple(
                sorted((box.value for box in checked), key=_printed_order(pattern_of(path)[1]).index)
            )
    for box in checked:
        if box.path not in lists:
            building.values[box.path] = box.value == "true" if box.value in ("true", "false") else box.value


@cache
def _printed_order(pattern: str) -> list[str]:
    """The values of a field's boxes in the form's order."""
    boxes = ((section, part) for section in FORM for part in section.parts() if isinstance(part, Box))
    return [box.value for section, box in boxes if _full(section, box.path) == pattern]


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


def report_missing(building: Building, _: Sequence[BoxAnswer], labels: Mapping[str, Stretch]) -> None:
    """Report the fields whose labels were seen and that every filer must answer, but that have no answer."""
    required = {path for path, one in _fields().items() if one.required}
    troubled = {problem.path for problem in building.problems}
    answered = {finding.path for finding in building.findings}
    for path, stretch in labels.items():
        record, pattern = pattern_of(path)
        if path in building.values or pattern not in required:
            continue
        one = _fields()[pattern]
        if record and pattern in _names() and path not in answered:
            message = f"this entry has no {one.label}, so it may be none; look at the document"
            building.report(record, ProblemKind.MISSING_VALUE, message, part_place(*stretch))
        if path in troubled:
            continue
        message = f"{one.label}: the label stands here, but no answer; expected something like {one.example!r}"
        building.report(path, ProblemKind.MISSING_VALUE, message, part_place(*stretch))
    date, yet = "type_of_filing.date_of_first_sale.value", "type_of_filing.date_of_first_sale.yet_to_occur"
    if date in labels and date not in building.values and date not in troubled and not building.values.get(yet):
        message = "expected a date or the box 'First Sale Yet to Occur' checked, seen neither"
        building.report(date, ProblemKind.MISSING_VALUE, message, part_place(*labels[date]))
    number = "investors.number_non_accredited_investors"
    sold = building.values.get("investors.has_non_accredited_investors")
    if sold and number in labels and number not in building.values and number not in troubled:
        message = "expected the number of non-accredited investors, since their box is checked, seen none"
        building.report(number, ProblemKind.MISSING_VALUE, message, part_place(*labels[number]))


@cache
def _fields() -> Mapping[str, Field]:
    """The fields of the form by their pattern."""
    return {_full(section, part.path): part for section in FORM for part in section.parts() if isinstance(part, Field)}


@cache
def _names() -> frozenset[str]:
    """The patterns of the fields that name the entries of a list: the first that an entry must have."""
    lists = [section for section in FORM if section.repeats]
    firsts = [next(part for part in section.parts() if isinstance(part, Field)) for section in lists]
    return frozenset(_full(section, first.path) for section, first in zip(lists, firsts, strict=True))


def _full(section: Section, path: str) -> str:
    return f"{section.prefix}.{path}" if section.prefix else path


Settling = Callable[[Building, Sequence[BoxAnswer], Mapping[str, Stretch]], None]

SETTLING: tuple[Settling, ...] = (
    settle_groups,
    report_unknown,
    settle_alternatives,
    report_missing,
)
"""The steps of settling, in their order; each looks at the boxes and the labels of one record at a time."""

"""Builds a filing from a document that names its answers itself (EDGAR's XML)."""

from collections.abc import Sequence
from functools import lru_cache

import regex
from pydantic import ValidationError

from extractor import values
from extractor.assemble import Building, Built, Value, nest
from extractor.checks import check
from extractor.finding import Finding, ProblemKind
from extractor.form.boxes import boxes_of
from extractor.form.elements import Kind, elements_of
from extractor.model import Filing, Record
from extractor.source import Cell

_INDEX = regex.compile(r"\[(\d+)\]")

_READERS = {
    "text": values.text,
    "choice": values.text,
    "cik": values.cik,
    "amount": values.count,
    "indefinite": values.amount_or_indefinite,
    "year": values.year,
    "date": values.date,
    "boolean": values.true_or_false,
    "presence": values.true_or_false,
}


def build_named(answers: Sequence[tuple[str, Cell]]) -> Built:
    """The filing that named answers make; an answer that is not of its field's kind is left out and reported."""
    building = Building()
    places = {}
    for path, cell in answers:
        building.findings.append(Finding(path, cell.text, cell.place, "element of EDGAR's XML"))
        if path in places:
            message = f"the document answers this twice: {building.values.get(path)!r} and {cell.text!r}"
            building.report(path, ProblemKind.INCONSISTENT, message, cell.place)
            building.values.pop(path, None)
            continue
        places[path] = cell.place
        try:
            building.values[path] = _read(path, cell.text)
        except values.ValueProblem as problem:
            building.report(path, ProblemKind.UNREADABLE_VALUE, str(problem), cell.place)
    cells = dict(answers)
    _drop_contradictions(building, cells)
    filing = _validate(building, cells)
    building.boxes.update(boxes_of(filing))
    building.problems.extend(check(filing))
    return Built(filing, building.boxes, tuple(building.findings), tuple(dict.fromkeys(building.problems)))


def _read(path: str, text: str) -> Value:
    kind, whole_list = _kind(_INDEX.sub("[]", path))
    if whole_list:
        return ()
    return _READERS[kind](text)


@lru_cache(maxsize=512)
def _kind(pattern: str) -> tuple[Kind, bool]:
    """How a field is read, by its path without indexes; and whether the path is a list itself (the box None)."""
    part: type[Record] = Filing
    for step in pattern.split("."):
        element = next(one for one in elements_of(part) if one.name == step.removesuffix("[]"))
        part = element.record or part
    return element.kind, element.many and not pattern.endswith("[]")


def _drop_contradictions(building: Building, cells: dict[str, Cell]) -> None:
    """Report and drop lists that are said to be empty and have entries all the same."""
    for path in [path for path, value in building.values.items() if value == ()]:
        entries = [other for other in building.values if other.startswith(f"{path}[")]
        if entries:
            message = f"the document says 'None' here, and names {len(entries)} entries too"
            building.report(path, ProblemKind.INCONSISTENT, message, cells[path].place)
            for one in (path, *entries):
                del building.values[one]


def _validate(building: Building, cells: dict[str, Cell]) -> Filing:
    """The filing of the values that its model allows; the others are reported."""
    while True:
        try:
            return Filing.model_validate(nest(building.values))
        except ValidationError as error:
            paths = {_path_of(building, detail["loc"]): detail["msg"] for detail in error.errors()}
        for path, reason in paths.items():
            cell = cells.get(path)
            message = f"{reason}; seen {building.values.get(path)!r}"
            building.report(path, ProblemKind.UNREADABLE_VALUE, message, cell.place if cell else None)
            for one in [one for one in building.values if one == path or one.startswith((f"{path}.", f"{path}["))]:
                del building.values[one]


def _path_of(building: Building, location: tuple[int | str, ...]) -> str:
    """The path of a value that the model refused; union branches in its location are passed over.

    A list of plain values closes up where one was dropped, so its indexes are counted among those that are left.
    """
    path = ""
    for step in location:
        if isinstance(step, int):
            left = sorted(int(one[len(path) + 1 : -1]) for one in building.values if _is_entry(one, path))
            longer = f"{path}[{left[step] if step < len(left) else step}]"
        else:
            longer = f"{path}.{step}" if path else str(step)
        if not any(known == longer or known.startswith((f"{longer}.", f"{longer}[")) for known in building.values):
            break
        path = longer
    return path


def _is_entry(known: str, path: str) -> bool:
    return known.startswith(f"{path}[") and known.endswith("]") and known[len(path) + 1 : -1].isdigit()

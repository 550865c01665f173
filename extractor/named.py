"""Builds a filing from a document that names its answers itself (EDGAR's XML)."""

from collections.abc import Sequence
from functools import lru_cache

import regex
from pydantic import ValidationError

from extractor import values
from extractor.build import Building, Built, Value, nest
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
    filing = _validate(building, dict(answers))
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


def _validate(building: Building, cells: dict[str, Cell]) -> Filing:
    """The filing of the values that its model allows; the others are reported."""
    while True:
        try:
            return Filing.model_validate(nest(building.values))
        except ValidationError as error:
            for detail in error.errors():
                path = _path_of(building, detail["loc"])
                cell = cells.get(path)
                message = f"{detail['msg']}; seen {building.values.get(path)!r}"
                building.report(path, ProblemKind.UNREADABLE_VALUE, message, cell.place if cell else None)
                building.values.pop(path, None)


def _path_of(building: Building, location: tuple[int | str, ...]) -> str:
    """The path of a value that the model refused; union branches in its location are passed over."""
    path = ""
    for step in location:
        longer = f"{path}[{step}]" if isinstance(step, int) else f"{path}.{step}" if path else str(step)
        if not any(known == longer or known.startswith((f"{longer}.", f"{longer}[")) for known in building.values):
            break
        path = longer
    return path

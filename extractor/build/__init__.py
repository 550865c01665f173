"""Turns what was found into a validated filing: reads values, settles boxes, and reports what does not fit."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.build.answers import read_answers
from extractor.build.building import Building, Built, Value, nest, new_path, record_of
from extractor.build.settle import read_boxes, settle
from extractor.build.unseen import report_unseen
from extractor.checks import check
from extractor.engine.found import Found
from extractor.finding import Problem
from extractor.model import Filing

__all__ = ["Building", "Built", "Value", "build", "nest"]


def build(found: Found) -> Built:
    """The filing that the findings make, with its problems."""
    blank = _blank_records(found)
    answers = [answer._replace(path=new_path(answer.path, blank)) for answer in found.answers]
    boxes = [box._replace(path=new_path(box.path, blank)) for box in found.boxes if _kept(box.path, blank)]
    problems = [problem for problem in found.problems if _kept(problem.path, blank)]
    building = Building(problems=[replace(problem, path=new_path(problem.path, blank)) for problem in problems])
    labels = {new_path(path, blank): place for path, place in found.labels.items() if _kept(path, blank)}
    read_boxes(building, boxes)
    read_answers(building, answers)
    settle(building, boxes, labels)
    report_unseen(building, found, labels, blank)
    filing = Filing.model_validate(nest(building.values))
    building.problems.extend(check(filing))
    return Built(filing, building.boxes, tuple(building.findings), _in_order(building.problems))


def _blank_records(found: Found) -> set[str]:
    """The records whose labels stand there without any answer: a form without recipients prints its labels once."""
    answered = {path for answer in found.answers for path in record_of(answer.path)}
    records = {path for box in found.boxes for path in record_of(box.path)} | answered
    return {path for path in records - answered if not path.startswith("issuers")}


def _kept(path: str, blank: set[str]) -> bool:
    return not any(record in blank for record in record_of(path))


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without repetitions, in the order in which they were found."""
    return tuple(dict.fromkeys(problems))

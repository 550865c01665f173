"""Turns what was found into a validated filing: reads values, settles boxes, and reports what does not fit."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.assemble.answers import read_answers
from extractor.assemble.building import Blanks, Building, Built, Value, nest, new_path, record_of
from extractor.assemble.settle import read_boxes, settle
from extractor.assemble.unseen import report_unseen
from extractor.checks import check
from extractor.engine.found import BoxAnswer, Found
from extractor.finding import BoxState, Problem
from extractor.model import Filing

__all__ = ["Building", "Built", "Value", "build", "nest"]


def build(found: Found) -> Built:
    """The filing that the findings make, with its problems."""
    blanks = _blanks(found)
    answers = [answer._replace(path=new_path(answer.path, blanks)) for answer in found.answers]
    boxes = [box._replace(path=new_path(box.path, blanks)) for box in found.boxes if not blanks.hold(box.path)]
    building = Building(problems=[replace(one, path=new_path(one.path, blanks)) for one in found.problems])
    labels = {new_path(path, blanks): spot for path, spot in found.labels.items() if not blanks.hold(path)}
    read_boxes(building, boxes)
    read_answers(building, answers)
    settle(building, boxes, labels)
    report_unseen(building, found, labels, blanks)
    filing = Filing.model_validate(nest(building.values))
    building.problems.extend(check(filing))
    return Built(filing, building.boxes, tuple(building.findings), _in_order(building.problems))


def _blanks(found: Found) -> Blanks:
    """The elements whose labels stand there without any answer: a form without recipients prints its labels once."""
    paths = [answer.path for answer in found.answers] + [problem.path for problem in found.problems]
    paths += [box.path for box in found.boxes if _speaks(box)]
    said = {record for path in paths for record in record_of(path)}
    indexes: dict[str, set[int]] = {}
    for box in found.boxes:
        for record in record_of(box.path):
            if record not in said and not record.startswith("issuers"):
                name, _, index = record.removesuffix("]").partition("[")
                indexes.setdefault(name, set()).add(int(index))
    return Blanks({name: sorted(known) for name, known in indexes.items()})


def _speaks(box: BoxAnswer) -> bool:
    """Whether a box says something of an entry; the checked boxes None only say that there is none."""
    return box.state is BoxState.CHECKED and box.value != "None"


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without repetitions, in the order in which they were found."""
    return tuple(dict.fromkeys(problems))

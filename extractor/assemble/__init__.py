"""Turns what was found into a validated filing: reads values, settles boxes, and reports what does not fit."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from extractor.assemble.answers import read_answers
from extractor.assemble.building import Blanks, Building, Built, Value, list_of, nest, record_of
from extractor.assemble.contested import settle_contested
from extractor.assemble.doubtful import report_doubtful, speaks
from extractor.assemble.settle import SETTLING, read_boxes, set_submission_type
from extractor.assemble.unseen import report_unseen
from extractor.checks import check
from extractor.engine.found import Answer, BoxAnswer, Found
from extractor.finding import Problem, ProblemKind
from extractor.kinds import fits
from extractor.model import Filing

__all__ = ["Building", "Built", "Value", "build", "nest"]

Said = TypeVar("Said", Answer, BoxAnswer)


def build(found: Found) -> Built:
    """The filing that the findings make, with its problems."""
    found = _without_strays(found)
    blanks = _blanks(found)
    rename = blanks.renamed
    answers = [_renamed(answer, rename(answer.path)) for answer in found.answers]
    boxes = [_renamed(box, path) for box in found.boxes if (path := rename(box.path)) is not None]
    building = Building(problems=[told for one in found.problems for told in _of_filing(one, rename(one.path))])
    labels = {path: spot for name, spot in found.labels.items() if (path := rename(name)) is not None}
    boxes = [*settle_contested(boxes, answers, building.problems)]
    read_boxes(building, boxes)
    read_answers(building, answers)
    for step in SETTLING:
        step(building, boxes, labels)
    set_submission_type(building)
    report_unseen(building, found, labels, blanks)
    report_doubtful(building, answers, boxes)
    filing = Filing.model_validate(nest(building.values))
    building.problems.extend(check(filing))
    return Built(filing, building.boxes, tuple(building.findings), _in_order(building.problems))


def _without_strays(found: Found) -> Found:
    """What was found, without words where an entry lists places that are none, if the entry says nothing else.

    They are words of the form that the search did not know; a problem of the list tells them.
    """
    strays = list(_strays(found))
    if not strays:
        return found
    gone = {one.path for one in strays}
    lists = tuple(path.rpartition("[")[0] for path in gone)
    message = "{!r} stands where an entry lists places, but is none, and the entry says nothing else"
    told = [
        Problem(list_of(record_of(one.path))[0], ProblemKind.UNCLAIMED_TEXT, message.format(one.raw), one.place)
        for one in strays
    ]
    kept = [one for one in found.problems if not one.path.startswith(lists)]
    return replace(found, answers=[one for one in found.answers if one.path not in gone], problems=[*kept, *told])


def _strays(found: Found) -> Iterator[Answer]:
    """Yield the answers of entries that say nothing but names of places that are none."""
    records: dict[str, list[Answer]] = {}
    for answer in found.answers:
        records.setdefault(record_of(answer.path), []).append(answer)
    spoken = {"", *(record_of(box.path) for box in found.boxes if speaks(box))}
    for record in records.keys() - spoken:
        if all(one.kind == "states" and not fits("states", one.raw) for one in records[record]):
            yield from records[record]


def _blanks(found: Found) -> Blanks:
    """The elements whose labels stand there without any answer: a form without recipients prints its labels once."""
    unclear = [one for one in found.problems if not _is_of_blanks(one)]
    said = {record_of(one.path) for some in (found.answers, unclear) for one in some}
    said |= {record_of(box.path) for box in found.boxes if speaks(box)}
    indexes: dict[str, list[int]] = {}
    for record in sorted({record_of(box.path) for box in found.boxes} - said - {""}):
        name, index = list_of(record)
        if name != "issuers":
            indexes.setdefault(name, []).append(index)
    return Blanks({name: sorted(known) for name, known in indexes.items()})


def _is_of_blanks(problem: Problem) -> bool:
    """Whether a problem tells of no text: an answer that is not there, or how an entry's lines were put together."""
    return problem.kind is ProblemKind.MISSING_VALUE or (
        problem.kind is ProblemKind.INFERRED and problem.path == record_of(problem.path)
    )


def _of_filing(problem: Problem, path: str | None) -> Iterator[Problem]:
    """Yield a problem by its path in the filing; one of all issuers is that of the first and that of the others."""
    paths = ("primary_issuer", "additional_issuers") if path == "issuers" else (path or problem.path,)
    for one in paths:
        yield replace(problem, path=one)


def _renamed(one: Said, path: str | None) -> Said:
    return one if path is None or path == one.path else one._replace(path=path)


def _in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems without repetitions, in the order in which they were found."""
    return tuple(dict.fromkeys(problems))

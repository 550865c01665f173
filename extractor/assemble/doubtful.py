"""Reports elements of lists that may be none: nothing that they say is beyond doubt."""

from collections.abc import Sequence

from extractor.assemble.building import Building, record_of
from extractor.engine.found import Answer, BoxAnswer
from extractor.finding import BoxState, ProblemKind


def report_doubtful(building: Building, answers: Sequence[Answer], boxes: Sequence[BoxAnswer]) -> None:
    """Report the elements of lists of which nothing is beyond doubt: there may be no such element."""
    troubled = {problem.path for problem in building.problems}
    said = [one.path for one in answers if one.path not in troubled and one.raw != "None"]
    said += [box.path for box in boxes if speaks(box) and f"{box.path}={box.value}" not in troubled]
    sure = {record_of(path) for path in said}
    records = {record for path in building.values if path.startswith(f"{(record := record_of(path))}.")}
    for record in sorted(records - sure - troubled):
        message = "nothing that this entry says is beyond doubt, so it may be none; look at the document"
        building.report(record, ProblemKind.AMBIGUOUS, message)


def speaks(box: BoxAnswer) -> bool:
    """Whether a box says something of an entry; the checked boxes None only say that there is none."""
    return box.state is BoxState.CHECKED and box.value != "None"

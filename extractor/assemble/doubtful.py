"""Reports elements of lists that may be none: nothing that they say, or that tells whose they are, is beyond doubt."""

from collections.abc import Sequence

from extractor.assemble.building import Building, record_of
from extractor.engine.found import Answer, BoxAnswer
from extractor.finding import BoxState, ProblemKind

_WHOSE = ("cik", "entity_name")
"""The answers that tell one issuer from another."""


def report_doubtful(building: Building, answers: Sequence[Answer], boxes: Sequence[BoxAnswer]) -> None:
    """Report the elements of lists of which nothing is beyond doubt: there may be no such element.

    So may it be with one of several issuers of which it is not certain which one it is.
    """
    troubled = {problem.path for problem in building.problems}
    said = [one.path for one in answers if one.path not in troubled and one.raw != "None"]
    said += [box.path for box in boxes if speaks(box) and f"{box.path}={box.value}" not in troubled]
    sure = {record_of(path) for path in said}
    records = {record for path in building.values if path.startswith(f"{(record := record_of(path))}.")}
    for record in sorted(records - troubled):
        names = [f"{record}.{name}" for name in _WHOSE if f"{record}.{name}" in building.values]
        if record not in sure:
            message = "nothing that this entry says is beyond doubt, so it may be none; look at the document"
        elif names and troubled.issuperset(names):
            message = "nothing that tells whose entry this is is beyond doubt; look at the document"
        else:
            continue
        building.report(record, ProblemKind.AMBIGUOUS, message)


def speaks(box: BoxAnswer) -> bool:
    """Whether a box says something of an entry; the checked boxes None only say that there is none."""
    return box.state is BoxState.CHECKED and box.value != "None"

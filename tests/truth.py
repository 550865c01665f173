"""What the tests ask of an extraction beside its truth; the comparison itself is that of `extractor.accuracy`."""

from collections.abc import Iterator, Mapping

from extractor.accuracy.cells import beside, told
from extractor.accuracy.fields import HIDDEN
from extractor.accuracy.score import paired_boxes, same_state
from extractor.checks import check
from extractor.extract import Extraction
from extractor.finding import BoxState, Problem, ProblemKind
from extractor.form.items import CLARIFICATION
from extractor.model import Filing, Record

__all__ = ["HIDDEN", "all_wrong", "box_differences", "differences", "facts", "shown", "unexpected"]


def facts(part: Record, prefix: str = "") -> Iterator[tuple[str, object]]:
    """All that a filing says, by path, in the model's order."""
    for name in type(part).model_fields:
        value, path = getattr(part, name), f"{prefix}{name}"
        if isinstance(value, Record):
            yield from facts(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for number, one in enumerate(value):
                yield from facts(one, f"{path}[{number}].")
        elif value is not None:
            yield path, value


def shown(filing: Filing) -> dict[str, object]:
    """The facts of a filing that a page of it shows, by path."""
    return dict(told(filing))


def differences(truth: Filing, seen: Filing) -> list[str]:
    """What is wrong, missing, invented or out of order, one line each; empty when all shown facts agree exactly."""
    both = beside(truth, seen)
    return [
        *(
            f"{cell.path or cell.seen_path}: expected {cell.want!r}, got {cell.got!r}"
            for cell in both.cells
            if cell.outcome != "blank" and not cell.exact
        ),
        *(
            f"{one.seen_path}: the entries stand in another order: {one.pairs}"
            for one in both.pairings
            if not one.in_order
        ),
    ]


def box_differences(truth: Filing, seen: Filing, boxes: Mapping[str, BoxState]) -> list[str]:
    """The boxes whose state is not that of the truth, one line each."""
    return [
        f"{path}: expected {want}, got {got}"
        for path, _, (want, got) in paired_boxes(truth, boxes, beside(truth, seen))
        if not same_state(want, got)
    ]


def unexpected(truth: Filing, problems: tuple[Problem, ...]) -> list[str]:
    """The problems that the truth does not have, and those of its own that are not reported, one line each.

    A truth has the problems of its checks, and those of the answers it lacks: the answer is missing, its group of
    boxes has none checked, and its neighbours in the same record may be shifted; and those of an answer that is the
    label above it, which reads as if the label stood there twice.
    """
    own = {(problem.path, problem.kind) for problem in check(truth)}
    said = {(problem.path, problem.kind) for problem in problems}
    answered = shown(truth)
    lacking = {path for path, kind in said if kind is ProblemKind.MISSING_VALUE and path not in answered}
    records = {path.partition(".")[0] for path in lacking}
    false = [
        f"{path}: {kind}, which the truth does not have"
        for path, kind in sorted(said - own)
        if not (path in lacking and kind is ProblemKind.MISSING_VALUE)
        and not (kind is ProblemKind.GROUP_CONFLICT and _blank(answered, path))
        and not (kind is ProblemKind.INFERRED and path.partition(".")[0] in records)
        and not (kind is ProblemKind.INFERRED and str(answered.get(path)).startswith(CLARIFICATION))
    ]
    return false + [f"{path}: expected a problem: {kind}" for path, kind in sorted(own - said)]


def _blank(answered: Mapping[str, object], path: str) -> bool:
    return not any(value and (name == path or name.startswith(f"{path}.")) for name, value in answered.items())


def all_wrong(truth: Filing, seen: Extraction) -> list[str]:
    """All that is wrong with an extraction: facts, boxes, problems, text that nothing read."""
    return [
        *differences(truth, seen.filing),
        *box_differences(truth, seen.filing, seen.boxes),
        *unexpected(truth, seen.problems),
        *(f"left over: {leftover.text!r} at {leftover.place}" for leftover in seen.leftovers),
    ]

"""What one filing adds to a report: its cells, boxes, groups and lists counted, and its mistakes told."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from extractor.accuracy.cells import Beside, Cell, Outcome, Pairing, beside
from extractor.accuracy.report import Mistake, RunFormat
from extractor.accuracy.same import written
from extractor.accuracy.truth import Truth
from extractor.extract import Extraction
from extractor.finding import BoxState, Certainty, Finding, Problem
from extractor.form.boxes import boxes_of
from extractor.form.items import GROUPS
from extractor.form.spec import Group
from extractor.model import Filing

Count = tuple[str, Outcome | Literal["exact", "flagged"]]
"""What is counted of a cell: its field, and the outcome, or "exact" or "flagged"."""

Shows = Callable[[Finding], bool | None]
"""Whether the document holds what was found at the place that is cited; None where that cannot be said."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One filing's part of a report.

    name: what the result calls itself. cells: counts by field. boxes: by field, truth and result. groups: by number in
    `GROUPS` and whether all boxes are right. lists: by path of the list: entries expected, got, paired; lists with an
    order, and in order. certainty: of answers given, by certainty and whether right. places: looked up, and held.
    """

    name: str
    truth: str
    format: RunFormat
    error: str
    cells: Counter[Count]
    boxes: Counter[tuple[str, BoxState, BoxState]]
    groups: Counter[tuple[int, bool]]
    lists: Mapping[str, tuple[int, int, int, int, int]]
    certainty: Counter[tuple[Certainty, bool]]
    places: tuple[int, int]
    mistakes: tuple[Mistake, ...]
    anls: float | None = None


def score(truth: Truth, seen: Extraction, shows: Shows | None = None) -> Scored:
    """What a result adds to the report."""
    said = _Said(seen)
    both = _beside(truth, seen.filing, seen.format)
    cells: Counter[Count] = Counter()
    certainty: Counter[tuple[Certainty, bool]] = Counter()
    mistakes: list[Mistake] = []
    places = [0, 0]
    for cell in both.cells:
        cells[cell.field.path, cell.outcome] += 1
        cells[cell.field.path, "exact"] += cell.exact
        finding = said.finding(cell)
        if finding and cell.got is not None:
            certainty[finding.certainty, cell.outcome == "right"] += 1
        if cell.outcome == "right" and finding and shows and cell.field.question:
            held = shows(finding)
            places[0] += held is not None
            places[1] += held is True
        if cell.outcome not in ("right", "blank"):
            mistake = said.mistake(cell, finding, both)
            cells[cell.field.path, "flagged"] += mistake.flagged
            mistakes.append(mistake)
    boxes = paired_boxes(truth.filing, seen.boxes, both)
    asked = truth.asked(seen.format)
    return Scored(
        seen.name,
        truth.name,
        seen.format,
        "",
        +cells,
        Counter((pattern, *states) for _, pattern, states in boxes if pattern in asked),
        _groups([box for box in boxes if box[1] in asked]),
        _lists(both.pairings),
        certainty,
        (places[0], places[1]),
        (*mistakes, *(_disorder(one, seen) for one in both.pairings if not one.in_order)),
    )


def score_missing(truth: Truth, name: str = "", error: str = "") -> Scored:
    """What a truth without a result adds: every answer is missing, and nothing warns of that."""
    both = _beside(truth, Filing(), "none")
    cells: Counter[Count] = Counter((cell.field.path, cell.outcome) for cell in both.cells)
    boxes = [box for box in paired_boxes(truth.filing, {}, both) if box[1] in truth.asked("none")]
    mistakes = tuple(
        Mistake("", "none", cell.field.path, cell.path, "missing", written(cell.want))
        for cell in both.cells
        if cell.outcome == "missing"
    )
    counted = Counter((pattern, *states) for _, pattern, states in boxes)
    groups, lists = _groups(boxes), _lists(both.pairings)
    return Scored(name, truth.name, "none", error, cells, counted, groups, lists, Counter(), (0, 0), mistakes)


def _beside(truth: Truth, seen: Filing, format_: RunFormat) -> Beside:
    return beside(truth.filing, seen, truth.asked(format_), merged=format_ != "edgar")


class _Said:
    """What a result says of its fields beside their values: findings and problems."""

    def __init__(self, seen: Extraction) -> None:
        self._seen = seen
        self._findings = {finding.path: finding for finding in seen.findings}

    def finding(self, cell: Cell) -> Finding | None:
        """The finding of a cell's answer: of its text, or of its (first) checked box; of a missing one too."""
        path = cell.seen_path
        if not path:
            return None
        answers = cell.got if isinstance(cell.got, tuple) else (cell.got,)
        boxes = (f"{path}={written(answer)}" for answer in answers)
        return next((self._findings[one] for one in (path, f"{path}[0]", *boxes) if one in self._findings), None)

    def mistake(self, cell: Cell, finding: Finding | None, both: Beside) -> Mistake:
        """A mistake with all that the result says of it."""
        assert cell.outcome in ("wrong", "missing", "invented")
        problems = tuple(one.message for one in self._seen.problems if _warns(one, cell, both))
        return Mistake(
            "",
            self._seen.format,
            cell.field.path,
            cell.path or cell.seen_path,
            cell.outcome,
            written(cell.want),
            written(cell.got),
            cell.seen_path,
            finding.raw if finding else None,
            finding.place if finding else None,
            finding.certainty if finding else None,
            bool(problems) or (finding is not None and finding.certainty == "inferred"),
            problems,
        )


def _warns(problem: Problem, cell: Cell, both: Beside) -> bool:
    """Whether a problem says something of a cell: of its field, of a part the field is in, or of one of its boxes.

    Of an entry that the result lacks warns what is said of its list, or of an entry that belongs to none of the truth.
    """
    if cell.seen_path:
        return warns(problem.path, cell.seen_path)
    return any(_warns_of_list(problem.path, one) for one in both.pairings if cell.path.startswith(f"{one.path}["))


def _warns_of_list(path: str, pairing: Pairing) -> bool:
    if not pairing.seen_path:
        return False
    if path == pairing.seen_path or pairing.seen_path.startswith((f"{path}.", f"{path}[")):
        return True
    entry, bracket, _ = path.removeprefix(pairing.seen_path).partition("]")
    inside = path.startswith(f"{pairing.seen_path}[") and bool(bracket)
    return inside and int(entry[1:]) not in {got for _, got in pairing.pairs}


def warns(path: str, field: str) -> bool:
    """Whether a problem at a path says something of a field: of itself, of a part it is in, or of one of its boxes.

    >>> warns("issuer_size", "issuer_size.revenue_range"), warns("investors", "investors_more")
    (True, False)
    """
    return path == field or field.startswith((f"{path}.", f"{path}[")) or path.startswith((f"{field}=", f"{field}["))


def _disorder(pairing: Pairing, seen: Extraction) -> Mistake:
    wanted = ", ".join(str(want + 1) for want, _ in pairing.pairs)
    given = ", ".join(str(want + 1) for want, _ in sorted(pairing.pairs, key=lambda one: one[1]))
    problems = tuple(one.message for one in seen.problems if warns(one.path, pairing.seen_path))
    return Mistake(
        "",
        seen.format,
        pairing.level.path,
        pairing.path,
        "order",
        wanted,
        given,
        pairing.seen_path,
        flagged=bool(problems),
        problems=problems,
    )


Box = tuple[str, str, tuple[BoxState, BoxState]]
"""A box: its path with the truth's index, its field with [], and its state in truth and result."""


def paired_boxes(truth: Filing, seen: Mapping[str, BoxState], both: Beside) -> list[Box]:
    """Every box of truth or result, with both states; those of entries are paired as the entries are."""
    renamed = both.renamed()
    left = dict(seen)
    boxes = [
        _box(path, state, left.pop(_renamed(path, renamed), BoxState.UNKNOWN))
        for path, state in boxes_of(truth).items()
    ]
    return boxes + [_box(path, BoxState.UNKNOWN, state) for path, state in left.items()]


def _renamed(path: str, renamed: Mapping[str, str]) -> str:
    """A box's path in the result; "" when the result has no such entry."""
    entry, bracket, rest = path.partition("]")
    if not bracket:
        return path
    return f"{renamed[entry + bracket]}{rest}" if entry + bracket in renamed else ""


def _box(path: str, want: BoxState, got: BoxState) -> Box:
    field = path.partition("=")[0]
    entry, bracket, rest = field.partition("[")
    return path, f"{entry}[]{rest.partition(']')[2]}" if bracket else field, (want, got)


def same_state(want: BoxState, got: BoxState) -> bool:
    """Whether a box is seen as it is: what the truth leaves open, a page shows as a box that is not checked."""
    return want == got or (want, got) == (BoxState.UNKNOWN, BoxState.UNCHECKED)


def _groups(boxes: list[Box]) -> Counter[tuple[int, bool]]:
    """The questions that several boxes answer together: whether all boxes of each are right."""
    states = {path: want for path, _, (want, _) in boxes}
    whole: dict[tuple[int, str], bool] = {}
    for path, pattern, both in boxes:
        number = _GROUP_OF.get(pattern)
        if number is None or (GROUPS[number].when and states.get(GROUPS[number].when) is not BoxState.CHECKED):
            continue
        instance = number, path.partition("]")[0] if "[" in path else ""
        whole[instance] = whole.get(instance, True) and same_state(*both)
    return Counter((number, right) for (number, _), right in whole.items())


def patterns(group: Group) -> tuple[str, ...]:
    """The fields of a group's boxes, with [] where they repeat."""
    issuers = ("primary_issuer.", "additional_issuers[].")
    return tuple(
        f"{issuer}{path.removeprefix('issuers[].')}" if path.startswith("issuers[].") else path
        for path in group.paths
        for issuer in (issuers if path.startswith("issuers[].") else ("",))
    )


_GROUP_OF = {pattern: number for number, group in enumerate(GROUPS) for pattern in patterns(group)}


def _lists(pairings: tuple[Pairing, ...]) -> Mapping[str, tuple[int, int, int, int, int]]:
    lists: dict[str, tuple[int, int, int, int, int]] = {}
    for one in pairings:
        ordered = len(one.pairs) > 1
        row = one.expected, one.got, len(one.pairs), int(ordered), int(ordered and one.in_order)
        old = lists.get(one.level.path, (0, 0, 0, 0, 0))
        lists[one.level.path] = (old[0] + row[0], old[1] + row[1], old[2] + row[2], old[3] + row[3], old[4] + row[4])
    return lists

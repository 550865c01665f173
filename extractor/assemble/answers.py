"""Reads the texts of answers as the values of their kinds."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import regex

from extractor.assemble.building import Building
from extractor.engine.found import Answer
from extractor.finding import Finding, ProblemKind
from extractor.form.places import codes_of, name_of, solicitation_code_of
from extractor.form.spec import LOOSE
from extractor.kinds import READERS, fits
from extractor.values import ValueProblem

_US_ZIP = regex.compile(r"\d{5}(?:-?\d{4})?")
_SEPARATOR = regex.compile(r"[\s,;|]+")
_WRAPPED = 12
"""Lines of a wrapped list of states of which each may end within a name."""
_CUT = regex.compile(" ?\N{OBJECT REPLACEMENT CHARACTER}")
"""Where a reader says that a space may have been lost."""

_SAME = regex.compile(r"[\W_]+")


def read_answers(building: Building, answers: Sequence[Answer]) -> None:
    """Read each answer as its kind; what cannot be read is a problem, and so is what is said twice and differently."""
    by_path = first_by_path(answers)
    conflicts = report_conflicts(building, answers, by_path)
    building.findings += found_answers(by_path, conflicts)
    building.findings += found_states(by_path)
    read_values(building, by_path, conflicts)


def first_by_path(answers: Iterable[Answer]) -> dict[str, Answer]:
    """The first answer to each field."""
    by_path: dict[str, Answer] = {}
    for answer in answers:
        by_path.setdefault(answer.path, answer)
    return by_path


def found_answers(by_path: Mapping[str, Answer], conflicts: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Yield what was found but for states; conflicts: what else is said of a field."""
    for path, one in by_path.items():
        if one.kind != "states":
            yield Finding(path, one.raw, one.place, one.rule, one.certainty, conflicts.get(path, ()))


def found_states(by_path: Mapping[str, Answer]) -> Iterator[Finding]:
    """Yield single states as they were found."""
    for path, lines in _states_of(by_path).items():
        said = [line for line, codes in _with_codes(lines) for _ in codes or ()]
        for number, line in enumerate(said):
            yield Finding(f"{path}[{number}].state", line.raw, line.place, line.rule, line.certainty)


def read_values(building: Building, by_path: Mapping[str, Answer], conflicts: Container[str] = ()) -> None:
    """Read each answer as its kind, but for those in conflict."""
    for path, answer in by_path.items():
        if answer.kind != "states" and path not in conflicts:
            _read_one(building, by_path, answer)
    for path, lines in _states_of(by_path).items():
        _read_states(building, path, lines)


def _states_of(by_path: Mapping[str, Answer]) -> dict[str, list[Answer]]:
    """The lines that list states, by the path of their list."""
    states: dict[str, list[Answer]] = {}
    for path, answer in by_path.items():
        if answer.kind == "states":
            states.setdefault(path[: path.rindex("[")], []).append(answer)
    return states


def report_conflicts(
    building: Building, answers: Sequence[Answer], by_path: Mapping[str, Answer]
) -> dict[str, tuple[str, ...]]:
    """The fields that are answered twice, and differently (a name in items 1 and 2), with the other answers."""
    conflicts: dict[str, tuple[str, ...]] = {}
    for answer in answers:
        first = by_path[answer.path]
        if first is not answer and _SAME.sub("", first.raw).casefold() != _SAME.sub("", answer.raw).casefold():
            message = f"the document says {first.raw!r} in one place and {answer.raw!r} in another"
            building.report(answer.path, ProblemKind.INCONSISTENT, message, answer.place)
            conflicts[answer.path] = (*conflicts.get(answer.path, ()), answer.raw)
    return conflicts


def _read_one(building: Building, by_path: Mapping[str, Answer], answer: Answer) -> None:
    if answer.kind == "place":
        _read_place(building, by_path, answer)
        return
    try:
        building.values[answer.path] = READERS[answer.kind](_uncut(answer))
    except ValueProblem as problem:
        building.report(answer.path, ProblemKind.UNREADABLE_VALUE, str(problem), answer.place)


def _uncut(answer: Answer) -> str:
    """The text of an answer; where a space may have been lost in it, without a space if only so it is of its kind."""
    if answer.kind in LOOSE or _CUT.search(answer.raw) is None:
        return answer.raw
    ways = [_CUT.sub(gap, answer.raw) for gap in ("", " ")]
    read = {str(READERS[answer.kind](way)): way for way in ways if fits(answer.kind, way)}
    return next(iter(read.values())) if len(read) == 1 else answer.raw


def _read_place(building: Building, answers: Mapping[str, Answer], answer: Answer) -> None:
    """Read a state or country; where one name means two places, an American ZIP code tells."""
    codes = codes_of(answer.raw)
    if len(codes) > 1:
        zip_code = answers.get(answer.path.replace("state_or_country", "zip_code"))
        american = zip_code is not None and _US_ZIP.fullmatch(zip_code.raw) is not None
        states = [code for code in codes if code.isalpha()]
        codes = tuple(states) if american and len(states) == 1 else codes
    if len(codes) == 1:
        building.values[answer.path] = codes[0]
        building.values[f"{answer.path}_description"] = name_of(codes[0])
    elif codes:
        rivals = " or ".join(f"{code} ({name_of(code)})" for code in codes)
        message = f"{answer.raw!r} may be {rivals}; the postal code does not tell"
        building.report(answer.path, ProblemKind.AMBIGUOUS, message, answer.place)
    else:
        message = f"expected a state or country of EDGAR's list, seen {answer.raw!r}"
        building.report(answer.path, ProblemKind.UNKNOWN_CODE, message, answer.place)


def _read_states(building: Building, path: str, lines: Sequence[Answer]) -> None:
    """Read a list of states, one or several a line; a line with anything else makes the whole list a problem."""
    number = 0
    for line, codes in _with_codes(lines):
        if codes is None:
            message = f"expected names of states of the United States, seen {line.raw!r}"
            building.report(path, ProblemKind.UNREADABLE_VALUE, message, line.place)
            continue
        for code in codes:
            here = f"{path}[{number}]"
            building.values[f"{here}.state"] = code
            building.values[f"{here}.description"] = name_of(code)
            number += 1
    _report_twice(building, path, number)


def _report_twice(building: Building, path: str, number: int) -> None:
    """Report the states that a list names twice."""
    codes = [building.values[f"{path}[{index}].state"] for index in range(number)]
    twice = dict.fromkeys(str(code) for code in codes if codes.count(code) > 1)
    if twice:
        message = f"named twice: {', '.join(twice)}; a line may stand there twice"
        building.report(path, ProblemKind.AMBIGUOUS, message, None)


def _with_codes(lines: Sequence[Answer]) -> Iterator[tuple[Answer, list[str] | None]]:
    """Yield each line with its states; lines that are names only together, one having been wrapped, as one."""
    at = 0
    while at < len(lines):
        whole, end = lines[at], at + 1
        codes = _states(whole.raw)
        while codes is None and end < min(len(lines), at + _WRAPPED) and _is_next(lines[end - 1], lines[end]):
            whole, end = whole._replace(raw=f"{whole.raw} {lines[end].raw}"), end + 1
            codes = _states(whole.raw)
        if codes is None:
            whole, end = lines[at], at + 1
        yield whole, codes
        at = end


def _is_next(line: Answer, other: Answer) -> bool:
    """Whether an answer stands on the line after that of another."""
    one, two = line.spots[-1].place, other.place
    return one.line is not None and two.line == one.line + 1


def _states(line: str) -> list[str] | None:
    """The codes of the states on a line, written one after the other; None when there is anything else.

    >>> _states("NEW YORK"), _states("TEXAS, UTAH"), _states("WEST VIRGINIA VIRGINIA"), _states("TEXAS and more")
    (['NY'], ['TX', 'UT'], ['WV', 'VA'], None)
    """
    words = _SEPARATOR.split(line.strip())
    codes: list[str] = []
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 4), at, -1):
            code = solicitation_code_of(" ".join(words[at:end]))
            if code is not None:
                codes.append(code)
                at = end
                break
        else:
            return None
    return codes

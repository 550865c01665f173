"""Checks a truth: every answer confirmed, valid, known, and of the filing that it names; then it is a filing."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from extractor.assemble import Value, nest
from extractor.golden.answers import is_blank, values_of
from extractor.golden.file import Entry, TruthFile, UnfitTruth, read_truth, sha256_of, sources
from extractor.golden.questions import Question, lists, questions
from extractor.model import Filing
from extractor.values import ValueProblem

_AMENDMENT = "type_of_filing.new_or_amendment.is_amendment"


def truth_of(path: Path) -> Filing:
    """The filing that a confirmed truth says. UnfitTruth: it is a draft, or not valid; OSError: it cannot be opened.

    A filing that lies where the truth says must be the one that it was confirmed of; the truth may travel without it.
    """
    truth = read_truth(path)
    filing, faults = _checked(truth)
    faults += [fault for fault, absent in _source_faults(path, truth) if not absent]
    if filing is None or faults:
        raise UnfitTruth(tuple(faults))
    return filing


def faults_of(path: Path) -> tuple[str, ...]:
    """What keeps a truth from being used, one line each; none when it is confirmed. OSError: it cannot be opened."""
    try:
        truth = read_truth(path)
    except UnfitTruth as error:
        return error.faults
    return (*(fault for fault, _ in _source_faults(path, truth)), *_checked(truth)[1])


def _source_faults(path: Path, truth: TruthFile) -> Iterator[tuple[str, bool]]:
    """What is wrong with the filing of a truth, and whether that is only its absence."""
    place = next((one for one in sources(path, truth) if one.is_file()), None)
    if place is None:
        yield f"source: expected the filing {truth.source.file!r} there or beside this file; found neither", True
    elif sha256_of(place.read_bytes()) != truth.source.sha256:
        yield f"source: {truth.source.file!r} has changed since the draft was made; make a new draft of it", False


def _checked(truth: TruthFile) -> tuple[Filing | None, list[str]]:
    """The filing that a truth says, unless there is something wrong with it; and what is wrong."""
    unread = enumerate(truth.unread, 1)
    faults = [f"unread {number}: not confirmed: {one.text!r}" for number, one in unread if not one.confirmed]
    entries = {entry.path: entry for entry in truth.entries}
    asked = {question.path: question for question in questions(_counts(entries))}
    for entry in truth.entries:
        if entry is not entries[entry.path]:
            faults.append(f"{entry.path}: stands twice")
        elif entry.path not in asked:
            faults.append(f"{entry.path}: {_unknown(entry.path)}")
    values: dict[str, Value] = {}
    for path, question in asked.items():
        if path in entries:
            faults += _take(question, entries[path], values)
        else:
            faults.append(f"{path}: missing; expected an entry for {question.label!r}")
    faults = faults or list(_empty_entries(values))
    return (None, faults) if faults else _filing(values)


def _counts(entries: Mapping[str, Entry]) -> dict[str, int]:
    """The number of entries in each list, as far as the truth says it."""
    counts = {}
    for question in questions({}):
        if question.kind == "entries" and question.path in entries:
            try:
                number = values_of(question, entries[question.path].value)[question.path]
            except ValueProblem:
                continue
            assert isinstance(number, int)
            counts[question.path] = number
    return counts


def _unknown(path: str) -> str:
    """Why an entry has no place in the truth."""
    name = next((name for name in lists() if path.startswith(f"{name}[")), None)
    return f"beyond the number of {name}" if name else "no field or group of boxes of the form"


def _take(question: Question, entry: Entry, values: dict[str, Value]) -> Iterator[str]:
    """Put an answer among the values, or say why not."""
    try:
        found = values_of(question, entry.value)
    except ValueProblem as problem:
        yield f"{entry.path}: {problem}"
        return
    if not entry.confirmed:
        yield f"{entry.path}: not confirmed"
    values.update(found)


def _empty_entries(values: Mapping[str, Value]) -> Iterator[str]:
    """The entries of lists that say nothing at all: the number of entries must be wrong."""
    for name in lists():
        number = values.get(name)
        for index in range(number if isinstance(number, int) else 0):
            record = f"{name}[{index}]."
            given = {path: value for path, value in values.items() if path.startswith(record)}
            if is_blank(given):
                yield f"{record[:-1]}: all its answers are blank; lower the number of {name}, or type them"


def _filing(values: dict[str, Value]) -> tuple[Filing | None, list[str]]:
    """The filing of the values; D or D/A follows from item 7."""
    given = {path: value for path, value in values.items() if path not in lists()}
    if _AMENDMENT in given:
        given["submission_type"] = "D/A" if given[_AMENDMENT] else "D"
    try:
        return Filing.model_validate(nest(given)), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in details]

"""What a person wrote as an answer, read as the values that it gives a filing."""

from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from extractor.assemble import Value
from extractor.form.places import name_of
from extractor.form.spec import Box, Kind
from extractor.golden.questions import MOST_ENTRIES, Question, holds_list
from extractor.kinds import READERS
from extractor.outputs.paths import INDEX
from extractor.values import ValueProblem

TO_BE_TYPED = ""
"""What a draft holds in the place of an answer that a person must type."""

_NUMBERS: frozenset[Kind] = frozenset({"amount", "amount_or_indefinite", "count", "year"})
"""The kinds whose answers may be written as a number; a ZIP code that is written so has lost its nought."""


def values_of(question: Question, given: JsonValue) -> dict[str, Value]:
    """The values that an answer gives to fields, by path; none for a blank answer. ValueProblem: it is no answer.

    >>> from extractor.golden.questions import questions
    >>> asked = {question.path: question for question in questions({})}
    >>> values_of(asked["minimum_investment_accepted"], "$5,000")
    {'minimum_investment_accepted': 5000}
    >>> values_of(asked["duration_of_offering.more_than_one_year"], ["No"])
    {'duration_of_offering.more_than_one_year': False}
    """
    if given == TO_BE_TYPED:
        raise ValueProblem("the answer to be typed, or null where the form leaves it blank", "")
    if question.kind == "boxes":
        return _of_boxes(question, given)
    if question.kind == "entries":
        return {question.path: _number_of_entries(given)}
    if question.many:
        return _of_list(question, given)
    if given is None:
        return {}
    value = READERS[question.kind](_text(question.kind, given))
    if question.kind == "place":
        return {question.path: value, f"{question.path}_description": name_of(str(value))}
    return {question.path: value}


def _text(kind: Kind, given: JsonValue) -> str:
    """An answer as text; a number only where the form asks for one."""
    if isinstance(given, str):
        return given
    if kind in _NUMBERS and isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    raise ValueProblem("a number or text in quotes" if kind in _NUMBERS else "text in quotes", str(given))


def _number_of_entries(given: JsonValue) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MOST_ENTRIES:
        raise ValueProblem(f"a number of entries from 0 to {MOST_ENTRIES}", str(given))
    return given


def _of_list(question: Question, given: JsonValue) -> dict[str, Value]:
    """The values of a list: of states each with its name; [] says that the box None is checked, null says nothing."""
    if given is None:
        return {}
    if not isinstance(given, list):
        raise ValueProblem("a list like [...], or null", str(given))
    assert question.kind != "boxes"
    assert question.kind != "entries"
    read = [READERS[question.kind](_text(question.kind, one)) for one in given]
    if question.kind != "states":
        return {question.path: tuple(read)}
    states = [(f"{question.path}[{number}]", str(code)) for number, code in enumerate(read)]
    codes: dict[str, Value] = {f"{path}.state": code for path, code in states}
    return codes | {f"{path}.description": name_of(code) for path, code in states}


def _of_boxes(question: Question, given: JsonValue) -> dict[str, Value]:
    """The values of the fields that the boxes of a group stand for, by the labels of those that are checked."""
    labels = {box.label: box for box in question.boxes}
    if not isinstance(given, list):
        raise ValueProblem("a list of the boxes that are checked, [] for none", str(given))
    if strange := [str(one) for one in given if one not in labels]:
        raise ValueProblem(f"labels of these boxes: {', '.join(labels)}", ", ".join(strange))
    if len(set(map(str, given))) < len(given):
        raise ValueProblem("each box once", ", ".join(map(str, given)))
    by_path: dict[str, list[Box]] = {}
    for box in question.boxes:
        by_path.setdefault(box.path, []).append(box)
    found = {path: _of_field(boxes, [box for box in boxes if box.label in given]) for path, boxes in by_path.items()}
    return {path: value for path, value in found.items() if value is not None}


def _of_field(boxes: Sequence[Box], checked: Sequence[Box]) -> Value:
    """The value of one field by its boxes: a list, yes or no, or the value of the one that is checked."""
    values = [box.value for box in checked]
    if holds_list(INDEX.sub("[]", boxes[0].path)):
        return tuple(values)
    if [box.value for box in boxes] == ["true"]:
        return bool(checked)
    if len(values) > 1:
        raise ValueProblem("one checked box at most", ", ".join(box.label for box in checked))
    return None if not values else {"true": True, "false": False}.get(values[0], values[0])


def is_blank(values: Mapping[str, Value]) -> bool:
    """Whether values say nothing: no text, no number (nought is one), no checked box."""
    return all(value is None or value is False or value == () for value in values.values())

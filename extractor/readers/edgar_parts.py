"""The elements of a Form D's XML, walked by the schema: into values, or into answers with their places.

Two walks over one plan, made from `elements.elements_of`: `read_part` is the fast one and strict, `list_part` takes
what it knows and leaves the rest. What is said in which case stands in `readers.edgar`.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol, cast

from lxml import etree

from extractor import values
from extractor.errors import UnreadableInput
from extractor.form.elements import NONE_LISTS, FieldElement, Kind, elements_of
from extractor.model import Record

Values = dict[str, object]


def local_name(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def plain_text(element: etree._Element) -> str:
    """Return the text of an element that has no elements in it, white space collapsed."""
    raw = element.text
    return " ".join(raw.split()) if raw else ""


def line_of(element: etree._Element) -> int | None:
    """Return the line on which an element begins."""
    return cast("int | None", element.sourceline)


class _Step(Protocol):
    """What is done with one element of the schema, in each of the two walks."""

    def read(self, element: etree._Element, told: Values) -> None:
        """Put the element's value into the values of its part."""

    def list(self, element: etree._Element, prefix: str, found: "Found") -> None:
        """Add the element's answers."""


@dataclass(slots=True)
class Found:
    """The answers so far: path, element, and the text if it is not the element's own."""

    answers: list[tuple[str, etree._Element, str | None]] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, path: str, element: etree._Element, text: str | None = None) -> None:
        """Add one answer."""
        self.answers.append((path, element, text))
        self.paths.add(path)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An element with the text of one field."""

    name: str
    convert: Callable[[str], object] | None

    def read(self, element: etree._Element, told: Values) -> None:
        if text := _leaf_text(element):
            _put(told, self.name, _converted(self.convert, text, element), element)

    def list(self, element: etree._Element, prefix: str, found: Found) -> None:
        if plain_text(element) and not len(element):
            found.add(prefix + self.name, element)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An element with the text of one entry of a list."""

    name: str

    def read(self, element: etree._Element, told: Values) -> None:
        if text := _leaf_text(element):
            _append(told, self.name, text, element)

    def list(self, element: etree._Element, prefix: str, found: Found) -> None:
        if plain_text(element) and not len(element):
            path = prefix + self.name
            found.add(f"{path}[{found.counts[path]}]", element)
            found.counts[path] += 1


@dataclass(frozen=True, slots=True)
class _NoneBox:
    """The element `<value>None</value>` in place of a list's entries."""

    name: str

    def read(self, element: etree._Element, told: Values) -> None:
        text = _leaf_text(element)
        if text not in ("", "None"):
            raise unreadable(element, '"None"', text)
        if text:
            _put(told, self.name, (), element)

    def list(self, element: etree._Element, prefix: str, found: Found) -> None:
        if plain_text(element) == "None" and not len(element):
            found.add(prefix + self.name, element)


@dataclass(frozen=True, slots=True)
class _Part:
    """An element that is a part of its own, once or in a list."""

    name: str
    part: type[Record]
    many: bool

    def read(self, element: etree._Element, told: Values) -> None:
        inner = read_part(element, self.part)
        if inner and self.many:
            _append(told, self.name, inner, element)
        elif inner:
            _put(told, self.name, inner, element)

    def list(self, element: etree._Element, prefix: str, found: Found) -> None:
        path = prefix + self.name
        if not self.many:
            list_part(element, self.part, f"{path}.", found)
            return
        before = len(found.answers)
        list_part(element, self.part, f"{path}[{found.counts[path]}].", found)
        found.counts[path] += len(found.answers) > before


@dataclass(frozen=True, slots=True)
class _Inside:
    """An element that only holds elements; their fields belong to the part around it."""

    steps: dict[str, "_Step"]

    def read(self, element: etree._Element, told: Values) -> None:
        _read_children(element, self.steps, told)

    def list(self, element: etree._Element, prefix: str, found: Found) -> None:
        _list_children(element, self.steps, prefix, found)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a part of the filing is made of: its elements, its lists, its presence marks, its parts without element."""

    steps: dict[str, _Step]
    many: tuple[str, ...]
    marks: tuple[str, ...]
    inline: FieldElement | None


@cache
def _plan(part: type[Record]) -> _Plan:
    """Return what is done with the elements of a part."""
    elements = elements_of(part)
    steps: dict[str, _Step] = {}
    for element in elements:
        inside = steps
        for tag in element.steps[:-1]:
            inside = _inside(inside, tag)
        if element.steps:
            inside[element.steps[-1]] = _step(element)
        if element.name in NONE_LISTS:
            inside["value"] = _NoneBox(element.name)
    return _Plan(
        steps,
        tuple(element.name for element in elements if element.many),
        tuple(element.name for element in elements if element.kind == "presence"),
        next((element for element in elements if not element.steps), None),
    )


def _inside(steps: dict[str, _Step], tag: str) -> dict[str, _Step]:
    """Return the steps inside an element that only holds elements."""
    step = steps.setdefault(tag, _Inside({}))
    assert isinstance(step, _Inside)
    return step.steps


def _step(element: FieldElement) -> _Step:
    """Return what is done with the element of one field."""
    if element.record is not None:
        return _Part(element.name, element.record, element.many)
    return _Entry(element.name) if element.many else _Leaf(element.name, _CONVERTERS[element.kind])


def read_part(children: Iterable[etree._Element], part: type[Record]) -> Values:
    """Return the values of a part by its fields; none if nothing is said."""
    plan = _plan(part)
    told: Values = {}
    if plan.inline is not None and plan.inline.record is not None:
        children, groups = _groups(children, plan.inline.record)
        if groups:
            told[plan.inline.name] = [read_part(group, plan.inline.record) for group in groups]
    _read_children(children, plan.steps, told)
    for name in plan.many:
        if name in told:
            told[name] = tuple(told[name])  # type: ignore[arg-type]  # a list or (), by _append and _NoneBox
    for name in plan.marks:
        told.setdefault(name, False)
    return told


def _read_children(children: Iterable[etree._Element], steps: dict[str, _Step], told: Values) -> None:
    """Read the elements of a part one by one."""
    for child in children:
        step = steps.get(child.tag) or steps.get(local_name(child.tag))
        if step is not None:
            step.read(child, told)
        elif held := " ".join("".join(map(str, child.itertext())).split()):
            raise unreadable(child, "an element of the Form D schema", held)


def list_part(children: Iterable[etree._Element], part: type[Record], prefix: str, found: Found) -> None:
    """Add the answers of a part, its unmarked boxes at the end."""
    plan = _plan(part)
    whole = children
    if plan.inline is not None and plan.inline.record is not None:
        children, groups = _groups(children, plan.inline.record)
        for index, group in enumerate(groups):
            list_part(group, plan.inline.record, f"{prefix}{plan.inline.name}[{index}].", found)
    _list_children(children, plan.steps, prefix, found)
    for name in plan.marks:
        if prefix + name not in found.paths and isinstance(whole, etree._Element):
            found.add(prefix + name, whole, "false")


def _list_children(children: Iterable[etree._Element], steps: dict[str, _Step], prefix: str, found: Found) -> None:
    """Add the answers of the elements one by one."""
    for child in children:
        if (step := steps.get(local_name(child.tag))) is not None:
            step.list(child, prefix, found)


def _groups(
    children: Iterable[etree._Element], part: type[Record]
) -> tuple[list[etree._Element], list[list[etree._Element]]]:
    """Return the other elements, and those of parts that stand one after the other without an element of their own.

    A new part begins with its first element, and with an element that it has already.
    """
    first, *more = (element.steps[0] for element in elements_of(part))
    others: list[etree._Element] = []
    groups: list[list[etree._Element]] = []
    seen: set[str] = set()
    for child in children:
        tag = local_name(child.tag)
        if tag != first and tag not in more:
            others.append(child)
            continue
        if tag == first or tag in seen or not groups:
            groups.append([])
            seen = set()
        seen.add(tag)
        groups[-1].append(child)
    return others, [group for group in groups if any(plain_text(element) for element in group)]


def _leaf_text(element: etree._Element) -> str:
    """Return the text of an element that may hold nothing else."""
    if len(element):
        raise unreadable(element, "a text", f"<{local_name(element[0].tag)}>")
    raw = element.text
    return " ".join(raw.split()) if raw else ""


def _put(told: Values, name: str, value: object, element: etree._Element) -> None:
    """Set a field, once."""
    if name in told:
        raise unreadable(element, "this element once", "it a second time")
    told[name] = value


def _append(told: Values, name: str, value: object, element: etree._Element) -> None:
    """Add to a list that no element has said to be empty."""
    entries = told.setdefault(name, [])
    if not isinstance(entries, list):
        raise unreadable(element, "no entry beside None", str(value))
    entries.append(value)


def _converted(convert: Callable[[str], object] | None, text: str, element: etree._Element) -> object:
    """Return the value of an element's text."""
    if convert is None:
        return text
    try:
        return convert(text)
    except values.ValueProblem as problem:
        raise unreadable(element, problem.expected, text) from None


def _whole(text: str) -> int:
    """Return a whole number as the schema writes it, in digits only."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise values.ValueProblem('a whole number like "25000"', text)
    return int(text)


def _whole_or_indefinite(text: str) -> object:
    """Return a whole number, or "Indefinite"."""
    return text if text == "Indefinite" else _whole(text)


_CONVERTERS: dict[Kind, Callable[[str], object] | None] = {
    "text": None,
    "choice": None,  # the model knows the choices
    "cik": values.cik,
    "amount": _whole,
    "indefinite": _whole_or_indefinite,
    "year": values.year,
    "date": values.date,
    "boolean": values.true_or_false,
    "presence": values.true_or_false,
}


def unreadable(element: etree._Element, expected: str, seen: str) -> UnreadableInput:
    """Return the error of one element."""
    return UnreadableInput(
        f"<{local_name(element.tag)}> on line {line_of(element)}: expected {expected}, saw {seen[:80]!r}"
    )

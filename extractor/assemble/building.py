"""A filing under construction: values by path, what is said about them, and how paths are written."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from extractor.finding import BoxState, Finding, Problem, ProblemKind
from extractor.model import Filing
from extractor.source import Place

Value = object
"""A value of the model: a str, int, bool, date or tuple."""

_INDEX = regex.compile(r"\[\d+\]")
_STEP = regex.compile(r"(?P<name>\w+)(?:\[(?P<index>\d+)\])?\.?")


@dataclass(slots=True)
class Building:
    """A filing under construction: values by path, and what is said about them."""

    values: dict[str, Value] = field(default_factory=dict)
    boxes: dict[str, BoxState] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, path: str, kind: ProblemKind, message: str, place: Place | None = None) -> None:
        """Add a problem."""
        self.problems.append(Problem(path, kind, message, place))


@dataclass(frozen=True, slots=True)
class Built:
    """The outcome: the filing, and all that is said about it."""

    filing: Filing
    boxes: Mapping[str, BoxState]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]


def record_of(path: str) -> str:
    """The list element that a path lies in; "" for none.

    >>> record_of("related_persons[2].related_person_name.last_name"), record_of("issuer_size.revenue_range")
    ('related_persons[2]', '')
    """
    return path[: path.find("]") + 1]


def list_of(record: str) -> tuple[str, int]:
    """The list and the index of a list element.

    >>> list_of("related_persons[2]")
    ('related_persons', 2)
    """
    name, _, index = record[:-1].partition("[")
    return name, int(index)


@dataclass(slots=True)
class Blanks:
    """The list elements that stand there without any answer: sorted indexes by the list's path.

    The filing counts its list elements without them, and has other names for issuers than the form.
    """

    indexes: Mapping[str, Sequence[int]] = field(default_factory=dict)
    _named: dict[str, str | None] = field(default_factory=dict)

    def renamed(self, path: str) -> str | None:
        """A path as the filing has it; None if it lies in a blank element.

        >>> Blanks().renamed("issuers[1].cik"), Blanks({"persons": [0]}).renamed("persons[2].x")
        ('additional_issuers[0].cik', 'persons[1].x')
        >>> Blanks({"persons": [0]}).renamed("persons[0].x"), Blanks().renamed("issuers[0]")
        (None, 'primary_issuer')
        """
        record = record_of(path)
        if not record:
            return path
        if record not in self._named:
            self._named[record] = self._name(record)
        name = self._named[record]
        return None if name is None else name + path[len(record) :]

    def _name(self, record: str) -> str | None:
        name, index = list_of(record)
        blank = self.indexes.get(name, ())
        before = bisect_left(blank, index)
        if before < len(blank) and blank[before] == index:
            return None
        if name == "issuers":
            return f"additional_issuers[{index - 1}]" if index else "primary_issuer"
        return f"{name}[{index - before}]"


@lru_cache(maxsize=16384)
def pattern_of(path: str) -> tuple[str, str]:
    """The record of a path, and the path with the form's names and without indexes."""
    if path.startswith("primary_issuer."):
        return "primary_issuer", "issuers[]" + path.removeprefix("primary_issuer")
    record = record_of(path)
    if record.startswith("additional_issuers["):
        return record, "issuers[]" + path.removeprefix(record)
    return record, _INDEX.sub("[]", path)


@lru_cache(maxsize=16384)
def _steps(path: str) -> tuple[tuple[str | int, ...], str | int]:
    """The steps of a path, names and indexes: those on the way, and the last."""
    steps: list[str | int] = []
    for step in _STEP.finditer(path):
        steps.append(step["name"])
        if step["index"] is not None:
            steps.append(int(step["index"]))
    return tuple(steps[:-1]), steps[-1]


def nest(values: Mapping[str, Value]) -> dict[str, object]:
    """The values as nested dictionaries and tuples, as the model takes them."""
    tree: dict[str, object] = {}
    for path, value in values.items():
        node: dict[str | int, object] = tree  # type: ignore[assignment]
        inner, last = _steps(path)
        for key in inner:
            node = node.setdefault(key, {})  # type: ignore[assignment]
        node[last] = value
    return {name: _tuples(value) for name, value in tree.items()}


def _tuples(node: object) -> object:
    """Nodes whose keys are indexes as tuples; a record that has no value of its own is an empty one."""
    if type(node) is not dict:
        return node
    if node and all(type(key) is int for key in node):
        if not any(isinstance(value, dict) for value in node.values()):
            return tuple(node[index] for index in sorted(node))
        return tuple(_tuples(node.get(index, {})) for index in range(max(node) + 1))
    return {key: _tuples(value) for key, value in node.items()}

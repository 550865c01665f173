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


def record_of(path: str) -> tuple[str, ...]:
    """The list element that a path lies in: one path, or none.

    >>> record_of("related_persons[2].related_person_name.last_name"), record_of("issuer_size.revenue_range")
    (('related_persons[2]',), ())
    """
    match = _INDEX.search(path)
    return (path[: match.end()],) if match else ()


@dataclass(frozen=True, slots=True)
class Blanks:
    """The list elements that stand there without any answer: sorted indexes by the list's path."""

    indexes: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def hold(self, path: str) -> bool:
        """Whether a path lies in one of them."""
        if not self.indexes:
            return False
        match = _STEP.match(path)
        return match is not None and match["index"] is not None and self._at(match["name"], int(match["index"]))

    def _at(self, name: str, index: int) -> bool:
        known = self.indexes.get(name, ())
        at = bisect_left(known, index)
        return at < len(known) and known[at] == index

    def before(self, name: str, index: int) -> int:
        """How many of them stand before an index."""
        return bisect_left(self.indexes.get(name, ()), index)


def new_path(path: str, blanks: Blanks) -> str:
    """A path with the model's names for issuers, and list elements counted without blank ones.

    >>> none, first = Blanks(), Blanks({"related_persons": [0]})
    >>> new_path("issuers[1].cik", none), new_path("related_persons[2].x", first)
    ('additional_issuers[0].cik', 'related_persons[1].x')
    """
    if not blanks.indexes and not path.startswith("issuers["):
        return path
    match = _STEP.match(path)
    if match is None or match["index"] is None:
        return path
    index = int(match["index"])
    rest = path[match.end() - (path[match.end() - 1] == ".") :]
    if match["name"] == "issuers":
        return f"primary_issuer{rest}" if index == 0 else f"additional_issuers[{index - 1}]{rest}"
    return f"{match['name']}[{index - blanks.before(match['name'], index)}]{rest}"


@lru_cache(maxsize=16384)
def pattern_of(path: str) -> tuple[str, str]:
    """The record of a path, and the path with the form's names and without indexes."""
    if path.startswith("primary_issuer."):
        return "primary_issuer", "issuers[]" + path.removeprefix("primary_issuer")
    record = "".join(record_of(path))
    if record.startswith("additional_issuers["):
        return record, "issuers[]" + path.removeprefix(record)
    return record, _INDEX.sub("[]", path)


@lru_cache(maxsize=16384)
def _steps(path: str) -> tuple[tuple[str, int | None], ...]:
    """The steps of a path: names, with an index where the step goes into a list."""
    found = _STEP.finditer(path)
    return tuple((step["name"], int(step["index"]) if step["index"] is not None else None) for step in found)


def nest(values: Mapping[str, Value]) -> dict[str, object]:
    """The values as nested dictionaries and tuples, as the model takes them."""
    tree: dict[str, object] = {}
    for path, value in values.items():
        node: dict[str | int, object] = tree  # type: ignore[assignment]
        steps = [key for step in _steps(path) for key in step if key is not None]
        for key in steps[:-1]:
            node = node.setdefault(key, {})  # type: ignore[assignment]
        node[steps[-1]] = value
    return {name: _tuples(value) for name, value in tree.items()}


def _tuples(node: object) -> object:
    """Nodes whose keys are indexes as tuples; a record that has no value of its own is an empty one."""
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        if not any(isinstance(value, dict) for value in node.values()):
            return tuple(node[index] for index in sorted(node))
        return tuple(_tuples(node.get(index, {})) for index in range(max(node) + 1))
    return {key: _tuples(value) for key, value in node.items()}

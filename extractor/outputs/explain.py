"""How each answer was found, as text for people: raw text, place, rule, what competed, problems."""

import difflib
from collections.abc import Iterator

from extractor.extract import Extraction
from extractor.finding import Finding, Problem
from extractor.model import Record
from extractor.outputs.paths import field_paths, is_field, lies_below, value_at
from extractor.outputs.printable import printable


class UnknownField(ValueError):
    """A field that the form does not have; the text names those that come nearest."""


def check(field: str) -> None:
    """Raise UnknownField unless the field, or fields that begin so, can occur in a filing ("" always can).

    >>> check("related_persons[3].related_person_name")
    >>> check("amount_sold")
    Traceback (most recent call last):
    extractor.outputs.explain.UnknownField: no field 'amount_sold'; nearest: offering_sales_amounts.total_amount_sold
    """
    if not field or is_field(field):
        return
    names = [path.replace("[]", "") for path in field_paths()]
    near = [name for name in names if field in name][:3] or difflib.get_close_matches(field, names, n=3, cutoff=0.6)
    hint = f"nearest: {', '.join(near)}" if near else "`formd schema` lists them all"
    raise UnknownField(f"no field {printable(field)!r}; {hint}")


def explain(extraction: Extraction, field: str = "") -> str:
    """What is known about a field and all below it ("": about the whole filing), one paragraph for each path.

    field: a path or the beginning of one ("related_persons[0]"); without its index a list stands for all elements.
    """
    found = [finding.path for finding in extraction.findings]
    amiss = [problem.path for problem in extraction.problems]
    paths = [path for path in dict.fromkeys(found + amiss) if lies_below(field, path)]
    paragraphs = ["\n".join(_paragraph(extraction, path)) for path in paths]
    return "\n\n".join(paragraphs or [f"{printable(field) or 'filing'}\n  nothing was found, and nothing is amiss"])


def _paragraph(extraction: Extraction, path: str) -> Iterator[str]:
    yield printable(path)
    yield from _value(extraction, path)
    for finding in extraction.findings:
        if finding.path == path:
            yield from _finding(finding)
    for problem in extraction.problems:
        if lies_below(problem.path, path):
            yield _row("problem", described(problem))


def _value(extraction: Extraction, path: str) -> Iterator[str]:
    """The value at a path; of a box, its state. A record has none of its own."""
    value = extraction.boxes.get(path) or value_at(extraction.filing, path)
    if isinstance(value, tuple):
        value = "; ".join(str(element) for element in value)
    if not isinstance(value, Record):
        yield _row("value", "none" if value is None else str(value))


def _finding(finding: Finding) -> Iterator[str]:
    yield _row("raw", finding.raw)
    yield _row("place", str(finding.place or "no place"))
    yield _row("rule", finding.rule)
    yield _row("certainty", finding.certainty)
    for other in finding.competed or ("nothing",):
        yield _row("competed", other)


def described(problem: Problem) -> str:
    """A problem in words: its kind, what it says, and where."""
    where = f" ({problem.place})" if problem.place else ""
    return f"{problem.kind}: {problem.message}{where}"


def _row(label: str, text: str) -> str:
    return f"  {label:<10}{printable(text)}".rstrip()

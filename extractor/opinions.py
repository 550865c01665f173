"""Two opinions on a PDF: when the second engine is asked, and what is left where both do not agree."""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Literal

from extractor.engine.find import find
from extractor.engine.found import Answer, BoxAnswer, Found
from extractor.engine.sections import Form
from extractor.errors import UnreadableInput
from extractor.finding import BoxState, Problem, ProblemKind
from extractor.kinds import fits
from extractor.source import Engine, Source

DISAGREED: Final = "the two engines disagree"
"""The rule of a box whose state one engine sees otherwise."""


def find_in_pdf(data: bytes, form: Form, engine: Engine) -> tuple[Source, Found]:
    """Return a PDF's source, whose facts say which engine read it, and what it answers to a form.

    Raises UnreadableInput where the engine cannot read it; of both, where either cannot.
    """
    from extractor.readers.pdf import read_pdf

    def reading(by: Literal["auto", "pdfium", "pdfplumber"]) -> tuple[Source, Found]:
        source = read_pdf(data, by)
        return source, find(source, form, fits)

    if engine == "both":
        source, first = reading("pdfium")
        _, second = reading("pdfplumber")
        facts = MappingProxyType({**source.facts, "engine": "pdfium, pdfplumber"})
        return replace(source, facts=facts), agreed(first, second, ("PDFium", "pdfplumber"))
    if engine != "auto":
        return reading(engine)
    try:
        source, found = reading("auto")
    except UnreadableInput:
        return reading("pdfplumber")
    if len(found.records) == len(form.sections):
        return source, found
    other, second = reading("pdfplumber")
    return (other, second) if len(second.records) > len(found.records) else (source, found)


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: a page comes to thousands of small tuples, all of them in use until it is read."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def agreed(first: Found, second: Found, names: tuple[str, str]) -> Found:
    """What two readings of a document agree on; every other answer is left out, with a problem, every box unknown.

    names: of the engines that gave them.
    """
    merged = Found(records=dict(first.records), labels=dict(first.labels), doubled=max(first.doubled, second.doubled))
    merged.answers, merged.problems = _answers(first.answers, second.answers, names)
    merged.boxes, differing = _boxes(first.boxes, second.boxes, names)
    merged.problems += differing
    known: set[tuple[str, ProblemKind]] = set()
    for found in (first, second):
        merged.problems += (one for one in found.problems if (one.path, one.kind) not in known)
        known = {(one.path, one.kind) for one in found.problems}
    texts = [leftover.text for leftover in first.leftovers]
    merged.leftovers = [*first.leftovers, *(one for one in second.leftovers if one.text not in texts)]
    return merged


def _answers(
    first: Iterable[Answer], second: Iterable[Answer], names: tuple[str, str]
) -> tuple[list[Answer], list[Problem]]:
    """The answers on which both agree, and a problem for each other one."""
    one, other = ({answer.path: answer for answer in answers} for answers in (first, second))
    kept, problems = [], []
    for path in dict.fromkeys([*one, *other]):
        raws = [answers[path].raw if path in answers else None for answers in (one, other)]
        if raws[0] == raws[1]:
            kept.append(one[path])
        else:
            problems.append(_problem(path, names, [repr(raw) if raw else "nothing" for raw in raws], one, other))
    return kept, problems


def _boxes(
    first: Iterable[BoxAnswer], second: Iterable[BoxAnswer], names: tuple[str, str]
) -> tuple[list[BoxAnswer], list[Problem]]:
    """The boxes, those on which both do not agree as unknown, and a problem for each of these."""
    one, other = ({f"{box.path}={box.value}": box for box in boxes} for boxes in (first, second))
    kept, problems = [], []
    for path in dict.fromkeys([*one, *other]):
        states = [str(boxes[path].state) if path in boxes else "nothing" for boxes in (one, other)]
        box = one.get(path) or other[path]
        if states[0] != states[1]:
            problems.append(_problem(path, names, states, one, other))
            box = box._replace(state=BoxState.UNKNOWN, rule=DISAGREED)
        kept.append(box)
    return kept, problems


def _problem(
    path: str,
    names: tuple[str, str],
    seen: list[str],
    one: Mapping[str, Answer | BoxAnswer],
    other: Mapping[str, Answer | BoxAnswer],
) -> Problem:
    message = f"{DISAGREED}: {names[0]} reads {seen[0]}, {names[1]} {seen[1]}; it is left out"
    return Problem(path, ProblemKind.AMBIGUOUS, message, (one.get(path) or other[path]).place)

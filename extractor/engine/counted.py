"""Counts how often a document prints the labels that begin an entry of a list, whatever the search made of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex

from extractor.engine.records import plan
from extractor.finding import Problem, ProblemKind
from extractor.form.spec import Field, Section
from extractor.source import Cell, Source

Sections = tuple[Section, ...]
"""The sections of a form."""


def uncounted(source: Source, form: Sections, found: Iterable[Section]) -> Iterator[Problem]:
    """Yield a problem for each list with fewer entries than the document prints labels for.

    found: the sections of the records that were found. An entry counts only where all labels of its first row stand
    once more, as no answer has them by chance; so one may hide in an answer, or in another entry.
    """
    entries = Counter(id(section) for section in found)
    text = "\n".join(item.text for item in source.items if isinstance(item, Cell))
    for section in form:
        read = entries[id(section)]
        openings = _openings(section, form) if read else ()
        printed = min((len(one.findall(text)) for one in openings), default=0)
        if printed > read:
            path = section.prefix.removesuffix("[]")
            message = (
                f"{section.title!r}: {read} entries were read, but the labels that begin one stand {printed} times"
            )
            yield Problem(path, ProblemKind.AMBIGUOUS, message)


@lru_cache(maxsize=64)
def _openings(section: Section, form: Sections) -> tuple["regex.Pattern[str]", ...]:
    """The labels of the first row of an entry, those that no other section has."""
    if not section.repeats or plan(section).tabular:
        return ()
    others = {part.label for other in form if other is not section for part in other.parts()}
    labels = [part.label for part in section.rows[0].parts if isinstance(part, Field) and part.label not in others]
    return tuple(regex.compile(rf"(?<!\w){regex.escape(label)}(?!\w)", regex.IGNORECASE) for label in labels)

"""What a truth must answer: every field of the form, every group of its boxes, and how many entries its lists have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

from extractor.form.items import FORM, GROUPS
from extractor.form.spec import Box, Field, Group, Kind, Section
from extractor.outputs.paths import field_paths

MOST_ENTRIES = 999
"""More entries than any list of the form has (the schema allows 100)."""

_ISSUERS = "issuers[]"
_MORE_ISSUERS = "additional_issuers"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing for a person to confirm.

    path: the field; for boxes of several fields, the part that holds them; for a number of entries, the list.
    label: the form's own words. kind: what an answer is read as, "boxes" where boxes are checked, "entries" for the
    number of entries in a list. many: answered with a list. required: asked of every filer. boxes: those of a group,
    with their whole paths.
    """

    path: str
    label: str
    kind: Kind | Literal["boxes", "entries"]
    many: bool = False
    required: bool = False
    boxes: tuple[Box, ...] = ()

    def within(self, record: str) -> "Question":
        """The question as one entry asks it; record: the path of the entry with its dot, "" for the filing itself."""
        boxes = tuple(replace(box, path=record + box.path) for box in self.boxes)
        return replace(self, path=record + self.path, boxes=boxes)


def lists() -> tuple[str, ...]:
    """The paths of the form's lists.

    >>> lists()
    ('additional_issuers', 'related_persons', 'sales_compensation', 'signature_block.signatures')
    """
    return tuple(dict.fromkeys(_list_of(section) for section in FORM if section.repeats))


def questions(counts: Mapping[str, int]) -> tuple[Question, ...]:
    """All that the truth of a filing must answer, in the form's order; counts: the entries of each list by its path.

    >>> [question.path for question in questions({"sales_compensation": 1}) if "compensation" in question.path][:2]
    ['sales_compensation', 'sales_compensation[0].recipient_name']
    """
    asked: dict[str, Question] = {}
    for section in FORM:
        if section.repeats:
            path = _list_of(section)
            asked.setdefault(path, Question(path, _heading(section) + _HOW_MANY[path], "entries", required=True))
        for record in _records(section, counts):
            for question in _asked_in(section):
                asked.setdefault(record + question.path, question.within(record))
    return tuple(asked.values())


_HOW_MANY: Mapping[str, str] = MappingProxyType(
    {
        _MORE_ISSUERS: "number of issuers after the first",
        "related_persons": "number of related persons",
        "sales_compensation": "number of recipients",
        "signature_block.signatures": "number of signatures",
    }
)


def _list_of(section: Section) -> str:
    return _MORE_ISSUERS if section.prefix == _ISSUERS else section.prefix.removesuffix("[]")


def _records(section: Section, counts: Mapping[str, int]) -> Iterator[str]:
    """The paths, with their dots, of the records in which a section stands."""
    if not section.repeats:
        yield ""
        return
    if section.prefix == _ISSUERS:
        yield "primary_issuer."
    for index in range(counts.get(_list_of(section), 0)):
        yield f"{_list_of(section)}[{index}]."


def _heading(section: Section) -> str:
    return f"{section.number}. {section.title}: " if section.number.isdigit() else f"{section.title}: "


@cache
def _asked_in(section: Section) -> tuple[Question, ...]:
    """The questions of a section, with paths below its record."""
    answered = {part.path for part in section.parts() if isinstance(part, Field)}
    asked: dict[str, Question] = {}
    for part in section.parts():
        if isinstance(part, Field):
            label = _heading(section) + part.label
            asked.setdefault(part.path, Question(part.path, label, part.kind, part.many, part.required))
        elif isinstance(part, Box) and part.path not in answered:  # else it stands in the place of a field's answer
            group = _group_of(section, part)
            together = group is not None and len(group.paths) > 1 and part.value == "true"
            path = part.path.rpartition(".")[0] if together else part.path
            label = group.label if group else f"{part.anchor}: {part.label}".removeprefix(": ")
            new = Question(path, _heading(section) + label, "boxes", many=True)
            old = asked.get(path, new)
            asked[path] = replace(old, boxes=(*old.boxes, part))
    return tuple(asked.values())


def _group_of(section: Section, box: Box) -> Group | None:
    path = f"{section.prefix}.{box.path}" if section.prefix else box.path
    return next((group for group in GROUPS if path in group.paths), None)


@cache
def holds_list(pattern: str) -> bool:
    """Whether a field, by its path with [] for indexes, holds a list of values.

    >>> holds_list("federal_exemptions_exclusions"), holds_list("related_persons[].related_person_relationships")
    (True, True)
    >>> holds_list("industry_group.industry_group_type")
    False
    """
    return f"{pattern}[]" in field_paths()

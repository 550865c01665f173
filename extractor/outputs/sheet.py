"""The filing as the form asks for it: item by item, each question with its answer and its boxes.

What is shown, and in which order, comes from the form's declaration.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor.extract import Extraction
from extractor.finding import BoxState
from extractor.form.items import FORM, GROUPS
from extractor.form.places import name_of
from extractor.form.spec import Box, Field, Layout, Row, Section, Words
from extractor.model import Filing, SolicitationState
from extractor.outputs.paths import lies_below, value_at
from extractor.outputs.printable import printable

DRAWN = {BoxState.CHECKED: "[X]", BoxState.UNCHECKED: "[ ]", BoxState.UNKNOWN: "[?]"}

UNKNOWN = "?"
"""Shown for an answer that is not there and has a problem."""

ISSUERS = "issuers[]"
"""What the form calls the primary issuer and the additional issuers together."""


TOGETHER = {"issuer_previous_names": "edgar_previous_names"}
"""Lists of which the form shows the second with the first."""


@dataclass(slots=True)
class Entry:
    """One question: its label, the answer, and its boxes with the headings printed among them, each drawn."""

    label: str
    answer: str = ""
    boxes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """Entries that the form prints together, and how it lays them out."""

    layout: Layout
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One record of one item. heading: of the item. path: of the record, or "" where the item does not repeat."""

    heading: str
    path: str
    lines: tuple[Line, ...]


def sheet(extraction: Extraction) -> Iterator[Part]:
    """The items of the form in its order; an item that repeats comes once for each record, or once without lines."""
    for section in FORM:
        heading = f"{section.number}. {section.title}" if section.number.isdigit() else section.title
        records = record_paths(extraction.filing, section)
        if not records:
            yield Part(heading, "", ())
        for path in records:
            prefix = path and path + "."
            rows = (_Gathering(extraction, section, prefix).gather(row) for row in section.rows)
            yield Part(heading, path, tuple(rows))


def record_paths(filing: Filing, section: Section) -> tuple[str, ...]:
    """The paths of the records that an item shows; "" is the filing itself."""
    if section.prefix == ISSUERS:
        return ("primary_issuer", *_elements(filing, "additional_issuers"))
    return _elements(filing, section.prefix.removesuffix("[]")) if section.repeats else (section.prefix,)


def _elements(filing: Filing, path: str) -> tuple[str, ...]:
    records = value_at(filing, path)
    return tuple(f"{path}[{number}]" for number in range(len(records))) if isinstance(records, tuple) else ()


class _Gathering:
    """Gathers the parts of one row, which come in the form's order, by the question that they belong to."""

    def __init__(self, extraction: Extraction, section: Section, prefix: str) -> None:
        self.extraction = extraction
        self.section = section
        self.prefix = prefix
        self.entries: dict[str, Entry] = {}
        self.last_box: tuple[str, Entry] | None = None

    def gather(self, row: Row) -> Line:
        """The row's entries."""
        for part, after in zip(row.parts, (*row.parts[1:], None), strict=True):
            if isinstance(part, Field):
                self.add_field(part)
            elif isinstance(part, Box):
                self.add_box(part)
            elif isinstance(after, Box) and not after.anchor:
                self.add_words(part, after)
        return Line(row.layout, tuple(self.entries.values()))

    def add_words(self, words: Words, box: Box) -> None:
        """Words right before a box ask its question, or they are a heading among the boxes of a question."""
        question = self.question(box)
        if question in self.entries:
            self.entries[question].boxes.append(words.label)
        else:
            self.entries[question or words.label] = Entry(words.label)

    def add_box(self, box: Box) -> None:
        state = self.extraction.boxes.get(self.prefix + box.name, BoxState.UNKNOWN)
        if state is BoxState.UNKNOWN and (box.editions or not box.always):
            return  # not every filing prints it, and this one does not
        key = box.anchor or self.question(box) or next(reversed(self.entries), "")
        label = box.anchor or ("" if key == self.section.title else key)
        entry = self.entries.setdefault(key, Entry(label))
        entry.boxes.append(f"{DRAWN[state]} {box.label}")
        self.last_box = (box.label, entry)

    def add_field(self, field: Field) -> None:
        answer = self.answer(field)
        if self.last_box and self.last_box[0] == field.label:
            # The form prints this answer behind the box, whose label asks for it.
            self.last_box[1].boxes[-1] += f": {answer}" if answer else ""
        else:
            self.entries.setdefault(field.label, Entry(field.label)).answer = answer

    def question(self, box: Box) -> str:
        """The question that a box answers together with others, or "" for a box that stands for itself."""
        path = (self.section.prefix and self.section.prefix + ".") + box.path
        return next((group.label for group in GROUPS if path in group.paths), "")

    def answer(self, field: Field) -> str:
        """A field's answer as the form prints it; nothing for one that a box of the field already says."""
        path = self.prefix + field.path
        value = self.value(field)
        said = {part.value for part in self.section.parts() if isinstance(part, Box) and part.path == field.path}
        if value in said or value == ():
            return ""
        if value is None:
            return UNKNOWN if any(lies_below(problem.path, path) for problem in self.extraction.problems) else ""
        return printable(_shown(field, value))

    def value(self, field: Field) -> object:
        value = value_at(self.extraction.filing, self.prefix + field.path)
        more = value_at(self.extraction.filing, self.prefix + TOGETHER[field.path]) if field.path in TOGETHER else None
        if isinstance(more, tuple):
            return tuple(dict.fromkeys([*(value if isinstance(value, tuple) else ()), *more]))
        return value


def _shown(field: Field, value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(_shown(field, element) for element in value)
    if isinstance(value, SolicitationState):
        return value.description or name_of(value.state or "") or value.state or UNKNOWN
    if field.kind == "place":
        return name_of(str(value)) or str(value)
    return f"${value:,} USD" if field.kind.startswith("amount") and isinstance(value, int) else str(value)

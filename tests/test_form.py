"""The form as data: its rules against the model, against the readers of values, and unknown to the engine."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
import regex
from pydantic import BaseModel

from extractor.form.editions import EDITIONS
from extractor.form.items import END_WORDS, FORM, GROUPS
from extractor.form.spec import Box, Field, Kind, Part, Section, Words
from extractor.kinds import READERS, fits
from extractor.model import Filing
from extractor.outputs.paths import field_paths, value_at

ENGINE = sorted((Path(__file__).parents[1] / "extractor" / "engine").glob("*.py"))
PARTS = [(section, part) for section in FORM for part in section.parts()]
FIELDS = [(section, part) for section, part in PARTS if isinstance(part, Field)]
BOXES = [(section, part) for section, part in PARTS if isinstance(part, Box)]

NOT_ON_THE_PAGE = {
    "schema_version": "says how the XML is written",
    "submission_type": "item 7 says whether it is an amendment; the type follows from that",
    "test_or_live": "says what EDGAR does with a submission",
    "return_copy": "says what EDGAR does with a submission",
    "contact_data.contact_name": "EDGAR's questions about a submission go there",
    "contact_data.contact_phone_number": "EDGAR's questions about a submission go there",
    "contact_data.contact_email_address": "EDGAR's questions about a submission go there",
    "notification_addresses[]": "EDGAR's notices about a submission go there",
    "over100_issuer_flag": "more issuers than a filing holds",
    "over100_persons_flag": "more persons than a filing holds",
    "over100_recipient_flag": "more recipients than a filing holds",
    "primary_issuer.ccc": "a password",
    "additional_issuers[].ccc": "a password",
    "primary_issuer.edgar_previous_names[]": "a page shows both lists of names as one",
    "additional_issuers[].edgar_previous_names[]": "a page shows both lists of names as one",
    "type_of_filing.new_or_amendment.previous_accession_number": "no page shows it",
    "signature_block.authorized_representative": "no page shows it",
    **{
        f"{address}.state_or_country_description": "the name of the code beside it"
        for address in (
            "primary_issuer.issuer_address",
            "additional_issuers[].issuer_address",
            "related_persons[].related_person_address",
            "sales_compensation[].recipient_address",
        )
    },
    "sales_compensation[].states_of_solicitation.states[].description": "the name of the code beside it",
}
"""The fields that no page asks for, with the reason."""


def name(value: Section | Field | Box) -> str:
    """How a test that a rule is given to is called."""
    return value.number if isinstance(value, Section) else value.path


def model_paths(section: Section, part: Field | Box) -> list[str]:
    """The fields of the filing that a part of the form answers, with [] where they repeat."""
    below = f"{part.path}[].state" if isinstance(part, Field) and part.kind == "states" else part.path
    path = f"{section.prefix}.{below}" if section.prefix else below
    names = ["primary_issuer", "additional_issuers[]"] if path.startswith("issuers[]") else [path.partition(".")[0]]
    rest = path.partition(".")[2]
    paths = [f"{name}.{rest}" if rest else name for name in names]
    return [known if (known := f"{path}[]") in field_paths() else path for path in paths]


def leaves() -> set[str]:
    """The fields of the filing that hold no further fields."""
    paths = field_paths()
    return {path for path in paths if not any(other.startswith((f"{path}.", f"{path}[")) for other in paths)}


def test_the_form_asks_for_every_field_that_a_page_shows_and_for_no_other() -> None:
    asked = {path for section, part in FIELDS for path in model_paths(section, part)}
    asked |= {path for section, box in BOXES for path in model_paths(section, box)}
    assert asked == leaves() - NOT_ON_THE_PAGE.keys()
    assert NOT_ON_THE_PAGE.keys() <= leaves()


@pytest.mark.parametrize(("section", "part"), FIELDS, ids=name)
def test_the_example_of_a_rule_is_read_by_its_kind(section: Section, part: Field) -> None:
    value = READERS[part.kind](part.example)
    assert fits(part.kind, part.example)
    (path, *_) = model_paths(section, part)
    if not path.endswith("[]"):
        assert as_model(path, value) == value


def as_model(path: str, value: object) -> object:
    """What the filing has at a path after it was given a value."""
    tree: object = value
    for step in reversed(path.split(".")):
        tree = {step.removesuffix("[]"): (tree,) if step.endswith("[]") else tree}
    return value_at(Filing.model_validate(tree), path.replace("[]", "[0]"))


def as_value(section: Section, box: Box) -> object:
    """The value of a field whose box is checked."""
    if model_paths(section, box)[0].endswith("names[]"):
        return ()
    return box.value == "true" if box.value in ("true", "false") else box.value


@pytest.mark.parametrize(("section", "box"), BOXES, ids=name)
def test_the_value_of_a_box_is_one_of_its_field(section: Section, box: Box) -> None:
    for path in model_paths(section, box):
        value = as_value(section, box)
        if value == ():
            assert as_model(path.removesuffix("[]"), value) == ()
        else:
            assert as_model(path, value) == value


def enumerations(record: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """The fields of the model that have one of some values, with the values."""
    for name, field in record.model_fields.items():
        values = frozenset(choices(field.annotation))
        repeats = "[]" if "tuple" in str(field.annotation) else ""
        if values:
            yield f"{prefix}{name}{repeats}", values
        for below in records(field.annotation):
            yield from enumerations(below, f"{prefix}{name}{repeats}.")


def choices(kind: object) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from get_args(kind)
    for part in get_args(kind):
        yield from choices(part)


def records(kind: object) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from records(part)


def test_every_value_of_an_enumeration_has_its_box() -> None:
    boxes: dict[str, set[str]] = {}
    for section, box in BOXES:
        for path in model_paths(section, box):
            boxes.setdefault(path, set()).add(box.value)
    asked = {path: values for path, values in enumerations(Filing) if path not in NOT_ON_THE_PAGE}
    assert len(asked) == 11
    assert {path: boxes[path] for path in asked} == asked


def test_the_sections_are_the_items_in_their_order() -> None:
    assert [section.number for section in FORM] == [*(str(number) for number in range(1, 17)), "Signature"]
    titles = [text for section in FORM for text in (section.title, *section.also)]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("section", FORM, ids=lambda section: section.number)
def test_a_label_stands_for_one_thing_or_is_told_by_its_anchor(section: Section) -> None:
    parts: dict[str, list[Part]] = {}
    for part in section.parts():
        parts.setdefault(part.label, []).append(part)
    for label, same in parts.items():
        kinds = Counter(type(part) for part in same)
        assert kinds[Words] + kinds[Field] <= 1, label
        assert not (kinds[Words] and kinds[Field] + kinds[Box]), label
        anchors = [part.anchor for part in same if isinstance(part, Box)]
        assert len(anchors) == len(set(anchors)), label
        if len(anchors) > 1:
            assert set(anchors) <= parts.keys(), label


@pytest.mark.parametrize("section", FORM, ids=lambda section: section.number)
def test_another_way_to_write_a_label_is_no_other_label_of_its_row(section: Section) -> None:
    for row in section.rows:
        labels = {part.label for part in row.parts}
        for part in row.parts:
            shared = set(part.also) & (labels - {part.label})
            assert not shared or (isinstance(part, Field) and not part.required), part.label


def test_a_row_of_text_ends_its_record_and_asks_one_question() -> None:
    for section in FORM:
        for row in section.rows:
            if row.layout == "text":
                assert row is section.rows[-1]
                assert [type(part) for part in row.parts] == [Field]
            if row.layout == "table":
                assert {type(part) for part in row.parts} == {Field}
                assert section.repeats


def test_groups_are_made_of_boxes() -> None:
    paths = {f"{section.prefix}.{box.path}".lstrip(".") for section, box in BOXES}
    names = {f"{section.prefix}.{box.name}".lstrip(".") for section, box in BOXES}
    grouped = [path for group in GROUPS for path in group.paths]
    assert set(grouped) <= paths
    assert len(grouped) == len(set(grouped))
    assert {group.when for group in GROUPS} - {""} <= names


def test_boxes_outside_of_groups_stand_alone_or_in_the_place_of_an_answer() -> None:
    grouped = {path for group in GROUPS for path in group.paths}
    others = [box for section, box in BOXES if f"{section.prefix}.{box.path}".lstrip(".") not in grouped]
    assert {box.value for box in others} == {"true", "None", "Indefinite", "All States"}


def test_boxes_of_item_6_belong_to_known_editions() -> None:
    names = {edition.name for edition in EDITIONS}
    limited = [box for _, box in BOXES if box.editions]
    assert {box.path for box in limited} == {"federal_exemptions_exclusions"}
    assert all(box.editions <= names for box in limited)


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a module that are no documentation, with their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def words(text: str) -> list[str]:
    """The longer words of a text."""
    found: list[str] = regex.findall(r"[a-z]{5,}", text.casefold())
    return found


PLAIN = {"right", "number", "another", "above", "other", "under", "within"}
"""Words of five letters or more that the form has in common with plain English."""


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.stem)
def test_the_engine_knows_no_word_of_the_form(path: Path) -> None:
    texts = [text for section, part in PARTS for text in (section.title, *section.also, part.label, *part.also)]
    words = {word for text in (*texts, *END_WORDS) for word in regex.findall(r"[a-z]{5,}", text.casefold())}
    said = [(line, text) for line, text in literals(path) if text not in get_args(Kind)]
    used = {(line, word) for line, text in said for word in regex.findall(r"[a-z]{5,}", text.casefold())}
    assert {(line, word) for line, word in used if word in words - PLAIN} == set()


def test_the_search_for_words_would_find_one(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Issuer."""\n\nLABEL = "Name of Issuer"  # Issuer\n"""Of an issuer."""\n', "utf-8")
    assert list(literals(module)) == [(3, "Name of Issuer")]

"""Documents whose lines are all run together: parted again where the form's headings and labels stand."""

from pathlib import Path

import pytest

from extractor.engine.flowing import parted
from extractor.extract import FORM_D, Extraction, extract_text
from extractor.readers.text import read_text
from extractor.source import Cell

SAMPLE = Path(__file__).parents[1] / "samples" / "alder-creek-robotics.txt"
PERSON = (
    "3. Related Persons Last Name First Name Middle Name {name} Street Address 1 Street Address 2 1 Main Street "
    "City State/Province/Country ZIP/PostalCode {city} UTAH 84101 Relationship: X Executive Officer Director X "
    "Promoter Clarification of Response (if Necessary): {note} "
)
BETWEEN = (
    "1. Issuer's Identity CIK (Filer ID Number) Previous Names X None Entity Type 0001234567 X Corporation Limited "
    "Partnership Limited Liability Company General Partnership Business Trust Other (Specify) Name of Issuer {issuer} "
    "Jurisdiction of Incorporation/Organization UTAH Year of Incorporation/Organization X Over Five Years Ago Within "
    "Last Five Years (Specify Year) Yet to Be Formed 2. Principal Place of Business and Contact Information "
)
AFTER = (
    "4. Industry Group Agriculture Business Services X Manufacturing Other "
    "8. Duration of Offering Does the Issuer intend this offering to last more than one year? Yes X No "
    "11. Minimum Investment Minimum investment accepted from any outside investor $ 5 USD "
)


def read(
    name: str = "Berg Ann",
    city: str = "Ogden",
    note: str = "",
    issuer: str = "Berg Tools Inc",
    notice: str = "Notice. ",
) -> Extraction:
    text = BETWEEN.format(issuer=issuer) + PERSON.format(name=name, city=city, note=note) + AFTER
    return extract_text("Notice. " * 500 + text)


def test_lines_run_together_are_parted() -> None:
    result = read()
    filing = result.filing
    assert filing.primary_issuer is not None
    assert (filing.primary_issuer.cik, filing.primary_issuer.entity_type) == ("0001234567", "Corporation")
    assert filing.primary_issuer.entity_name == "Berg Tools Inc"
    person = filing.related_persons[0]
    assert person.related_person_address is not None
    assert (person.related_person_address.city, person.related_person_address.zip_code) == ("Ogden", "84101")
    assert person.related_person_relationships == ("Executive Officer", "Promoter")
    assert filing.duration_of_offering is not None
    assert filing.duration_of_offering.more_than_one_year is False
    assert filing.minimum_investment_accepted == 5


@pytest.mark.parametrize("city", ["Salt Lake City", "City of Industry", "Promoter"])
def test_a_label_in_an_answer_parts_nothing(city: str) -> None:
    address = read(city=city).filing.related_persons[0].related_person_address
    assert address is not None
    assert address.city == city


def test_names_and_notes_that_hold_labels_stay_whole() -> None:
    result = read(note="Managing Director of the Promoter", issuer="General Partnership Berg Corporation")
    assert result.filing.related_persons[0].relationship_clarification == "Managing Director of the Promoter"
    assert result.filing.primary_issuer is not None
    assert result.filing.primary_issuer.entity_name == "General Partnership Berg Corporation"
    assert result.filing.primary_issuer.entity_type == "Corporation"


def test_a_place_is_that_in_the_document() -> None:
    result = read()
    finding = next(finding for finding in result.findings if finding.path.endswith("zip_code"))
    assert finding.place is not None
    assert finding.place.line == 1
    assert finding.place.columns is not None
    assert finding.place.columns[1] - finding.place.columns[0] == 4


def test_a_document_with_lines_stays_as_it_is() -> None:
    source = read_text(SAMPLE.read_text("utf-8"))
    assert parted(source, FORM_D) is source
    long = read_text("word " * 2000)
    assert isinstance(long.items[0], Cell)
    assert parted(long, FORM_D) is long

"""Texts whose columns are lost: rows strung into lines, and entries torn into blocks."""

from pathlib import Path

import pytest
import regex

from extractor.divide import Evidence, divide, said_words
from extractor.extract import extract_text
from extractor.finding import ProblemKind
from extractor.outputs.render import TextStyle, render_text
from extractor.readers.edgar import from_edgar_xml
from tests.silence import silent
from tests.test_adversary import PLAIN

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.xml"))
STREETS = ("street1", "street2")
NAMES = ("last_name", "first_name", "middle_name")
TOWN = ("city", "state_or_country", "zip_code")
SIGNED = ("issuer_name", "signature_name", "name_of_signer", "signature_title", "signature_date")

BLOCKS = """
3. Related Persons
Last Name
Roe

First Name
Jane

Street Address 1

Street Address 2

City
Springfield

State/Province/Country
ILLINOIS

Middle Name
Q.

4.00

1 Main Street

Relationship: X Executive Officer

Director

Clarification of Response (if Necessary):
Founder
Last Name
Berg

First Name
Ann

Street Address 1
2 Main Street

Street Address 2
Suite 7

City
Boston

State/Province/Country
MASSACHUSETTS

Relationship:

Executive Officer X Director

ZIP/PostalCode
02101

Promoter

Clarification of Response (if Necessary):
4. Industry Group

Promoter

ZIP/PostalCode
62701

"""


def said(asked: tuple[str, ...], line: str, said: str = "", **answers: str) -> list[str | None]:
    """The parts of a line by the answers that are asked for; nothing where it is not divided."""
    words = line.split()
    division = divide(asked, words, Evidence(said_words(said), answers))
    parts = division.parts if division else ()
    return [" ".join(words[part[0] : part[1]]) if part else None for part in parts]


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        ("12 Elm Street Suite 4", "12 Elm Street", "Suite 4"),
        ("12 Elm Street, Suite 4", "12 Elm Street, Suite 4", ""),
        ("12 Elm Street - Suite 4", "12 Elm Street - Suite 4", ""),
        ("12 Elm Street 3rd Floor", "12 Elm Street", "3rd Floor"),
        ("PO Box 17", "PO Box 17", ""),
        ("Quayside House 12 Elm Street, Floor 2", "Quayside House", "12 Elm Street, Floor 2"),
        ("c/o Quayside Services Ltd. Elgin Avenue", "c/o Quayside Services Ltd.", "Elgin Avenue"),
        ("12 Elm Street North", "12 Elm Street North", ""),
        ("12 Elm Street Riverside", "12 Elm Street", "Riverside"),
        ("Elmstrasse 12", "Elmstrasse 12", ""),
    ],
)
def test_a_street_and_what_is_in_it(line: str, first: str, second: str) -> None:
    assert said(STREETS, line) == [first, second]


def test_an_address_that_is_too_long_for_a_line_is_divided_where_it_may_be() -> None:
    words = ["Albany", "House,", "Canal", "Street,", "Twentynine", "Harbourcity"]
    division = divide(STREETS, words, Evidence("", {}))
    assert division is not None
    assert division.parts == ((0, 5), (5, 6))
    assert divide(STREETS, ["The", "Grand", *words], Evidence("", {})) is None


def test_an_address_is_divided_as_elsewhere_in_the_document() -> None:
    words = ["Albany", "House,", "Canal", "Street"]
    other = "primary_issuer.issuer_address.street"
    known = Evidence("", {f"{other}1": "ALBANY HOUSE,", f"{other}2": "CANAL STREET"})
    divisions = [divide(STREETS, words, evidence) for evidence in (Evidence("", {}), known)]
    assert [division and division.parts for division in divisions] == [((0, 4), (4, 4)), ((0, 2), (2, 4))]


def test_a_line_of_an_address_is_no_longer_than_the_schema_allows() -> None:
    assert said(STREETS, "One House With A Very Long Name Indeed, Quite Unusual Street") == []


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("Roe Jane Q.", ["Roe", "Jane", "Q."]),
        ("Roe Jr. Jane", ["Roe Jr.", "Jane", ""]),
        ("van der Berg Ann", ["van der Berg", "Ann", ""]),
        ("Alder Creek Partners, LLC N/A", ["Alder Creek Partners, LLC", "N/A", ""]),
        ("Alder Creek LLC", ["Alder Creek", "LLC", ""]),
        ("Roe Jane Q. R.", ["Roe", "Jane", "Q. R."]),
        ("Roe Jane Mary Ann", []),
    ],
)
def test_a_name(line: str, parts: list[str]) -> None:
    assert said(NAMES, line) == parts


def test_a_name_that_the_document_says_elsewhere_is_divided_as_it_is_said() -> None:
    assert said(NAMES, "Ruiz Vega Rosa", "signed by Rosa Ruiz Vega, Manager") == ["Ruiz Vega", "Rosa", ""]


def test_a_town_ends_where_its_state_begins() -> None:
    assert said(TOWN, "New York NEW YORK 10001") == ["New York", "NEW YORK", "10001"]
    assert said(TOWN, "Springfield ATLANTIS 10001") == []


def test_a_signature_is_told_by_the_issuer_and_by_what_comes_twice() -> None:
    line = "Alder Creek LLC /s/ Jane Roe Jane Roe Chief Officer 2020-01-02"
    issuer = {"issuers[0].entity_name": "ALDER CREEK LLC"}
    assert said(SIGNED, line, **issuer) == [
        "Alder Creek LLC",
        "/s/ Jane Roe",
        "Jane Roe",
        "Chief Officer",
        "2020-01-02",
    ]
    assert said(SIGNED, line.replace("Jane Roe Jane", "Jane"), **issuer) == [
        "Alder Creek LLC",
        None,
        None,
        None,
        "2020-01-02",
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_rows_that_are_strung_into_lines_are_never_silently_wrong(path: Path) -> None:
    truth = from_edgar_xml(path.read_bytes())
    text = regex.sub(r"(?m)^ +| +$", "", regex.sub(" {2,}", " ", render_text(truth, TextStyle("columns", "x"))))
    assert silent(truth, extract_text(text)) == []


def torn() -> str:
    """A text with entries that are torn apart."""
    text = render_text(PLAIN, TextStyle("lines", "x")).replace("4.00\n", "", 1)
    start, end = text.index("3. Related Persons"), text.index("4. Industry Group")
    return text[:start] + BLOCKS.lstrip() + text[end + len("4. Industry Group\n") :]


def test_what_a_browser_prints_between_pages_does_not_part_torn_entries() -> None:
    page = "\nfile:///x.html\n\n{}/2\n\n\f9/1/23, 6:07 PM\n\nSEC FORM D\n\n"
    cut = torn().index("2. Principal Place")
    text = page[-30:] + torn()[:cut] + page.format(1) + torn()[cut:] + page.format(2)
    assert extract_text(text).filing == extract_text(torn()).filing


def test_torn_entries_are_put_together_and_are_in_doubt() -> None:
    seen = extract_text(torn())
    one, two = seen.filing.related_persons
    assert (one.related_person_name.last_name, one.related_person_name.middle_name) == ("Roe", "Q.")
    assert one.related_person_address.street1 == "1 Main Street"
    assert (one.related_person_address.zip_code, one.relationship_clarification) == (None, "Founder")
    assert (two.related_person_address.street2, two.related_person_address.city) == ("Suite 7", "Boston")
    assert (one.related_person_relationships, two.related_person_relationships) == (
        ("Executive Officer",),
        ("Director",),
    )
    kinds = {problem.path: problem.kind for problem in seen.problems}
    assert kinds["related_persons[0]"] is kinds["related_persons[1]"] is ProblemKind.INFERRED

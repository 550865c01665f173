"""Filings whose documents name their answers: bad values in EDGAR's XML become problems, never exceptions."""

import subprocess
import sys

import pytest

from extractor.extract import Extraction, extract_text
from extractor.finding import BoxState, ProblemKind
from tests.edgar_documents import document, offering

UNREADABLE, TWICE = ProblemKind.UNREADABLE_VALUE, ProblemKind.INCONSISTENT

ISSUER = "<primaryIssuer><cik>1</cik></primaryIssuer>"


def problems(extraction: Extraction) -> list[tuple[str, ProblemKind]]:
    return [(problem.path, problem.kind) for problem in extraction.problems]


BAD = [
    ("testOrLive", "MAYBE", "test_or_live"),
    ("primaryIssuer/cik", "12345678901", "primary_issuer.cik"),
    ("primaryIssuer/cik", "twelve", "primary_issuer.cik"),
    ("primaryIssuer/entityType", "Gang", "primary_issuer.entity_type"),
    ("primaryIssuer/yearOfInc/value", "22", "primary_issuer.year_of_inc.value"),
    ("primaryIssuer/yearOfInc/overFiveYears", "often", "primary_issuer.year_of_inc.over_five_years"),
    ("offeringData/industryGroup/industryGroupType", "Oil &amp; Gas", "industry_group.industry_group_type"),
    ("offeringData/issuerSize/revenueRange", "Much", "issuer_size.revenue_range"),
    ("offeringData/federalExemptionsExclusions/item", "07", "federal_exemptions_exclusions[0]"),
    ("offeringData/durationOfOffering/moreThanOneYear", "yes", "duration_of_offering.more_than_one_year"),
    ("offeringData/minimumInvestmentAccepted", "1.5", "minimum_investment_accepted"),
    ("offeringData/minimumInvestmentAccepted", "Indefinite", "minimum_investment_accepted"),
    (
        "offeringData/offeringSalesAmounts/totalOfferingAmount",
        "-5",
        "offering_sales_amounts.total_offering_amount",
    ),
    ("offeringData/offeringSalesAmounts/totalAmountSold", "Indefinite", "offering_sales_amounts.total_amount_sold"),
    ("offeringData/investors/totalNumberAlreadyInvested", "a few", "investors.total_number_already_invested"),
    (
        "offeringData/typeOfFiling/dateOfFirstSale/value",
        "2013-02-30",
        "type_of_filing.date_of_first_sale.value",
    ),
    (
        "offeringData/signatureBlock/signature/signatureDate",
        "soon",
        "signature_block.signatures[0].signature_date",
    ),
    (
        "offeringData/salesCompensationList/recipient/statesOfSolicitationList/value",
        "Some States",
        "sales_compensation[0].states_of_solicitation.value",
    ),
    (
        "relatedPersonsList/relatedPersonInfo/relatedPersonRelationshipList/relationship",
        "Boss",
        "related_persons[0].related_person_relationships[0]",
    ),
]
"""Elements, what they say, and the field that cannot have it."""


def inside(path: str, text: str) -> str:
    """An element in the elements around it."""
    for tag in reversed(path.split("/")):
        text = f"<{tag}>{text}</{tag}>"
    return text


@pytest.mark.parametrize(("element", "text", "path"), BAD, ids=[f"{path}-{text}" for _, text, path in BAD])
def test_a_value_that_the_model_does_not_have_is_a_problem_of_its_field(element: str, text: str, path: str) -> None:
    extraction = extract_text(document(inside(element, text)))
    (problem,) = [problem for problem in extraction.problems if problem.kind is UNREADABLE]
    assert problem.path == path
    assert text.replace("&amp;", "&") in problem.message
    assert problem.place is not None
    assert problem.place.line == 3
    assert problem.path in {finding.path for finding in extraction.findings}
    assert extraction.leftovers == ()


def test_a_bad_value_takes_no_other_with_it() -> None:
    good = offering("<minimumInvestmentAccepted>5</minimumInvestmentAccepted><durationOfOffering/>")
    bad = good.replace("</cik>", "</cik><entityType>Gang</entityType>")
    assert extract_text(bad).filing == extract_text(good).filing


@pytest.mark.parametrize(
    ("element", "entries", "path"),
    [
        (
            "relatedPersonsList/relatedPersonInfo/relatedPersonRelationshipList",
            ("relationship", "Boss", "Director"),
            "related_persons[0].related_person_relationships[0]",
        ),
        ("offeringData/federalExemptionsExclusions", ("item", "07", "06b"), "federal_exemptions_exclusions[0]"),
    ],
)
def test_a_bad_entry_of_a_list_before_a_good_one(element: str, entries: tuple[str, str, str], path: str) -> None:
    tag, *values = entries
    xml = document(ISSUER + inside(element, "".join(f"<{tag}>{value}</{tag}>" for value in values)))
    code = "import sys, extractor; print(*(p.path for p in extractor.extract_text(sys.argv[1]).problems))"
    done = subprocess.run([sys.executable, "-c", code, xml], timeout=30, capture_output=True, text=True, check=True)
    assert path in done.stdout.split()


def test_a_bad_entry_of_a_list_behind_a_good_one() -> None:
    xml = document(ISSUER + inside("offeringData/federalExemptionsExclusions", "<item>06b</item><item>07</item>"))
    extraction = extract_text(xml)
    assert extraction.filing.federal_exemptions_exclusions == ("06b",)
    assert problems(extraction) == [("federal_exemptions_exclusions[1]", UNREADABLE)]


@pytest.mark.parametrize("second", ["2", "1"])
def test_what_is_answered_twice_is_not_known(second: str) -> None:
    extraction = extract_text(document(f"<primaryIssuer><cik>1</cik><cik>{second}</cik></primaryIssuer>"))
    assert extraction.filing.primary_issuer.cik is None
    assert problems(extraction) == [("primary_issuer.cik", TWICE)]


def test_what_is_answered_three_times_is_not_known_either() -> None:
    extraction = extract_text(document("<primaryIssuer><cik>1</cik><cik>2</cik><cik>1</cik></primaryIssuer>"))
    assert extraction.filing.primary_issuer.cik is None
    assert problems(extraction) == [("primary_issuer.cik", TWICE)] * 2


def test_no_previous_names_and_one() -> None:
    names = "<issuerPreviousNameList><value>None</value><previousName>A</previousName></issuerPreviousNameList>"
    extraction = extract_text(document(f"<primaryIssuer>{names}</primaryIssuer>"))
    assert extraction.filing.primary_issuer.issuer_previous_names is None
    assert any(path.startswith("primary_issuer.issuer_previous_names") for path, _ in problems(extraction))


def test_a_previous_name_and_none() -> None:
    names = "<issuerPreviousNameList><previousName>A</previousName><value>None</value></issuerPreviousNameList>"
    extraction = extract_text(document(f"<primaryIssuer>{names}</primaryIssuer>"))
    assert any(path.startswith("primary_issuer.issuer_previous_names") for path, _ in problems(extraction))


def test_previous_names_that_are_neither_names_nor_none_are_not_lost() -> None:
    names = "<issuerPreviousNameList><value>Nil</value></issuerPreviousNameList>"
    extraction = extract_text(document(f"<primaryIssuer><cik>1</cik>{names}</primaryIssuer>"))
    assert extraction.filing.primary_issuer.issuer_previous_names is None
    assert problems(extraction) or [leftover.text for leftover in extraction.leftovers] == ["Nil"]


@pytest.mark.parametrize(
    ("element", "path"),
    [
        ("primaryIssuer/issuerAddress/stateOrCountry", "primary_issuer.issuer_address.state_or_country"),
        (
            "offeringData/salesCompensationList/recipient/statesOfSolicitationList/state",
            "sales_compensation[0].states_of_solicitation.states[0].state",
        ),
    ],
)
def test_a_code_that_edgar_does_not_have(element: str, path: str) -> None:
    extraction = extract_text(document(inside(element, "QQ")))
    assert (path, ProblemKind.UNKNOWN_CODE) in problems(extraction)


def test_an_element_that_the_schema_does_not_have_is_left_over() -> None:
    extraction = extract_text(offering("<newQuestion>42</newQuestion>"))
    assert [(leftover.text, leftover.place.line) for leftover in extraction.leftovers] == [("42", 3)]


def test_boxes_and_checks_are_those_of_the_filing() -> None:
    amounts = (
        "<offeringSalesAmounts><totalOfferingAmount>10</totalOfferingAmount><totalAmountSold>4</totalAmountSold>"
        "<totalRemaining>5</totalRemaining></offeringSalesAmounts>"
    )
    extraction = extract_text(offering(amounts))
    assert (extraction.format, extraction.filing.offering_sales_amounts.total_remaining) == ("edgar", 5)
    assert extraction.boxes["offering_sales_amounts.total_remaining=Indefinite"] is BoxState.UNCHECKED
    assert extraction.boxes["duration_of_offering.more_than_one_year=true"] is BoxState.UNKNOWN
    assert ("offering_sales_amounts.total_remaining", ProblemKind.ARITHMETIC) in problems(extraction)
    assert {finding.rule for finding in extraction.findings} == {"element of EDGAR's XML"}

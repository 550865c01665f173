"""The one real filing of samples/, a page as a vision model wrote it down: every fact, read off the page by hand."""

import datetime
from collections import Counter

import pytest

from extractor.extract import Extraction, extract
from extractor.finding import BoxState, ProblemKind
from extractor.model import Address, Filing, RelatedPersonName
from tests.conftest import ROOT

EXECUTIVE, DIRECTOR = "Executive Officer", "Director"

PERSONS = [
    ("Thomas", "Steipp", (EXECUTIVE, DIRECTOR)),
    ("Tony", "Chung", (EXECUTIVE,)),
    ("Abdi", "Mahamedi", (DIRECTOR,)),
    ("Ricardo", "Salas", (EXECUTIVE, DIRECTOR)),
    ("Mark", "Hansen", (DIRECTOR,)),
    ("Scott", "Gillis", (DIRECTOR,)),
    ("Bob", "Howard-Anderson", (DIRECTOR,)),
    ("Richard", "Sevcik", (DIRECTOR,)),
]

CHECKED = {
    "primary_issuer.year_of_inc.over_five_years=true",
    "primary_issuer.entity_type=Corporation",
    *(f"related_persons[{n}].related_person_relationships={box}" for n, one in enumerate(PERSONS) for box in one[2]),
    "industry_group.industry_group_type=Other Technology",
    "issuer_size.revenue_range=Decline to Disclose",
    "federal_exemptions_exclusions=06b",
    "type_of_filing.new_or_amendment.is_amendment=false",
    "type_of_filing.date_of_first_sale.yet_to_occur=true",
    "duration_of_offering.more_than_one_year=false",
    "types_of_securities_offered.is_equity_type=true",
    "business_combination_transaction.is_business_combination_transaction=false",
}
"""The boxes that the page shows with an X."""

PRINTED = {
    "primary_issuer": 1 + 3 + 6,
    "related_persons": 8 * 3,
    "industry_group": 35 + 2,
    "issuer_size": 8 + 8,
    "federal_exemptions_exclusions": 8 + 14,
    "type_of_filing": 3,
    "duration_of_offering": 2,
    "types_of_securities_offered": 8,
    "business_combination_transaction": 2,
    "offering_sales_amounts": 2,
    "investors": 1,
    "sales_commissions_finders_fees": 2,
    "use_of_proceeds": 1,
}
"""How many boxes each part prints; those of item 12 belong to recipients, and there is none."""


@pytest.fixture(scope="module")
def extraction() -> Extraction:
    return extract(ROOT / "samples" / "liquidmetal-2013-11-19.txt")


@pytest.fixture(scope="module")
def filing(extraction: Extraction) -> Filing:
    return extraction.filing


def test_items_1_and_2(filing: Filing) -> None:
    issuer = filing.primary_issuer
    assert (issuer.cik, issuer.entity_name) == ("0001141240", "LIQUIDMETAL TECHNOLOGIES INC")
    assert issuer.issuer_previous_names == ("LIQUIDMETAL TECHNOLOGIES",)
    assert issuer.jurisdiction_of_inc == "DELAWARE"
    assert (issuer.entity_type, issuer.entity_type_other_desc) == ("Corporation", None)
    year = issuer.year_of_inc
    assert (year.over_five_years, year.within_five_years, year.yet_to_be_formed) == (True, False, False)
    assert year.value is None
    assert issuer.issuer_address == Address(
        street1="30452 ESPERANZA",
        city="RANCHO SANTA MARGARITA",
        state_or_country="CA",
        state_or_country_description="CALIFORNIA",
        zip_code="92688",
    )
    assert issuer.issuer_phone_number == "949-635-2100"
    assert filing.additional_issuers == ()


def test_item_3(filing: Filing) -> None:
    persons = filing.related_persons
    assert [one.related_person_name for one in persons] == [
        RelatedPersonName(first_name=first, last_name=last) for first, last, _ in PERSONS
    ]
    assert [one.related_person_relationships for one in persons] == [boxes for _, _, boxes in PERSONS]
    assert {one.relationship_clarification for one in persons} == {None}
    home = Address(
        street1="30452 Esperanza",
        city="Rancho Santa Margarita",
        state_or_country="CA",
        state_or_country_description="CALIFORNIA",
        zip_code="92688",
    )
    assert [one.related_person_address for one in persons] == [*[home] * 7, Address(street1="30452 Esperanza")]


def test_items_4_to_6(filing: Filing) -> None:
    assert filing.industry_group.industry_group_type == "Other Technology"
    assert filing.industry_group.investment_fund_info is None
    assert filing.issuer_size.revenue_range == "Decline to Disclose"
    assert filing.issuer_size.aggregate_net_asset_value_range is None
    assert filing.federal_exemptions_exclusions == ("06b",)


def test_items_7_to_11(filing: Filing) -> None:
    assert filing.submission_type == "D"
    assert filing.type_of_filing.new_or_amendment.is_amendment is False
    sale = filing.type_of_filing.date_of_first_sale
    assert (sale.yet_to_occur, sale.value) == (True, None)
    assert filing.duration_of_offering.more_than_one_year is False
    securities = filing.types_of_securities_offered.model_dump()
    assert [name for name, checked in securities.items() if checked] == ["is_equity_type"]
    assert securities.pop("description_of_other_type") is None
    assert set(securities.values()) == {True, False}
    combination = filing.business_combination_transaction
    assert combination.is_business_combination_transaction is False
    assert combination.clarification_of_response is None
    assert filing.minimum_investment_accepted == 0


def test_items_12_to_16(filing: Filing) -> None:
    assert filing.sales_compensation == ()
    amounts = filing.offering_sales_amounts
    assert (amounts.total_offering_amount, amounts.total_amount_sold) == (20_000_000, 0)
    assert amounts.total_remaining == 20_000_000
    assert amounts.clarification_of_response == (
        "Represents the aggregate value of 102,024,643 shares of common stock at a price equal to $0.19488 per share."
    )
    investors = filing.investors
    assert (investors.has_non_accredited_investors, investors.number_non_accredited_investors) == (False, None)
    assert investors.total_number_already_invested == 3
    fees = filing.sales_commissions_finders_fees
    assert (fees.sales_commissions.dollar_amount, fees.sales_commissions.is_estimate) == (0, False)
    assert (fees.finders_fees.dollar_amount, fees.finders_fees.is_estimate) == (0, False)
    assert fees.clarification_of_response is None
    proceeds = filing.use_of_proceeds
    assert (proceeds.gross_proceeds_used.dollar_amount, proceeds.gross_proceeds_used.is_estimate) == (0, False)
    assert proceeds.clarification_of_response is None


def test_the_signature(filing: Filing) -> None:
    (signature,) = filing.signature_block.signatures
    assert (signature.issuer_name, signature.signature_name, signature.name_of_signer) == (
        "LIQUIDMETAL TECHNOLOGIES INC",
        "/s/ Tony Chung",
        "Tony Chung",
    )
    assert signature.signature_title == "Chief Financial Officer"
    assert signature.signature_date == datetime.date(2013, 11, 19)


def test_every_box(extraction: Extraction) -> None:
    boxes = extraction.boxes
    assert {name for name, state in boxes.items() if state is BoxState.CHECKED} == CHECKED
    assert {name for name, state in boxes.items() if state is BoxState.UNKNOWN} == set()
    assert boxes["primary_issuer.issuer_previous_names=None"] is BoxState.UNCHECKED
    parts = Counter(name.partition("=")[0].partition(".")[0].partition("[")[0] for name in boxes)
    assert parts == PRINTED


def test_the_only_problems_are_the_answers_that_the_page_leaves_blank(extraction: Extraction) -> None:
    address = "related_persons[7].related_person_address"
    assert [(problem.path, problem.kind) for problem in extraction.problems] == [
        (f"{address}.city", ProblemKind.MISSING_VALUE),
        (f"{address}.state_or_country", ProblemKind.MISSING_VALUE),
        (f"{address}.zip_code", ProblemKind.MISSING_VALUE),
    ]
    assert {problem.place.line for problem in extraction.problems if problem.place} == {107}


def test_nothing_is_left_over_and_nothing_is_inferred(extraction: Extraction) -> None:
    assert extraction.leftovers == ()
    assert {finding.certainty for finding in extraction.findings} == {"exact"}


def test_where_answers_stand(extraction: Extraction) -> None:
    lines = (ROOT / "samples" / "liquidmetal-2013-11-19.txt").read_text("utf-8").splitlines()
    for finding in extraction.findings:
        assert finding.place is not None
        assert finding.place.line is not None
        assert finding.place.columns is not None
        if "=" in finding.path or finding.path == "submission_type":
            continue
        first, last = finding.place.columns
        seen = lines[finding.place.line - 1][first - 1 : last]
        assert finding.raw in seen.replace(r"\$", "$")
        assert finding.raw == seen or "\\" in seen  # a cell with escapes is shown whole

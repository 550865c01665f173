"""Texts whose columns are lost: what stands apart from its label, or among the lines of another answer."""

import pytest

from extractor.engine.spread import spread
from extractor.extract import FORM_D, Extraction, extract_text
from extractor.finding import ProblemKind
from extractor.kinds import fits
from extractor.outputs.render import TextStyle, render_text
from extractor.readers.text import read_text
from tests.test_adversary import PLAIN

INVESTORS = """14. Investors
Select if securities in the offering have been or may be sold to persons who do not qualify as
5
X accredited investors, and enter the number of such non-accredited investors who already have
invested in the offering.
Regardless of whether securities in the offering have been or may be sold to persons who do not
12
qualify as accredited investors, enter the total number of investors who already have invested in the
offering:
"""
IDENTITY = """1. Issuer's Identity
CIK (Filer ID Number)

Previous
Names

0000000017

Alder Group Inc.

Name of Issuer
Alder Creek, Inc.

{second}

Jurisdiction of
Incorporation/Organization
DELAWARE
Year of Incorporation/Organization
X Over Five Years Ago
Within Last Five Years (Specify Year)
Yet to Be Formed

Old Tools LLC

None
Entity Type
X Corporation
Limited Partnership
Limited Liability Company
General Partnership
Business Trust
Other (Specify)
"""


def read(begin: str, upto: str, lines: str) -> Extraction:
    """What a text in lines says that stands in other lines from some words on, up to other ones."""
    text = render_text(PLAIN, TextStyle("lines", "x"))
    start, end = text.index(begin), text.index(upto)
    return extract_text(text[:start] + lines + text[end:])


def test_a_mark_and_a_number_within_the_lines_of_a_label() -> None:
    investors = read("14. ", "15. Sales", INVESTORS).filing.investors
    assert investors is not None
    assert investors.has_non_accredited_investors is True
    assert (investors.number_non_accredited_investors, investors.total_number_already_invested) == (5, 12)


def offered(lines: str, clarification: str = "") -> Extraction:
    """What a text says whose amounts of item 13 stand in these lines."""
    lines = f"13. Offering and Sales Amounts\n{lines}\n\nClarification of Response (if Necessary):\n{clarification}\n"
    return read("13. ", "14. Inv", lines)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "USD or X Indefinite\n\nTotal Offering Amount\n\n$300 USD\n\nTotal Amount Sold\nTotal Remaining to be Sold"
            "\n\nUSD or X Indefinite",
            ("Indefinite", 300, "Indefinite"),
        ),
        (
            "Total Offering Amount\nTotal Amount Sold\n\n$300 USD or\n\nTotal Remaining to be Sold $200 USD or"
            "\n\nIndefinite\n\n$100 USD\n\nIndefinite",
            (300, 100, 200),
        ),
    ],
)
def test_amounts_apart_from_their_labels(lines: str, expected: tuple[object, ...]) -> None:
    seen = offered(lines, "see note")
    amounts = seen.filing.offering_sales_amounts
    assert amounts is not None
    assert (amounts.total_offering_amount, amounts.total_amount_sold, amounts.total_remaining) == expected
    assert amounts.clarification_of_response == "see note"
    assert (ProblemKind.INFERRED, "offering_sales_amounts") in {(one.kind, one.path) for one in seen.problems}


def test_amounts_of_which_one_is_gone_are_in_doubt() -> None:
    lines = (
        "USD or X Indefinite\n\nTotal Offering Amount\n\n$300 USD\n\nTotal Amount Sold\nTotal Remaining to be Sold\n"
    )
    doubted = {one.path.partition("=")[0] for one in offered(lines).problems}
    names = ("total_offering_amount", "total_amount_sold", "total_remaining")
    assert {f"offering_sales_amounts.{name}" for name in names} <= doubted


def test_a_box_below_the_label_of_the_free_text_is_above_it() -> None:
    lines = (
        "15. Sales Commissions & Finder's Fees Expenses\nSales Commissions $10 USD\nFinders' Fees\n\nEstimate\n\n"
        "$20 USD X Estimate\n\nClarification of Response (if Necessary):\npaid\n16. Use of Proceeds\n$30 USD\n"
        "Clarification of Response (if Necessary):\n\nX Estimate\n\n"
    )
    filing = read("15. ", "Signature and Sub", lines).filing
    fees, proceeds = filing.sales_commissions_finders_fees, filing.use_of_proceeds
    assert fees is not None
    assert proceeds is not None
    assert (fees.sales_commissions.dollar_amount, fees.sales_commissions.is_estimate) == (10, False)
    assert (fees.finders_fees.dollar_amount, fees.finders_fees.is_estimate) == (20, True)
    assert fees.clarification_of_response == "paid"
    assert (proceeds.gross_proceeds_used.is_estimate, proceeds.clarification_of_response) == (True, None)


def test_a_name_that_is_said_twice_tells_the_previous_names_around_it() -> None:
    seen = read("1. ", "2. Principal", IDENTITY.format(second="Alder Holding Ltd."))
    issuer = seen.filing.primary_issuer
    assert issuer is not None
    assert (issuer.entity_name, issuer.jurisdiction_of_inc) == ("Alder Creek, Inc.", "DELAWARE")
    assert issuer.issuer_previous_names == ("Alder Group Inc.", "Alder Holding Ltd.", "Old Tools LLC")
    paths = {one.path for one in seen.problems}
    assert {"primary_issuer.entity_name", "primary_issuer.issuer_previous_names"} <= paths


SIZE = """5. Issuer Size
Revenue Range OR Aggregate Net Asset Value Range
No Revenues No Aggregate Net Asset Value
$1 - $1,000,000 $1 - $5,000,000
$1,000,001 -
$5,000,001 - $25,000,000
$5,000,000
$5,000,001 -
X $25,000,001 - $50,000,000
$25,000,000
$25,000,001 -
$50,000,001 - $100,000,000
$100,000,000
Over $100,000,000 Over $100,000,000
Decline to Disclose Decline to Disclose
Not Applicable Not Applicable
"""
FUND = """4. Industry Group
Commercial Banking
X Pooled Investment Fund
{hedge}Hedge Fund
{private}Private Equity Fund
Venture Capital Fund
Other Investment Fund
Business Services
"""


@pytest.mark.parametrize(
    ("hedge", "private", "revenues", "assets"),
    [("X ", "", None, "$25,000,001 - $50,000,000"), ("", "X ", "$5,000,001 - $25,000,000", None), ("", "", None, None)],
)
def test_a_mark_of_two_sizes_is_that_of_the_one_that_the_industry_asks_for(
    hedge: str, private: str, revenues: str | None, assets: str | None
) -> None:
    seen = read("4. ", "6. Fed", FUND.format(hedge=hedge, private=private) + SIZE)
    size = seen.filing.issuer_size
    assert (size.revenue_range, size.aggregate_net_asset_value_range) == (revenues, assets) if size else not revenues
    assert any(one.path.startswith("issuer_size") for one in seen.problems)


def test_a_mark_of_two_boxes_is_that_of_the_one_that_is_described() -> None:
    lines = (
        "9. Type(s) of Securities Offered (select all that apply)\nEquity X Pooled Investment Fund Interests\n"
        "Debt Tenant-in-Common Securities\n"
        "Option, Warrant or Other Right to Acquire Another Security Mineral Property Securities\n"
        "Security to be Acquired Upon Exercise of Option, Warrant\nX Other (describe)\n"
        "or Other Right to Acquire Security\nWheat\n"
    )
    seen = read("9. ", "10. Business", lines)
    securities = seen.filing.types_of_securities_offered
    assert securities is not None
    assert securities.is_other_type
    assert not securities.is_security_to_be_acquired_type
    assert securities.description_of_other_type == "Wheat"
    assert "types_of_securities_offered.is_other_type" in {one.path for one in seen.problems}


RECIPIENT = """12. Sales Compensation
Recipient Recipient CRD Number X None
Jane Roe
(Associated) Broker or Dealer CRD
(Associated) Broker or Dealer X None X None
Number
Street Address 1 Street Address 2
1 Main Street
ZIP/Postal
City State/Province/Country
Code
Rye NEW YORK 10580
State(s) of Solicitation (select all that
apply) All
X Foreign/non-US
Check "All States" or check individual States
States
{states}"""


@pytest.mark.parametrize(
    ("states", "place", "foreign", "all_states"),
    [
        ("OHIO\nUTAH\n", "NEW YORK", True, None),
        ("", "NEW YORK", False, "All States"),
        ("", "BELGIUM", None, None),  # who solicits from abroad may do so only there
    ],
)
def test_a_mark_of_all_or_of_foreign_states_is_told_by_single_states_or_the_address(
    states: str, place: str, foreign: bool | None, all_states: str | None
) -> None:
    seen = read("12. ", "13. Off", RECIPIENT.format(states=states).replace("NEW YORK", place))
    recipient = seen.filing.sales_compensation[0]
    assert recipient.foreign_solicitation is foreign
    assert recipient.states_of_solicitation.value == all_states
    assert any("foreign_solicitation" in one.path for one in seen.problems)
    assert any("states_of_solicitation" in one.path for one in seen.problems)


def test_two_columns_of_boxes_that_mingle() -> None:
    lines = (
        "Revenue Range\n\nOR\n\nAggregate Net Asset Value Range\n\nNo Revenues\n\nNo Aggregate Net Asset Value\n\n"
        "$1 - $1,000,000\n\n$1 - $5,000,000\n\n$1,000,001 $5,000,000\n$5,000,001 X\n$25,000,000\n"
        "$25,000,001 $100,000,000\n\n"
        "$5,000,001 - $25,000,000\n$25,000,001 - $50,000,000\n$50,000,001 - $100,000,000\n\n"
        "Over $100,000,000\n\nOver $100,000,000\n\nDecline to Disclose\n\nDecline to Disclose\n\nNot Applicable\n\n"
        "Not Applicable\n"
    )
    size = read("5. ", "6. Fed", f"5. Issuer Size\n{lines}").filing.issuer_size
    assert size is not None
    assert (size.revenue_range, size.aggregate_net_asset_value_range) == ("$5,000,001 - $25,000,000", None)


SIGNED = """Issuer Signature Title Date
Signer
Alder {top} Chief 2021-09-
{middle}
Creek, Inc. {bottom} Officer 29
"""


@pytest.mark.parametrize(
    ("top", "middle", "bottom", "signed"),
    [
        ("/s/ Jane", "Jane Roe", "Roe", "/s/ Jane Roe"),
        ("/s/ Jane Jane", "", "Roe Roe", "/s/ Jane Roe"),
        ("Ann", "Jane Roe", "Lee", None),
        ("Jane", "Jane Roe Roe", "Roe", None),
    ],
)
def test_the_mingled_lines_of_a_signature_are_taken_apart(
    top: str, middle: str, bottom: str, signed: str | None
) -> None:
    table = f"Name of\n{SIGNED.format(top=top, middle=middle, bottom=bottom)}"
    seen = read("Issuer\nSignature", "Persons who respond", table)
    rows = seen.filing.signature_block.signatures if seen.filing.signature_block else ()
    assert [one.signature_name for one in rows if one.signature_name] == ([signed] if signed else [])
    if signed:
        (row,) = rows
        assert (row.issuer_name, row.name_of_signer, row.signature_title) == (
            "Alder Creek, Inc.",
            "Jane Roe",
            "Chief Officer",
        )
        assert str(row.signature_date) == "2021-09-29"
    assert any(one.path.startswith("signature_block") for one in seen.problems)


def test_words_left_beside_a_checked_box_that_asks_for_them_are_its() -> None:
    lines = (
        "1. Issuer's Identity\nCIK (Filer ID Number)\n0000000017\nPrevious\nNames\nX None\nEntity Type\nCorporation\n"
        "Limited Partnership\nLimited Liability Company\nGeneral Partnership\nBusiness Trust\n\nX Other (Specify)\n\n"
        "Name of Issuer\nAlder Creek, Inc.\n\nJurisdiction of Incorporation/Organization\nDELAWARE\n\n"
        "Year of Incorporation/Organization\n\nOver Five Years Ago\n{year}\n\nStatutory Trust\n\nYet to Be Formed\n"
    )
    within = "X Within Last Five Years (Specify Year) 2022"
    seen = read("1. ", "2. Principal", lines.format(year=within))
    issuer = seen.filing.primary_issuer
    assert issuer is not None
    assert issuer.year_of_inc is not None
    assert (issuer.year_of_inc.value, issuer.entity_type_other_desc) == (2022, "Statutory Trust")
    assert "primary_issuer.entity_type_other_desc" in {one.path for one in seen.problems}
    unchecked = read("1. ", "2. Principal", lines.format(year=within).replace("X Other", "Other")).filing.primary_issuer
    assert unchecked is not None
    assert unchecked.entity_type_other_desc is None


def test_a_mark_farther_off_than_all_others_is_not_the_next_label_s() -> None:
    lines = """6. Federal Exemption(s) and Exclusion(s) Claimed (select all that apply)
  Rule 504 (b)(1)(ii)   Section 3(c)(3)   Section 3(c)(11)
X   Section 3(c)(4)   Section 3(c)(12)
Rule 506(b)
"""
    text = render_text(PLAIN, TextStyle("lines", "x")).replace("\nX\n", "\nX ")
    start, end = text.index("6. Federal"), text.index("7. Type of Filing")
    assert text.count("\nX ") > 4
    seen = extract_text(text[:start] + lines + text[end:])
    assert not seen.filing.federal_exemptions_exclusions
    assert "federal_exemptions_exclusions" in {problem.path for problem in seen.problems}


def test_a_mark_below_an_answer_that_has_no_letters_is_no_part_of_it() -> None:
    begun, regardless = INVESTORS.replace("X accredited", "accredited").replace("\n5\n", "\n").split("offering.\n")
    lines = f"{begun}offering.\n5\n\nX\n\n{regardless}"
    seen = read("14. Investors", "15. Sales", lines)
    investors = seen.filing.investors
    assert investors is not None
    assert investors.number_non_accredited_investors == 5
    assert ("investors", ProblemKind.STRAY_MARK) in {(problem.path, problem.kind) for problem in seen.problems}


def test_text_below_other_labels_and_answers_is_doubted() -> None:
    before, after = IDENTITY.format(second="").split("Name of Issuer\nAlder Creek, Inc.\n")
    after = after.replace("DELAWARE\n", "").replace("(Specify Year)\n", "(Specify Year) 2006\n")
    after = after.replace("Yet to Be Formed\n", "Yet to Be Formed\n\nA description of it\nDELAWARE\n")
    seen = read("1. Issuer's Identity", "2. Principal", f"{before}Name of Issuer\n{after}")
    paths = {problem.path for problem in seen.problems}
    assert {"primary_issuer.entity_name", "primary_issuer.jurisdiction_of_inc"} <= paths


@pytest.mark.parametrize("gap", [" ", "    "])
def test_rows_of_labels_tell_whether_spaces_keep_columns(gap: str) -> None:
    names, streets = f"Last Name{gap}First Name{gap}Middle Name", f"Street Address 1{gap}Street Address 2"
    person = f"{names}\nDoe{gap}Jane{gap}Q.\n{streets}\n1 A St{gap}Suite 2\n  Director   Promoter\n"
    source = read_text(person * 3)
    assert source.columns
    assert spread(source, FORM_D, fits).columns is (gap != " ")


def test_marks_drawn_ahead_of_their_lines_tell_nothing_of_the_boxes_there() -> None:
    lines = """7. Type of Filing
X X New Notice Date of First Sale First Sale Yet to Occur
Amendment
8. Duration of Offering
X Does the Issuer intend this offering to last more than one year? Yes No
9. Type(s) of Securities Offered (select all that apply)
Equity Pooled Investment Fund Interests
X Option, Warrant or Other Right to Acquire Another Security Mineral Property Securities
Other (describe)
"""
    seen = read("7. Type of Filing", "10. Business", lines)
    assert seen.filing.types_of_securities_offered is None or not seen.filing.types_of_securities_offered.is_equity_type
    paths = {problem.path.partition("=")[0] for problem in seen.problems}
    types = {
        f"types_of_securities_offered.{name}" for name in ("is_option_to_acquire_type", "is_mineral_property_type")
    }
    assert types <= paths
    assert {path.partition(".")[0] for path in paths} >= {"type_of_filing", "duration_of_offering"}


def test_amounts_drawn_ahead_of_their_labels_are_doubted() -> None:
    lines = """13. Offering and Sales Amounts
Total Offering Amount $1,000,000 USD or Indefinite
$225,000 Total Amount Sold USD
$775,000 Total Remaining to be Sold USD or Indefinite
"""
    paths = {problem.path for problem in read("13. Offering", "14. Investors", lines).problems}
    assert {"offering_sales_amounts.total_amount_sold", "offering_sales_amounts.total_remaining"} <= paths


def test_a_letter_x_behind_an_amount_may_be_the_mark_of_the_box_on_its_line() -> None:
    lines = "16. Use of Proceeds\n$50,000 X USD Estimate\nClarification of Response (if Necessary):\n\n"
    paths = {problem.path for problem in read("16. Use of Proceeds", "Signature and Submission", lines).problems}
    assert any(path.startswith("use_of_proceeds.gross_proceeds_used.is_estimate") for path in paths)


def test_a_mark_beside_a_box_whose_label_is_torn_is_doubted() -> None:
    lines = """12. Sales Compensation
| Recipient | Recipient CRD Number |
| --- | --- |
| Birch Brokers LLC | 123 |
State(s) of Solicitation (select all that
apply) All
X Foreign/non-US
Check "All States" or check individual States
States
"""
    seen = read("12. Sales Compensation", "13. Offering", lines)
    assert "sales_compensation[0].foreign_solicitation" in {one.path.partition("=")[0] for one in seen.problems}

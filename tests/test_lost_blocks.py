"""Texts that converters write block by block: boxes' words among answers, blocks behind the next heading, lists."""

import pytest

from extractor.assemble.building import Building
from extractor.assemble.doubtful import report_doubtful
from extractor.engine.found import Answer, BoxAnswer
from extractor.engine.pieces import Spot
from extractor.extract import Extraction, extract_text
from extractor.finding import BoxState, ProblemKind
from extractor.model import Recipient
from extractor.outputs.render import TextStyle, render_text
from extractor.source import Cell, Place
from tests.test_adversary import PLAIN
from tests.test_lost_columns import read

TWO = """12. Sales Compensation
Recipient

Recipient CRD Number X None

Jane Roe

None

(Associated) Broker or Dealer

(Associated) Broker or Dealer CRD
Number

None

Birch Brokers LLC

None

Street Address 1
1 Elm Road

Street Address 2

City

State/Province/Country

Rye

NEW YORK

State(s) of Solicitation (select all that
apply)
Check "All States" or check individual
States

X All States

Recipient CRD Number

Max Moe

4711

None

ZIP/Postal
Code
10580

Foreign/non-US

Recipient

(Associated) Broker or Dealer

X None

None

(Associated) Broker or Dealer CRD
Number

Cedar Brokers LLC

{crd}

Street Address 1
2 Oak Road

Street Address 2

None

City

State/Province/Country

Troy

OHIO

State(s) of Solicitation (select all that
apply)
Check "All States" or check individual
States

X All States

ZIP/Postal
Code
45373

Foreign/non-US
"""
"""Two recipients: the third box of the first one, which is checked, stands among the blocks of the second one."""


def said(one: Recipient) -> tuple[str | None, ...]:
    """What a recipient and its dealer are called, and their numbers."""
    return one.recipient_name, one.recipient_crd_number, one.associated_bd_name, one.associated_bd_crd_number


def silent(seen: Extraction, path: str) -> bool:
    """Whether no problem is said of a path or what it lies in."""
    return not any(path.startswith(one.path) or one.path.startswith(path) for one in seen.problems)


def test_words_of_boxes_are_told_from_answers_by_counting_and_a_strayed_mark_is_led_back() -> None:
    seen = read("12. ", "13. Off", TWO.format(crd="815"))
    first, second = seen.filing.sales_compensation
    assert said(first) == ("Jane Roe", "None", "Birch Brokers LLC", "None")
    assert said(second) == ("Max Moe", "4711", "Cedar Brokers LLC", "815")
    assert (first.recipient_address.zip_code, second.recipient_address.zip_code) == ("10580", "45373")
    assert not silent(seen, "sales_compensation[0]")
    assert not silent(seen, "sales_compensation[1]")
    assert seen.boxes["sales_compensation[0].associated_bd_crd_number=None"] is BoxState.CHECKED
    assert seen.boxes["sales_compensation[1].associated_bd_crd_number=None"] is BoxState.UNCHECKED


def test_where_the_counts_do_not_fit_nothing_wrong_is_said_without_a_problem() -> None:
    seen = read("12. ", "13. Off", TWO.format(crd="815").replace("\n4711\n", "\n"))
    truth = ("Jane Roe", "None", "Birch Brokers LLC", "None"), ("Max Moe", None, "Cedar Brokers LLC", "815")
    for number, one in enumerate(seen.filing.sales_compensation):
        assert said(one) == truth[number] or not silent(seen, f"sales_compensation[{number}]")


ALL_NONE = """12. Sales Compensation
Recipient

Recipient CRD Number X None

None

None

(Associated) Broker or Dealer X None

(Associated) Broker or Dealer CRD
Number

None

None

Street Address 1
1 Elm Road

Street Address 2

City

State/Province/Country

None

OHIO

State(s) of Solicitation (select all that
apply)
Check "All States" or check individual
States
IOWA
UTAH

All
States

Foreign/non-US

X None

ZIP/Postal
Code
45373

"""


def test_answers_that_read_like_the_words_of_boxes() -> None:
    (one,) = read("12. ", "13. Off", ALL_NONE).filing.sales_compensation
    assert said(one) == ("None", "None", "None", "None")
    assert (one.recipient_address.city, one.recipient_address.state_or_country) == ("None", "OH")
    assert [state.state for state in one.states_of_solicitation.states] == ["IA", "UT"]


STRAYED = """13. Offering and Sales Amounts
Total Offering Amount
Total Amount Sold

$100 USD or

Total Remaining to be Sold $60 USD or

14. Investors

Indefinite

$40 USD

Clarification of Response (if Necessary):

Indefinite

Select if securities in the offering have been or may be sold to persons who do not qualify as
accredited investors, and enter the number of such non-accredited investors who already have
invested in the offering.
Regardless of whether securities in the offering have been or may be sold to persons who do not qualify as
accredited investors, enter the total number of investors who already have invested in the
offering:

3

"""


def test_blocks_behind_the_next_heading_are_led_back_to_their_item() -> None:
    seen = read("13. ", "15. Sal", STRAYED)
    amounts, investors = seen.filing.offering_sales_amounts, seen.filing.investors
    assert amounts is not None
    assert investors is not None
    told = amounts.total_offering_amount, amounts.total_amount_sold, amounts.total_remaining
    assert [str(one) for one in told] == ["100", "40", "60"]
    assert amounts.clarification_of_response is None
    assert investors.total_number_already_invested == 3
    assert not silent(seen, "offering_sales_amounts")
    assert not silent(seen, "investors")


@pytest.mark.parametrize("mark", ["Yes X No", "X Yes No"])
def test_boxes_behind_the_next_heading_are_those_of_the_question_that_lacks_them(mark: str) -> None:
    lines = (
        "10. Business Combination Transaction\nIs this offering being made in connection with a business combination "
        "transaction,\nsuch as a merger, acquisition or exchange offer?\nClarification of Response (if Necessary):\n"
        f"11. Minimum Investment\n\n{mark}\n\nMinimum investment accepted from any outside investor $5 USD\n"
    )
    seen = read("10. ", "12. Sal", lines)
    combination = seen.filing.business_combination_transaction
    assert combination is not None
    assert combination.is_business_combination_transaction is (mark == "X Yes No")
    assert combination.clarification_of_response is None
    assert seen.filing.minimum_investment_accepted == 5
    assert not silent(seen, "business_combination_transaction")


PROCEEDS = """16. Use of Proceeds

Estimate

Provide the amount of the gross proceeds of the offering that has been or is proposed to be used for payments to any of
the persons required to be named as executive officers, directors or promoters in response to Item 3 above. If the
amount is unknown, provide an estimate and check the box next to the amount.
$70 USD X Estimate
Clarification of Response (if Necessary):
"""


def test_a_label_of_both_items_is_led_back_if_one_has_it_twice_and_the_other_lacks_one() -> None:
    before = "Finders' Fees\n$0\nUSD\nEstimate\n"
    text = read_text("16", "Signature and", PROCEEDS).replace(before, "Finders' Fees $0 USD\n")
    seen = extract_text(text)
    proceeds, fees = seen.filing.use_of_proceeds, seen.filing.sales_commissions_finders_fees
    assert proceeds is not None
    assert fees is not None
    assert (proceeds.gross_proceeds_used.dollar_amount, proceeds.gross_proceeds_used.is_estimate) == (70, True)
    assert fees.finders_fees.dollar_amount == 0
    assert not fees.finders_fees.is_estimate
    assert not silent(seen, "use_of_proceeds")


NAMES = """1. Issuer's Identity
Previous
CIK (Filer ID Number) None Entity Type
Names
0000000017 Old Creek Corporation
Name of Issuer {name}Second Creek
Limited Partnership
Third Creek
Jurisdiction of Limited Liability Company
Incorporation/Organization
General Partnership
Year of Incorporation/Organization
Business Trust
Over Five Years Ago X Other (Specify)
X Within Last Five Years (Specify Year) 2006
A trust of the old kind that goes on in the
Yet to Be Formed
second line
2. Principal Place of Business and Contact Information
Name of Issuer
{name}
Street Address 1 Street Address 2
1 Main Street
City State/Province/Country ZIP/PostalCode Phone Number of Issuer
Austin TEXAS 78701 212-555-0100
"""


def test_lines_beside_an_answer_that_is_blank_elsewhere_are_those_of_the_list() -> None:
    seen = read("1. Iss", "3. Rel", NAMES.format(name=""))
    issuer = seen.filing.primary_issuer
    assert issuer is not None
    assert (issuer.entity_name, issuer.jurisdiction_of_inc) == (None, None)
    assert issuer.issuer_previous_names == ("Old Creek", "Second Creek", "Third Creek")
    assert issuer.entity_type_other_desc == "A trust of the old kind that goes on in the second line"
    assert issuer.year_of_inc.value == 2006
    for field in ("entity_name", "issuer_previous_names", "entity_type_other_desc", "year_of_inc.value"):
        assert not silent(seen, f"primary_issuer.{field}")


def read_text(number: str, upto: str, lines: str) -> str:
    """A text in lines whose items from one on, up to another one, are given."""
    text = render_text(PLAIN, TextStyle("lines", "x"))
    start, end = text.index(f"{number}. "), text.index(upto)
    return text[:start] + lines + text[end:]


def test_an_issuer_is_a_doubt_if_nothing_certain_tells_which_one_it_is() -> None:
    spot = Spot(Cell("2006", 0, 4, 0, 1, Place(line=1)), 0, 4)
    boxes = [BoxAnswer("additional_issuers[0].year_of_inc.within_five_years", "true", BoxState.CHECKED, "X", spot, "")]
    answers = [Answer("additional_issuers[0].cik", "cik", "0000000017", (spot,), "")]
    sure = Building({"additional_issuers[0].cik": "0000000017"})
    report_doubtful(sure, answers, boxes)
    assert not sure.problems
    unsure = Building({"additional_issuers[0].cik": "0000000017"})
    unsure.report("additional_issuers[0].cik", ProblemKind.INFERRED, "by its place")
    report_doubtful(unsure, answers, boxes)
    assert unsure.problems[-1].path == "additional_issuers[0]"


CONTACT = """     2. Principal Place of Business and Contact Information
     Name of Issuer
     Alder Creek, Inc.
     Street Address 1                  Street Address 2
     {street}
     City             State/Province/Country ZIP/PostalCode Phone Number of Issuer
{town}
     3. Related Persons
"""


def contact(street: str, town: str) -> Extraction:
    """What a text in columns says, whose labels are moved to the right where they had no room."""
    text = render_text(PLAIN, TextStyle("columns", "x"))
    start, end = text.index("2. Principal"), text.index("3. Related Persons")
    lines = CONTACT.format(street=street, town=town).partition("     3. Related")[0].lstrip()
    return extract_text(text[:start] + lines + text[end:])


def test_a_code_that_no_telephone_number_can_be_is_the_codes() -> None:
    town = "     Rye              NEW YORK         10580-3500"
    issuer = contact("1 Main Street", town).filing.primary_issuer
    assert issuer is not None
    assert issuer.issuer_address.zip_code == "10580-3500"
    assert issuer.issuer_phone_number is None


def test_the_rest_of_a_place_stays_with_it_though_it_is_one_without_it() -> None:
    town = (
        "                      NETHERLANDS\n"
        "     Willemstad                        KY1-1104\n"
        "                      ANTILLES"
    )
    seen = contact("1 Main Street", town)
    issuer = seen.filing.primary_issuer
    assert issuer is not None
    assert (issuer.issuer_address.state_or_country, issuer.issuer_address.zip_code) == ("P8", "KY1-1104")
    assert not silent(seen, "primary_issuer.issuer_address.state_or_country")
    assert not silent(seen, "primary_issuer.issuer_address.zip_code")


def test_a_line_that_ends_before_the_second_label_begins_is_not_cut_by_columns_of_other_rows() -> None:
    town = "     HIGHLAND PARK    TEXAS            78701           212-555-0100"
    issuer = contact("300 PLAZA DRIVE, STE. 260", town).filing.primary_issuer
    assert issuer is not None
    assert (issuer.issuer_address.street1, issuer.issuer_address.street2) == ("300 PLAZA DRIVE, STE. 260", None)


LONE = """9. Type(s) of Securities Offered (select all that apply)

X

Equity

Pooled Investment Fund Interests

{debt}

Tenant-in-Common Securities

Option, Warrant or Other Right to Acquire Another Security

Mineral Property Securities

Security to be Acquired Upon Exercise of Option, Warrant
or Other Right to Acquire Security

Other (describe)

"""


def test_a_mark_that_stands_alone_is_that_of_the_wrapped_label_where_others_stand_beside_theirs() -> None:
    begin, upto = "8. Duration", "10. Bus"
    duration = "8. Duration of Offering\nDoes the Issuer intend this offering to last more than one year?\n"
    for debt in ("Debt", "X Debt"):
        seen = read(begin, upto, f"{duration}Yes X No\n{LONE.format(debt=debt)}")
        securities = seen.filing.types_of_securities_offered
        assert securities is not None
        assert not securities.is_equity_type
        assert securities.is_security_to_be_acquired_type
        assert bool(securities.is_debt_type) == (debt == "X Debt")
        assert not silent(seen, "types_of_securities_offered")

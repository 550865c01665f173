"""Laws of the whole way: a filing, laid out in any way a page is held, is read back as it was, or with a problem.

Plain filings must come back whole from every layout that keeps rows and columns. Filings whose answers look like
labels, headings, boxes and other answers may lose something, but never without a problem on its path.
"""

import datetime
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.extract import extract_text
from extractor.form.editions import EDITIONS, exemptions_of
from extractor.form.places import PLACES, SOLICITATION_STATES, codes_of, name_of
from extractor.model import (
    Address,
    AggregateNetAssetValueRange,
    AmountEstimate,
    BusinessCombinationTransaction,
    DateOfFirstSale,
    DurationOfOffering,
    EntityType,
    FederalExemption,
    Filing,
    IndustryGroup,
    IndustryGroupType,
    InvestmentFundInfo,
    InvestmentFundType,
    Investors,
    Issuer,
    IssuerSize,
    NewOrAmendment,
    OfferingSalesAmounts,
    Recipient,
    RelatedPerson,
    RelatedPersonName,
    Relationship,
    RevenueRange,
    SalesCommissionsFindersFees,
    Signature,
    SignatureBlock,
    SolicitationState,
    StatesOfSolicitation,
    TypeOfFiling,
    TypesOfSecuritiesOffered,
    UseOfProceeds,
    YearOfInc,
)
from extractor.outputs.page.text import MarkStyle, TextLayout
from extractor.outputs.render import PageOptions, TextStyle, render_html, render_text
from tests.silence import silent
from tests.truth import differences

EXAMPLES = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

PLAIN = ("Alder Creek Robotics, Inc.", "Maple & Main Financial Group", "Fund 12, L.P.", "O'Hara-Vance", "Beech Ltd.")

NASTY = (
    *("Insurance", "Other Technology", "Director", "Corporation LLC", "Equity Fund I", "Promoter Way 9", "12 Oaks"),
    *("Yes & No Partners", "Restaurants Group", "No Revenues Inc.", "Commercial", "3M Co", "Nonesuch Capital"),
    *("Indefinite Ltd.", "Executive Officer of the General Partner", "Georgia", "Washington", "5 Estimate Lane"),
    *("See item 3. Related Persons above.", "$1,000,000 USD of it is an Estimate.", "Total Amount Sold: see below"),
)

PLACE_CODES = [code for code in PLACES if len(codes_of(PLACES[code])) == 1]
"""Places whose names mean one place."""

ZIPS = ("12345", "12345-6789", "KY1-1104", "V6C 2X8", "D02 X285")
PHONES = ("212-555-0100", "(801) 555-0677", "+44 20 7946 0000")

Texts = st.SearchStrategy[str]


@st.composite
def addresses(draw: st.DrawFn, texts: Texts) -> Address:
    code = draw(st.sampled_from(PLACE_CODES))
    return Address(
        street1=draw(texts)[:40],
        street2=draw(st.none() | texts.map(lambda text: text[:40].strip())),
        city=draw(st.sampled_from(("New York", "George Town", "St. Louis", "Zürich"))),
        state_or_country=code,
        state_or_country_description=name_of(code),
        zip_code=draw(st.sampled_from(ZIPS)),
    )


@st.composite
def years(draw: st.DrawFn) -> YearOfInc:
    box = draw(st.sampled_from(("over_five_years", "within_five_years", "yet_to_be_formed")))
    told: dict[str, Any] = {name: name == box for name in ("over_five_years", "within_five_years", "yet_to_be_formed")}
    return YearOfInc(**told, value=draw(st.integers(2004, 2008)) if box == "within_five_years" else None)


@st.composite
def issuers(draw: st.DrawFn, texts: Texts) -> Issuer:
    kind = draw(st.sampled_from(get_args(EntityType)))
    return Issuer(
        cik=draw(st.text("0123456789", min_size=10, max_size=10)),
        entity_name=draw(texts),
        issuer_address=draw(addresses(texts)),
        issuer_phone_number=draw(st.sampled_from(PHONES)),
        jurisdiction_of_inc=draw(st.sampled_from(tuple(PLACES.values()))),
        issuer_previous_names=draw(st.lists(st.sampled_from(PLAIN), max_size=3, unique=True).map(tuple)),
        entity_type=kind,
        entity_type_other_desc=draw(texts) if kind == "Other" else None,
        year_of_inc=draw(years()),
    )


@st.composite
def persons(draw: st.DrawFn, texts: Texts) -> RelatedPerson:
    relationships = st.lists(st.sampled_from(get_args(Relationship)), min_size=1, unique=True)
    return RelatedPerson(
        related_person_name=RelatedPersonName(
            last_name=draw(texts),
            first_name=draw(st.sampled_from(("N/A", "-", "Mary Ann", "John"))),
            middle_name=draw(st.none() | st.sampled_from(("A.", "van der", "Lee"))),
        ),
        related_person_address=draw(addresses(texts)),
        related_person_relationships=tuple(draw(relationships)),
        relationship_clarification=draw(st.none() | texts),
    )


@st.composite
def recipients(draw: st.DrawFn, texts: Texts) -> Recipient:
    everywhere, dealt = draw(st.booleans()), draw(st.booleans())
    codes = draw(st.lists(st.sampled_from(sorted(SOLICITATION_STATES)), min_size=1, max_size=12, unique=True))
    states = tuple(SolicitationState(state=code, description=name_of(code)) for code in codes)
    return Recipient(
        recipient_name=draw(texts),
        recipient_crd_number=draw(st.just("None") | st.integers(1, 10**9 - 1).map(str)),
        associated_bd_name=draw(texts) if dealt else "None",
        associated_bd_crd_number="4321" if dealt else "None",
        recipient_address=draw(addresses(texts)),
        states_of_solicitation=StatesOfSolicitation(
            value="All States" if everywhere else None, states=() if everywhere else states
        ),
        foreign_solicitation=draw(st.booleans()),
    )


AMOUNTS = st.sampled_from((0, 1, 999, 1000, 20_000_000, 999_999_999_999)) | st.integers(0, 999_999_999_999)
ESTIMATES = st.builds(AmountEstimate, dollar_amount=AMOUNTS, is_estimate=st.booleans())


@st.composite
def offered(draw: st.DrawFn, texts: Texts) -> TypesOfSecuritiesOffered:
    names = [name for name in TypesOfSecuritiesOffered.model_fields if name.startswith("is_")]
    checked = draw(st.sets(st.sampled_from(names), min_size=1))
    told: dict[str, Any] = {name: name in checked for name in names}
    described = draw(texts) if "is_other_type" in checked else None
    return TypesOfSecuritiesOffered(**told, description_of_other_type=described)


@st.composite
def sums(draw: st.DrawFn, texts: Texts) -> OfferingSalesAmounts:
    total = draw(AMOUNTS)
    sold = draw(st.integers(0, total))
    indefinite = draw(st.booleans())
    return OfferingSalesAmounts(
        total_offering_amount="Indefinite" if indefinite else total,
        total_amount_sold=sold,
        total_remaining="Indefinite" if indefinite else total - sold,
        clarification_of_response=draw(st.none() | texts),
    )


@st.composite
def industries(draw: st.DrawFn) -> IndustryGroup:
    kind = draw(st.sampled_from(get_args(IndustryGroupType)))
    if kind != "Pooled Investment Fund":
        return IndustryGroup(industry_group_type=kind)
    fund = draw(st.sampled_from(get_args(InvestmentFundType)))
    return IndustryGroup(
        industry_group_type=kind,
        investment_fund_info=InvestmentFundInfo(investment_fund_type=fund, is40_act=draw(st.booleans())),
    )


@st.composite
def claimed(draw: st.DrawFn) -> tuple[FederalExemption, ...]:
    edition = draw(st.sampled_from(EDITIONS))
    printed = {box.code for box in exemptions_of(edition.name)}
    codes = [code for code in get_args(FederalExemption) if code in printed]
    return tuple(draw(st.lists(st.sampled_from(codes), min_size=1, max_size=len(codes), unique=True)))


@st.composite
def pages(draw: st.DrawFn, texts: Texts) -> Filing:
    """Filings as EDGAR takes them: complete, each group of boxes answered."""
    everyone = draw(st.lists(issuers(texts), min_size=1, max_size=2))
    amended, unsold = draw(st.booleans()), draw(st.booleans())
    revenue = draw(st.sampled_from(get_args(RevenueRange)) | st.none())
    worth = None if revenue else draw(st.sampled_from(get_args(AggregateNetAssetValueRange)))
    others = draw(st.none() | st.integers(0, 35))
    clarifications = st.none() | texts
    return Filing(
        submission_type="D/A" if amended else "D",
        primary_issuer=everyone[0],
        additional_issuers=tuple(everyone[1:]),
        related_persons=tuple(draw(st.lists(persons(texts), min_size=1, max_size=3))),
        industry_group=draw(industries()),
        issuer_size=IssuerSize(revenue_range=revenue, aggregate_net_asset_value_range=worth),
        federal_exemptions_exclusions=draw(claimed()),
        type_of_filing=TypeOfFiling(
            new_or_amendment=NewOrAmendment(is_amendment=amended),
            date_of_first_sale=DateOfFirstSale(
                value=None if unsold else draw(st.dates(datetime.date(2008, 10, 1), datetime.date(2026, 1, 1))),
                yet_to_occur=unsold or None,
            ),
        ),
        duration_of_offering=DurationOfOffering(more_than_one_year=draw(st.booleans())),
        types_of_securities_offered=draw(offered(texts)),
        business_combination_transaction=BusinessCombinationTransaction(
            is_business_combination_transaction=draw(st.booleans()), clarification_of_response=draw(clarifications)
        ),
        minimum_investment_accepted=draw(AMOUNTS),
        sales_compensation=tuple(draw(st.lists(recipients(texts), max_size=2))),
        offering_sales_amounts=draw(sums(texts)),
        investors=Investors(
            has_non_accredited_investors=others is not None,
            number_non_accredited_investors=others,
            total_number_already_invested=draw(st.integers(0, 9999)),
        ),
        sales_commissions_finders_fees=SalesCommissionsFindersFees(
            sales_commissions=draw(ESTIMATES),
            finders_fees=draw(ESTIMATES),
            clarification_of_response=draw(clarifications),
        ),
        use_of_proceeds=UseOfProceeds(
            gross_proceeds_used=draw(ESTIMATES), clarification_of_response=draw(clarifications)
        ),
        signature_block=SignatureBlock(signatures=tuple(draw(signatures(issuer)) for issuer in everyone)),
    )


@st.composite
def signatures(draw: st.DrawFn, issuer: Issuer) -> Signature:
    return Signature(
        issuer_name=issuer.entity_name,
        signature_name=draw(st.sampled_from(("/s/ Tony Chung", "/s/ Ruth Ann St. John"))),
        name_of_signer=draw(st.sampled_from(("Tony Chung", "Ruth Ann St. John"))),
        signature_title=draw(st.sampled_from(("President", "Director", "Manager of the Trustee"))),
        signature_date=draw(st.dates(datetime.date(2008, 10, 1), datetime.date(2026, 1, 1))),
    )


PLAIN_PAGES = pages(st.sampled_from(PLAIN))
NASTY_PAGES = pages(st.sampled_from((*PLAIN, *NASTY)))

OPTIONS = st.builds(
    PageOptions,
    issuers=st.sampled_from(("pairs", "grouped")),
    states=st.sampled_from(("rows", "line", "columns")),
    blank_cells=st.sampled_from(("dropped", "kept")),
)


def styles(layout: TextLayout) -> st.SearchStrategy[TextStyle]:
    """Styles of a layout; columns are wide enough to wrap no label, and nobody aligns them around markup."""
    marks = [name for name in get_args(MarkStyle) if (layout, name) != ("columns", "inputs")]
    return st.builds(
        TextStyle,
        layout=st.just(layout),
        marks=st.sampled_from(marks),
        width=st.integers(120, 200),
        escape_dollars=st.booleans(),
    )


@EXAMPLES
@given(PLAIN_PAGES, OPTIONS)
def test_a_page_comes_back_whole(filing: Filing, options: PageOptions) -> None:
    assert differences(filing, extract_text(render_html(filing, options)).filing) == []


@EXAMPLES
@given(PLAIN_PAGES, styles("tabs"), OPTIONS)
def test_tabs_come_back_whole(filing: Filing, style: TextStyle, options: PageOptions) -> None:
    assert differences(filing, extract_text(render_text(filing, style, options)).filing) == []


@EXAMPLES
@given(PLAIN_PAGES, styles("pipes"), OPTIONS)
def test_pipes_come_back_whole(filing: Filing, style: TextStyle, options: PageOptions) -> None:
    assert differences(filing, extract_text(render_text(filing, style, options)).filing) == []


@EXAMPLES
@given(PLAIN_PAGES, styles("columns"), OPTIONS)
def test_columns_come_back_whole(filing: Filing, style: TextStyle, options: PageOptions) -> None:
    assert differences(filing, extract_text(render_text(filing, style, options)).filing) == []


@EXAMPLES
@given(PLAIN_PAGES, styles("lines"), OPTIONS)
def test_lines_lose_nothing_without_a_problem(filing: Filing, style: TextStyle, options: PageOptions) -> None:
    assert silent(filing, extract_text(render_text(filing, style, options))) == []


@EXAMPLES
@given(NASTY_PAGES, st.sampled_from(get_args(TextLayout)).flatmap(styles), OPTIONS)
def test_answers_that_look_like_the_form_are_never_wrong_without_a_problem(
    filing: Filing, style: TextStyle, options: PageOptions
) -> None:
    for document in (render_html(filing, options), render_text(filing, style, options)):
        assert silent(filing, extract_text(document)) == []

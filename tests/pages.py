"""Hypothesis strategies for filings as EDGAR takes them: complete, each group of boxes answered.

Plain ones have answers that look like answers. Nasty ones have what trips rules: names that are labels, options or
marks, names of three parts and blank ones, clarifications that hold headings, boxes and amounts and are as long as
the SEC allows. Large ones have as many persons, issuers and recipients as a filing may have.
"""

import datetime
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

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

Texts = st.SearchStrategy[str]
Entry = TypeVar("Entry")

PLAIN = ("Alder Creek Robotics, Inc.", "Maple & Main Financial Group", "Fund 12, L.P.", "O'Hara-Vance", "Beech Ltd.")

LOOKALIKES = (
    *("Insurance", "Other Technology", "Director", "Corporation LLC", "Equity Fund I", "Promoter Way 9", "12 Oaks"),
    *("Yes & No Partners", "Restaurants Group", "No Revenues Inc.", "Commercial", "3M Co", "Nonesuch Capital"),
    *("Indefinite Ltd.", "Executive Officer of the General Partner", "Georgia", "Washington", "5 Estimate Lane"),
    *("Name of Issuer LLC", "Yes", "No", "Other", "X", "Title Holdings", "Recipient One LP", "Debt", "Manufacturing"),
    *("City Bank", "Date Palm Inc", "Last Name First", "X Corp.", "None of the Above LLC", "Signature Fund", "Item 5"),
    *("Street Address 1 LLC", "Over Five Years Ago Inc.", "Section 3(c)(1) Fund", "Rule 506 Partners", "I", "V X Ltd"),
    *("Item 3", "14 West LP", "Recipient", "CIK Partners", "All States Realty", "Estimate LLC", "USD", "Promoter"),
)
"""Names that are labels, options, marks or headings, or begin with them."""

FOREIGN = (
    *(
        "Größe & Søhne A/S",
        "Фонд Заря",
        "株式会社 北海",
        "Ελλάς ΑΕ",
        "ישראל קרן",
        "Crédit “Élan” S.à r.l.",
        "Q\u0303uy Cie",
    ),
    *(
        "L\N{RIGHT SINGLE QUOTATION MARK}Oréal Frères",
        '"Quoted" Fund',
        "Łódź Żywność sp. z o.o.",
        "M\u0304ori AB",
        "Ñandú S.A.",
    ),
)
"""Names in letters that are not English, of combined characters (composed as far as they can be), in quotes."""

LIKE_ANSWERS = (
    *("14.", "16.", "3", "2019", "2013-11-19", "$1,000 USD", "$ 5", "1,000,000", "12345", "212-555-0100", "0001234567"),
    *("CALIFORNIA", "ONTARIO, CANADA", "DELAWARE", "None", "N/A", "Indefinite", "or", "$5,000,001 - $25,000,000"),
    *("State/Province/Country", "Clarification of Response", "14. Investors", "3. Related Persons", "x", "XX"),
)
"""Names that are answers of other questions, numbers, places, labels and headings."""

LAST_NAMES = (
    "de la Cruz",
    "van der Berg III",
    "St. John Smythe",
    "Ng",
    "O'Neil Jr.",
    "Zu Guttenberg",
    "Li",
    "X",
    "Ó Súilleabháin",
    "Nguyễn",
    "李",
    "al-Ḥasan",
    "D\N{RIGHT SINGLE QUOTATION MARK}Arcy",
)
"""Last names of one to three parts."""

CLARIFIED = (
    *("See item 3. Related Persons above.", "$1,000,000 USD of it is an Estimate.", "Total Amount Sold: see below"),
    *("12. Sales Compensation", "[X] Yes [ ] No", "X Director", "Clarification of Response (if Necessary): none"),
    *("Signature and Submission", "No", "0", "$0 USD", "The fund pays X % of it.", "Relationship: Director"),
    *("15. Sales Commissions & Finder's Fees Expenses are $5,000 USD X Estimate", "Item 16: see above", "1. 2. 3."),
    *("14.", "16.", "Investors", "Use of Proceeds", "X", "Estimate", "Indefinite", "$5,000,000 USD or [ ] Indefinite"),
    *("Zahlung in “Euro” – siehe Anhang", "支払い", "e\u0317tat: \u00a7 5", "Last Name First Name Middle Name", "3"),
)
"""Clarifications with headings, boxes and amounts."""

ALL_PLACES = tuple(code for code in PLACES if len(codes_of(PLACES[code])) == 1)
"""The codes of places whose names mean one place."""

ZIPS = ("12345", "12345-6789", "KY1-1104", "V6C 2X8", "D02 X285")
PHONES = ("212-555-0100", "(801) 555-0677", "+44 20 7946 0000")
AMOUNTS = st.sampled_from((0, 1, 999, 1000, 20_000_000, 999_999_999_999)) | st.integers(0, 999_999_999_999)
ESTIMATES = st.builds(AmountEstimate, dollar_amount=AMOUNTS, is_estimate=st.booleans())
STATES = st.sampled_from(sorted(SOLICITATION_STATES))
EVERY_STATE = st.just(sorted(SOLICITATION_STATES))
DAYS = st.dates(datetime.date(2008, 10, 1), datetime.date(2026, 1, 1))


@dataclass(frozen=True, slots=True)
class Kind:
    """What filings are made of: their texts, and the least and the most issuers, persons and recipients.

    first_names: None is one that is left blank, which the SEC does not take; a middle name beside it would read as it.
    """

    names: Texts
    last_names: Texts
    first_names: st.SearchStrategy[str | None]
    previous_names: Texts
    streets: Texts
    cities: Texts
    clarified: Texts
    issuers: tuple[int, int] = (1, 2)
    people: tuple[int, int] = (1, 3)
    recipients: tuple[int, int] = (0, 2)


@st.composite
def long_texts(draw: st.DrawFn, pieces: Texts) -> str:
    """Texts of several pieces, up to the 255 characters that a clarification may have."""
    return " ".join(draw(st.lists(pieces, min_size=1, max_size=9)))[:255].strip()


CITIES = ("New York", "George Town", "St. Louis", "Zürich")
STREETS = (*PLAIN, "X", "12 Oaks", "Director", "1 Other Road", "Suite X", "5 Estimate Lane", "Promoter Way 9", "No")
FIRST_NAMES = ("N/A", "-", "Mary Ann", "John", "José María", "Ан")

PLAIN_KIND = Kind(
    names=st.sampled_from(PLAIN),
    last_names=st.sampled_from(PLAIN),
    first_names=st.sampled_from(FIRST_NAMES),
    previous_names=st.sampled_from(PLAIN),
    streets=st.sampled_from(PLAIN),
    cities=st.sampled_from(CITIES),
    clarified=st.sampled_from(PLAIN),
)

NASTY_KIND = Kind(
    names=st.sampled_from((*PLAIN, *LOOKALIKES, *FOREIGN, *LIKE_ANSWERS)),
    last_names=st.sampled_from((*LAST_NAMES, *LOOKALIKES, *PLAIN, *FOREIGN, *LIKE_ANSWERS)),
    first_names=st.none() | st.sampled_from((*FIRST_NAMES, "Yes", "X", "Director", "Item 3", "14.")),
    previous_names=st.sampled_from((*PLAIN, *LOOKALIKES, *FOREIGN, *LIKE_ANSWERS)),
    streets=st.sampled_from((*PLAIN, *LOOKALIKES, *FOREIGN, *LIKE_ANSWERS)),
    cities=st.sampled_from(
        (*CITIES, "X", "Other", "City", "Director", "No", "Commercial", "Washington", "14.", "北京")
    ),
    clarified=st.sampled_from((*PLAIN, *LOOKALIKES, *CLARIFIED, *FOREIGN, *LIKE_ANSWERS))
    | long_texts(st.sampled_from((*PLAIN, *CLARIFIED))),
)

FAIR = (*PLAIN, *LOOKALIKES, *FOREIGN)
FAIR_KIND = replace(
    NASTY_KIND,
    names=st.sampled_from(FAIR),
    last_names=st.sampled_from((*LAST_NAMES, *FAIR)),
    previous_names=st.sampled_from([name for name in FAIR if name != "X"]),
    streets=st.sampled_from((*STREETS, *FOREIGN)),
    clarified=st.sampled_from((*FAIR, *CLARIFIED)) | long_texts(st.sampled_from((*PLAIN, *CLARIFIED))),
)
"""As nasty as a layout that keeps its columns can tell: in a list of names X may be a mark, and a street a label."""

LARGE_KIND = replace(PLAIN_KIND, issuers=(1, 30), people=(1, 100), recipients=(0, 100))


@st.composite
def addresses(draw: st.DrawFn, kind: Kind) -> Address:
    code = draw(st.sampled_from(ALL_PLACES))
    return Address(
        street1=draw(kind.streets)[:40].strip(),
        street2=draw(st.none() | kind.streets.map(lambda text: text[:40].strip())),
        city=draw(kind.cities),
        state_or_country=code,
        state_or_country_description=name_of(code),
        zip_code=draw(st.sampled_from(ZIPS)),
    )


@st.composite
def many(draw: st.DrawFn, entries: st.SearchStrategy[Entry], lengths: tuple[int, int]) -> tuple[Entry, ...]:
    """So many entries. Of many, only the first few differ; the others repeat them in turn, as funds' filings do."""
    least, most = lengths
    drawn = draw(st.lists(entries, min_size=min(least, 3), max_size=min(most, 3)))
    count = draw(st.integers(max(least, len(drawn)), most)) if drawn else 0
    return tuple(drawn[number % len(drawn)] for number in range(count))


@st.composite
def years(draw: st.DrawFn) -> YearOfInc:
    box = draw(st.sampled_from(("over_five_years", "within_five_years", "yet_to_be_formed")))
    told: dict[str, Any] = {name: name == box for name in ("over_five_years", "within_five_years", "yet_to_be_formed")}
    return YearOfInc(**told, value=draw(st.integers(2004, 2008)) if box == "within_five_years" else None)


@st.composite
def issuers(draw: st.DrawFn, kind: Kind) -> Issuer:
    entity = draw(st.sampled_from(get_args(EntityType)))
    return Issuer(
        cik=draw(st.text("0123456789", min_size=10, max_size=10)),
        entity_name=draw(kind.names),
        issuer_address=draw(addresses(kind)),
        issuer_phone_number=draw(st.sampled_from(PHONES)),
        jurisdiction_of_inc=draw(st.sampled_from(tuple(PLACES.values()))),
        issuer_previous_names=draw(st.lists(kind.previous_names, max_size=3, unique=True).map(tuple)),
        entity_type=entity,
        entity_type_other_desc=draw(kind.names) if entity == "Other" else None,
        year_of_inc=draw(years()),
    )


@st.composite
def persons(draw: st.DrawFn, kind: Kind) -> RelatedPerson:
    relationships = st.lists(st.sampled_from(get_args(Relationship)), min_size=1, unique=True)
    first = draw(kind.first_names)
    return RelatedPerson(
        related_person_name=RelatedPersonName(
            last_name=draw(kind.last_names),
            first_name=first,
            middle_name=first and draw(st.none() | st.sampled_from(("A.", "van der", "Lee"))),
        ),
        related_person_address=draw(addresses(kind)),
        related_person_relationships=tuple(draw(relationships)),
        relationship_clarification=draw(st.none() | kind.clarified),
    )


@st.composite
def recipients(draw: st.DrawFn, kind: Kind) -> Recipient:
    everywhere, dealt = draw(st.booleans()), draw(st.booleans())
    all_by_name = draw(st.integers(0, 9)) == 9
    codes = draw(EVERY_STATE if all_by_name else st.lists(STATES, min_size=1, max_size=9, unique=True))
    states = tuple(SolicitationState(state=code, description=name_of(code)) for code in codes)
    return Recipient(
        recipient_name=draw(kind.names),
        recipient_crd_number=draw(st.just("None") | st.integers(1, 10**9 - 1).map(str)),
        associated_bd_name=draw(kind.names) if dealt else "None",
        associated_bd_crd_number="4321" if dealt else "None",
        recipient_address=draw(addresses(kind)),
        states_of_solicitation=StatesOfSolicitation(
            value="All States" if everywhere else None, states=() if everywhere else states
        ),
        foreign_solicitation=draw(st.booleans()),
    )


@st.composite
def offered(draw: st.DrawFn, kind: Kind) -> TypesOfSecuritiesOffered:
    names = [name for name in TypesOfSecuritiesOffered.model_fields if name.startswith("is_")]
    checked = draw(st.sets(st.sampled_from(names), min_size=1))
    told: dict[str, Any] = {name: name in checked for name in names}
    described = draw(kind.names) if "is_other_type" in checked else None
    return TypesOfSecuritiesOffered(**told, description_of_other_type=described)


@st.composite
def sums(draw: st.DrawFn, kind: Kind) -> OfferingSalesAmounts:
    total = draw(AMOUNTS)
    sold = draw(st.integers(0, total))
    indefinite = draw(st.booleans())
    return OfferingSalesAmounts(
        total_offering_amount="Indefinite" if indefinite else total,
        total_amount_sold=sold,
        total_remaining="Indefinite" if indefinite else total - sold,
        clarification_of_response=draw(st.none() | kind.clarified),
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
def pages(draw: st.DrawFn, kind: Kind) -> Filing:
    """Filings as EDGAR takes them: complete, each group of boxes answered."""
    everyone = draw(many(issuers(kind), kind.issuers))
    amended, unsold = draw(st.booleans()), draw(st.booleans())
    revenue = draw(st.sampled_from(get_args(RevenueRange)) | st.none())
    worth = None if revenue else draw(st.sampled_from(get_args(AggregateNetAssetValueRange)))
    others = draw(st.none() | st.integers(0, 35))
    clarifications = st.none() | kind.clarified
    return Filing(
        submission_type="D/A" if amended else "D",
        primary_issuer=everyone[0],
        additional_issuers=everyone[1:],
        related_persons=draw(many(persons(kind), kind.people)),
        industry_group=draw(industries()),
        issuer_size=IssuerSize(revenue_range=revenue, aggregate_net_asset_value_range=worth),
        federal_exemptions_exclusions=draw(claimed()),
        type_of_filing=TypeOfFiling(
            new_or_amendment=NewOrAmendment(is_amendment=amended),
            date_of_first_sale=DateOfFirstSale(
                value=None if unsold else draw(DAYS),
                yet_to_occur=unsold or None,
            ),
        ),
        duration_of_offering=DurationOfOffering(more_than_one_year=draw(st.booleans())),
        types_of_securities_offered=draw(offered(kind)),
        business_combination_transaction=BusinessCombinationTransaction(
            is_business_combination_transaction=draw(st.booleans()), clarification_of_response=draw(clarifications)
        ),
        minimum_investment_accepted=draw(AMOUNTS),
        sales_compensation=draw(many(recipients(kind), kind.recipients)),
        offering_sales_amounts=draw(sums(kind)),
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
        signature_block=SignatureBlock(signatures=tuple(draw(signatures(issuer, kind)) for issuer in everyone)),
    )


@st.composite
def signatures(draw: st.DrawFn, issuer: Issuer, kind: Kind) -> Signature:
    return Signature(
        issuer_name=issuer.entity_name,
        signature_name=draw(st.sampled_from(("/s/ Tony Chung", "/s/ Ruth Ann St. John"))),
        name_of_signer=draw(st.sampled_from(("Tony Chung", "Ruth Ann St. John"))),
        signature_title=draw(kind.names),
        signature_date=draw(DAYS),
    )

"""The filing: what a Form D says, as frozen, typed data.

Names are the element names of the SEC's Form D XML (schema X0808) in snake_case, nested as the XML nests, with two
simplifications: the pure containers `offeringData` and `...List`/`...Info` are left out (`relatedPersonsList/
relatedPersonInfo` is `related_persons`), and `issuerList` is `additional_issuers`.

Everywhere None means "not known, or not said"; what could have been known has a Problem beside it. A bool that stands
for a box is True (checked), False (unchecked) or None (not seen).
"""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=0)]
"""A whole number from 0; amounts are whole US dollars (schema POSITIVE_INTEGER_TYPE)."""

AmountOrIndefinite = Count | Literal["Indefinite"]

EntityType = Literal[
    "Corporation",
    "Limited Partnership",
    "Limited Liability Company",
    "General Partnership",
    "Business Trust",
    "Other",
]

Relationship = Literal["Executive Officer", "Director", "Promoter"]

IndustryGroupType = Literal[
    "Agriculture",
    "Commercial Banking",
    "Insurance",
    "Investing",
    "Investment Banking",
    "Pooled Investment Fund",
    "Other Banking and Financial Services",
    "Business Services",
    "Coal Mining",
    "Electric Utilities",
    "Energy Conservation",
    "Environmental Services",
    "Oil and Gas",
    "Other Energy",
    "Biotechnology",
    "Health Insurance",
    "Hospitals and Physicians",
    "Pharmaceuticals",
    "Other Health Care",
    "Manufacturing",
    "Commercial",
    "Construction",
    "REITS and Finance",
    "Residential",
    "Other Real Estate",
    "Retailing",
    "Restaurants",
    "Computers",
    "Telecommunications",
    "Other Technology",
    "Airlines and Airports",
    "Lodging and Conventions",
    "Tourism and Travel Services",
    "Other Travel",
    "Other",
]

InvestmentFundType = Literal["Hedge Fund", "Private Equity Fund", "Venture Capital Fund", "Other Investment Fund"]

RevenueRange = Literal[
    "No Revenues",
    "$1 - $1,000,000",
    "$1,000,001 - $5,000,000",
    "$5,000,001 - $25,000,000",
    "$25,000,001 - $100,000,000",
    "Over $100,000,000",
    "Decline to Disclose",
    "Not Applicable",
]

AggregateNetAssetValueRange = Literal[
    "No Aggregate Net Asset Value",
    "$1 - $5,000,000",
    "$5,000,001 - $25,000,000",
    "$25,000,001 - $50,000,000",
    "$50,000,001 - $100,000,000",
    "Over $100,000,000",
    "Decline to Disclose",
    "Not Applicable",
]

FederalExemption = Literal[
    "04",
    "04.1",
    "04.2",
    "04.3",
    "05",
    "06",
    "06b",
    "06c",
    "46",
    "4a5",
    "3C",
    "3C.1",
    "3C.2",
    "3C.3",
    "3C.4",
    "3C.5",
    "3C.6",
    "3C.7",
    "3C.9",
    "3C.10",
    "3C.11",
    "3C.12",
    "3C.13",
    "3C.14",
]


class Record(BaseModel):
    """Base of every part of a filing: frozen, strict, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Address(Record):
    """A place of business (schema FORM_D_ADDRESS_TYPE). state_or_country is EDGAR's own code, not ISO's."""

    street1: str | None = None
    street2: str | None = None
    city: str | None = None
    state_or_country: str | None = None
    state_or_country_description: str | None = None
    zip_code: str | None = None


class YearOfInc(Record):
    """Item 1, Year of Incorporation/Organization: one of three boxes, and the year beside the second."""

    within_five_years: bool | None = None
    yet_to_be_formed: bool | None = None
    over_five_years: bool | None = None
    value: int | None = None


class Issuer(Record):
    """Items 1 and 2. Of the two lists of previous names () says "None" is checked, None says nothing is known.

    A page shows both lists as one, without saying which name comes from where; a filing read from a page has them
    all in issuer_previous_names.
    """

    cik: str | None = None
    ccc: str | None = None
    entity_name: str | None = None
    issuer_address: Address = Address()
    issuer_phone_number: str | None = None
    jurisdiction_of_inc: str | None = None
    issuer_previous_names: tuple[str, ...] | None = None
    edgar_previous_names: tuple[str, ...] | None = None
    entity_type: EntityType | None = None
    entity_type_other_desc: str | None = None
    year_of_inc: YearOfInc = YearOfInc()


class RelatedPersonName(Record):
    """Item 3, a person's name; an organisation stands in last_name, with first_name "N/A" or "-"."""

    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None


class RelatedPerson(Record):
    """Item 3, one related person. related_person_relationships: the boxes that are checked."""

    related_person_name: RelatedPersonName = RelatedPersonName()
    related_person_address: Address = Address()
    related_person_relationships: tuple[Relationship, ...] | None = None
    relationship_clarification: str | None = None


class InvestmentFundInfo(Record):
    """Item 4, only with Pooled Investment Fund. is40_act: registered under the Investment Company Act of 1940."""

    investment_fund_type: InvestmentFundType | None = None
    is40_act: bool | None = None


class IndustryGroup(Record):
    """Item 4."""

    industry_group_type: IndustryGroupType | None = None
    investment_fund_info: InvestmentFundInfo | None = None


class IssuerSize(Record):
    """Item 5: one range of one of the two columns."""

    revenue_range: RevenueRange | None = None
    aggregate_net_asset_value_range: AggregateNetAssetValueRange | None = None


class NewOrAmendment(Record):
    """Item 7: a new notice (False) or an amendment (True); no rendering shows the previous accession number."""

    is_amendment: bool | None = None
    previous_accession_number: str | None = None


class DateOfFirstSale(Record):
    """Item 7: the date, or the box First Sale Yet to Occur."""

    value: datetime.date | None = None
    yet_to_occur: bool | None = None


class TypeOfFiling(Record):
    """Item 7."""

    new_or_amendment: NewOrAmendment = NewOrAmendment()
    date_of_first_sale: DateOfFirstSale = DateOfFirstSale()


class DurationOfOffering(Record):
    """Item 8."""

    more_than_one_year: bool | None = None


class TypesOfSecuritiesOffered(Record):
    """Item 9."""

    is_equity_type: bool | None = None
    is_debt_type: bool | None = None
    is_option_to_acquire_type: bool | None = None
    is_security_to_be_acquired_type: bool | None = None
    is_pooled_investment_fund_type: bool | None = None
    is_tenant_in_common_type: bool | None = None
    is_mineral_property_type: bool | None = None
    is_other_type: bool | None = None
    description_of_other_type: str | None = None


class BusinessCombinationTransaction(Record):
    """Item 10."""

    is_business_combination_transaction: bool | None = None
    clarification_of_response: str | None = None


class SolicitationState(Record):
    """Item 12, a state of solicitation: EDGAR's code and the name shown."""

    state: str | None = None
    description: str | None = None


class StatesOfSolicitation(Record):
    """Item 12: the box All States (value), or single states."""

    value: Literal["All States"] | None = None
    states: tuple[SolicitationState, ...] = ()


class Recipient(Record):
    """Item 12, one recipient of sales compensation. A CRD number or dealer whose box None is checked is "None"."""

    recipient_name: str | None = None
    recipient_crd_number: str | None = None
    associated_bd_name: str | None = None
    associated_bd_crd_number: str | None = None
    recipient_address: Address = Address()
    states_of_solicitation: StatesOfSolicitation = StatesOfSolicitation()
    foreign_solicitation: bool | None = None


class OfferingSalesAmounts(Record):
    """Item 13."""

    total_offering_amount: AmountOrIndefinite | None = None
    total_amount_sold: Count | None = None
    total_remaining: AmountOrIndefinite | None = None
    clarification_of_response: str | None = None


class Investors(Record):
    """Item 14."""

    has_non_accredited_investors: bool | None = None
    number_non_accredited_investors: Count | None = None
    total_number_already_invested: Count | None = None


class AmountEstimate(Record):
    """An amount in whole US dollars, with its box Estimate (items 15 and 16)."""

    dollar_amount: Count | None = None
    is_estimate: bool | None = None


class SalesCommissionsFindersFees(Record):
    """Item 15."""

    sales_commissions: AmountEstimate = AmountEstimate()
    finders_fees: AmountEstimate = AmountEstimate()
    clarification_of_response: str | None = None


class UseOfProceeds(Record):
    """Item 16."""

    gross_proceeds_used: AmountEstimate = AmountEstimate()
    clarification_of_response: str | None = None


class Signature(Record):
    """The signature of one issuer."""

    issuer_name: str | None = None
    signature_name: str | None = None
    name_of_signer: str | None = None
    signature_title: str | None = None
    signature_date: datetime.date | None = None


class SignatureBlock(Record):
    """The signatures; no rendering shows authorized_representative."""

    authorized_representative: bool | None = None
    signatures: tuple[Signature, ...] = ()


class ContactData(Record):
    """Whom EDGAR asks about a submission; only in the XML that a filer sends."""

    contact_name: str | None = None
    contact_phone_number: str | None = None
    contact_email_address: str | None = None


class Filing(Record):
    """A filing of Form D."""

    schema_version: str | None = None
    submission_type: Literal["D", "D/A"] | None = None
    test_or_live: Literal["LIVE", "TEST"] | None = None
    return_copy: bool | None = None
    contact_data: ContactData | None = None
    notification_addresses: tuple[str, ...] = ()
    primary_issuer: Issuer = Issuer()
    additional_issuers: tuple[Issuer, ...] = ()
    over100_issuer_flag: bool | None = None
    related_persons: tuple[RelatedPerson, ...] = ()
    over100_persons_flag: bool | None = None
    industry_group: IndustryGroup = IndustryGroup()
    issuer_size: IssuerSize = IssuerSize()
    federal_exemptions_exclusions: tuple[FederalExemption, ...] | None = None
    type_of_filing: TypeOfFiling = TypeOfFiling()
    duration_of_offering: DurationOfOffering = DurationOfOffering()
    types_of_securities_offered: TypesOfSecuritiesOffered = TypesOfSecuritiesOffered()
    business_combination_transaction: BusinessCombinationTransaction = BusinessCombinationTransaction()
    minimum_investment_accepted: Count | None = None
    sales_compensation: tuple[Recipient, ...] = ()
    over100_recipient_flag: bool | None = None
    offering_sales_amounts: OfferingSalesAmounts = OfferingSalesAmounts()
    investors: Investors = Investors()
    sales_commissions_finders_fees: SalesCommissionsFindersFees = SalesCommissionsFindersFees()
    use_of_proceeds: UseOfProceeds = UseOfProceeds()
    signature_block: SignatureBlock = SignatureBlock()

"""Form D as data: its items in the form's own order and words (labels as EDGAR's page prints them)."""

from extractor.form.editions import EXEMPTIONS, SECTION_3C
from extractor.form.spec import Box, Field, Group, Row, Section, Words

CLARIFICATION = "Clarification of Response (if Necessary)"

END_WORDS = (
    "Persons who respond to the collection of information contained in this form are not required to respond "
    "unless the form displays a currently valid OMB number",
    "This undertaking does not affect any limits Section 102(a) of the National Securities Markets Improvement Act",
)
"""Words below the last answer."""

HEAD_WORDS = ("4.00", "3235-0076", "32350076")
"""Words of the box at the upper right that look like answers: the hours that a filing takes, the form's number."""


def clarification(path: str) -> Row:
    """The row that lets a filer explain an answer."""
    return Row("text", (Field(path, "text", CLARIFICATION, "See note X.", required=False),))


def choices(path: str, *labels: str, anchor: str = "", always: bool = True) -> tuple[Box, ...]:
    """Boxes whose labels are the XML's values, but for "and", which the page writes "&"."""
    return tuple(Box(path, label.replace("&", "and"), label, anchor=anchor, always=always) for label in labels)


def yes_no(path: str) -> tuple[Box, Box]:
    """The two boxes of a question."""
    return Box(path, "true", "Yes"), Box(path, "false", "No")


def address(path: str, zip_label: str = "ZIP/PostalCode", *more: Field) -> tuple[Row, Row]:
    """The two rows of an address."""
    return (
        Row(
            "grid",
            (
                Field(f"{path}.street1", "text", "Street Address 1", "1 Main Street"),
                Field(f"{path}.street2", "text", "Street Address 2", "Suite 2", required=False),
            ),
        ),
        Row(
            "grid",
            (
                Field(f"{path}.city", "text", "City", "Springfield"),
                Field(
                    f"{path}.state_or_country",
                    "place",
                    "State/Province/Country",
                    "ONTARIO, CANADA",
                    also=("State/Province /Country",),
                ),
                Field(f"{path}.zip_code", "zip", zip_label, "12345-6789", also=("ZIP/PostalCode", "ZIP/Postal Code")),
                *more,
            ),
        ),
    )


def amount(path: str, label: str, *, indefinite: bool = False) -> tuple[Field, ...] | tuple[Field, Box]:
    """An amount at the right of its label, and its box Indefinite where it has one."""
    if not indefinite:
        return (Field(path, "amount", label, "$1,000 USD", where="right"),)
    return (
        Field(path, "amount_or_indefinite", label, "$1,000 USD", where="right"),
        Box(path, "Indefinite", "Indefinite", anchor=label),
    )


def estimate(path: str, label: str, also: tuple[str, ...] = ()) -> tuple[Field, Box]:
    """An amount with its box Estimate."""
    return (
        Field(f"{path}.dollar_amount", "amount", label, "$1,000 USD", also=also, where="either"),
        Box(f"{path}.is_estimate", "true", "Estimate", anchor=label),
    )


UNITS = (Words("USD", many=True), Words("or", many=True))

YEAR_WITHIN = "Within Last Five Years (Specify Year)"
OTHER_ENTITY = "Other (Specify)"
OTHER_SECURITY = "Other (describe)"
NON_ACCREDITED = (
    "Select if securities in the offering have been or may be sold to persons who do not qualify as accredited "
    "investors, and enter the number of such non-accredited investors who already have invested in the offering"
)
TOTAL_INVESTORS = (
    "Regardless of whether securities in the offering have been or may be sold to persons who do not qualify as "
    "accredited investors, enter the total number of investors who already have invested in the offering"
)
GROSS_PROCEEDS = (
    "Provide the amount of the gross proceeds of the offering that has been or is proposed to be used for payments to "
    "any of the persons required to be named as executive officers, directors or promoters in response to Item 3 "
    "above. If the amount is unknown, provide an estimate and check the box next to the amount"
)
BROKER = "(Associated) Broker or Dealer"
BROKER_CRD = "(Associated) Broker or Dealer CRD Number"
SOLICITATION = 'State(s) of Solicitation (select all that apply) Check "All States" or check individual States'

IDENTITY = Section(
    "1",
    "Issuer's Identity",
    (
        Row("board", (Field("cik", "cik", "CIK (Filer ID Number)", "0001234567", where="either"),)),
        Row(
            "board",
            (
                Field("issuer_previous_names", "text", "Previous Names", "Old Name LLC", required=False, many=True),
                Box("issuer_previous_names", "None", "None", anchor="Previous Names"),
                Field("entity_name", "text", "Name of Issuer", "New Name LLC", where="either"),
                Field(
                    "jurisdiction_of_inc",
                    "text",
                    "Jurisdiction of Incorporation/Organization",
                    "DELAWARE",
                    where="either",
                ),
                Words("Year of Incorporation/Organization"),
                Box("year_of_inc.over_five_years", "true", "Over Five Years Ago"),
                Box("year_of_inc.within_five_years", "true", YEAR_WITHIN),
                Field("year_of_inc.value", "year", YEAR_WITHIN, "2009", where="right", required=False),
                Box("year_of_inc.yet_to_be_formed", "true", "Yet to Be Formed"),
                Words("Entity Type"),
                *choices(
                    "entity_type",
                    "Corporation",
                    "Limited Partnership",
                    "Limited Liability Company",
                    "General Partnership",
                    "Business Trust",
                ),
                Box("entity_type", "Other", OTHER_ENTITY),
                Field(
                    "entity_type_other_desc",
                    "text",
                    OTHER_ENTITY,
                    "Statutory Trust",
                    also=("Entity Type",),
                    where="either",
                    required=False,
                ),
            ),
        ),
    ),
    prefix="issuers[]",
)

CONTACT = Section(
    "2",
    "Principal Place of Business and Contact Information",
    (
        Row("grid", (Field("entity_name", "text", "Name of Issuer", "New Name LLC"),)),
        *address(
            "issuer_address",
            "ZIP/PostalCode",
            Field("issuer_phone_number", "phone", "Phone Number of Issuer", "212-555-0100"),
        ),
    ),
    prefix="issuers[]",
)

PERSONS = Section(
    "3",
    "Related Persons",
    (
        Row(
            "grid",
            (
                Field("related_person_name.last_name", "text", "Last Name", "van der Berg"),
                Field("related_person_name.first_name", "text", "First Name", "Ann"),
                Field("related_person_name.middle_name", "text", "Middle Name", "B.", required=False),
            ),
        ),
        *address("related_person_address"),
        Row(
            "board",
            (
                Words("Relationship"),
                *choices("related_person_relationships", "Executive Officer", "Director", "Promoter"),
            ),
        ),
        clarification("relationship_clarification"),
    ),
    prefix="related_persons[]",
)

_INDUSTRY = "industry_group.industry_group_type"
_FUND = "industry_group.investment_fund_info"

INDUSTRY = Section(
    "4",
    "Industry Group",
    (
        Row(
            "board",
            (
                *choices(_INDUSTRY, "Agriculture"),
                Words("Banking & Financial Services"),
                *choices(
                    _INDUSTRY,
                    "Commercial Banking",
                    "Insurance",
                    "Investing",
                    "Investment Banking",
                    "Pooled Investment Fund",
                ),
                *choices(
                    f"{_FUND}.investment_fund_type",
                    "Hedge Fund",
                    "Private Equity Fund",
                    "Venture Capital Fund",
                    "Other Investment Fund",
                    always=False,
                ),
                Words(
                    "Is the issuer registered as an investment company under the Investment Company Act of 1940?",
                ),
                *yes_no(f"{_FUND}.is40_act"),
                *choices(_INDUSTRY, "Other Banking & Financial Services", "Business Services"),
                Words("Energy"),
                *choices(
                    _INDUSTRY,
                    "Coal Mining",
                    "Electric Utilities",
                    "Energy Conservation",
                    "Environmental Services",
                    "Oil & Gas",
                    "Other Energy",
                ),
                Words("Health Care"),
                *choices(
                    _INDUSTRY,
                    "Biotechnology",
                    "Health Insurance",
                    "Hospitals & Physicians",
                    "Pharmaceuticals",
                    "Other Health Care",
                    "Manufacturing",
                ),
                Words("Real Estate"),
                *choices(
                    _INDUSTRY,
                    "Commercial",
                    "Construction",
                    "REITS & Finance",
                    "Residential",
                    "Other Real Estate",
                    "Retailing",
                    "Restaurants",
                ),
                Words("Technology"),
                *choices(_INDUSTRY, "Computers", "Telecommunications", "Other Technology"),
                Words("Travel"),
                *choices(
                    _INDUSTRY,
                    "Airlines & Airports",
                    "Lodging & Conventions",
                    "Tourism & Travel Services",
                    "Other Travel",
                    "Other",
                ),
            ),
        ),
    ),
)

SIZE = Section(
    "5",
    "Issuer Size",
    (
        Row(
            "board",
            (
                Words("Revenue Range"),
                Words("OR"),
                Words("Aggregate Net Asset Value Range"),
                *choices(
                    "issuer_size.revenue_range",
                    "No Revenues",
                    "$1 - $1,000,000",
                    "$1,000,001 - $5,000,000",
                    "$5,000,001 - $25,000,000",
                    "$25,000,001 - $100,000,000",
                    "Over $100,000,000",
                    "Decline to Disclose",
                    "Not Applicable",
                    anchor="Revenue Range",
                ),
                *choices(
                    "issuer_size.aggregate_net_asset_value_range",
                    "No Aggregate Net Asset Value",
                    "$1 - $5,000,000",
                    "$5,000,001 - $25,000,000",
                    "$25,000,001 - $50,000,000",
                    "$50,000,001 - $100,000,000",
                    "Over $100,000,000",
                    "Decline to Disclose",
                    "Not Applicable",
                    anchor="Aggregate Net Asset Value Range",
                ),
            ),
        ),
    ),
    interleaved=True,
)

EXEMPTION = Section(
    "6",
    "Federal Exemption(s) and Exclusion(s) Claimed",
    (
        Row(
            "board",
            (
                Words("select all that apply", always=False),
                *(
                    Box("federal_exemptions_exclusions", code.code, code.label, editions=frozenset(code.editions))
                    for code in EXEMPTIONS
                ),
                *(Box("federal_exemptions_exclusions", code.code, code.label) for code in SECTION_3C),
            ),
        ),
    ),
    also=("Federal Exemption(s) and Exclusion(s) Claimed (select all that apply)",),
)

FILING_TYPE = Section(
    "7",
    "Type of Filing",
    (
        Row(
            "board",
            (
                Box("type_of_filing.new_or_amendment.is_amendment", "false", "New Notice"),
                Field(
                    "type_of_filing.date_of_first_sale.value",
                    "date",
                    "Date of First Sale",
                    "2013-11-19",
                    where="either",
                    required=False,
                ),
                Box("type_of_filing.date_of_first_sale.yet_to_occur", "true", "First Sale Yet to Occur"),
                Box("type_of_filing.new_or_amendment.is_amendment", "true", "Amendment"),
            ),
        ),
    ),
)

DURATION = Section(
    "8",
    "Duration of Offering",
    (
        Row(
            "board",
            (
                Words("Does the Issuer intend this offering to last more than one year?"),
                *yes_no("duration_of_offering.more_than_one_year"),
            ),
        ),
    ),
)

_SECURITY = "types_of_securities_offered"

SECURITIES = Section(
    "9",
    "Type(s) of Securities Offered",
    (
        Row(
            "board",
            (
                Words("select all that apply", always=False),
                Box(f"{_SECURITY}.is_equity_type", "true", "Equity"),
                Box(f"{_SECURITY}.is_pooled_investment_fund_type", "true", "Pooled Investment Fund Interests"),
                Box(f"{_SECURITY}.is_debt_type", "true", "Debt"),
                Box(f"{_SECURITY}.is_tenant_in_common_type", "true", "Tenant-in-Common Securities"),
                Box(
                    f"{_SECURITY}.is_option_to_acquire_type",
                    "true",
                    "Option, Warrant or Other Right to Acquire Another Security",
                ),
                Box(f"{_SECURITY}.is_mineral_property_type", "true", "Mineral Property Securities"),
                Box(
                    f"{_SECURITY}.is_security_to_be_acquired_type",
                    "true",
                    "Security to be Acquired Upon Exercise of Option, Warrant or Other Right to Acquire Security",
                ),
                Box(f"{_SECURITY}.is_other_type", "true", OTHER_SECURITY),
                Field(
                    f"{_SECURITY}.description_of_other_type",
                    "text",
                    OTHER_SECURITY,
                    "Profits interests",
                    where="either",
                    required=False,
                ),
            ),
        ),
    ),
    also=("Type(s) of Securities Offered (select all that apply)",),
)

COMBINATION = Section(
    "10",
    "Business Combination Transaction",
    (
        Row(
            "board",
            (
                Words(
                    "Is this offering being made in connection with a business combination transaction, such as a "
                    "merger, acquisition or exchange offer?"
                ),
                *yes_no("business_combination_transaction.is_business_combination_transaction"),
            ),
        ),
        clarification("business_combination_transaction.clarification_of_response"),
    ),
)

MINIMUM = Section(
    "11",
    "Minimum Investment",
    (
        Row(
            "board",
            (
                *amount("minimum_investment_accepted", "Minimum investment accepted from any outside investor"),
                *UNITS,
            ),
        ),
    ),
)

COMPENSATION = Section(
    "12",
    "Sales Compensation",
    (
        Row(
            "grid",
            (
                Field("recipient_name", "text", "Recipient", "Jane Roe"),
                Field("recipient_crd_number", "crd", "Recipient CRD Number", "123456"),
                Box("recipient_crd_number", "None", "None", anchor="Recipient CRD Number"),
            ),
        ),
        Row(
            "grid",
            (
                Field("associated_bd_name", "text", BROKER, "Broker Inc"),
                Box("associated_bd_name", "None", "None", anchor=BROKER),
                Field("associated_bd_crd_number", "crd", BROKER_CRD, "654321"),
                Box("associated_bd_crd_number", "None", "None", anchor=BROKER_CRD),
            ),
        ),
        *address("recipient_address", "ZIP/Postal Code"),
        Row(
            "board",
            (
                Field(
                    "states_of_solicitation.states",
                    "states",
                    SOLICITATION,
                    "NEW YORK",
                    also=("State(s) of Solicitation (select all that apply)", "State(s) of Solicitation"),
                    required=False,
                    many=True,
                ),
                Words('Check "All States" or check individual States', always=False),
                Box("states_of_solicitation.value", "All States", "All States"),
                Box("foreign_solicitation", "true", "Foreign/non-US"),
            ),
        ),
    ),
    prefix="sales_compensation[]",
)

_AMOUNTS = "offering_sales_amounts"

AMOUNTS = Section(
    "13",
    "Offering and Sales Amounts",
    (
        Row(
            "board",
            (
                *amount(f"{_AMOUNTS}.total_offering_amount", "Total Offering Amount", indefinite=True),
                *amount(f"{_AMOUNTS}.total_amount_sold", "Total Amount Sold"),
                *amount(f"{_AMOUNTS}.total_remaining", "Total Remaining to be Sold", indefinite=True),
                *UNITS,
            ),
        ),
        clarification(f"{_AMOUNTS}.clarification_of_response"),
    ),
)

INVESTORS = Section(
    "14",
    "Investors",
    (
        Row(
            "board",
            (
                Box("investors.has_non_accredited_investors", "true", NON_ACCREDITED),
                Field(
                    "investors.number_non_accredited_investors",
                    "count",
                    NON_ACCREDITED,
                    "12",
                    where="either",
                    required=False,
                ),
                Field("investors.total_number_already_invested", "count", TOTAL_INVESTORS, "35", where="either"),
            ),
        ),
    ),
)

COMMISSIONS = Section(
    "15",
    "Sales Commissions & Finder's Fees Expenses",
    (
        Row(
            "board",
            (
                Words(
                    "Provide separately the amounts of sales commissions and finders fees expenses, if any. If the "
                    "amount of an expenditure is not known, provide an estimate and check the box next to the amount"
                ),
                *estimate("sales_commissions_finders_fees.sales_commissions", "Sales Commissions"),
                *estimate("sales_commissions_finders_fees.finders_fees", "Finders' Fees"),
                *UNITS,
            ),
        ),
        clarification("sales_commissions_finders_fees.clarification_of_response"),
    ),
    also=("Sales Commissions & Finders' Fees Expenses",),
)

PROCEEDS = Section(
    "16",
    "Use of Proceeds",
    (
        Row("board", (*estimate("use_of_proceeds.gross_proceeds_used", GROSS_PROCEEDS), *UNITS)),
        clarification("use_of_proceeds.clarification_of_response"),
    ),
)

SIGNATURES = Section(
    "Signature",
    "Signature and Submission",
    (
        Row(
            "table",
            (
                Field("issuer_name", "text", "Issuer", "New Name LLC"),
                Field("signature_name", "text", "Signature", "/s/ Ann Berg"),
                Field("name_of_signer", "text", "Name of Signer", "Ann Berg"),
                Field("signature_title", "text", "Title", "Manager"),
                Field("signature_date", "date", "Date", "2013-11-19"),
            ),
        ),
    ),
    prefix="signature_block.signatures[]",
)

FORM: tuple[Section, ...] = (
    IDENTITY,
    CONTACT,
    PERSONS,
    INDUSTRY,
    SIZE,
    EXEMPTION,
    FILING_TYPE,
    DURATION,
    SECURITIES,
    COMBINATION,
    MINIMUM,
    COMPENSATION,
    AMOUNTS,
    INVESTORS,
    COMMISSIONS,
    PROCEEDS,
    SIGNATURES,
)

GROUPS: tuple[Group, ...] = (
    Group(("issuers[].entity_type",), "one", "Entity Type"),
    Group(
        (
            "issuers[].year_of_inc.over_five_years",
            "issuers[].year_of_inc.within_five_years",
            "issuers[].year_of_inc.yet_to_be_formed",
        ),
        "one",
        "Year of Incorporation/Organization",
    ),
    Group(("related_persons[].related_person_relationships",), "some", "Relationship"),
    Group((_INDUSTRY,), "one", "Industry Group"),
    Group(
        (f"{_FUND}.investment_fund_type",), "one", "Pooled Investment Fund", when=f"{_INDUSTRY}=Pooled Investment Fund"
    ),
    Group(
        (f"{_FUND}.is40_act",),
        "one",
        "registered as an investment company",
        when=f"{_INDUSTRY}=Pooled Investment Fund",
    ),
    Group(
        ("issuer_size.revenue_range", "issuer_size.aggregate_net_asset_value_range"),
        "one",
        "Revenue Range OR Aggregate Net Asset Value Range",
    ),
    Group(("federal_exemptions_exclusions",), "some", "Federal Exemption(s) and Exclusion(s) Claimed"),
    Group(("type_of_filing.new_or_amendment.is_amendment",), "one", "Type of Filing"),
    Group(("duration_of_offering.more_than_one_year",), "one", "Duration of Offering"),
    Group(
        tuple(part.path for part in SECURITIES.parts() if isinstance(part, Box)),
        "some",
        "Type(s) of Securities Offered",
    ),
    Group(
        ("business_combination_transaction.is_business_combination_transaction",),
        "one",
        "Business Combination Transaction",
    ),
)
"""Which boxes answer one question together."""

"""The six tables of the SEC's quarterly Form D Data Sets, column by column, and what of a filing stands in each.

Facts: the readme of the data sets (names, keys, what is numeric) and the published tables themselves (how values are
written: flags are `true`, `false` or blank, the first issuer has the key 101, file numbers are padded with spaces).
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text", "count", "amount", "flag", "date", "list", "states", "name", "key", "fact", "filed", "primary", "span"
]
"""How a column writes its value.

text, count (a whole number), flag (true or false) and date (ISO 8601): as they are. amount: a whole number of US
dollars, or Indefinite. list: joined with ", ". states: the same, or All States. name: an element of a list of names, of
which the first is None where the list is empty. key: the record's number in its table, from 101. fact: not of the form,
but of EDGAR's header; filed: one that is a date, written 31-DEC-2020. primary: YES for the first issuer, NO for others.
span: which of the boxes of the year of incorporation is checked.
"""

FIRST_KEY = 101
"""The key of a filing's first record in a table."""

SPANS = {
    "within_five_years": "withinFiveYears",
    "yet_to_be_formed": "yetToBeFormed",
    "over_five_years": "overFiveYears",
}
"""What YEAROFINC_TIMESPAN_CHOICE says for each box."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. path: the field below the table's record; of a fact, its name in `Extraction.facts`."""

    name: str
    path: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. record: the path of its records, one row each; "" is the filing itself, one row.

    key: the columns that tell its rows apart.
    """

    name: str
    record: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that tell rows apart."""
        return tuple(column.name for column in self.columns if column.name == ACCESSION or column.kind == "key")


ACCESSION = "ACCESSIONNUMBER"
ISSUERS = "issuers[]"
"""The records of ISSUERS: the primary issuer, then the additional ones."""


def _address(path: str) -> tuple[Column, ...]:
    return (
        Column("STREET1", f"{path}.street1"),
        Column("STREET2", f"{path}.street2"),
        Column("CITY", f"{path}.city"),
        Column("STATEORCOUNTRY", f"{path}.state_or_country"),
        Column("STATEORCOUNTRYDESCRIPTION", f"{path}.state_or_country_description"),
        Column("ZIPCODE", f"{path}.zip_code"),
    )


def _each(name: str, path: str, kind: Kind = "text") -> tuple[Column, ...]:
    """The three columns of the first three elements of a list, which is as many as the schema allows."""
    return tuple(Column(f"{name}_{number}", f"{path}[{number - 1}]", kind) for number in (1, 2, 3))


_FILING = Column(ACCESSION, "accession_number", "fact")

_SECURITIES = "types_of_securities_offered"
_SALES = "offering_sales_amounts"
_FEES = "sales_commissions_finders_fees"
_PROCEEDS = "use_of_proceeds"

DATASET = (
    Table(
        "FORMDSUBMISSION",
        "",
        (
            _FILING,
            Column("FILE_NUM", "file_number", "fact"),
            Column("FILING_DATE", "filing_date", "filed"),
            Column("SIC_CODE", "sic_code", "fact"),
            Column("SCHEMAVERSION", "schema_version"),
            Column("SUBMISSIONTYPE", "submission_type"),
            Column("TESTORLIVE", "test_or_live"),
            Column("OVER100PERSONSFLAG", "over100_persons_flag", "flag"),
            Column("OVER100ISSUERFLAG", "over100_issuer_flag", "flag"),
        ),
    ),
    Table(
        "ISSUERS",
        ISSUERS,
        (
            _FILING,
            Column("IS_PRIMARYISSUER_FLAG", "", "primary"),
            Column("ISSUER_SEQ_KEY", "", "key"),
            Column("CIK", "cik"),
            Column("ENTITYNAME", "entity_name"),
            *_address("issuer_address"),
            Column("ISSUERPHONENUMBER", "issuer_phone_number"),
            Column("JURISDICTIONOFINC", "jurisdiction_of_inc"),
            *_each("ISSUER_PREVIOUSNAME", "issuer_previous_names", "name"),
            *_each("EDGAR_PREVIOUSNAME", "edgar_previous_names", "name"),
            Column("ENTITYTYPE", "entity_type"),
            Column("ENTITYTYPEOTHERDESC", "entity_type_other_desc"),
            Column("YEAROFINC_TIMESPAN_CHOICE", "year_of_inc", "span"),
            Column("YEAROFINC_VALUE_ENTERED", "year_of_inc.value", "count"),
        ),
    ),
    Table(
        "OFFERING",
        "",
        (
            _FILING,
            Column("INDUSTRYGROUPTYPE", "industry_group.industry_group_type"),
            Column("INVESTMENTFUNDTYPE", "industry_group.investment_fund_info.investment_fund_type"),
            Column("IS40ACT", "industry_group.investment_fund_info.is40_act", "flag"),
            Column("REVENUERANGE", "issuer_size.revenue_range"),
            Column("AGGREGATENETASSETVALUERANGE", "issuer_size.aggregate_net_asset_value_range"),
            Column("FEDERALEXEMPTIONS_ITEMS_LIST", "federal_exemptions_exclusions", "list"),
            Column("ISAMENDMENT", "type_of_filing.new_or_amendment.is_amendment", "flag"),
            Column("PREVIOUSACCESSIONNUMBER", "type_of_filing.new_or_amendment.previous_accession_number"),
            Column("SALE_DATE", "type_of_filing.date_of_first_sale.value", "date"),
            Column("YETTOOCCUR", "type_of_filing.date_of_first_sale.yet_to_occur", "flag"),
            Column("MORETHANONEYEAR", "duration_of_offering.more_than_one_year", "flag"),
            Column("ISEQUITYTYPE", f"{_SECURITIES}.is_equity_type", "flag"),
            Column("ISDEBTTYPE", f"{_SECURITIES}.is_debt_type", "flag"),
            Column("ISOPTIONTOACQUIRETYPE", f"{_SECURITIES}.is_option_to_acquire_type", "flag"),
            Column("ISSECURITYTOBEACQUIREDTYPE", f"{_SECURITIES}.is_security_to_be_acquired_type", "flag"),
            Column("ISPOOLEDINVESTMENTFUNDTYPE", f"{_SECURITIES}.is_pooled_investment_fund_type", "flag"),
            Column("ISTENANTINCOMMONTYPE", f"{_SECURITIES}.is_tenant_in_common_type", "flag"),
            Column("ISMINERALPROPERTYTYPE", f"{_SECURITIES}.is_mineral_property_type", "flag"),
            Column("ISOTHERTYPE", f"{_SECURITIES}.is_other_type", "flag"),
            Column("DESCRIPTIONOFOTHERTYPE", f"{_SECURITIES}.description_of_other_type"),
            Column(
                "ISBUSINESSCOMBINATIONTRANS",
                "business_combination_transaction.is_business_combination_transaction",
                "flag",
            ),
            Column("BUSCOMBCLARIFICATIONOFRESP", "business_combination_transaction.clarification_of_response"),
            Column("MINIMUMINVESTMENTACCEPTED", "minimum_investment_accepted", "count"),
            Column("OVER100RECIPIENTFLAG", "over100_recipient_flag", "flag"),
            Column("TOTALOFFERINGAMOUNT", f"{_SALES}.total_offering_amount", "amount"),
            Column("TOTALAMOUNTSOLD", f"{_SALES}.total_amount_sold", "count"),
            Column("TOTALREMAINING", f"{_SALES}.total_remaining", "amount"),
            Column("SALESAMTCLARIFICATIONOFRESP", f"{_SALES}.clarification_of_response"),
            Column("HASNONACCREDITEDINVESTORS", "investors.has_non_accredited_investors", "flag"),
            Column("NUMBERNONACCREDITEDINVESTORS", "investors.number_non_accredited_investors", "count"),
            Column("TOTALNUMBERALREADYINVESTED", "investors.total_number_already_invested", "count"),
            Column("SALESCOMM_DOLLARAMOUNT", f"{_FEES}.sales_commissions.dollar_amount", "count"),
            Column("SALESCOMM_ISESTIMATE", f"{_FEES}.sales_commissions.is_estimate", "flag"),
            Column("FINDERSFEE_DOLLARAMOUNT", f"{_FEES}.finders_fees.dollar_amount", "count"),
            Column("FINDERSFEE_ISESTIMATE", f"{_FEES}.finders_fees.is_estimate", "flag"),
            Column("FINDERFEECLARIFICATIONOFRESP", f"{_FEES}.clarification_of_response"),
            Column("GROSSPROCEEDSUSED_DOLLARAMOUNT", f"{_PROCEEDS}.gross_proceeds_used.dollar_amount", "count"),
            Column("GROSSPROCEEDSUSED_ISESTIMATE", f"{_PROCEEDS}.gross_proceeds_used.is_estimate", "flag"),
            Column("GROSSPROCEEDSUSED_CLAROFRESP", f"{_PROCEEDS}.clarification_of_response"),
            Column("AUTHORIZEDREPRESENTATIVE", "signature_block.authorized_representative", "flag"),
        ),
    ),
    Table(
        "RECIPIENTS",
        "sales_compensation[]",
        (
            _FILING,
            Column("RECIPIENT_SEQ_KEY", "", "key"),
            Column("RECIPIENTNAME", "recipient_name"),
            Column("RECIPIENTCRDNUMBER", "recipient_crd_number"),
            Column("ASSOCIATEDBDNAME", "associated_bd_name"),
            Column("ASSOCIATEDBDCRDNUMBER", "associated_bd_crd_number"),
            *_address("recipient_address"),
            Column("STATES_OR_VALUE_LIST", "states_of_solicitation", "states"),
            Column("DESCRIPTIONS_LIST", "states_of_solicitation.states[].description", "list"),
            Column("FOREIGNSOLICITATION", "foreign_solicitation", "flag"),
        ),
    ),
    Table(
        "RELATEDPERSONS",
        "related_persons[]",
        (
            _FILING,
            Column("RELATEDPERSON_SEQ_KEY", "", "key"),
            Column("FIRSTNAME", "related_person_name.first_name"),
            Column("MIDDLENAME", "related_person_name.middle_name"),
            Column("LASTNAME", "related_person_name.last_name"),
            *_address("related_person_address"),
            *_each("RELATIONSHIP", "related_person_relationships"),
            Column("RELATIONSHIPCLARIFICATION", "relationship_clarification"),
        ),
    ),
    Table(
        "SIGNATURES",
        "signature_block.signatures[]",
        (
            _FILING,
            Column("SIGNATURE_SEQ_KEY", "", "key"),
            Column("ISSUERNAME", "issuer_name"),
            Column("SIGNATURENAME", "signature_name"),
            Column("NAMEOFSIGNER", "name_of_signer"),
            Column("SIGNATURETITLE", "signature_title"),
            Column("SIGNATUREDATE", "signature_date", "date"),
        ),
    ),
)
"""The tables in the order of the SEC's readme."""

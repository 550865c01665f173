"""The boxes that the form shows, their states by a filing, and the editions of item 6."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from extractor.finding import BoxState
from extractor.form.boxes import boxes_of
from extractor.form.editions import EDITIONS, EXEMPTIONS, SECTION_3C, edition_of, exemptions_of
from extractor.form.elements import PRESENCE
from extractor.model import (
    AmountEstimate,
    DateOfFirstSale,
    Filing,
    IndustryGroup,
    InvestmentFundInfo,
    Investors,
    Issuer,
    IssuerSize,
    NewOrAmendment,
    OfferingSalesAmounts,
    Recipient,
    RelatedPerson,
    SalesCommissionsFindersFees,
    Signature,
    SignatureBlock,
    SolicitationState,
    StatesOfSolicitation,
    TypeOfFiling,
    TypesOfSecuritiesOffered,
    YearOfInc,
)
from extractor.readers.edgar import from_edgar_xml
from tests.strategies import filings

SHARED = Path(__file__).parents[1].parent / "shared"
REAL = sorted((SHARED / "filings" / "xml").glob("*.xml"))
CHECKED, UNCHECKED, UNKNOWN = BoxState.CHECKED, BoxState.UNCHECKED, BoxState.UNKNOWN
FUND = "industry_group.investment_fund_info"


def states(filing: Filing, path: str) -> dict[str, BoxState]:
    """The boxes of one field by their values."""
    found = boxes_of(filing).items()
    return {name.rpartition("=")[2]: state for name, state in found if name.rpartition("=")[0] == path}


def checked(filing: Filing, path: str) -> list[str]:
    """The values of one field's checked boxes; none of its boxes is unknown."""
    found = states(filing, path)
    assert found
    assert UNKNOWN not in found.values()
    return [value for value, state in found.items() if state is CHECKED]


def test_of_a_blank_filing_every_box_is_unknown() -> None:
    boxes = boxes_of(Filing())
    assert set(boxes.values()) == {UNKNOWN}
    assert len(boxes) == 1 + 3 + 6 + 35 + 2 + 8 + 8 + 7 + 14 + 3 + 2 + 8 + 2 + 2 + 1 + 2 + 1


def test_the_boxes_stand_in_the_forms_order() -> None:
    filing = Filing(
        additional_issuers=(Issuer(),),
        related_persons=(RelatedPerson(), RelatedPerson()),
        sales_compensation=(Recipient(),),
    )
    order = [name.partition("=")[0] for name in boxes_of(filing)]
    firsts = list(dict.fromkeys(path.partition(".")[0] for path in order))
    assert firsts == [
        *("primary_issuer", "additional_issuers[0]", "related_persons[0]", "related_persons[1]", "industry_group"),
        *("issuer_size", "federal_exemptions_exclusions", "type_of_filing", "duration_of_offering"),
        *("types_of_securities_offered", "business_combination_transaction", "sales_compensation[0]"),
        *("offering_sales_amounts", "investors", "sales_commissions_finders_fees", "use_of_proceeds"),
    ]


def test_an_issuers_boxes() -> None:
    issuer = Issuer(
        issuer_previous_names=("Old LLC",),
        entity_type="Business Trust",
        year_of_inc=YearOfInc(within_five_years=True, over_five_years=False, value=2011),
    )
    filing = Filing(primary_issuer=issuer, additional_issuers=(Issuer(), issuer))
    for path in ("primary_issuer", "additional_issuers[1]"):
        assert checked(filing, f"{path}.entity_type") == ["Business Trust"]
        assert len(states(filing, f"{path}.entity_type")) == 6
        assert states(filing, f"{path}.issuer_previous_names") == {"None": UNCHECKED}
        assert states(filing, f"{path}.year_of_inc.within_five_years") == {"true": CHECKED}
        assert states(filing, f"{path}.year_of_inc.over_five_years") == {"true": UNCHECKED}
        assert states(filing, f"{path}.year_of_inc.yet_to_be_formed") == {"true": UNKNOWN}
    assert set(states(filing, "additional_issuers[0].entity_type").values()) == {UNKNOWN}


@pytest.mark.parametrize(
    ("own", "edgars", "state"),
    [
        (None, None, UNKNOWN),
        ((), None, CHECKED),
        (None, (), CHECKED),
        ((), (), CHECKED),
        (("A",), (), UNCHECKED),
        ((), ("B",), UNCHECKED),
        (None, ("B",), UNCHECKED),
    ],
)
def test_no_previous_names(own: tuple[str, ...] | None, edgars: tuple[str, ...] | None, state: BoxState) -> None:
    filing = Filing(primary_issuer=Issuer(issuer_previous_names=own, edgar_previous_names=edgars))
    assert states(filing, "primary_issuer.issuer_previous_names") == {"None": state}


def test_relationships() -> None:
    filing = Filing(
        related_persons=(
            RelatedPerson(related_person_relationships=("Promoter", "Director")),
            RelatedPerson(related_person_relationships=()),
            RelatedPerson(),
        )
    )
    path = "related_persons[%d].related_person_relationships"
    assert checked(filing, path % 0) == ["Director", "Promoter"]
    assert checked(filing, path % 1) == []
    assert states(filing, path % 2) == dict.fromkeys(("Executive Officer", "Director", "Promoter"), UNKNOWN)


def test_the_funds_boxes_stand_with_a_pooled_fund_only() -> None:
    info = InvestmentFundInfo(investment_fund_type="Hedge Fund", is40_act=False)
    fund = Filing(industry_group=IndustryGroup(industry_group_type="Pooled Investment Fund", investment_fund_info=info))
    assert checked(fund, "industry_group.industry_group_type") == ["Pooled Investment Fund"]
    assert checked(fund, f"{FUND}.investment_fund_type") == ["Hedge Fund"]
    assert states(fund, f"{FUND}.is40_act") == {"true": UNCHECKED, "false": CHECKED}
    unsaid = Filing(industry_group=IndustryGroup(industry_group_type="Pooled Investment Fund"))
    assert set(states(unsaid, f"{FUND}.investment_fund_type").values()) == {UNKNOWN}
    assert states(unsaid, f"{FUND}.is40_act") == {"true": UNKNOWN, "false": UNKNOWN}
    other = Filing(industry_group=IndustryGroup(industry_group_type="Oil and Gas"))
    assert checked(other, "industry_group.industry_group_type") == ["Oil and Gas"]
    assert states(other, f"{FUND}.investment_fund_type") == {}
    assert states(other, f"{FUND}.is40_act") == {"true": UNCHECKED, "false": UNCHECKED}


def test_an_answer_in_one_column_of_item_5_leaves_the_other_unchecked() -> None:
    ranges = Filing(issuer_size=IssuerSize(aggregate_net_asset_value_range="Decline to Disclose"))
    assert checked(ranges, "issuer_size.aggregate_net_asset_value_range") == ["Decline to Disclose"]
    assert checked(ranges, "issuer_size.revenue_range") == []
    revenue = Filing(issuer_size=IssuerSize(revenue_range="Over $100,000,000"))
    assert checked(revenue, "issuer_size.revenue_range") == ["Over $100,000,000"]
    assert checked(revenue, "issuer_size.aggregate_net_asset_value_range") == []


def test_items_7_and_9() -> None:
    filing = Filing(
        type_of_filing=TypeOfFiling(
            new_or_amendment=NewOrAmendment(is_amendment=True), date_of_first_sale=DateOfFirstSale(yet_to_occur=True)
        ),
        types_of_securities_offered=TypesOfSecuritiesOffered(is_debt_type=True, is_equity_type=False),
    )
    assert states(filing, "type_of_filing.new_or_amendment.is_amendment") == {"false": UNCHECKED, "true": CHECKED}
    assert states(filing, "type_of_filing.date_of_first_sale.yet_to_occur") == {"true": CHECKED}
    assert states(filing, "types_of_securities_offered.is_debt_type") == {"true": CHECKED}
    assert states(filing, "types_of_securities_offered.is_equity_type") == {"true": UNCHECKED}
    assert states(filing, "types_of_securities_offered.is_other_type") == {"true": UNKNOWN}


def test_a_recipients_boxes() -> None:
    filing = Filing(
        sales_compensation=(
            Recipient(
                recipient_crd_number="None",
                associated_bd_name="Nonesuch Securities",
                associated_bd_crd_number="361",
                states_of_solicitation=StatesOfSolicitation(value="All States"),
                foreign_solicitation=True,
            ),
            Recipient(states_of_solicitation=StatesOfSolicitation(states=(SolicitationState(state="UT"),))),
            Recipient(),
        )
    )
    assert states(filing, "sales_compensation[0].recipient_crd_number") == {"None": CHECKED}
    assert states(filing, "sales_compensation[0].associated_bd_name") == {"None": UNCHECKED}
    assert states(filing, "sales_compensation[0].associated_bd_crd_number") == {"None": UNCHECKED}
    assert states(filing, "sales_compensation[0].foreign_solicitation") == {"true": CHECKED}
    told = [states(filing, f"sales_compensation[{n}].states_of_solicitation.value")["All States"] for n in range(3)]
    assert told == [CHECKED, UNCHECKED, UNKNOWN]
    assert states(filing, "sales_compensation[2].recipient_crd_number") == {"None": UNKNOWN}


def test_amounts_and_estimates() -> None:
    filing = Filing(
        offering_sales_amounts=OfferingSalesAmounts(total_offering_amount="Indefinite", total_remaining=0),
        investors=Investors(has_non_accredited_investors=False),
        sales_commissions_finders_fees=SalesCommissionsFindersFees(finders_fees=AmountEstimate(is_estimate=True)),
    )
    assert states(filing, "offering_sales_amounts.total_offering_amount") == {"Indefinite": CHECKED}
    assert states(filing, "offering_sales_amounts.total_remaining") == {"Indefinite": UNCHECKED}
    assert states(filing, "investors.has_non_accredited_investors") == {"true": UNCHECKED}
    assert states(filing, "sales_commissions_finders_fees.finders_fees.is_estimate") == {"true": CHECKED}
    assert states(filing, "use_of_proceeds.gross_proceeds_used.is_estimate") == {"true": UNKNOWN}


@pytest.mark.parametrize(
    ("codes", "version", "signed", "edition"),
    [
        (None, None, None, "now"),
        (("06b",), None, None, "now"),
        (("06b",), "X0708", None, "now"),
        (("06b",), "X0808", None, "now"),
        (("06b",), "X0707", None, "2013"),
        (("06",), "X0201", None, "before"),
        (("06", "3C.7"), None, None, "before"),
        (("46",), None, None, "before"),
        (("04.1",), "X0603", None, "before"),
        (("05",), None, None, "2013"),
        (("05",), "X0706", None, "before"),
        (("05", "06b"), None, None, "2013"),
        (("06b",), None, datetime.date(2013, 11, 19), "2013"),
        (("06b",), None, datetime.date(2013, 9, 1), "now"),  # what the page shows outweighs its date
        (("3C",), None, datetime.date(2017, 5, 22), "now"),
        (("3C",), None, datetime.date(2013, 9, 22), "before"),
        (("06", "06b"), "X0707", None, "2013"),
    ],
)
def test_the_edition_of_a_filing(
    codes: tuple[str, ...] | None, version: str | None, signed: datetime.date | None, edition: str
) -> None:
    block = SignatureBlock(signatures=(Signature(), Signature(signature_date=signed)))
    filing = Filing.model_validate(
        {"federal_exemptions_exclusions": codes, "schema_version": version, "signature_block": block}
    )
    assert edition_of(filing) == edition
    shown = states(filing, "federal_exemptions_exclusions")
    assert {value for value, state in shown.items() if state is CHECKED} == set(codes or ())
    assert set(shown) == {box.code for box in exemptions_of(edition_of(filing))} | set(codes or ())


def test_each_edition_has_the_rules_of_its_time_and_all_of_section_3c() -> None:
    rules = {edition.name: [box.code for box in exemptions_of(edition.name)][:-14] for edition in EDITIONS}
    assert rules == {
        "now": ["04", "04.1", "04.2", "04.3", "06b", "06c", "4a5"],
        "2013": ["04", "04.1", "04.2", "04.3", "05", "06b", "06c", "4a5"],
        "before": ["04", "04.1", "04.2", "04.3", "05", "06", "46"],
    }
    for edition in EDITIONS:
        assert exemptions_of(edition.name)[-14:] == SECTION_3C
    assert len({box.code for box in (*EXEMPTIONS, *SECTION_3C)}) == len(EXEMPTIONS) + len(SECTION_3C) == 24


@settings(max_examples=60, deadline=None)
@given(filings())
def test_a_checked_box_says_what_the_filing_says(filing: Filing) -> None:
    boxes = boxes_of(filing)
    claimed = filing.federal_exemptions_exclusions
    if claimed is not None:
        assert set(checked(filing, "federal_exemptions_exclusions")) == set(claimed)
    for name, state in boxes.items():
        path, _, value = name.rpartition("=")
        field = path.rpartition(".")[2]
        if field in PRESENCE:
            assert value == "true"
        if state is CHECKED and field not in PRESENCE:
            assert value in {"true", "false", "None"} or f'"{value}"' in filing.model_dump_json()


@pytest.mark.skipif(not REAL, reason="no real filings here")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:30])
def test_the_boxes_of_a_real_filing(path: Path) -> None:
    filing = from_edgar_xml(path.read_bytes())
    boxes = boxes_of(filing)
    unknown = {name.rpartition(".")[2] for name, state in boxes.items() if state is UNKNOWN}
    # Early schemas had no box Foreign, and a filer may leave out the list of previous names.
    assert unknown <= {"foreign_solicitation=true", "issuer_previous_names=None", "value=All States"}
    assert len(checked(filing, "primary_issuer.entity_type")) == 1
    assert len(checked(filing, "industry_group.industry_group_type")) == 1
    assert len([name for name, state in boxes.items() if name.startswith("issuer_size") and state is CHECKED]) == 1
    claims_506 = "06" in (filing.federal_exemptions_exclusions or ())
    assert edition_of(filing) == ("before" if claims_506 else "2013" if filing.schema_version == "X0707" else "now")

"""Checks of a filing as a whole: they report what does not fit, and change nothing."""

import datetime
from dataclasses import dataclass
from typing import get_args

import pytest
from lxml import etree

from extractor.checks import LARGEST, LIMITS, MOST, check, issuers
from extractor.finding import ProblemKind
from extractor.model import (
    AggregateNetAssetValueRange,
    AmountEstimate,
    AmountOrIndefinite,
    DateOfFirstSale,
    Filing,
    Issuer,
    IssuerSize,
    OfferingSalesAmounts,
    Recipient,
    RelatedPerson,
    RelatedPersonName,
    RevenueRange,
    Signature,
    SignatureBlock,
    SolicitationState,
    StatesOfSolicitation,
    TypeOfFiling,
    UseOfProceeds,
    YearOfInc,
)
from extractor.outputs.paths import field_paths
from extractor.readers.edgar import from_edgar_xml
from tests.conftest import ROOT

SCHEMA = ROOT.parent / "shared" / "edgar" / "formDSubmission-X0808.xsd"
K = ProblemKind


def found(filing: Filing) -> list[tuple[str, ProblemKind]]:
    return [(problem.path, problem.kind) for problem in check(filing)]


def test_an_empty_filing_has_nothing_that_does_not_fit() -> None:
    assert check(Filing()) == []


def test_the_samples_fit_but_for_a_recipient_who_solicits_nowhere() -> None:
    samples = sorted((ROOT / "samples").glob("*.xml"))
    problems = {path.stem: found(from_edgar_xml(path.read_bytes())) for path in samples}
    assert {name: some for name, some in problems.items() if some} == {
        "plum-hollow-exchange": [("sales_compensation[5].states_of_solicitation", K.MISSING_VALUE)]
    }


# --- amounts

TOTAL = "offering_sales_amounts.total_remaining"


@pytest.mark.parametrize(
    ("total", "sold", "remaining", "fits"),
    [
        (10, 4, 6, True),
        (10, 4, 5, False),
        (10, 4, 7, False),
        (0, 0, 0, True),
        (0, 5, 0, False),
        ("Indefinite", 4, "Indefinite", True),
        ("Indefinite", 4, 5, False),
        (10, 4, "Indefinite", False),
        (None, 4, 6, True),
        (10, None, 6, True),
        (10, 4, None, True),
    ],
)
def test_the_offering_is_what_was_sold_and_what_remains(
    total: AmountOrIndefinite | None, sold: int | None, remaining: AmountOrIndefinite | None, fits: bool
) -> None:
    amounts = OfferingSalesAmounts(total_offering_amount=total, total_amount_sold=sold, total_remaining=remaining)
    filing = Filing(offering_sales_amounts=amounts)
    assert found(filing) == ([] if fits else [(TOTAL, K.ARITHMETIC)])
    assert filing.offering_sales_amounts == amounts


def test_the_message_shows_the_sum() -> None:
    amounts = OfferingSalesAmounts(total_offering_amount=5_000_000, total_amount_sold=1, total_remaining=4_000_000)
    (problem,) = check(Filing(offering_sales_amounts=amounts))
    assert problem.message == "offering 5,000,000 is not sold 1 + remaining 4,000,000"


# --- limits

LONG = [
    ("primary_issuer.entity_name", 150),
    ("primary_issuer.issuer_address.street1", 40),
    ("primary_issuer.issuer_address.zip_code", 10),
    ("primary_issuer.issuer_phone_number", 20),
    ("primary_issuer.issuer_previous_names[0]", 150),
    ("additional_issuers[0].issuer_address.city", 30),
    ("related_persons[0].related_person_name.last_name", 200),
    ("related_persons[0].relationship_clarification", 255),
    ("sales_compensation[0].recipient_crd_number", 9),
    ("offering_sales_amounts.clarification_of_response", 255),
    ("signature_block.signatures[0].signature_name", 30),
    ("signature_block.signatures[0].signature_title", 60),
]


def with_text(path: str, text: str) -> Filing:
    """A filing with a text at a path."""
    value: object = text
    for step in reversed(path.split(".")):
        name, index, _ = step.partition("[")
        value = {name: (value,) if index else value}
    return Filing.model_validate(value)


@pytest.mark.parametrize(("path", "limit"), LONG)
def test_a_text_may_be_as_long_as_the_schema_allows(path: str, limit: int) -> None:
    assert (path, K.OVER_LIMIT) not in found(with_text(path, "x" * limit))
    assert (path, K.OVER_LIMIT) in found(with_text(path, "x" * (limit + 1)))


def test_every_limit_is_of_a_field() -> None:
    names = {path.rpartition(".")[2].removesuffix("[]") for path in field_paths()}
    assert LIMITS.keys() <= names
    assert MOST.keys() <= names


@dataclass(frozen=True)
class Length:
    """How an element of the schema is limited. type: its type's name."""

    element: str
    type: str
    most: int


def lengths() -> list[Length]:
    """The texts of the schema that have a greatest length."""
    space = {"xs": "http://www.w3.org/2001/XMLSchema"}
    tree = etree.parse(SCHEMA)
    limits = {
        str(kind.get("name")): int(str(kind.find(".//xs:maxLength", space).get("value")))  # type: ignore[union-attr]
        for kind in tree.findall(".//xs:simpleType[@name]", space)
        if kind.find(".//xs:maxLength", space) is not None
    }
    elements = tree.findall(".//xs:element[@type]", space)
    named = [(str(element.get("name")), str(element.get("type")).rpartition(":")[2]) for element in elements]
    return [Length(name, kind, limits[kind]) for name, kind in named if kind in limits]


@pytest.mark.skipif(not SCHEMA.exists(), reason="the SEC's schema is not at hand")
def test_the_limits_are_those_of_the_schema() -> None:
    seen = {snake(length.element): length.most for length in lengths()}
    assert {name: most for name, most in seen.items() if name in LIMITS} == {
        name: most for name, most in LIMITS.items() if name in seen
    }
    assert len(seen.keys() & LIMITS.keys()) > 10


def snake(name: str) -> str:
    """An element's name as the model writes it."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).replace("_b_d_", "_bd_")


def test_a_number_may_have_twelve_digits() -> None:
    for amount, fits in ((LARGEST, True), (LARGEST + 1, False)):
        proceeds = UseOfProceeds(gross_proceeds_used=AmountEstimate(dollar_amount=amount))
        path = "use_of_proceeds.gross_proceeds_used.dollar_amount"
        assert found(Filing(use_of_proceeds=proceeds)) == ([] if fits else [(path, K.OVER_LIMIT)])
        assert found(Filing(minimum_investment_accepted=amount)) == (
            [] if fits else [("minimum_investment_accepted", K.OVER_LIMIT)]
        )


def test_lists_may_have_as_many_entries_as_the_schema_allows() -> None:
    person = RelatedPerson(related_person_name=RelatedPersonName(last_name="Ng"))
    assert found(Filing(related_persons=(person,) * 100)) == []
    assert found(Filing(related_persons=(person,) * 101)) == [("related_persons", K.OVER_LIMIT)]
    assert ("additional_issuers", K.OVER_LIMIT) in found(Filing(additional_issuers=(Issuer(),) * 100))
    recipient = Recipient(foreign_solicitation=True)
    assert found(Filing(sales_compensation=(recipient,) * 101)) == [("sales_compensation", K.OVER_LIMIT)]
    names = Issuer(issuer_previous_names=tuple("abcdefg"))
    assert found(Filing(primary_issuer=names)) == [("primary_issuer.issuer_previous_names", K.OVER_LIMIT)]


# --- dates and years


def signed(*days: datetime.date | None) -> SignatureBlock:
    return SignatureBlock(signatures=tuple(Signature(signature_date=day) for day in days))


def test_a_signature_is_not_older_than_the_electronic_form() -> None:
    assert found(Filing(signature_block=signed(datetime.date(2008, 9, 15)))) == []
    old = Filing(signature_block=signed(datetime.date(2013, 1, 1), datetime.date(2008, 9, 14)))
    assert found(old) == [("signature_block.signatures[1].signature_date", K.OUT_OF_RANGE)]


def sale(day: datetime.date | None, yet: bool | None) -> Filing:
    return Filing(type_of_filing=TypeOfFiling(date_of_first_sale=DateOfFirstSale(value=day, yet_to_occur=yet)))


def test_a_first_sale_has_a_date_or_is_yet_to_occur() -> None:
    path = "type_of_filing.date_of_first_sale.value"
    day = datetime.date(2013, 11, 19)
    assert found(sale(day, yet=False)) == found(sale(None, yet=True)) == found(sale(day, yet=None)) == []
    assert found(sale(day, yet=True)) == [(path, K.INCONSISTENT)]
    assert found(sale(datetime.date(1933, 5, 26), yet=None)) == [(path, K.OUT_OF_RANGE)]


@pytest.mark.parametrize(
    ("value", "within", "problems"),
    [
        (2022, True, []),
        (2022, None, []),
        (None, True, [K.MISSING_VALUE]),
        (None, False, []),
        (2022, False, [K.INCONSISTENT]),
        (1999, True, [K.OUT_OF_RANGE]),
        (2024, True, [K.OUT_OF_RANGE]),
        (2023, True, []),
        (3000, True, [K.OUT_OF_RANGE]),
    ],
)
def test_the_year_of_incorporation(value: int | None, within: bool | None, problems: list[ProblemKind]) -> None:
    year = YearOfInc(value=value, within_five_years=within)
    filing = Filing(primary_issuer=Issuer(year_of_inc=year), signature_block=signed(datetime.date(2023, 5, 1), None))
    assert found(filing) == [("primary_issuer.year_of_inc.value", kind) for kind in problems]


def test_so_with_each_issuer() -> None:
    late = Issuer(year_of_inc=YearOfInc(value=2024, within_five_years=True))
    filing = Filing(additional_issuers=(Issuer(), late), signature_block=signed(*[datetime.date(2023, 5, 1)] * 3))
    assert found(filing) == [("additional_issuers[1].year_of_inc.value", K.OUT_OF_RANGE)]


# --- what belongs together


def test_each_issuer_signs() -> None:
    day = datetime.date(2023, 5, 1)
    two = Filing(additional_issuers=(Issuer(),), signature_block=signed(day))
    assert found(two) == [("signature_block.signatures", K.INCONSISTENT)]
    assert found(two.model_copy(update={"signature_block": signed(day, day)})) == []
    assert found(two.model_copy(update={"signature_block": signed(day, day, day)})) == []


def test_a_size_is_of_one_kind() -> None:
    revenue, value = get_args(RevenueRange)[0], get_args(AggregateNetAssetValueRange)[0]
    both = IssuerSize(revenue_range=revenue, aggregate_net_asset_value_range=value)
    assert found(Filing(issuer_size=both)) == [("issuer_size", K.GROUP_CONFLICT)]
    assert found(Filing(issuer_size=IssuerSize(revenue_range=revenue))) == []


@pytest.mark.parametrize(
    ("recipient", "fits"),
    [
        (Recipient(), False),
        (Recipient(foreign_solicitation=False), False),
        (Recipient(foreign_solicitation=True), True),
        (Recipient(states_of_solicitation=StatesOfSolicitation(value="All States")), True),
        (Recipient(states_of_solicitation=StatesOfSolicitation(states=(SolicitationState(state="CA"),))), True),
    ],
)
def test_a_recipient_solicits_somewhere(recipient: Recipient, fits: bool) -> None:
    problems = [] if fits else [("sales_compensation[0].states_of_solicitation", K.MISSING_VALUE)]
    assert found(Filing(sales_compensation=(recipient,))) == problems


def test_issuers_with_their_paths() -> None:
    filing = Filing(additional_issuers=(Issuer(cik="0000000002"), Issuer()))
    assert [(path, issuer.cik) for path, issuer in issuers(filing)] == [
        ("primary_issuer", None),
        ("additional_issuers[0]", "0000000002"),
        ("additional_issuers[1]", None),
    ]


# --- descriptions


@pytest.mark.parametrize(
    ("kind", "words", "expected"),
    [
        ("Other", "A trust of its own", []),
        ("Other", None, [K.MISSING_VALUE]),
        ("Corporation", None, []),
        ("Corporation", "A trust of its own", [K.INCONSISTENT]),
        (None, "A trust of its own", [K.INCONSISTENT]),
    ],
)
def test_a_description_belongs_to_other(kind: str | None, words: str | None, expected: list[ProblemKind]) -> None:
    filing = Filing.model_validate({"primary_issuer": {"entity_type": kind, "entity_type_other_desc": words}})
    path = "primary_issuer.entity_type_other_desc"
    assert [problem.kind for problem in check(filing) if problem.path == path] == expected
    offered = {"is_other_type": kind == "Other", "description_of_other_type": words}
    filing = Filing.model_validate({"types_of_securities_offered": offered})
    path = "types_of_securities_offered.description_of_other_type"
    assert [problem.kind for problem in check(filing) if problem.path == path] == expected


def test_a_street_longer_than_a_line_may_hold_the_next() -> None:
    street = {"street1": "x" * (LIMITS["street1"] + 1)}
    filing = Filing.model_validate({"primary_issuer": {"issuer_address": street}})
    assert ("primary_issuer.issuer_address.street2", K.AMBIGUOUS) in found(filing)
    filing = Filing.model_validate({"primary_issuer": {"issuer_address": {**street, "street2": "y"}}})
    assert ("primary_issuer.issuer_address.street2", K.AMBIGUOUS) not in found(filing)

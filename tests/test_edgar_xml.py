"""EDGAR's XML as it is written: the schema's elements, any filing there and back, and real ones."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from extractor.form.elements import elements_of
from extractor.model import (
    Address,
    Filing,
    InvestmentFundInfo,
    Issuer,
    Record,
)
from extractor.outputs.edgar_xml import to_edgar_xml
from extractor.readers.edgar import from_edgar_xml, read_edgar
from extractor.source import Cell
from tests.edgar_documents import document
from tests.strategies import as_read, filings

SHARED = Path(__file__).parents[1].parent / "shared"
REAL = sorted((SHARED / "filings").glob("xml/*.xml")) + sorted((SHARED / "filings").glob("submission/*.txt"))

# --- the schema's elements

OUTLINE = """
: schemaVersion submissionType testOrLive returnCopy
contactData: contactName contactPhoneNumber contactEmailAddress
notificationAddressList: notificationEmailAddress
primaryIssuer: cik ccc entityName issuerPhoneNumber jurisdictionOfInc entityType entityTypeOtherDesc
primaryIssuer/issuerAddress: street1 street2 city stateOrCountry stateOrCountryDescription zipCode
primaryIssuer/issuerPreviousNameList: previousName
primaryIssuer/edgarPreviousNameList: previousName
primaryIssuer/yearOfInc: withinFiveYears yetToBeFormed overFiveYears value
issuerList: over100IssuerFlag
issuerList/issuer: cik ccc entityName issuerPhoneNumber jurisdictionOfInc entityType entityTypeOtherDesc
issuerList/issuer/issuerAddress: street1 street2 city stateOrCountry stateOrCountryDescription zipCode
issuerList/issuer/issuerPreviousNameList: previousName
issuerList/issuer/edgarPreviousNameList: previousName
issuerList/issuer/yearOfInc: withinFiveYears yetToBeFormed overFiveYears value
relatedPersonsList: over100PersonsFlag
relatedPersonsList/relatedPersonInfo: relationshipClarification
relatedPersonsList/relatedPersonInfo/relatedPersonName: firstName middleName lastName
relatedPersonsList/relatedPersonInfo/relatedPersonAddress: street1 street2 city stateOrCountry
relatedPersonsList/relatedPersonInfo/relatedPersonAddress: stateOrCountryDescription zipCode
relatedPersonsList/relatedPersonInfo/relatedPersonRelationshipList: relationship
offeringData: minimumInvestmentAccepted
offeringData/industryGroup: industryGroupType
offeringData/industryGroup/investmentFundInfo: investmentFundType is40Act
offeringData/issuerSize: revenueRange aggregateNetAssetValueRange
offeringData/federalExemptionsExclusions: item
offeringData/typeOfFiling/newOrAmendment: isAmendment previousAccessionNumber
offeringData/typeOfFiling/dateOfFirstSale: value yetToOccur
offeringData/durationOfOffering: moreThanOneYear
offeringData/typesOfSecuritiesOffered: isEquityType isDebtType isOptionToAcquireType isSecurityToBeAcquiredType
offeringData/typesOfSecuritiesOffered: isPooledInvestmentFundType isTenantInCommonType isMineralPropertyType
offeringData/typesOfSecuritiesOffered: isOtherType descriptionOfOtherType
offeringData/businessCombinationTransaction: isBusinessCombinationTransaction clarificationOfResponse
offeringData/salesCompensationList: over100RecipientFlag
offeringData/salesCompensationList/recipient: recipientName recipientCRDNumber associatedBDName
offeringData/salesCompensationList/recipient: associatedBDCRDNumber foreignSolicitation
offeringData/salesCompensationList/recipient/recipientAddress: street1 street2 city stateOrCountry
offeringData/salesCompensationList/recipient/recipientAddress: stateOrCountryDescription zipCode
offeringData/salesCompensationList/recipient/statesOfSolicitationList: value state description
offeringData/offeringSalesAmounts: totalOfferingAmount totalAmountSold totalRemaining clarificationOfResponse
offeringData/investors: hasNonAccreditedInvestors numberNonAccreditedInvestors totalNumberAlreadyInvested
offeringData/salesCommissionsFindersFees: clarificationOfResponse
offeringData/salesCommissionsFindersFees/salesCommissions: dollarAmount isEstimate
offeringData/salesCommissionsFindersFees/findersFees: dollarAmount isEstimate
offeringData/useOfProceeds: clarificationOfResponse
offeringData/useOfProceeds/grossProceedsUsed: dollarAmount isEstimate
offeringData/signatureBlock: authorizedRepresentative
offeringData/signatureBlock/signature: issuerName signatureName nameOfSigner signatureTitle signatureDate
"""
"""Every element with a text, below those around it, written down from formDSubmission-X0808.xsd."""


def tags(part: type[Record], above: str = "") -> Iterator[str]:
    for element in elements_of(part):
        path = "/".join((above, *element.steps)).removeprefix("/")
        if element.record is None:
            yield path
        else:
            yield from tags(element.record, path)


def test_the_fields_of_the_model_are_the_elements_of_the_schema() -> None:
    outlined = [line.partition(":") for line in OUTLINE.strip().splitlines()]
    expected = [f"{above}/{tag}".removeprefix("/") for above, _, inside in outlined for tag in inside.split()]
    assert sorted(tags(Filing)) == sorted(expected)


LEFT_OUT = {
    *("yet_to_be_formed", "over_five_years", "aggregate_net_asset_value_range", "yet_to_occur"),
    "states_of_solicitation.value",
}
"""The other choices, where the schema lets an element stand in place of another."""

SOME = {
    "text": "A",
    "cik": "0009900001",
    "amount": "5",
    "indefinite": "Indefinite",
    "year": "2022",
    "date": "2023-03-10",
    "boolean": "true",
    "presence": "true",
    "schema_version": "X0808",
    "ccc": "pa$$w0rd",
    "contact_email_address": "a@b.com",
    "notification_addresses": "a@b.com",
    "state_or_country": "E9",
    "state": "UT",
    "recipient_crd_number": "361",
    "associated_bd_crd_number": "None",
    "previous_accession_number": "0009900001-23-000002",
    "submission_type": "D/A",
    "test_or_live": "LIVE",
    "entity_type": "Other",
    "revenue_range": "No Revenues",
    "related_person_relationships": "Promoter",
    "federal_exemptions_exclusions": "3C.14",
    "industry_group_type": "Pooled Investment Fund",
    "investment_fund_type": "Hedge Fund",
}


def full(part: type[Record], above: str = "") -> str:
    """A part with every element, in the model's order."""
    told = ""
    opened: tuple[str, ...] = ()
    for element in elements_of(part):
        if element.name in LEFT_OUT or f"{above}.{element.name}" in LEFT_OUT:
            continue
        inside = full(element.record, element.name) if element.record else SOME.get(element.name) or SOME[element.kind]
        outer, own = element.steps[:-1], element.steps[-1:]
        if outer != opened:
            kept = len([1 for old, new in zip(opened, outer, strict=False) if old == new])
            told += "".join(f"</{tag}>" for tag in reversed(opened[kept:])) + "".join(
                f"<{tag}>" for tag in outer[kept:]
            )
            opened = outer
        told += f"<{own[0]}>{inside}</{own[0]}>" if own else inside
    return told + "".join(f"</{tag}>" for tag in reversed(opened))


def test_a_filing_that_says_everything_is_kept_whole() -> None:
    xml = f"<edgarSubmission>{full(Filing)}</edgarSubmission>"
    filing = from_edgar_xml(xml)
    assert None not in {getattr(filing, name) for name in Filing.model_fields}
    assert "".join(line.strip() for line in to_edgar_xml(filing).splitlines()[1:]) == xml


# --- writing


def test_a_filing_is_written_as_edgar_writes_it() -> None:
    assert to_edgar_xml(from_edgar_xml(document())) == (
        '<?xml version="1.0"?>\n'
        "<edgarSubmission>\n"
        "    <submissionType>D</submissionType>\n"
        "    <primaryIssuer>\n"
        "        <cik>0009900001</cik>\n"
        "        <entityName>Kestrel &amp; Rook Partners, L.P.</entityName>\n"
        "        <issuerAddress>\n"
        "            <street1>1 Quay</street1>\n"
        "            <stateOrCountry>E9</stateOrCountry>\n"
        "            <stateOrCountryDescription>CAYMAN ISLANDS</stateOrCountryDescription>\n"
        "        </issuerAddress>\n"
        "        <issuerPreviousNameList>\n"
        "            <value>None</value>\n"
        "        </issuerPreviousNameList>\n"
        "        <yearOfInc>\n"
        "            <withinFiveYears>true</withinFiveYears>\n"
        "            <value>2022</value>\n"
        "        </yearOfInc>\n"
        "    </primaryIssuer>\n"
        "    <offeringData>\n"
        "        <salesCompensationList></salesCompensationList>\n"
        "    </offeringData>\n"
        "</edgarSubmission>"
    )


def test_a_filing_with_a_schema_version_is_not_added_to() -> None:
    address = Issuer(issuer_address=Address(state_or_country="E9"))
    assert "CAYMAN ISLANDS" in to_edgar_xml(Filing(primary_issuer=address))
    assert "CAYMAN ISLANDS" not in to_edgar_xml(Filing(schema_version="X0201", primary_issuer=address))


def test_a_known_description_stands_and_an_unknown_code_gets_none() -> None:
    kept = Address(state_or_country="2Q", state_or_country_description="GEORGIA")
    assert "<stateOrCountryDescription>GEORGIA<" in to_edgar_xml(Filing(primary_issuer=Issuer(issuer_address=kept)))
    unknown = Filing(primary_issuer=Issuer(issuer_address=Address(state_or_country="ZZ")))
    assert "Description" not in to_edgar_xml(unknown)


@pytest.mark.parametrize("bad", ["\0", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_forbids_becomes_a_replacement_character(bad: str) -> None:
    xml = to_edgar_xml(Filing(primary_issuer=Issuer(entity_name=f"A{bad}B\r\n<C>&]]>")))
    assert from_edgar_xml(xml).primary_issuer.entity_name == "A\N{REPLACEMENT CHARACTER}B <C>&]]>"


def test_an_empty_fund_is_no_fund() -> None:
    filing = Filing(
        industry_group=Filing().industry_group.model_copy(update={"investment_fund_info": InvestmentFundInfo()})
    )
    assert from_edgar_xml(to_edgar_xml(filing)).industry_group.investment_fund_info is None


@settings(max_examples=120, deadline=None)
@given(filings())
def test_any_filing_written_and_read_is_what_the_xml_can_say_of_it(filing: Filing) -> None:
    xml = to_edgar_xml(filing)
    read = from_edgar_xml(xml)
    assert read == as_read(filing)
    assert from_edgar_xml(to_edgar_xml(read)) == read == as_read(read)


@settings(max_examples=60, deadline=None)
@given(filings())
def test_the_answers_of_any_filing_are_its_values(filing: Filing) -> None:
    source = read_edgar(to_edgar_xml(filing).encode())
    answers = [(path, cell.text) for path, cell in source.answers]
    assert sorted(answers) == sorted(leaves(from_edgar_xml(to_edgar_xml(filing)), ""))
    assert set(source.items) <= {cell for _, cell in source.answers}


def leaves(part: Record, prefix: str) -> Iterator[tuple[str, str]]:
    """The paths and texts of a filing's values, as the XML writes them."""
    for element in elements_of(type(part)):
        path, value = prefix + element.name, getattr(part, element.name)
        if value == () and element.name.endswith("previous_names"):
            yield path, "None"
        for index, entry in enumerate(value if isinstance(value, tuple) else (value,)):
            name = f"{path}[{index}]" if element.many else path
            if isinstance(entry, Record):
                yield from leaves(entry, f"{name}.")
            elif entry is not None:
                yield name, str(entry).lower() if isinstance(entry, bool) else str(entry)


# --- real documents


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    path = SHARED / "edgar" / "formDSubmission-X0808.xsd"
    if not path.exists():
        pytest.skip("the SEC's schema is not here")
    return etree.XMLSchema(etree.parse(path))


def test_a_filing_that_says_everything_is_valid(schema: etree.XMLSchema) -> None:
    schema.assertValid(etree.fromstring(f"<edgarSubmission>{full(Filing)}</edgarSubmission>"))


needs_real = pytest.mark.skipif(not REAL, reason="no real filings here")


@needs_real
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:30])
def test_a_real_filing_survives_writing_and_reading(path: Path) -> None:
    filing = from_edgar_xml(path.read_bytes())
    assert from_edgar_xml(to_edgar_xml(filing)) == filing
    signed = filing.signature_block.signatures[0].signature_date
    assert signed is not None
    assert signed > datetime.date(2008, 9, 1)


@needs_real
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:30])
def test_a_real_filing_has_no_text_without_an_answer(path: Path) -> None:
    source = read_edgar(path.read_bytes())
    answered = {cell for _, cell in source.answers}
    assert [item for item in source.items if item not in answered] == []
    assert sorted((name, cell.text) for name, cell in source.answers) == sorted(
        leaves(from_edgar_xml(path.read_bytes()), "")
    )
    lines = path.read_bytes().decode().splitlines()
    for item in source.items:
        assert isinstance(item, Cell)
        assert item.place.line is not None
        assert f">{item.text[:5].split()[0]}" in lines[item.place.line - 1].replace("&amp;", "&")


@needs_real
@pytest.mark.parametrize("path", REAL[:22], ids=lambda path: path.stem[:30])
def test_what_is_valid_stays_valid(path: Path, schema: etree.XMLSchema) -> None:
    before = schema.validate(etree.fromstring(path.read_bytes()))
    after = schema.validate(etree.fromstring(to_edgar_xml(from_edgar_xml(path.read_bytes())).encode()))
    assert after or not before, schema.error_log
    assert before or "ABBOTT" in path.name  # filed under X0201, where a phone number could be blank

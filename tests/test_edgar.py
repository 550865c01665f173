"""EDGAR's XML and submissions, read and written: by hand-made documents, by any filing, and by real ones."""

import contextlib
import datetime
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex
from hypothesis import given, settings
from lxml import etree

from extractor.errors import BrokenInput, EmptyInput, NotAFormD, UnreadableInput
from extractor.form.elements import elements_of
from extractor.model import (
    Address,
    Filing,
    InvestmentFundInfo,
    Issuer,
    Recipient,
    Record,
    SolicitationState,
    StatesOfSolicitation,
    TypesOfSecuritiesOffered,
    YearOfInc,
)
from extractor.outputs.edgar_xml import to_edgar_xml
from extractor.readers.edgar import MAX_SIZE, from_edgar_xml, read_edgar
from extractor.readers.sgml import header_facts
from extractor.source import Cell, Source
from tests.strategies import as_read, filings

SHARED = Path(__file__).parents[1].parent / "shared"
REAL = sorted((SHARED / "filings").glob("xml/*.xml")) + sorted((SHARED / "filings").glob("submission/*.txt"))

ISSUER = """
    <primaryIssuer>
        <cik>0009900001</cik>
        <entityName>Kestrel &amp; Rook
            Partners, L.P.</entityName>
        <issuerAddress><street1>1 Quay</street1><street2></street2><stateOrCountry>E9</stateOrCountry></issuerAddress>
        <issuerPreviousNameList><value>None</value></issuerPreviousNameList>
        <yearOfInc><withinFiveYears>true</withinFiveYears><value>2022</value></yearOfInc>
    </primaryIssuer>"""

LABELLED = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
Originator-Name: webmaster@www.sec.gov

<SEC-DOCUMENT>0009900001-13-000063.txt : 20130214
<SEC-HEADER>0009900001-13-000063.hdr.sgml : 20130214
<ACCEPTANCE-DATETIME>20130214091550
ACCESSION NUMBER:\t\t0009900001-13-000063
CONFORMED SUBMISSION TYPE:\tD
PUBLIC DOCUMENT COUNT:\t\t1
ITEM INFORMATION:\t\tRule 505
ITEM INFORMATION:\t\t<ITEMS>06c
FILED AS OF DATE:\t\t20130214

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tKESTREL & ROOK PARTNERS, L.P.
\t\tCENTRAL INDEX KEY:\t\t\t0009900001
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tSERVICES-PREPACKAGED SOFTWARE [7372]

\tFILING VALUES:
\t\tFORM TYPE:\t\tD
\t\tSEC FILE NUMBER:\t021-000001
\t\tFILM NUMBER:\t\t13606741

\tBUSINESS ADDRESS:\t
\t\tCITY:\t\t\tBROOKLINE

\tMAIL ADDRESS:\t
\t\tCITY:\t\t\tBOSTON

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tKestrel One
\t\tDATE OF NAME CHANGE:\t20080521

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tKestrel Zero
\t\tDATE OF NAME CHANGE:\t19981313
</SEC-HEADER>
<DOCUMENT>
<TYPE>COVER
<TEXT>
A letter.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>D
<SEQUENCE>1
<FILENAME>primary_doc.xml
<TEXT>
<XML>
%s
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
-----END PRIVACY-ENHANCED MESSAGE-----
"""

TAGGED = """<SUBMISSION>
<ACCESSION-NUMBER>0009900001-24-000491
<TYPE>D/A
<ITEMS>06b
<ITEMS>3C
<FILING-DATE>20240111
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>KESTREL FUND, LP
<CIK>0009900001
<ORGANIZATION-NAME>
</COMPANY-DATA>
<FILING-VALUES>
<FORM-TYPE>D/A
<FILE-NUMBER>021-67023
<FILM-NUMBER>24528538
</FILING-VALUES>
</FILER>
<DOCUMENT>
<TYPE>D/A
<TEXT>
<XML>
%s
</XML>
</TEXT>
</DOCUMENT>
</SUBMISSION>
"""


def document(inside: str = ISSUER, kind: str = "<submissionType>D</submissionType>") -> str:
    return f'<?xml version="1.0"?>\n<edgarSubmission>\n    {kind}{inside}\n</edgarSubmission>'


def offering(inside: str) -> str:
    return document(f"<offeringData>{inside}</offeringData>")


def prefixed(xml: str) -> str:
    named = regex.sub(r"<(/?)(?=\w)", r"<\1d:", xml)
    return named.replace("<d:edgarSubmission", '<d:edgarSubmission xmlns:d="urn:d"', 1)


def told(source: Source) -> dict[str, str]:
    return {path: cell.text for path, cell in source.answers}


# --- reading


def test_the_filing_of_a_document() -> None:
    assert from_edgar_xml(document()) == Filing(
        submission_type="D",
        primary_issuer=Issuer(
            cik="0009900001",
            entity_name="Kestrel & Rook Partners, L.P.",
            issuer_address=Address(street1="1 Quay", state_or_country="E9"),
            issuer_previous_names=(),
            year_of_inc=YearOfInc(within_five_years=True, yet_to_be_formed=False, over_five_years=False, value=2022),
        ),
        over100_issuer_flag=False,
        over100_persons_flag=False,
        over100_recipient_flag=False,
    )


def test_every_text_is_an_item_and_every_known_one_an_answer_with_its_line() -> None:
    source = read_edgar(document().encode())
    lines = document().splitlines()
    assert (source.format, source.columns) == ("edgar", False)
    answers = [(path, cell) for path, cell in source.answers if cell in source.items]
    assert [cell for _, cell in answers] == list(source.items)
    assert [(path, cell.text, cell.place.line) for path, cell in answers][:4] == [
        ("submission_type", "D", 3),
        ("primary_issuer.cik", "0009900001", 5),
        ("primary_issuer.entity_name", "Kestrel & Rook Partners, L.P.", 6),
        ("primary_issuer.issuer_address.street1", "1 Quay", 8),
    ]
    for _, cell in answers:
        assert cell.place.line is not None
        assert cell.text.split()[0].replace("&", "&amp;") in lines[cell.place.line - 1]
        assert (cell.x0, cell.x1, cell.top, cell.bottom) == (0, 0, cell.place.line, cell.place.line)


def test_a_mark_that_is_not_there_is_answered_false_on_the_line_of_its_part() -> None:
    source = read_edgar(document().encode())
    missing = {path: cell for path, cell in source.answers if cell not in source.items}
    assert {path: cell.text for path, cell in missing.items()} == dict.fromkeys(
        (
            "primary_issuer.year_of_inc.yet_to_be_formed",
            "primary_issuer.year_of_inc.over_five_years",
            *("over100_issuer_flag", "over100_persons_flag", "over100_recipient_flag"),
        ),
        "false",
    )
    assert missing["primary_issuer.year_of_inc.over_five_years"].place.line == 10


def test_lists_are_counted() -> None:
    xml = document(
        "<issuerList><issuer><cik>0009900002</cik></issuer><issuer></issuer><issuer><cik>0009900003</cik></issuer>"
        "<over100IssuerFlag>true</over100IssuerFlag></issuerList>"
        "<relatedPersonsList><relatedPersonInfo><relatedPersonRelationshipList><relationship>Director</relationship>"
        "<relationship> </relationship><relationship>Promoter</relationship></relatedPersonRelationshipList>"
        "</relatedPersonInfo></relatedPersonsList><offeringData><federalExemptionsExclusions><item>06b</item>"
        "<item>3C</item></federalExemptionsExclusions></offeringData>"
    )
    answers = told(read_edgar(xml.encode()))
    assert {path: text for path, text in answers.items() if text != "false"} == {
        "submission_type": "D",
        "additional_issuers[0].cik": "0009900002",
        "additional_issuers[1].cik": "0009900003",
        "over100_issuer_flag": "true",
        "related_persons[0].related_person_relationships[0]": "Director",
        "related_persons[0].related_person_relationships[1]": "Promoter",
        "federal_exemptions_exclusions[0]": "06b",
        "federal_exemptions_exclusions[1]": "3C",
    }
    filing = from_edgar_xml(xml)
    assert [issuer.cik for issuer in filing.additional_issuers] == ["0009900002", "0009900003"]
    assert filing.related_persons[0].related_person_relationships == ("Director", "Promoter")
    assert filing.federal_exemptions_exclusions == ("06b", "3C")
    assert filing.over100_issuer_flag is True


STATES = [
    (
        "<state>CA</state><description>CALIFORNIA</description><state>NY</state><description>NEW YORK</description>",
        [("CA", "CALIFORNIA"), ("NY", "NEW YORK")],
    ),
    ("<state>CA</state><state>NY</state>", [("CA", None), ("NY", None)]),
    ("<state>CA</state><state/><description>NEW YORK</description>", [("CA", None), (None, "NEW YORK")]),
    ("<description>UTAH</description><description>IOWA</description>", [(None, "UTAH"), (None, "IOWA")]),
    ("<state></state><description></description>", []),
]


@pytest.mark.parametrize(("inside", "states"), STATES)
def test_a_description_belongs_to_the_state_before_it(inside: str, states: list[tuple[str | None, str | None]]) -> None:
    xml = offering(
        "<salesCompensationList><recipient><recipientName>Roe</recipientName><statesOfSolicitationList>"
        f"{inside}</statesOfSolicitationList></recipient></salesCompensationList>"
    )
    solicited = StatesOfSolicitation(
        states=tuple(SolicitationState(state=code, description=name) for code, name in states)
    )
    filing = from_edgar_xml(xml)
    assert filing.sales_compensation == (Recipient(recipient_name="Roe", states_of_solicitation=solicited),)
    assert from_edgar_xml(to_edgar_xml(filing)) == as_read(filing)
    stated = filing.model_copy(update={"schema_version": "X0708"})
    assert from_edgar_xml(to_edgar_xml(stated)) == stated
    prefix = "sales_compensation[0].states_of_solicitation.states"
    answers = told(read_edgar(xml.encode()))
    assert {path: text for path, text in answers.items() if path.startswith(prefix)} == {
        f"{prefix}[{index}].{field}": text
        for index, state in enumerate(states)
        for field, text in zip(("state", "description"), state, strict=True)
        if text
    }


@pytest.mark.parametrize(
    ("inside", "names", "answers"),
    [
        ("<value>None</value>", (), {"": "None"}),
        ("<previousName>None</previousName>", ("None",), {"[0]": "None"}),
        (
            "<previousName>A</previousName><previousName/><previousName>B</previousName>",
            ("A", "B"),
            {"[0]": "A", "[1]": "B"},
        ),
        ("", None, {}),
    ],
)
def test_previous_names(inside: str, names: tuple[str, ...] | None, answers: dict[str, str]) -> None:
    for tag, field in (
        ("issuerPreviousNameList", "issuer_previous_names"),
        ("edgarPreviousNameList", "edgar_previous_names"),
    ):
        xml = document(f"<primaryIssuer><cik>1</cik><{tag}>{inside}</{tag}></primaryIssuer>")
        assert getattr(from_edgar_xml(xml).primary_issuer, field) == names
        path = f"primary_issuer.{field}"
        found = told(read_edgar(xml.encode()))
        assert {known: text for known, text in found.items() if known.startswith(path)} == {
            path + index: text for index, text in answers.items()
        }


def test_what_the_xml_does_not_say_is_none() -> None:
    blank = from_edgar_xml(offering("<industryGroup/><typesOfSecuritiesOffered/><investors></investors>"))
    assert blank.industry_group.investment_fund_info is None
    assert blank.federal_exemptions_exclusions is None
    assert blank.investors.has_non_accredited_investors is None
    assert blank.minimum_investment_accepted is None
    marks = TypesOfSecuritiesOffered.model_fields.keys() - {"description_of_other_type"}
    assert blank.types_of_securities_offered.model_dump(include=marks) == dict.fromkeys(marks, False)
    assert from_edgar_xml(offering("")).types_of_securities_offered == TypesOfSecuritiesOffered()


def test_an_unknown_element_is_an_item_without_an_answer_or_an_error() -> None:
    xml = offering(
        "<newQuestion><answer>42</answer></newQuestion><minimumInvestmentAccepted>5</minimumInvestmentAccepted>"
    )
    source = read_edgar(xml.encode())
    answered = {cell for _, cell in source.answers}
    assert [item.text for item in source.items if isinstance(item, Cell) and item not in answered] == ["42"]
    assert told(source)["minimum_investment_accepted"] == "5"
    with pytest.raises(
        UnreadableInput, match=r"<newQuestion> on line 3: expected an element of the Form D schema, saw '42'"
    ):
        from_edgar_xml(xml)
    assert from_edgar_xml(offering("<newQuestion><answer/></newQuestion>")) == from_edgar_xml(offering(""))


def test_text_between_elements_is_an_item_without_an_answer_or_an_error() -> None:
    xml = document("<primaryIssuer>Acme <cik>1</cik> Corp</primaryIssuer><issuerList/>")
    source = read_edgar(xml.encode())
    assert [item.text for item in source.items if isinstance(item, Cell)] == ["D", "Acme Corp", "1"]
    assert "Acme Corp" not in told(source).values()
    with pytest.raises(UnreadableInput, match="<primaryIssuer> on line 3: expected elements only, saw 'Acme Corp'"):
        from_edgar_xml(xml)


def test_an_element_within_a_text_is_not_passed_over() -> None:
    xml = document("<primaryIssuer><cik>12<b>34</b></cik></primaryIssuer>")
    assert "primary_issuer.cik" not in told(read_edgar(xml.encode()))
    with pytest.raises(UnreadableInput):
        from_edgar_xml(xml)


def test_comments_and_cdata_are_no_gaps_in_a_text() -> None:
    inside = (
        "<primaryIssuer><cik>12<!-- x -->34<?p x?>5</cik><entityName>A<![CDATA[ & <B>]]> C</entityName></primaryIssuer>"
    )
    filing = from_edgar_xml(document(inside))
    assert (filing.primary_issuer.cik, filing.primary_issuer.entity_name) == ("0000012345", "A & <B> C")


NO_VALUES = [
    ("minimumInvestmentAccepted", "\n1,000", "<minimumInvestmentAccepted> on line 3: expected a whole number"),
    ("minimumInvestmentAccepted", "-5", "whole number like \"25000\", saw '-5'"),
    ("durationOfOffering/moreThanOneYear", "yes", '"true" or "false", saw \'yes\''),
    ("typesOfSecuritiesOffered/isDebtType", "X", "<isDebtType>"),
    ("offeringSalesAmounts/totalRemaining", "lots", "saw 'lots'"),
    ("signatureBlock/signature/signatureDate", "2013-02-30", "calendar"),
    ("industryGroup/industryGroupType", "Oil &amp; Gas", "saw 'Oil & Gas'"),
    ("federalExemptionsExclusions/item", "06</item><item>07", "<item> on line 3: expected '04', '04.1'"),
    ("/primaryIssuer/cik", "x", "<cik>"),
    ("/primaryIssuer/yearOfInc/value", "22", "<value>"),
    ("/primaryIssuer/cik", "1</cik><cik>2", "<cik> on line 3: expected this element once"),
    ("/primaryIssuer", "<cik>1</cik></primaryIssuer><primaryIssuer><cik>1</cik>", "<primaryIssuer>"),
    ("/primaryIssuer/issuerPreviousNameList", "<value>None</value><previousName>A</previousName>", "no entry beside"),
    ("/primaryIssuer/issuerPreviousNameList", "<previousName>A</previousName><value>None</value>", "this element once"),
    ("/primaryIssuer/edgarPreviousNameList/value", "Nil", "saw 'Nil'"),
    ("/testOrLive", "MAYBE", "'LIVE' or 'TEST', saw 'MAYBE'"),
]
"""Elements (below offeringData, or from the root), what stands in them, and what the error says."""


@pytest.mark.parametrize(("path", "inside", "said"), NO_VALUES)
def test_a_value_that_is_not_of_the_schemas_kind_is_named(path: str, inside: str, said: str) -> None:
    for tag in reversed(path.split("/")):
        inside = f"<{tag}>{inside}</{tag}>" if tag else inside
    xml = document(inside + "<issuerList/><offeringData/>") if path.startswith("/") else offering(inside)
    with pytest.raises(UnreadableInput) as caught:
        from_edgar_xml(xml)
    assert said in str(caught.value)
    assert type(caught.value) is UnreadableInput
    assert read_edgar(xml.encode()).answers  # the pipeline reports it beside the field


def test_an_element_that_stands_twice_is_answered_twice() -> None:
    source = read_edgar(document("<primaryIssuer><cik>1</cik><cik>2</cik></primaryIssuer>").encode())
    assert [cell.text for path, cell in source.answers if path == "primary_issuer.cik"] == ["1", "2"]


# --- documents


@pytest.mark.parametrize(
    "data",
    [
        document().encode(),
        document().encode("utf-8-sig"),
        b"\n\n  \r\n" + document().encode(),
        "\ufeff\n".encode() + document().encode(),
        b"garbage of a mailer\n" + document().encode(),
        document().replace("\n", "\r\n").encode(),
        document().replace('"1.0"', '"1.0" encoding="ISO-8859-1"').encode("latin-1"),
        document().replace('"1.0"', '"1.0" encoding="UTF-16"').encode(),
        document().replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
        document().encode("utf-16-le"),
        document().encode("utf-16-be"),
        document().partition("?>")[2].encode(),
        document().replace("<edgarSubmission", '<edgarSubmission xmlns="urn:d" xmlns:i="urn:i" i:x="y"').encode(),
        prefixed(document()).encode(),
        (LABELLED % document()).encode(),
        (TAGGED % document()).encode(),
    ],
)  # fmt: skip
def test_one_filing_in_every_wrapping(data: bytes) -> None:
    assert from_edgar_xml(data) == from_edgar_xml(document())
    assert told(read_edgar(data)) == told(read_edgar(document().encode()))
    if not data.startswith((b"<\0", b"\0<", b"\xff\xfe")):
        cell = dict(read_edgar(data).answers)["primary_issuer.cik"]
        assert cell.place.line is not None
        assert b"0009900001<" in data.splitlines()[cell.place.line - 1]


def test_a_declared_encoding_is_honoured_in_bytes_and_passed_over_in_text() -> None:
    xml = document("<primaryIssuer><entityName>Zoë – Größe</entityName></primaryIssuer>")
    declared = xml.replace('"1.0"', '"1.0" encoding="windows-1252"')
    for given_ in (xml, xml.encode(), declared, declared.encode("cp1252")):
        assert from_edgar_xml(given_).primary_issuer.entity_name == "Zoë – Größe"


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", EmptyInput, "empty"),
        (b" \n\t", EmptyInput, "empty"),
        (b"Dear Sir or Madam", BrokenInput, "no element"),
        (document().encode()[:-30], BrokenInput, "line 11: "),
        (document().replace("</cik>", "</cic>").encode(), BrokenInput, "line 5"),
        (document().replace("Kestrel &amp;", "Kestrel &").encode(), BrokenInput, "line 6"),
        (document().replace("Kestrel", "Kestrel\x01").encode(), BrokenInput, "line 6"),
        (document().replace("Kestrel", "Z\u00f6").encode("latin-1"), BrokenInput, "line 6"),
        (document().replace("Kestrel", "&nbsp;").encode(), BrokenInput, "line 6"),
        (document().replace('"1.0"', '"1.0" encoding="klingon"').encode(), BrokenInput, "'klingon'"),
        (document().replace('"1.0"', '"1.0" encoding="hex"').encode(), BrokenInput, "'hex'"),
        (document(kind="<submissionType>C</submissionType>").encode(), NotAFormD, "saw 'C'"),
        (document(kind="<submissionType>4</submissionType>").encode(), NotAFormD, "saw '4'"),
        (
            document("<formData/>", "<headerData><submissionType>D</submissionType></headerData>").encode(),
            NotAFormD,
            "'none'",
        ),
        (b"<ownershipDocument><documentType>4</documentType></ownershipDocument>", NotAFormD, "<ownershipDocument>"),
        (b"<xbrl><dei>10-K</dei></xbrl>", NotAFormD, "<xbrl>"),
        ((LABELLED % document()).replace("<TYPE>D\n", "<TYPE>8-K\n").encode(), NotAFormD, "COVER, 8-K"),
        ((LABELLED % "x").replace("<XML>", "").encode(), NotAFormD, "holds no XML"),
        (b"<SEC-DOCUMENT>0000000000-05-000001.txt\n<SEC-HEADER>\n</SEC-HEADER>", NotAFormD, "no document"),
        ((TAGGED % document()).partition("<yearOfInc>")[0].encode(), BrokenInput, "damaged"),
        (b"<a>" * (MAX_SIZE // 2), UnreadableInput, "at most"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, error: type[Exception], said: str) -> None:
    for read in (from_edgar_xml, read_edgar):
        with pytest.raises(error) as caught:
            read(data)
        assert said in str(caught.value)
        assert type(caught.value) is error


def test_half_a_character_is_refused() -> None:
    with pytest.raises(BrokenInput, match="half a character"):
        from_edgar_xml(document().replace("Kestrel", "\ud83d"))


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
EXTERNAL = '<!DOCTYPE x [<!ENTITY i SYSTEM "%s">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declaration", ["bomb", "external", "dtd"])
def test_a_document_type_is_refused_unread(declaration: str, encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("told to nobody", encoding="utf-8")
    head = {
        "bomb": BOMB,
        "external": EXTERNAL % secret.as_uri(),
        "dtd": f'<!DOCTYPE edgarSubmission SYSTEM "{secret.as_uri()}">',
    }[declaration]
    xml = document().replace("\n", f"\n{head}", 1).replace("Kestrel", "&i;" if declaration != "dtd" else "K")
    for read in (from_edgar_xml, read_edgar):
        with pytest.raises(UnreadableInput, match="document type") as caught:
            read(xml.encode(encoding))
        assert "told" not in str(caught.value)


def test_a_document_type_hidden_by_an_odd_encoding_is_refused_too() -> None:
    head = BOMB.replace("<", "+ADw-").replace("!", "+ACE-").replace("&", "+ACY-")
    xml = document().replace('"1.0"', '"1.0" encoding="utf-7"').replace("\n", f"\n{head}", 1).replace("Kestrel", "&i;")
    with pytest.raises(UnreadableInput, match="document type"):
        from_edgar_xml(xml.encode("ascii"))


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml " * 100_000,
        b"<?xml \n" * 100_000 + document().encode(),
        b"<DOCUMENT>\n" * 50_000 + b"<XML>",
        b"<SUBMISSION>" + b"A" * 500_000 + b"<XML>",
        b"<SUBMISSION>\n" + b"AB: \n" * 100_000 + (TAGGED % document()).encode(),
        document("<a>" * 100_000).encode(),
        document("<relatedPersonsList>" + "<relatedPersonInfo/>" * 50_000 + "</relatedPersonsList>").encode(),
        offering("<newQuestion>" + "<recipient><recipientName>x</recipientName></recipient>" * 5_000).encode(),
        document(f"<issuerList>{'<issuer>'  * 200}").encode(),
        document(f"<primaryIssuer><entityName>{' x' * 200_000}</entityName></primaryIssuer>").encode(),
    ],
)  # fmt: skip
def test_hostile_size_costs_no_more_than_its_size(data: bytes) -> None:
    for read in (from_edgar_xml, read_edgar):
        begun = time.perf_counter()
        with contextlib.suppress(UnreadableInput, NotAFormD):
            read(data)
        assert time.perf_counter() - begun < 3


# --- the header of a submission


def test_the_facts_of_a_labelled_header() -> None:
    assert read_edgar((LABELLED % document()).encode()).facts == {
        "acceptance_datetime": "2013-02-14T09:15:50",
        "accession_number": "0009900001-13-000063",
        "conformed_submission_type": "D",
        "public_document_count": "1",
        "items": "Rule 505; 06c",
        "filing_date": "2013-02-14",
        "company_name": "KESTREL & ROOK PARTNERS, L.P.",
        "cik": "0009900001",
        "sic_code": "7372",
        "form_type": "D",
        "file_number": "021-000001",
        "film_number": "13606741",
        "business_city": "BROOKLINE",
        "mail_city": "BOSTON",
        "former_company_name": "Kestrel One; Kestrel Zero",
        "former_company_name_changed": "2008-05-21; 19981313",
    }


def test_the_facts_of_a_tagged_header() -> None:
    assert read_edgar((TAGGED % document()).encode()).facts == {
        "accession_number": "0009900001-24-000491",
        "conformed_submission_type": "D/A",
        "items": "06b; 3C",
        "filing_date": "2024-01-11",
        "company_name": "KESTREL FUND, LP",
        "cik": "0009900001",
        "form_type": "D/A",
        "file_number": "021-67023",
        "film_number": "24528538",
    }


def test_xml_alone_has_no_facts() -> None:
    assert read_edgar(document().encode()).facts == {}
    assert header_facts("") == {}


def test_the_dashes_of_a_privacy_enhanced_message_are_undone() -> None:
    xml = offering("<useOfProceeds><clarificationOfResponse>Fees:\n- --- 5%</clarificationOfResponse></useOfProceeds>")
    enveloped = from_edgar_xml((LABELLED % xml).encode())
    assert enveloped.use_of_proceeds.clarification_of_response == "Fees: --- 5%"
    assert from_edgar_xml((TAGGED % xml).encode()).use_of_proceeds.clarification_of_response == "Fees: - --- 5%"


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

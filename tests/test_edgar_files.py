"""EDGAR's documents and submissions: every wrapping of one filing, and what is refused."""

import contextlib
import time
from pathlib import Path

import pytest

from extractor.errors import BrokenInput, EmptyInput, NotAFormD, UnreadableInput
from extractor.readers.edgar import MAX_SIZE, from_edgar_xml, read_edgar
from extractor.readers.sgml import header_facts
from tests.edgar_documents import LABELLED, TAGGED, document, offering, prefixed, told

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
        begun = time.process_time()
        with contextlib.suppress(UnreadableInput, NotAFormD):
            read(data)
        assert time.process_time() - begun < 3


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

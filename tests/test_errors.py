"""Every error of the tree, as a user meets it: one line that says what was seen and what to do."""

import ast
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractor import errors
from extractor.errors import (
    BinaryInput,
    BrokenInput,
    EmptyInput,
    EncryptedInput,
    ExtractorError,
    ImageOnlyInput,
    MissingProgram,
    NotAFormD,
    SeveralFilings,
    UnreadableInput,
)
from extractor.extract import extract, extract_bytes, extract_text
from extractor.outputs.page import press
from tests.conftest import ROOT
from tests.pdfs import Page, pdf, picture, text

SAMPLES = ROOT / "samples"
PRINT = (SAMPLES / "alder-creek-robotics.pdf").read_bytes()

TWO = ("alder-creek-robotics.txt", "mercer-street-credit.txt")

ANNUAL_REPORT = """
UNITED STATES SECURITIES AND EXCHANGE COMMISSION
Washington, D.C. 20549
FORM 10-K
ANNUAL REPORT PURSUANT TO SECTION 13 OR 15(d) OF THE SECURITIES EXCHANGE ACT OF 1934

Item 1. Business
We make valves. The Issuer is a Corporation; its Executive Officers are named below.
Item 1A. Risk Factors
Item 2. Properties
Item 3. Legal Proceedings
Item 5. Market for Registrant's Common Equity
Item 7. Management's Discussion and Analysis
Item 9B. Other Information
SIGNATURES
"""

OTHER_XML = """<?xml version="1.0"?>
<edgarSubmission xmlns="http://www.sec.gov/edgar/formc">
<headerData><submissionType>C</submissionType></headerData><formData><issuerInformation/></formData>
</edgarSubmission>
"""


def archive() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("filing.txt", "FORM D")
    return packed.getvalue()


def photographed() -> bytes:
    return pdf(Page("q 612 0 0 792 0 0 cm /P100 Do Q"), objects={100: picture()})


MET: list[tuple[type[ExtractorError], str, bytes]] = [
    (EmptyInput, "nothing", b""),
    (EmptyInput, "blanks", b" \r\n\t "),
    (EmptyInput, "byte order mark", b"\xef\xbb\xbf"),
    (BinaryInput, "JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(99)),
    (BinaryInput, "PNG", b"\x89PNG\r\n\x1a\n" + bytes(99)),
    (BinaryInput, "ZIP", archive()),
    (BinaryInput, "bytes", bytes(range(256)) * 9),
    (BrokenInput, "half a PDF", PRINT[: len(PRINT) // 2]),
    (BrokenInput, "head of a PDF", PRINT[:900]),
    (BrokenInput, "half an XML", (SAMPLES / "alder-creek-robotics.xml").read_bytes()[:2000]),
    (EncryptedInput, "PDF with a password", pdf([text(72, 72, "FORM D")], password="secret")),
    (ImageOnlyInput, "PDF of a picture", photographed()),
    (SeveralFilings, "two filings", b"".join((SAMPLES / name).read_bytes() for name in TWO)),
    (NotAFormD, "annual report", ANNUAL_REPORT.encode()),
    (NotAFormD, "PDF of something else", pdf([text(72, 72, "Dear Sir,"), text(72, 90, "we thank you.")])),
    (NotAFormD, "page of something else", b"<html><table><tr><td>1. Issuer's Identity</td></tr></table></html>"),
    (NotAFormD, "XML of another form", OTHER_XML.encode()),
    (NotAFormD, "a word", b"Hello"),
    (NotAFormD, "one item of the form", b"1. Issuer's Identity\nCIK (Filer ID Number) 0001141240\n"),
]


@pytest.mark.parametrize(("kind", "seen", "data"), MET, ids=[f"{kind.__name__}-{seen}" for kind, seen, _ in MET])
def test_what_cannot_be_read_is_refused_with_a_reason(kind: type[ExtractorError], seen: str, data: bytes) -> None:
    with pytest.raises(ExtractorError) as caught:
        extract_bytes(data, name=seen)
    assert type(caught.value) is kind
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    assert len(message) > 30


def tree() -> dict[str, type[ExtractorError]]:
    """The errors of the module by name."""
    module = ast.parse(Path(errors.__file__).read_text("utf-8"))
    return {node.name: getattr(errors, node.name) for node in module.body if isinstance(node, ast.ClassDef)}


def test_every_error_that_a_document_raises_is_met() -> None:
    concrete = {error for error in tree().values() if not error.__subclasses__()}
    met = {kind for kind, _, _ in MET}
    assert concrete - met == {MissingProgram}


def test_the_tree_is_drawn_as_it_is() -> None:
    drawn = errors.__doc__ or ""
    for name, error in tree().items():
        assert f" {name} " in drawn or f"{name}\n" in drawn
        assert issubclass(error, ExtractorError)
    assert {UnreadableInput, NotAFormD, MissingProgram} <= set(ExtractorError.__subclasses__())


def test_a_message_names_what_was_seen() -> None:
    for kind, seen, data in MET:
        if kind is BinaryInput and seen in ("JPEG", "PNG", "ZIP"):
            with pytest.raises(kind, match=seen):
                extract_bytes(data)


def test_a_program_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingProgram, match="apt-get install chromium"):
        press.find_browser()


def test_a_text_is_refused_like_its_bytes() -> None:
    with pytest.raises(EmptyInput):
        extract_text("\n")
    with pytest.raises(NotAFormD):
        extract_text(ANNUAL_REPORT)


def test_a_path_that_cannot_be_opened_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        extract(tmp_path / "absent.pdf")
    with pytest.raises(IsADirectoryError):
        extract(tmp_path)

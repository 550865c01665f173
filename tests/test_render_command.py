"""`formd render` as a user meets it."""

from pathlib import Path

import pypdfium2
import pytest

from extractor import PageOptions, TextStyle, from_edgar_xml, render_html, render_text
from extractor.extract import extract, extract_text
from extractor.model import Filing
from extractor.outputs.page import press
from tests.browser import needs_browser
from tests.conftest import Formd
from tests.truth import all_wrong

LANTERN = "samples/lantern-hill-fund.xml"
NOUGHT = "samples/nought-and-nothing.xml"


@pytest.fixture
def filing(root: Path) -> Filing:
    return from_edgar_xml((root / LANTERN).read_bytes())


def test_the_ending_says_what_is_written(formd: Formd, root: Path, tmp_path: Path, filing: Filing) -> None:
    for name, expected in (("page.html", render_html(filing)), ("page.TXT", render_text(filing))):
        assert formd("render", root / LANTERN, "-o", tmp_path / name) == (0, "", "")
        assert (tmp_path / name).read_text("utf-8") == expected


def test_the_options_of_the_page(formd: Formd, root: Path, tmp_path: Path, filing: Filing) -> None:
    page = ("--edition", "2013", "--issuers", "grouped", "--states", "columns", "--blank-cells", "kept")
    assert formd("render", root / LANTERN, "-o", tmp_path / "page.html", *page).code == 0
    expected = render_html(filing, PageOptions("grouped", "columns", "kept", "2013"))
    assert (tmp_path / "page.html").read_text("utf-8") == expected
    assert "Rule 505<" in expected


def test_the_options_of_text(formd: Formd, root: Path, tmp_path: Path, filing: Filing) -> None:
    style = ("--layout", "columns", "--marks", "inputs, x", "--width", "60", "--escape-dollars")
    assert formd("render", root / LANTERN, "-o", tmp_path / "page.txt", *style).code == 0
    written = (tmp_path / "page.txt").read_text("utf-8")
    assert written == render_text(filing, TextStyle("columns", "inputs", 60, True, ("x",)))
    assert "\\$" in written


def test_a_mixture_writes_the_boxes_of_a_table_alike_and_those_of_the_next_otherwise(filing: Filing) -> None:
    lines = render_text(filing, TextStyle(marks="brackets", mixed_with=("ballots", "x"))).splitlines()
    of_persons = [line.split("\t")[1] for line in lines if line.startswith("Relationship:")]
    assert len(of_persons) > 3
    kinds = ["b" if "[" in told else "x" if told.startswith(("X ", "E")) else "u" for told in of_persons]
    assert set("".join(kinds[:3])) == {"b", "u", "x"}
    assert kinds[3:6] == kinds[: len(kinds[3:6])]
    assert all_wrong(filing, extract_text("\n".join(lines))) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "page.doc"), "expected a name that ends with .html, .pdf, .txt; saw 'page.doc'"),
        (("-o", "page"), "saw 'page'"),
        (("-o", "page.html", "--paper", "a4"), "Invalid value for --paper: says nothing about a .html file"),
        (("-o", "page.pdf", "--marks", "x"), "Invalid value for --marks: says nothing about a .pdf file"),
        (("-o", "page.txt", "--browser-lines"), "Invalid value for --browser-lines: says nothing about a .txt file"),
        (("-o", "page.txt", "--marks", "x,stars"), "expected some of x, brackets, ballots, checks, markdown, inputs"),
        (("-o", "page.txt", "--layout", "table"), "'table' is not one of"),
        ((), "Missing option '--output'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_wrong_usage(formd: Formd, root: Path, arguments: tuple[str, ...], message: str) -> None:
    code, out, err = formd("render", root / NOUGHT, *arguments)
    assert (code, out) == (2, "")
    assert message in " ".join(err.split())


def test_neither_a_directory_nor_the_input_is_written_to(formd: Formd, tmp_path: Path, root: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes((root / NOUGHT).read_bytes())
    (tmp_path / "room.txt").mkdir()
    assert "would overwrite the input" in formd("render", copy, "-o", copy).err
    assert "is a directory" in formd("render", copy, "-o", tmp_path / "room.txt").err
    assert copy.read_bytes() == (root / NOUGHT).read_bytes()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"UNITED STATES SECURITIES", "expected XML, saw no element (`formd extract FILING --format xml` makes"),
        (b"", "the document is empty"),
        (b"<ownershipDocument/>", "expected <edgarSubmission>, saw <ownershipDocument>"),
    ],
)
def test_what_is_no_xml_of_a_form_d_is_refused(formd: Formd, tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "filing.xml"
    path.write_bytes(data)
    code, out, err = formd("render", path, "-o", tmp_path / "page.html")
    assert (code, out) == (1, "")
    assert err.startswith(f"formd: {path}: ")
    assert message in err
    assert not (tmp_path / "page.html").exists()


def test_files_that_are_not_there(formd: Formd, root: Path, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    assert formd("render", absent, "-o", tmp_path / "a.html") == (
        1,
        "",
        f"formd: {absent}: No such file or directory\n",
    )
    page = absent / "page.html"
    assert formd("render", root / NOUGHT, "-o", page) == (1, "", f"formd: {page}: No such file or directory\n")


def test_an_edition_that_would_hide_an_exemption_is_refused(formd: Formd, root: Path, tmp_path: Path) -> None:
    code, _, err = formd("render", root / LANTERN, "-o", tmp_path / "page.html", "--edition", "before")
    assert code == 1
    assert "choose another edition" in err


def test_a_print_without_a_browser_says_what_to_install(
    formd: Formd, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, err = formd("render", root / NOUGHT, "-o", tmp_path / "page.pdf")
    assert code == 1
    assert "apt-get install chromium" in err
    assert not (tmp_path / "page.pdf").exists()


def test_the_options_of_a_print(formd: Formd, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(press, "_run", lambda command, timeout: seen.append(command))
    asked = ("--paper", "a4", "--scale", "0.8", "--margin", "0.5", "--landscape", "--browser-lines")
    assert "seen none" in formd("render", root / NOUGHT, "-o", tmp_path / "page.pdf", *asked).err
    assert "--no-pdf-header-footer" not in seen[0]


@needs_browser
def test_a_print_is_read_as_the_filing_it_was_made_of(formd: Formd, root: Path, tmp_path: Path) -> None:
    asked = ("--paper", "a4", "--landscape", "--browser-lines", "--scale", "0.8", "--margin", "0.5")
    assert formd("render", root / NOUGHT, "-o", tmp_path / "page.pdf", *asked) == (0, "", "")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as pdf:
        assert tuple(map(round, pdf[0].get_size())) == (842, 595)
    assert all_wrong(from_edgar_xml((root / NOUGHT).read_bytes()), extract(tmp_path / "page.pdf")) == []

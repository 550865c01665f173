"""The page of a filing: against the one real page, option by option, as text, and printed."""

import datetime
import os
import stat
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
import pytest
import regex
from lxml import etree, html
from pydantic import BaseModel

from extractor.errors import ExtractorError, MissingProgram
from extractor.model import Filing, Issuer, RelatedPerson, RelatedPersonName, Signature, SignatureBlock
from extractor.outputs.page import press
from extractor.outputs.page.text import MARKS
from extractor.outputs.render import (
    PageOptions,
    PrintOptions,
    TextStyle,
    print_pdf,
    render_html,
    render_text,
)
from extractor.readers.edgar import from_edgar_xml
from tests.browser import needs_browser
from tests.make_samples import LOOKS, SAMPLES, choices, filing, page, text

SHARED = Path(__file__).parents[2] / "shared"
REAL_PAGE = SHARED / "filings" / "html" / "hashnote-2023.html"
REAL_XML = SHARED / "filings" / "xml" / "0001968399_Hashnote_Stablecoin_Fund_LP.xml"
SCHEMA = SHARED / "edgar" / "formDSubmission-X0808.xsd"

SLUGS = sorted(LOOKS)


needs_real_page = pytest.mark.skipif(not REAL_PAGE.exists(), reason="the real page is not at hand")
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason="the SEC's schema is not at hand")


def spaced(source: str) -> str:
    return " ".join(source.replace("&nbsp;", " ").split())


def tree(source: str) -> etree._Element:
    return html.fromstring(source.encode())


def select(source: str, query: str) -> list[etree._Element]:
    """The elements of a page that an XPath finds."""
    found = tree(source).xpath(query)
    assert isinstance(found, list)
    return [node for node in found if isinstance(node, etree._Element)]


def content(node: etree._Element) -> str:
    """The text of an element and all in it."""
    return spaced("".join(map(str, node.itertext())))


def cells(source: str) -> list[str]:
    """The texts of the cells of a page that hold no table, in their order."""
    body = tree(source)
    return [content(cell) for cell in body.iter("td", "th") if cell.find(".//table") is None]


def boxes(source: str) -> Iterator[tuple[str, bool]]:
    """Each box of a page: the heading and the column it stands under with its label, and its state."""
    group, seen = "", 0
    for node in tree(source).iter("p", "td"):
        if node.get("class") == "SectionTitle":
            group, seen = content(node), 0
        if node.get("class") != "CheckBox":
            continue
        after = node.getnext()
        if after is None:
            after = next(node.iterancestors("td")).getnext()
        assert after is not None
        seen += 1
        column = f" {seen % 2}" if group.startswith("5") else ""
        yield f"{group}{column}: {content(after)}", content(node) == "X"


def leaves(value: object) -> Iterator[str]:
    """Every text, number and date of a filing, as its page shows it; not what the page leaves out."""
    if isinstance(value, BaseModel):
        hidden = {
            "schema_version", "submission_type", "test_or_live", "previous_accession_number", "state_or_country",
            "state", "industry_group_type", "federal_exemptions_exclusions", "value",
        }  # fmt: skip
        for name in type(value).model_fields:
            if name not in hidden:
                yield from leaves(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from leaves(part)
    elif isinstance(value, str | datetime.date):
        yield str(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"{value:,}"


# The one real page


@needs_real_page
def test_the_real_page_comes_out_as_edgar_made_it() -> None:
    assert spaced(render_html(from_edgar_xml(REAL_XML.read_bytes()))) == spaced(REAL_PAGE.read_text("utf-8"))


@needs_real_page
def test_the_real_page_has_the_same_cells_and_the_same_nesting_of_tables() -> None:
    real, made = REAL_PAGE.read_text("utf-8"), render_html(from_edgar_xml(REAL_XML.read_bytes()))
    assert cells(made) == cells(real)
    tags = ("table", "tr", "td", "th")
    trees = [
        [(node.tag, sum(1 for _ in node.iterancestors("table"))) for node in tree(page).iter(*tags)]
        for page in (made, real)
    ]
    assert trees[0] == trees[1]


# The samples


def test_every_sample_has_a_look_and_its_files() -> None:
    assert {path.stem for path in SAMPLES.glob("*.xml")} == set(LOOKS)
    assert [
        path for slug in SLUGS for kind in ("html", "pdf", "txt") if not (path := SAMPLES / f"{slug}.{kind}").exists()
    ] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_pages_and_texts_are_those_of_their_xml(slug: str) -> None:
    assert (SAMPLES / f"{slug}.html").read_text("utf-8") == page(slug), "run python -m tests.make_samples"
    assert (SAMPLES / f"{slug}.txt").read_text("utf-8") == text(slug), "run python -m tests.make_samples"


@pytest.mark.parametrize("slug", SLUGS)
def test_prints_are_small_and_hold_every_word_of_their_xml(slug: str) -> None:
    path = SAMPLES / f"{slug}.pdf"
    assert path.stat().st_size < 150_000
    with pypdfium2.PdfDocument(path) as pdf:
        printed = " ".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
    words = set(regex.findall(r"\w+", printed))
    assert set(regex.findall(r"\w+", " ".join(leaves(filing(slug))))) - words == set()


@needs_schema
@pytest.mark.parametrize("slug", SLUGS)
def test_samples_are_valid_by_the_schema_of_the_sec(slug: str) -> None:
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.parse(SAMPLES / f"{slug}.xml"))


def test_every_box_is_checked_in_one_page_and_unchecked_in_another() -> None:
    states = defaultdict(set)
    for source in (*map(page, SLUGS), *(render_html(made) for _, made in choices())):
        for label, checked in boxes(source):
            states[label].add(checked)
    assert {label for label, seen in states.items() if seen != {True, False}} == set()
    assert len(states) > 100


def test_the_samples_alone_check_every_box_that_excludes_no_other() -> None:
    one_of = ("1. ", "4. ", "5. ")
    states = defaultdict(set)
    for label, checked in (box for slug in SLUGS for box in boxes(page(slug))):
        states[label].add(checked)
    assert {label for label, seen in states.items() if seen != {True, False} and not label.startswith(one_of)} == set()


# The page


@pytest.mark.parametrize("slug", SLUGS)
def test_a_page_shows_every_answer(slug: str) -> None:
    shown = content(tree(page(slug)))
    assert [leaf for leaf in leaves(filing(slug)) if spaced(leaf) not in shown] == []


def test_a_filing_that_knows_nothing_has_a_page_without_answers() -> None:
    source = render_html(Filing())
    assert {checked for label, checked in boxes(source) if "None" not in label} == {False}
    assert {content(node) for node in select(source, "//*[@class='FormData']")} <= {"", "X"}


def headings(source: str) -> list[str]:
    return [str(node.text) for node in tree(source).iter("p") if node.get("class") == "SectionTitle"]


def test_several_issuers_stand_in_pairs_or_grouped() -> None:
    made = filing("five-rivers-programs")
    first, second = "1. Issuer's Identity", "2. Principal Place of Business and Contact Information"
    assert headings(render_html(made))[:11] == [first, second] * 5 + ["3. Related Persons"]
    grouped = render_html(made, PageOptions(issuers="grouped"))
    assert headings(grouped)[:3] == [first, second, "3. Related Persons"]
    assert sorted(cells(grouped)) == sorted(cells(render_html(made)))


def test_previous_names_stand_one_a_row_and_once() -> None:
    made = Filing(
        primary_issuer=Issuer(issuer_previous_names=("A Inc", "B Inc"), edgar_previous_names=("B Inc", "C Inc"))
    )
    source = render_html(made)
    names = select(source, "//table[@summary='List of Previous Names']//tr")
    assert [content(name) for name in names] == ["A Inc", "B Inc", "C Inc"]


@pytest.mark.parametrize(
    ("own", "edgars", "checked"),
    [((), (), True), ((), None, True), (None, (), True), (None, None, False), (("A Inc",), (), False)],
)
def test_the_box_of_no_previous_names(
    own: tuple[str, ...] | None, edgars: tuple[str, ...] | None, checked: bool
) -> None:
    source = render_html(Filing(primary_issuer=Issuer(issuer_previous_names=own, edgar_previous_names=edgars)))
    assert dict(boxes(source))["1. Issuer's Identity: None"] is checked


def test_states_stand_in_rows_in_a_line_or_in_columns() -> None:
    made = filing("red-clay-fertilizer")
    names = ["ALABAMA", "ARKANSAS", "LOUISIANA", "MISSISSIPPI", "TENNESSEE"]
    query = "//table[@summary='List of States']//tr"
    rows = select(render_html(made), query)
    assert [content(row) for row in rows] == names
    columns = select(render_html(made, PageOptions(states="columns")), query)
    assert [len(row) for row in columns] == [4, 1]
    assert ", ".join(names) in cells(render_html(made, PageOptions(states="line")))


def test_blank_cells_are_dropped_or_kept() -> None:
    name = RelatedPersonName(last_name="Ng", middle_name="B.")
    made = Filing(related_persons=(RelatedPerson(related_person_name=name),))
    query = "//table[@summary='Related Persons']//tr[2]/td"
    dropped = select(render_html(made), query)
    kept = select(render_html(made, PageOptions(blank_cells="kept")), query)
    assert [content(cell) for cell in dropped] == ["Ng", "B."]
    assert [content(cell) for cell in kept] == ["Ng", "", "B."]


def test_without_recipients_the_labels_stand_once_with_every_box_none_checked() -> None:
    source = render_html(filing("nought-and-nothing"))
    rows = select(source, "//table[@summary='Sales Compensation']/tr")
    assert len(rows) == 5
    assert [content(row) for row in rows][:2] == [
        "Recipient Recipient CRD Number X None",
        "(Associated) Broker or Dealer X None (Associated) Broker or Dealer CRD Number X None",
    ]


RULES = {
    "now": ["Rule 506(b)", "Rule 506(c)", "Securities Act Section 4(a)(5)"],
    "2013": ["Rule 505", "Rule 506(b)", "Rule 506(c)", "Securities Act Section 4(a)(5)"],
    "before": ["Rule 505", "Rule 506", "Securities Act Section 4(6)"],
}
TERMS = {"now": "Rule 504(b)(3) or Rule 506(d).", "2013": "505(b)(2)(iii) or Rule 506(d).", "before": "505(b)(2)(iii)."}


@pytest.mark.parametrize("edition", ["now", "2013", "before"])
def test_editions_differ_in_item_6_and_in_the_terms(edition: str) -> None:
    options = PageOptions(edition=edition)  # type: ignore[arg-type]
    source = render_html(Filing(), options)
    labels = [label.partition(": ")[2] for label, _ in boxes(source) if label.startswith("6")]
    assert labels[4 : labels.index("Investment Company Act Section 3(c)")] == RULES[edition]
    last = content(select(source, "//li")[-1])
    assert last.startswith("Certifying")
    assert last.endswith(TERMS[edition])


def test_the_edition_follows_the_filing() -> None:
    late = Signature(signature_date=datetime.date(2014, 3, 1))
    assert "Rule 505<" in render_html(Filing(signature_block=SignatureBlock(signatures=(late,))))
    assert "Rule 505<" not in render_html(Filing())
    assert "Section 4(6)" in render_html(filing("red-clay-fertilizer"))


def test_an_edition_that_would_hide_an_exemption_is_refused() -> None:
    with pytest.raises(ExtractorError, match="seen none for 06c in the edition 'before'"):
        render_html(Filing(federal_exemptions_exclusions=("06c",)), PageOptions(edition="before"))


def test_what_a_filer_enters_cannot_become_markup() -> None:
    name = '<script>alert("&nbsp;")</script> \x00\x1b & </td>'
    source = render_html(Filing(primary_issuer=Issuer(entity_name=name, cik='"><b>')))
    assert select(source, "//script | //b") == []
    assert select(source, "//td[@class='FormData'][contains(., 'alert')]")[0].text == name.replace(
        "\x00", "\N{REPLACEMENT CHARACTER}"
    ).replace("\x1b", "\N{REPLACEMENT CHARACTER}")


# Text


def styles() -> Iterator[TextStyle]:
    for layout in ("tabs", "pipes", "lines", "columns"):
        for marks in MARKS:
            yield TextStyle(layout=layout, marks=marks, width=10_000)


@pytest.mark.parametrize("style", list(styles()), ids=lambda style: f"{style.layout}-{style.marks}")
def test_every_style_of_text_holds_every_answer_and_every_checked_box(style: TextStyle) -> None:
    made = filing("lookalike-holdings")
    written = spaced(render_text(made, style))
    assert [leaf for leaf in leaves(made) if spaced(leaf) not in written] == []
    checked = [label.partition(": ")[2] for label, state in boxes(render_html(made)) if state]
    assert checked
    bare = [label for label in checked if f"{MARKS[style.marks][0]} {label}" not in written]
    assert bare == []
    if style.marks != "x":
        boxed = regex.findall(rf"{regex.escape(MARKS[style.marks][1])} (?:Debt|Amendment|Retailing)\b", written)
        assert len(boxed) == 3


def test_tabs_put_a_row_of_the_form_on_a_line() -> None:
    lines = render_text(filing("alder-creek-robotics")).splitlines()
    assert "Last Name\tFirst Name\tMiddle Name" in lines
    assert "Halvorsen\tMiriam\tJoy" in lines
    assert "Relationship:\tX Executive Officer\tX Director\tPromoter" in lines
    assert "No Revenues\t\tNo Aggregate Net Asset Value" in lines


def test_columns_align_what_stands_below_each_other() -> None:
    lines = render_text(filing("alder-creek-robotics"), TextStyle("columns")).splitlines()
    head = next(line for line in lines if line.startswith("City "))
    below = lines[lines.index(head) + 1]
    assert head.index("ZIP/PostalCode") == below.index("95900")
    assert head.index("State/Province/Country") == below.index("CALIFORNIA")
    unchecked = next(line for line in lines if "No Revenues" in line)
    checked = next(line for line in lines if "$1 - $1,000,000" in line)
    assert unchecked.index("No Revenues") == checked.index("$1 - $1,000,000")


def test_columns_wrap_at_their_width() -> None:
    source = render_text(filing("alder-creek-robotics"), TextStyle("columns", width=40))
    terms = source[source.index("Terms of Submission\n") : source.index("For signature")]
    assert max(map(len, terms.splitlines())) <= 40


def test_pipes_make_tables_of_even_rows() -> None:
    tables = regex.findall(r"(?:^\|.*\n)+", render_text(filing("great-oak-insurance"), TextStyle("pipes")), regex.M)
    assert len(tables) > 20
    for table in tables:
        rows = table.splitlines()
        assert len({row.count("|") for row in rows}) == 1
        assert regex.fullmatch(r"\|( --- \|)+", rows[1])


def test_lines_follow_the_document() -> None:
    lines = render_text(filing("alder-creek-robotics"), TextStyle("lines")).splitlines()
    first = lines.index("Relationship:")
    assert lines[first : first + 6] == ["Relationship:", "X", "Executive Officer", "X", "Director", "Promoter"]


def test_dollars_are_escaped_on_demand() -> None:
    plain, escaped = (render_text(filing("nought-and-nothing"), TextStyle(escape_dollars=on)) for on in (False, True))
    assert escaped == plain.replace("$", r"\$") != plain


# Prints


@needs_browser
def test_a_print_has_the_paper_the_lines_and_the_answers(tmp_path: Path) -> None:
    options = PrintOptions("a4", scale=1.5, top=('9" \\ top', "", ""), bottom=("", "", "{page} of {pages}"))
    print_pdf(page("nought-and-nothing"), tmp_path / "out.pdf", options)
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        sizes = {tuple(map(round, sheet.get_size())) for sheet in pdf}
        texts = [sheet.get_textpage().get_text_bounded() for sheet in pdf]
    assert sizes == {(595, 842)}
    assert all('9" \\ top' in sheet for sheet in texts)
    assert f"{len(texts)} of {len(texts)}" in texts[-1]
    assert "Nil Management LLC" in "".join(texts)
    with pypdfium2.PdfDocument(SAMPLES / "nought-and-nothing.pdf") as usual:
        assert len(usual) < len(texts), "a larger scale needs more pages"


@needs_browser
def test_a_print_has_the_lines_of_the_browser_on_demand(tmp_path: Path) -> None:
    print_pdf("<title>A title</title><p>text", tmp_path / "out.pdf", PrintOptions(browser_lines=True, landscape=True))
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as pdf:
        assert "A title" in pdf[0].get_textpage().get_text_bounded()
        assert pdf[0].get_width() > pdf[0].get_height()


def test_printing_without_a_browser_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="apt-get install chromium"):
        print_pdf("<p>", tmp_path / "out.pdf")


FAILURES: Mapping[str, tuple[str, str]] = {
    "fails": ("echo no display >&2; exit 3", "seen exit status 3: no display"),
    "hangs": ("exec sleep 30", "within 1 s"),
    "does nothing": ("exit 0", "expected a PDF, seen none"),
}


@pytest.mark.skipif(os.name != "posix", reason="the browser is a shell script")
@pytest.mark.parametrize("case", FAILURES)
def test_a_browser_that_fails_is_an_error(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script, message = FAILURES[case]
    browser = tmp_path / "chromium"
    browser.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(press, "find_browser", lambda: str(browser))
    with pytest.raises(ExtractorError, match=message):
        print_pdf("<p>", tmp_path / "out.pdf", PrintOptions(timeout=1.0))
    assert not (tmp_path / "out.pdf").exists()

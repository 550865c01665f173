"""Pages that converters turn into text in ways that lose what sets cells apart: words of a paragraph, tabs, tables."""

from collections.abc import Callable
from dataclasses import replace
from textwrap import wrap

import pytest
from lxml import html
from lxml.html import HtmlElement

from extractor.accuracy.score import score
from extractor.accuracy.truth import Truth
from extractor.engine.glued import with_loose_headings, with_loose_marks
from extractor.engine.poured import pour
from extractor.engine.seams import with_seams
from extractor.extract import FORM_D, Extraction, extract_text
from extractor.finding import ProblemKind
from extractor.outputs.render import TextStyle, render_html, render_text
from extractor.readers.text import read_text
from extractor.source import Cell
from tests.silence import silent
from tests.test_adversary import PLAIN

BLOCKS = ("p", "table", "hr", "div", "ul", "li", "br", "h1", "h2", "h3")
FILING = PLAIN.model_copy(
    update={
        "primary_issuer": PLAIN.primary_issuer.model_copy(
            update={"issuer_previous_names": ("Old Creek LLC", "Elder Creek, Inc.")}
        ),
        "related_persons": (
            PLAIN.related_persons[0].model_copy(update={"relationship_clarification": "Director of the manager"}),
            PLAIN.related_persons[1],
        ),
    }
)
"""A filing with a list in a table within a cell, and with a note."""


def body(page: str) -> HtmlElement:
    return next(html.fromstring(page.encode()).iter("body"))


def words(text: str | None) -> str:
    return " ".join((text or "").split())


def flow(page: str, width: int | None = 80) -> str:
    """A page whose tables are paragraphs: the words of all cells, with the target behind a link, wrapped."""
    paragraphs: list[list[str]] = [[]]

    def walk(one: HtmlElement) -> None:
        if one.tag in BLOCKS:
            paragraphs.append([])
        paragraphs[-1].append(words(one.text))
        for child in one:
            walk(child)
            paragraphs[-1].append(words(child.tail))
        if one.tag == "a":
            paragraphs[-1].append(f"[{one.get('href')}]")
        if one.tag in BLOCKS:
            paragraphs.append([])

    walk(body(page))
    joined = (" ".join(filter(None, one)) for one in paragraphs)
    return "\n\n".join("\n".join(wrap(one, width, break_on_hyphens=False)) if width else one for one in joined if one)


def tabbed(page: str) -> str:
    """A page with a tab behind each cell, and a line for each row, in tables within tables too."""
    parts: list[str] = []

    def walk(one: HtmlElement) -> None:
        parts.extend(["\n"] if one.tag in BLOCKS else [])
        parts.append(words(one.text))
        for child in one:
            walk(child)
            parts.append(words(child.tail))
        if one.tag in ("td", "th"):
            parts.append("\t")
        elif one.tag in (*BLOCKS, "tr"):
            parts.append("\n")

    walk(body(page))
    return "".join(parts)


def piped(page: str, within: Callable[[HtmlElement], str]) -> str:
    """A page whose outer tables are Markdown's; within: what is written for a cell that holds a table."""
    lines: list[str] = []
    for one in body(page):
        if one.tag != "table":
            lines += [words(one.text_content()).replace(". ", "\\. ", 1), ""]
            lines += [words(one.tail), ""] if words(one.tail) else []
            continue
        rows = one.xpath("./tr | ./thead/tr | ./tbody/tr")
        for number, row in enumerate(rows):
            cells = [within(cell) if cell.find(".//table") is not None else words(cell.text_content()) for cell in row]
            lines += [f"|{'|'.join(cells)}|"]
            lines += ["|---" * len(cells) + "|"] if not number else []
        lines += ["", words(one.tail), ""]
    return "\n".join(lines)


def raw(cell: HtmlElement) -> str:
    return "".join(words(html.tostring(child, encoding="unicode", with_tail=False)) for child in cell)


def flat(cell: HtmlElement) -> str:
    return words(" ".join(words(piece) for piece in cell.itertext()))


def read(text: str) -> Extraction:
    """What is read from a text of the filing, all of which is right."""
    seen = extract_text(text)
    assert [(one.path, one.kind, one.got) for one in score(Truth("", FILING), seen).mistakes] == []
    return seen


@pytest.mark.parametrize("width", [60, 80, 120, None])
def test_rows_in_paragraphs_are_read(width: int | None) -> None:
    text = flow(render_html(FILING), width)
    assert "\nCity State" not in text
    read(text)


def test_the_words_of_a_paragraph_keep_their_places() -> None:
    text = flow(render_html(FILING))
    lines = text.split("\n")
    placed = {one.path: one for one in extract_text(text).findings if one.raw and "=" not in one.path}
    for path in ("primary_issuer.cik", "related_persons[1].related_person_name.last_name"):
        one = placed[path]
        assert one.place is not None
        assert one.place.line
        assert one.place.columns
        assert lines[one.place.line - 1][one.place.columns[0] - 1 :].startswith(one.raw)


@pytest.mark.parametrize(
    "text",
    [
        "Name of Issuer\nA LLC\nStreet Address 1 Street Address 2\n1 Elm Street\nCity State/Province/Country ZIP\n",
        "Street Address 1 Street Address 2 City State/Province/Country ZIP/PostalCode\n1 Elm Street Rye NEW YORK\n" * 4,
        "",
    ],
    ids=["lines", "labels of two rows in a line", "nothing"],
)
def test_lines_that_are_the_form_s_stay(text: str) -> None:
    source = read_text(text or "A")
    assert pour(source, FORM_D) is None


def test_tabs_behind_all_cells_say_nothing_of_tables_within() -> None:
    seen = read(tabbed(render_html(FILING)))
    told = [one.path for one in seen.problems if one.kind is ProblemKind.INFERRED]
    assert "primary_issuer.issuer_previous_names[0]" in told


def test_tables_of_a_page_within_the_cells_of_markdown_are_read() -> None:
    text = piped(render_html(FILING), raw)
    assert "|<table" in text
    read(text)


def test_columns_described_before_a_row_are_no_words() -> None:
    text = piped(render_html(FILING), raw).replace("\n|---|", "\n<colgroup><col /> <col /></colgroup>|---|")
    assert "<colgroup>" in text
    read(text)


def test_names_joined_in_a_cell_are_parted_by_their_endings() -> None:
    seen = read(piped(render_html(FILING), flat))
    assert seen.filing.primary_issuer.issuer_previous_names == ("Old Creek LLC", "Elder Creek, Inc.")
    told = [one.path for one in seen.problems if one.kind is ProblemKind.INFERRED]
    assert "primary_issuer.issuer_previous_names" in told


def test_names_joined_in_a_cell_leave_a_doubt() -> None:
    names = ("Old Creek Fund", "Elder Creek Fund")
    issuer = FILING.primary_issuer.model_copy(update={"issuer_previous_names": names})
    seen = extract_text(piped(render_html(FILING.model_copy(update={"primary_issuer": issuer})), flat))
    assert seen.filing.primary_issuer.issuer_previous_names == ("Old Creek Fund Elder Creek Fund",)
    assert any(one.path.startswith("primary_issuer.issuer_previous_names") for one in seen.problems)


def test_a_mark_that_touches_its_label_is_its_mark() -> None:
    source = with_loose_marks(read_text("| XRule 506(b) |\n| Xerox LLC |\n| X |"), FORM_D)
    assert [item.text for item in source.items if isinstance(item, Cell)] == ["X", "Rule 506(b)", "Xerox LLC", "X"]
    assert [str(item.place) for item in source.items[:2]] == ["line 1 columns 3-3", "line 1 columns 4-14"]
    assert replace(source, items=()) == replace(read_text("A"), items=())


@pytest.mark.parametrize("after", ["11. Minimum Investment", "Signature and Submission"])
def test_a_heading_that_touches_the_text_before_it_ends_it(after: str) -> None:
    lines = "\n".join(filter(str.strip, tabbed(render_html(FILING)).split("\n")))
    before = "Clarification of Response (if Necessary):\n"
    text = lines.replace(f"{before}{after}", f"{before}Two funds merge{after}")
    assert text != lines
    notes = {one.path: one.raw for one in extract_text(text).findings if one.path.endswith("clarification_of_response")}
    assert list(notes.values()) == ["Two funds merge"]


def test_a_heading_a_space_behind_a_text_ends_it_in_doubt() -> None:
    lines = "\n".join(filter(str.strip, tabbed(render_html(FILING)).split("\n")))
    seen = extract_text(lines.replace("\n11. Minimum", "\nTwo funds 11. Minimum"))
    path = "business_combination_transaction.clarification_of_response"
    assert [one.raw for one in seen.findings if one.path == path] == ["Two funds"]
    assert [one.kind for one in seen.problems if one.path == path] == [ProblemKind.INFERRED]


def test_a_heading_that_touches_a_text_is_none_where_it_stands_elsewhere() -> None:
    source = with_loose_headings(
        read_text("as in 14. Investors\n14. Investors\nnone15. Sales\nA11. Minimum Investment"), FORM_D
    )
    texts = [item.text for item in source.items if isinstance(item, Cell)]
    assert texts == ["as in 14. Investors", "14. Investors", "none15. Sales", "A", "11. Minimum Investment"]


def test_a_document_that_lost_words_of_the_form_may_have_lost_a_note() -> None:
    text = tabbed(render_html(FILING)).replace("Director of the manager", "")
    lost = text
    for label in ("Rule 506(b)", "Rule 506(c)", "Securities Act Section 4(a)(5)"):
        lost = lost.replace(label, "")
    path = "related_persons[0].relationship_clarification"
    assert path not in [one.path for one in extract_text(text).problems]
    assert path in [one.path for one in extract_text(lost).problems]
    assert not silent(FILING, extract_text(lost))


WRAPPED = """\
   Recipient              Recipient CRD   X None
                          Number
   (Associated)           (Associated)
   Broker or       X None Broker or       X None
   Dealer                 Dealer CRD
                          Number
"""


def test_a_label_that_goes_on_a_space_behind_a_box_is_cut_off() -> None:
    source = with_seams(read_text(WRAPPED), FORM_D)
    line = [(item.text, item.x0, str(item.place)) for item in source.items if isinstance(item, Cell) and item.top == 4]
    assert line == [
        ("Broker or", 3, "line 4 columns 4-12"),
        ("X None", 19, "line 4 columns 20-25"),
        ("Broker or", 26, "line 4 columns 27-35"),
        ("X None", 42, "line 4 columns 43-48"),
    ]
    other = read_text(WRAPPED.replace("X None Broker or  ", "X None Dealer Inc ", 1))
    assert with_seams(other, FORM_D) is other


def test_a_mark_before_another_label_is_not_that_of_a_label_wrapped_around_its_line() -> None:
    page = render_text(FILING, TextStyle(layout="columns"))
    start, end = page.index("7. Type of Filing"), page.index("8. Duration of Offering")
    item = """\
7. Type of Filing

                Date of                    First Sale
X  New Notice   First Sale 2020-01-02      Yet to
                                           Occur
   Amendment

"""
    seen = extract_text(page[:start] + item + page[end:])
    assert not [one for one in score(Truth("", FILING), seen).mistakes if one.path.startswith("type_of_filing")]
    assert not [one for one in seen.problems if one.path.startswith("type_of_filing")]


def test_words_of_the_form_that_were_not_known_are_no_recipient() -> None:
    text = tabbed(render_html(FILING))
    damaged = text.replace("Check \N{LEFT DOUBLE QUOTATION MARK}All States", "Check \N{EURO SIGN}\N{EURO SIGN}All Stat")
    assert damaged != text
    seen = extract_text(damaged)
    assert seen.filing.sales_compensation == ()
    assert any(one.path == "sales_compensation" for one in seen.problems)


def test_tables_within_the_cells_of_a_table_set_in_columns_are_read() -> None:
    rows = """\
| Recipient             | | Recipient CRD Number | X | None | |
| Ann Roe               | None                                |
| | (Associated) |    | | | [[/x?CIK=1][0001]] |              |
"""
    cells = [
        [item.text for item in read_text(rows).items if isinstance(item, Cell) and item.top == n] for n in (1, 2, 3)
    ]
    assert cells == [["Recipient", "Recipient CRD Number X None"], ["Ann Roe", "None"], ["(Associated)", "0001"]]

"""The HTML reader: what stands in one column begins at one x, what stands on one line overlaps, and nothing is lost."""

import html
import re
import time
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import BrokenInput, EmptyInput
from extractor.readers.html import read_html
from extractor.readers.html_source import unwrap_html
from extractor.source import Cell, Item, Mark

REAL_PAGE = Path(__file__).parents[1].parent / "shared" / "filings" / "html" / "hashnote-2023.html"

BOX = '<td class="CheckBox">&nbsp;&nbsp;</td>'
CHECKED = '<td class="CheckBox"><span class="FormData">X</span></td>'


def cells(page: str) -> list[Cell]:
    return [item for item in read_html(page).items if isinstance(item, Cell)]


def texts(page: str) -> list[str]:
    return [cell.text for cell in cells(page)]


def marks(page: str) -> list[tuple[bool, str]]:
    return [(item.checked, item.raw) for item in read_html(page).items if isinstance(item, Mark)]


def cell(page: str, text: str) -> Cell:
    (found,) = [cell for cell in cells(page) if cell.text == text]
    return found


def share_line(one: Item, other: Item) -> bool:
    """Whether two things are on one line: they overlap by more than half of the lower one's height."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def box_of(items: tuple[Item, ...], label: str) -> Mark:
    """The box that touches a label at its left, on its line."""
    (text,) = [item for item in items if isinstance(item, Cell) and item.text.startswith(label)]
    (box,) = [item for item in items if isinstance(item, Mark) and item.x1 == text.x0 and share_line(item, text)]
    return box


# What a page looks like


def test_values_begin_where_their_labels_begin() -> None:
    page = """
    <table width="100%"><tbody>
    <tr><th width="30%">Last Name</th><th width="5%">First Name</th><th>Middle Name</th></tr>
    <tr><td>Quimby Consolidated Holdings of the Northern Territories</td><td align="right">-</td></tr>
    <tr><th>Street Address 1</th><th>Street Address 2</th></tr>
    <tr><td>1 Elm St</td></tr>
    <tr><th>City</th><th>State/Province/Country</th><th>ZIP/PostalCode</th></tr>
    <tr><td>Springfield</td><td></td><td>00001</td></tr>
    </tbody></table>"""
    assert cell(page, "Last Name").x0 == cell(page, "City").x0 == cell(page, "1 Elm St").x0
    assert cell(page, "First Name").x0 == cell(page, "-").x0 == cell(page, "State/Province/Country").x0
    assert cell(page, "Middle Name").x0 == cell(page, "ZIP/PostalCode").x0 == cell(page, "00001").x0
    assert cell(page, "Last Name").x0 < cell(page, "First Name").x0 < cell(page, "Middle Name").x0
    assert cell(page, "City").bottom <= cell(page, "Springfield").top
    assert share_line(cell(page, "Springfield"), cell(page, "00001"))


def test_spans_hold_their_columns() -> None:
    page = f"""
    <table>
    <tr><th>CIK</th><th>Previous Names</th><td><table><tr>{BOX}<td>None</td></tr></table></td><th>Entity Type</th></tr>
    <tr><td>0000000001</td><td rowspan="3" colspan="2"><table><tr><td>Old Name LLC</td></tr></table></td>
      <td rowspan="5"><table><tr>{BOX}<td>Corporation</td></tr><tr>{CHECKED}<td>Trust</td></tr></table></td></tr>
    <tr><th>Name of Issuer</th></tr>
    <tr><td>New Name LLC</td></tr>
    <tr><th colspan="2">Year</th></tr>
    <tr><td colspan="3"><table><tr>{CHECKED}<td>Within Last Five Years</td><td>2022</td></tr></table></td></tr>
    </table>"""
    assert cell(page, "Previous Names").x0 == cell(page, "Old Name LLC").x0
    assert cell(page, "Old Name LLC").x1 == cell(page, "Entity Type").x0
    assert cell(page, "CIK").x0 == cell(page, "New Name LLC").x0 == cell(page, "Year").x0
    items = read_html(page).items
    assert box_of(items, "Corporation").x0 == box_of(items, "Trust").x0 == cell(page, "Entity Type").x0
    assert [box_of(items, label).checked for label in ("Corporation", "Trust", "None", "Within")] == [
        False,
        True,
        False,
        True,
    ]
    assert share_line(box_of(items, "Within"), cell(page, "2022"))


def test_a_cell_opened_twice_is_two_columns_in_every_row() -> None:
    """EDGAR's item 6 opens a cell in an empty cell and closes both."""
    row = "<tr><td>\n<td class='CheckBox'>{}</td>\n<td>{}</td>\n</td></tr>"
    page = f"<table>{row.format('', 'Rule 506(b)')}{row.format('X', 'Rule 506(c)')}</table>"
    items = read_html(page).items
    assert [box_of(items, label).checked for label in ("Rule 506(b)", "Rule 506(c)")] == [False, True]
    assert cell(page, "Rule 506(b)").x0 == cell(page, "Rule 506(c)").x0


def test_a_box_beside_a_label_of_two_lines_is_on_the_line_of_both() -> None:
    page = f"""
    <table><tr><td><table><tr><td>State(s) of Solicitation<br>Check "All States"</td>{CHECKED}<td>All States</td></tr>
    </table></td><td><table><tr>{BOX}<td>Foreign</td></tr></table></td></tr></table>"""
    items = read_html(page).items
    for line in ("State(s) of Solicitation", 'Check "All States"'):
        for label in ("All States", "Foreign"):
            assert share_line(cell(page, line), box_of(items, label))
            assert share_line(cell(page, line), cell(page, label))
    assert box_of(items, "All States").checked
    assert not box_of(items, "Foreign").checked


def test_a_short_cell_beside_a_column_of_rows_keeps_to_its_line() -> None:
    rows = "".join(f"<tr>{BOX}<td>Label {number}</td></tr>" for number in range(3))
    page = f"<table><tr><td>Total</td><td><table>{rows}</table></td></tr></table>"
    assert [share_line(cell(page, "Total"), cell(page, f"Label {number}")) for number in range(3)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(("valign", "line"), [("top", 0), ("middle", 1), ("bottom", 2)])
def test_valign_is_honoured_beside_a_column_of_rows(valign: str, line: int) -> None:
    rows = "".join(f"<tr><td>Label {number}</td></tr>" for number in range(3))
    page = f"<table><tr><td valign={valign}>Total</td><td><table>{rows}</table></td></tr></table>"
    assert [share_line(cell(page, "Total"), cell(page, f"Label {number}")) for number in range(3)] == [
        number == line for number in range(3)
    ]


def test_a_spanning_cell_pushes_down_what_follows_its_rows() -> None:
    names = "".join(f"<tr><td>Name {number}</td></tr>" for number in range(5))
    rows = f"<tr><td>A</td><td rowspan=2><table>{names}</table></td></tr><tr><td>B</td></tr><tr><td>C</td></tr>"
    page = f"<table>{rows}</table>"
    assert cell(page, "A").bottom == cell(page, "B").top
    assert cell(page, "C").top == cell(page, "Name 4").bottom


def test_a_column_of_boxes_is_narrow_and_text_columns_are_equal() -> None:
    page = f"<table><tr>{BOX}<td>Yes</td>{CHECKED}<td>No</td></tr></table>"
    box, yes, other, no = read_html(page).items
    assert box.x1 == yes.x0 < yes.x1 == other.x0 < other.x1 == no.x0
    assert yes.x1 - yes.x0 == no.x1 - no.x0 > 10 * (box.x1 - box.x0)


def test_rows_of_the_foot_stand_last_and_of_the_head_first() -> None:
    page = (
        "<table><tfoot><tr><td>c</td></tr></tfoot><tbody><tr><td>b</td></tr></tbody><thead><tr><td>a</td></tr></thead>"
    )
    assert texts(page) == ["a", "b", "c"]


def test_a_span_ends_with_its_group() -> None:
    page = "<table><tbody><tr><td rowspan=9>a<td>b</tbody><tbody><tr><td>c<td>d</tbody></table>"
    assert cell(page, "a").x0 == cell(page, "c").x0
    assert cell(page, "b").x0 == cell(page, "d").x0


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>Notice\n of <b>Exempt</b>\n\tOffering</p>", ["Notice of Exempt Offering"]),
        ("<span>$</span><span>25,000</span>", ["$25,000"]),
        ("a<br>b<br/>c", ["a", "b", "c"]),
        ("<p>Clarification:</p>\n<span>any</span><hr><p>4. Industry</p>", ["Clarification:", "any", "4. Industry"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<h1>a</h1>b<!-- no -->c", ["a", "bc"]),
        ("a&nbsp;&nbsp;b &amp; c&#8203;&shy;d", ["a b & cd"]),
        ("<table><tr><td>a</td></tr>stray</table>", ["stray", "a"]),
        ("<table><caption>t</caption><tr><td>a</td></tr></table>", ["t", "a"]),
        ("<form><input type=text value='one'><textarea>two\nthree</textarea></form>", ["one", "two", "three"]),
        ("<select><option>a<option selected>b</select> <select><option>c<option>d</select>", ["b", "c"]),
        ("<select multiple><option selected>a<option>b<option selected>c</select>", ["a", "c"]),
        ("<pre>a b\n\n  c</pre>", ["a b", "c"]),
    ],
)
def test_lines(page: str, lines: list[str]) -> None:
    assert texts(page) == lines


def test_a_blank_line_is_as_high_as_a_line() -> None:
    one, two = cells("a<br><br>b")
    assert two.top - one.top == 2.0


def test_preformatted_text_keeps_its_columns() -> None:
    page = "<pre>City        State\nSpringfield OHIO\n            (none)  [X] Yes  <input type=checkbox> No</pre>"
    assert cell(page, "State").x0 == cell(page, "(none)").x0 > cell(page, "City").x0
    items = read_html(page).items
    assert [item.text if isinstance(item, Cell) else item.checked for item in items[-5:]] == [
        "(none)",
        True,
        "Yes",
        False,
        "No",
    ]
    assert [item.x0 for item in items[-5:]] == sorted({item.x0 for item in items[-5:]})


def test_a_piece_of_a_page_may_begin_with_a_row() -> None:
    page = "<tr><td>City</td><td>State</td></tr><tr><td>Here</td><td>There</td></tr><p>End</p><tr><td>x</td></tr>"
    assert cell(page, "State").x0 == cell(page, "There").x0 == 512.0
    assert texts(page) == ["City", "State", "Here", "There", "End", "x"]


# Boxes


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<input type=checkbox> Yes", [(False, "<input type=checkbox>")]),
        ("<input type='RADIO' checked> Yes", [(True, "<input type=radio checked>")]),
        ("<input type='checkbox' checked=''/>", [(True, "<input type=checkbox checked>")]),
        ("[X] Yes [ ] No", [(True, "[X]"), (False, "[ ]")]),
        ("[<b>X</b>] Yes [&nbsp;&nbsp;] No", [(True, "[X]"), (False, "[ ]")]),
        ("<p>\u2612 Yes</p><p>&#9744; No</p>", [(True, "\N{BALLOT BOX WITH X}"), (False, "\N{BALLOT BOX}")]),
        ("<td>\u25cf<td>a<td>\u25cb<td>b", [(True, "\N{BLACK CIRCLE}"), (False, "\N{WHITE CIRCLE}")]),
        ("\N{BLACK CIRCLE} a bullet", []),
        ("<img alt='X'> Yes", [(True, "X")]),
        ("<img alt='unchecked'> Yes <img alt='Checked box'> No", [(False, "unchecked"), (True, "Checked box")]),
        ("<img src='/img/checkbox_checked.gif?v=1'>", [(True, "/img/checkbox_checked.gif?v=1")]),
        ("<img src='checkbox-unchecked.png' alt=''>", [(False, "checkbox-unchecked.png")]),
        ("<img src='checked.gif' alt='unchecked'> contradicts itself", []),
        ("<img src='/checked/logo.gif' alt='SEC'> Yes", []),
        ("<table><tr><td class=CheckBox>X</td></tr></table>", [(True, "X")]),
        ("<table><tr><td class='a form-checkbox'> <b>&nbsp;x</b></td></tr></table>", [(True, "x")]),
        ("<table><tr><td class=CheckBox>&#160;&nbsp;\N{NO-BREAK SPACE}</td></tr></table>", [(False, "")]),
        ("<table><tr><td class=CheckBox></td><td>Yes</td></tr></table>", [(False, "")]),
        ("<table><tr><th class=CheckBox><br></th></tr></table>", [(False, "")]),
        ("<table><tr><td class=CheckBox>[X]</td></tr></table>", [(True, "[X]")]),
        ("<table><tr><td class=CheckBox>\N{CHECK MARK}</td></tr></table>", [(True, "\N{CHECK MARK}")]),
        ("<td class=CheckBox><input type=checkbox checked></td>", [(True, "<input type=checkbox checked>")]),
        ("<table><tr><td class=CheckBox><i hidden>X</i></td></tr></table>", [(False, "")]),
        ("<table><tr><td class=CheckBox>Director</td></tr></table>", []),
        ("<table><tr><td class=CheckBox>X Director</td></tr></table>", []),
        ("<table><tr><td class=CheckBoxLabel>X</td></tr></table>", []),
        ("<table><tr><td>X</td><td>Director</td></tr></table>", []),
        ("<p class=checkbox></p>X", []),
    ],
)  # fmt: skip
def test_boxes(page: str, expected: list[tuple[bool, str]]) -> None:
    assert marks(page) == expected


def test_a_lone_x_is_text() -> None:
    assert texts("<table><tr><td>X</td><td>Director</td><td></td><td>Promoter</td></tr></table>") == [
        "X",
        "Director",
        "Promoter",
    ]


@pytest.mark.parametrize("picture", ["<img src='a/tick7.gif'>", "<img alt='mark'>", "<svg><path d='M0 0'/></svg>"])
def test_an_unknown_picture_in_a_box_is_not_an_empty_box(picture: str) -> None:
    page = f"<table><tr><td class=CheckBox>{picture}</td><td>Yes</td></tr></table>"
    assert marks(page) == []
    assert len(texts(page)) == 2


def test_boxes_in_a_line_stand_before_their_labels() -> None:
    items = read_html(
        "<td>Relationship: <input type=checkbox checked> Director <input type=checkbox> Promoter</td>"
    ).items
    assert [item.text if isinstance(item, Cell) else item.checked for item in items] == [
        "Relationship:",
        True,
        "Director",
        False,
        "Promoter",
    ]
    for left, right in pairwise(items):
        assert left.x1 == right.x0 > left.x0
    assert items[-1].x1 == pytest.approx(1024.0)


def test_boxes_below_each_other_keep_their_own_lines() -> None:
    page = "<table><tr><td>[ ] a<br>[X] b<br>[ ] c</td><td>[X] d</td></tr></table>"
    assert [share_line(cell(page, "d"), cell(page, text)) for text in "abc"] == [True, False, False]


# What is not shown


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>\nvar x = '<p>no</p>';\n</script>",
        "<style>p {color: no}</style>",
        "<template><p>no</p></template>",
        "<noscript>no</noscript>",
        "<!-- no <p> -->",
        "<?no no?>",
        "<p hidden>no</p>",
        "<p style='color: red; Display : NONE'>no <b>no</b></p>",
        "<span style='visibility:hidden'>no</span>",
        "<table style='display:none'><tr><td>no</td></tr></table>",
        "<table><tr style='display:none'><td>no</td></tr></table>",
        "<input type=hidden value=no><input type=password value=no>",
        "<iframe>no</iframe>",
        "<select hidden><option>no</select>",
    ],
)
def test_hidden(hidden: str) -> None:
    page = f"<html><head><title>no</title></head><body>a {hidden}\nb</body></html>"
    assert " ".join(texts(page)) == "a b"
    line = page[: page.index("\nb")].count("\n") + 2
    assert {item.text: item.place.line for item in cells(page)}.get("b", line) == line


def test_a_hidden_column_is_gone_and_an_invisible_one_keeps_its_place() -> None:
    row = "<tr><td>a</td><td {}>no</td><td>b</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>"
    gone = f"<table>{row.format('style=display:none')}</table>"
    invisible = f"<table>{row.format('style=visibility:hidden')}</table>"
    assert cell(gone, "b").x0 == cell(gone, "2").x0
    assert cell(invisible, "b").x0 == cell(invisible, "3").x0
    page = "<table><tr><td class=CheckBox colspan=2 style='visibility: hidden'>X<td>a<tr><td>1<td>2<td>3</table>"
    assert cell(page, "a").x0 == cell(page, "3").x0
    assert marks(page) == []


# Places


def test_places_say_line_and_columns() -> None:
    page = "<p>\n  Name of\n  Issuer</p><td class='No'><b>No</b> [X]</td>\n<td>A &amp; B</td><td><i>$</i>1</td>"
    places = {item.text if isinstance(item, Cell) else item.raw: str(item.place) for item in read_html(page).items}
    assert places == {
        "Name of Issuer": "line 2",
        "No": "line 3 columns 31-32",
        "[X]": "line 3 columns 38-40",
        "A & B": "line 4 columns 5-13",
        "$1": "line 4 columns 26-31",
    }


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("<p><script>\n\n</script>No", "line 3 columns 10-11"),
        ("<p><!--\n-->\nNo", "line 3 columns 1-2"),
        ("<p class='No'\n title='>No'>No</p>", "line 2 columns 14-15"),
        ("<p>None<p>N<b>o</b><p>No", "line 1 columns 23-24"),
        ("<p>a &gt; b", "line 1 columns 4-11"),
        ("<title>No</title><p title='>No'>No</p>", "line 1 columns 33-34"),
    ],
)
def test_a_text_is_not_found_in_what_is_not_shown(page: str, place: str) -> None:
    assert str(cells(page)[-1].place) == place


def test_places_in_a_page_of_one_line() -> None:
    page = (
        f"<style>{'p {color: blue} ' * 500}</style><table><tr>" + "<td>A &amp; B<td>A<td><b>$</b>1<td>[X] A [ ] B" * 200
    )
    lines = page.split("\n")
    for item in read_html(page).items:
        assert item.place.columns
        first, last = item.place.columns
        written = html.unescape(re.sub(r"<[^>]*>", "", lines[0][first - 1 : last]))
        assert written == (item.text if isinstance(item, Cell) else item.raw)
    starts = [item.place.columns[0] for item in read_html(page).items if item.place.columns]
    assert starts == sorted(set(starts))


def test_lines_that_the_parser_does_not_count_are_said_only_if_sure() -> None:
    page = "<br>\n" * 70000 + "<p>a</p><p><i>b</i>c</p>"
    assert [str(item.place) for item in cells(page)] == ["line 70001 columns 4-4", "line 70001 columns 15-20"]
    page = "\n" * 70000 + "<p>a</p>"
    assert [str(item.place) for item in cells(page)] == ["no place"]


# Pages that show a text


def test_a_shown_source_is_read_as_the_page_it_is() -> None:
    page = f"<html><body>\n<table><tr>{CHECKED}<td>Director</td></tr></table>\n</body></html>"
    lines = "".join(
        f"<tr><td class='line-number' value='{number}'></td><td class='line-content'>{html.escape(line)}</td></tr>"
        for number, line in enumerate(page.split("\n"), 1)
    )
    for shown in (f"<body><pre id='line1'>{html.escape(page)}</pre></body>", f"<table>{lines}</table>"):
        assert unwrap_html(shown) == page
        assert read_html(shown).items == read_html(page).items


def test_a_shown_text_file_is_unwrapped_but_not_guessed_at() -> None:
    assert unwrap_html("<html><body><pre style='x'>FORM D\n  a  b</pre>\n</body></html>") == "FORM D\n  a  b"
    assert unwrap_html("<html><body>Title<pre>FORM D</pre></body></html>") is None
    assert unwrap_html("<html><body><p>FORM D</p></body></html>") is None


# Layouts made at random


@dataclass
class Grid:
    """A table made at random: its HTML, and the column of each cell as a browser's table model gives it.

    high: the rows with a text that spans no other row; others may have no height.
    """

    page: str = ""
    columns: dict[str, int] = field(default_factory=dict)
    spans: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    high: set[int] = field(default_factory=set)
    inner: "dict[str, Grid]" = field(default_factory=dict)


@st.composite
def grids(draw: st.DrawFn, prefix: str = "c", depth: int = 2) -> Grid:
    """A table of up to 4 rows, without cells that overlap; `slots` is the table model, slot by slot."""
    grid, slots = Grid(), set[tuple[int, int]]()
    height = draw(st.integers(1, 4))
    for row in range(height):
        grid.page += "<tr>\n"
        column = 0
        for number in range(draw(st.integers(0, 4))):
            while (row, column) in slots:
                column += 1
            colspan, rowspan = draw(st.integers(1, 3)), draw(st.integers(1, height - row))
            area = {(r, c) for r in range(row, row + rowspan) for c in range(column, column + colspan)}
            if area & slots:
                colspan, rowspan, area = 1, 1, {(row, column)}
            slots |= area
            name = f"{prefix}r{row}n{number}"
            kind = draw(
                st.sampled_from(["text", "text", "box", "empty", "table"] if depth else ["text", "box", "empty"])
            )
            held = name if kind == "text" else ""
            if kind == "table":
                grid.inner[name] = draw(grids(prefix=name + "-", depth=depth - 1))
                held = grid.inner[name].page
            grid.columns[name], grid.spans[name], grid.rows[name] = column, colspan, row
            grid.high |= {row} if kind == "text" and rowspan == 1 else set()
            declared = "class=CheckBox" if kind == "box" else ""
            grid.page += f"<td {declared} colspan={colspan} rowspan={rowspan}>{held}</td>\n"
        grid.page += "</tr>\n"
    grid.page = f"<table>\n{grid.page}</table>"
    return grid


def check_grid(grid: Grid, found: dict[str, Cell]) -> None:
    """One x for each column, growing from left to right; an inner table begins where its cell begins."""
    x0 = {name: found[name].x0 for name in grid.columns if name in found}
    for name, inner in grid.inner.items():
        starts = {found[text].x0 for text, column in inner.columns.items() if column == 0 and text in found}
        x0.update((name, start) for start in starts)
        check_grid(inner, found)
    for one, other in combinations(x0, 2):
        left, right = grid.columns[one], grid.columns[other]
        assert (x0[one] < x0[other]) == (left < right)
        assert (x0[one] == x0[other]) == (left == right)
        if left + grid.spans[one] <= right and one in found:
            assert found[one].x1 <= x0[other] + 1e-9


@given(grids())
@settings(max_examples=150, deadline=None)
def test_columns_of_random_tables(grid: Grid) -> None:
    found = {item.text: item for item in cells(grid.page + "<p>end</p>")}
    check_grid(grid, found)
    expected = set(re.findall(r">(c[^<\s]+)<", grid.page)) | {"end"}
    assert set(found) == expected


@given(grids())
@settings(max_examples=100, deadline=None)
def test_nothing_overlaps_and_all_is_in_order(grid: Grid) -> None:
    items = read_html(grid.page + "<p>end</p>").items
    assert list(items) == sorted(items, key=lambda item: (item.top, item.x0))
    assert items[-1].top == max(item.top for item in items)
    for one, other in combinations(items, 2):
        beside = one.x1 <= other.x0 + 1e-9 or other.x1 <= one.x0 + 1e-9
        assert beside or one.bottom <= other.top or other.bottom <= one.top


@given(grids(depth=0))
@settings(max_examples=60, deadline=None)
def test_cells_of_a_row_share_its_line(grid: Grid) -> None:
    found = {item.text: item for item in cells(grid.page + "<p>end</p>")}
    for one, other in combinations([name for name in found if grid.rows.get(name) in grid.high], 2):
        assert share_line(found[one], found[other]) == (grid.rows[one] == grid.rows[other])


TAGS = ["p", "div", "b", "span", "table", "tr", "td", "th", "tbody", "thead", "ul", "li", "center", "form", "a", "h2"]
SOUP = st.lists(
    st.one_of(
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.sampled_from(["<br>", "\n", " ", "&nbsp;", "<hr/>", "<td colspan=3>", "<td rowspan=2>", "<td rowspan=0>"]),
        st.just("word"),
    ),
    max_size=40,
)


@given(SOUP)
@settings(max_examples=300, deadline=None)
def test_no_text_is_lost_or_doubled_in_tag_soup(soup: list[str]) -> None:
    words = iter(range(1000))
    page = "".join(f" w{next(words)} " if part == "word" else part for part in soup) + " w-last "
    seen = sorted(word for item in cells(page) for word in item.text.split())
    assert seen == sorted(re.findall(r"w[0-9]+|w-last", page))


@given(SOUP)
@settings(max_examples=100, deadline=None)
def test_places_point_at_the_text(soup: list[str]) -> None:
    words = iter(range(1000))
    page = "".join(f" w{next(words)} " if part == "word" else part for part in soup) + " w-last "
    lines = page.split("\n")
    for item in cells(page):
        assert item.place.line is not None
        if item.place.columns:
            first, last = item.place.columns
            written = re.sub(r"<[^>]*>", "", lines[item.place.line - 1][first - 1 : last])
            assert html.unescape(written).split() == item.text.split()
        else:
            assert item.text.split()[0] in " ".join(lines[item.place.line - 1 :])


# Hostile pages


@pytest.mark.parametrize(
    "page", ["", " \n\t", "<!-- x -->", "<!DOCTYPE html>", "<html></html>", "<p hidden>x</p>", "<br>"]
)
def test_a_page_that_shows_nothing_is_refused(page: str) -> None:
    with pytest.raises(EmptyInput):
        read_html(page)


@pytest.mark.parametrize("opening", ["<div>", "<table><tr><td>", "<b>", "<table><tr><td>a</td><td>"])
def test_what_is_nested_too_deep_is_refused_rather_than_cut_off(opening: str) -> None:
    """How deep the parser follows depends on its version; some have no limit."""
    try:
        found = texts(opening * 10_000 + "x")
    except BrokenInput:
        with pytest.raises(BrokenInput, match="at line 1 the parser gave up"):
            read_html(opening * 10_000 + "x")
    else:
        assert len(found) == opening.count("a</td>") * 10_000 + 1


def test_deep_nesting_that_the_parser_follows_is_read() -> None:
    assert texts("<table><tr><td>" * 600 + "x") == ["x"]
    assert len(cells("<table><tr><td>a<td>" * 600 + "x")) == 601


def test_spans_are_bounded() -> None:
    page = "<table><tr><td colspan=1000000 rowspan=99999999>a<td>b</td></tr><tr><td>c</td></tr></table>"
    assert (cell(page, "b").x0, cell(page, "b").x1) == (512.0, 1024.0)
    assert cell(page, "c").x0 == cell(page, "b").x0
    page = "<table><tr><td colspan=-1 rowspan=x>a<td colspan=0>b<tr><td colspan='2%'>c<td>d</table>"
    assert cell(page, "a").x0 == cell(page, "c").x0
    assert cell(page, "d").x0 > cell(page, "b").x0


def test_too_many_spans_side_by_side_are_refused() -> None:
    with pytest.raises(BrokenInput, match="span rows"):
        read_html("<table><tr>" + "<td rowspan=0>x" * 2000 + "<tr><td>y" * 5)


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + f"<tr>{CHECKED}<td>Director</td></tr>\n" * 5000,
        "<table><tr>" + "<td colspan=1000>x" * 10000,
        "<table><tr>" + "<td rowspan=65534>x" * 99 + "<tr><td>y" * 5000,
        "<p>" + "[X] a\n" * 20000,
        "<p>" + "[ " * 50000,
        "<p>" + "<i>a</i>b " * 20000,
        "<pre>" + "[X] a  b" * 10000 + "</pre><p>x",
        "<p>" + "<" * 100000,
        "<p " + "style='display:none' " * 20000 + ">x</p>y",
        "<p style='" + "display:" * 50000 + "'>x</p>",
        "<img alt='" + "un" * 50000 + "'>x",
        "&nbsp;" * 50000 + "x",
    ],
    ids=range(12),
)
def test_large_pages_take_time_in_proportion(page: str) -> None:
    begun = time.process_time()
    assert read_html(page).items
    assert time.process_time() - begun < 5.0


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<?xml version="1.0" encoding="latin-1"?><html><body>\u00e9</body></html>', "\u00e9"),
        ('<html><head><meta charset="latin-1"></head><body>\u00e9</body></html>', "\u00e9"),
        ("<p>a\0b", "a\N{REPLACEMENT CHARACTER}b"),
        ("<p>a\udce9b", "a?b"),
    ],
)
def test_what_a_page_says_of_its_encoding_does_not_count(page: str, text: str) -> None:
    assert texts(page) == [text]


# EDGAR's own page


@pytest.mark.skipif(not REAL_PAGE.exists(), reason="needs EDGAR's page of a filing")
def test_edgar_page() -> None:
    page = REAL_PAGE.read_text(encoding="utf-8")
    source = read_html(page)
    below = {
        "CIK (Filer ID Number)": r"\d{10}",
        "Previous Names": r"\w.* LLC",
        "Jurisdiction of Incorporation/Organization": r"[A-Z ]+",
        "Phone Number of Issuer": r"\d{10}",
        "Last Name": r"[A-Z][a-z]+",
        "ZIP/Postal Code": r"\d{5}",
        "Recipient": r"[A-Z].*",
        "Recipient CRD Number": r"\d+",
        "Name of Signer": r"[A-Z].*",
        "Date": r"\d{4}-\d\d-\d\d",
    }
    for label, value in below.items():
        top = cell(page, label)
        found = [item for item in source.items if item.x0 == top.x0 and item.top == top.bottom]
        assert [item.text for item in found if isinstance(item, Cell) and re.fullmatch(value, item.text)], label
    boxes = [item for item in source.items if isinstance(item, Mark)]
    assert len(boxes) == len(re.findall(r'class="CheckBox"', page))
    for box in boxes:
        labels = [
            item for item in source.items if isinstance(item, Cell) and item.x0 == box.x1 and share_line(item, box)
        ]
        assert len(labels) == 1
    checked = [box_of(source.items, label).checked for label in ("Limited Partnership", "Hedge Fund", "Rule 506(c)")]
    assert checked == [True, True, True]
    assert sum(box.checked for box in boxes) == len(re.findall(r'class="CheckBox"><span', page))
    assert cell(page, "Revenue Range").x0 < cell(page, "Aggregate Net Asset Value Range").x0
    assert share_line(cell(page, "Total Amount Sold"), cell(page, "$100,000"))

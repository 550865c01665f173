"""Texts whose tables are drawn, one within another, or stand there as on a page: read as the page that they are."""

from collections.abc import Sequence

import pytest

from extractor.extract import extract_text
from extractor.readers.blocks import holds_grids, is_markdown_page, read_blocks
from extractor.readers.chopped import unchopped
from extractor.readers.grids import read_grid
from extractor.source import Cell

NESTED = """\
3. Related Persons

+-------------------+------------+
| Last Name         | First Name |
+-------------------+------------+
| +----+----------+ |   --- ---- |
| | X  | Director | |   X   Yes  |
| +----+----------+ |   --- ---- |
+-------------------+------------+
| a wide cell that goes on in a  |
| second line                    |
+--------------------------------+
"""


def shown(text: str) -> list[str]:
    return [item.text if isinstance(item, Cell) else f"[{item.raw}]" for item in read_blocks(text).items]


def test_tables_within_cells_are_read() -> None:
    assert holds_grids(NESTED)
    assert shown(NESTED) == [
        "3. Related Persons",
        *("Last Name", "First Name"),
        *("X", "Director", "X", "Yes"),
        "a wide cell that goes on in a second line",
    ]


def test_a_column_begins_at_one_x_whatever_its_cells_span() -> None:
    text = "+---+---+---+\n| a | b | c |\n+---+---+---+\n| wide  | d |\n+-------+---+\n"
    edges = {item.text: item.x0 for item in read_blocks(text).items if isinstance(item, Cell)}
    assert edges["wide"] == edges["a"]
    assert edges["d"] == edges["c"]


def test_a_text_stands_at_its_place_in_the_document() -> None:
    places = {item.text: str(item.place) for item in read_blocks(NESTED).items if isinstance(item, Cell)}
    assert places["Director"] == "line 7 columns 10-17"
    assert places["3. Related Persons"] == "line 1 columns 1-18"
    assert places["a wide cell that goes on in a second line"] == "line 10"


@pytest.mark.parametrize(
    "text",
    [
        "Name   Age\n+---+\n| 1 |\n+---+",
        "+---+---+\n| a | b |\n+---+---+",
        NESTED + "\nLast Name      First Name\nBerg           Ann\n",
        NESTED.replace("|   --- ---- |", "|   --- ----", 1),
        "1. Issuer's Identity",
    ],
    ids=["a frame", "a plain grid", "columns of spaces beside it", "a broken grid", "no grid"],
)
def test_what_is_no_table_within_a_table_is_left_to_the_reader_of_text(text: str) -> None:
    assert not holds_grids(text)


def test_wide_characters_take_two_places() -> None:
    lines = ["+------+---+", "| 日本 | b |", "+------+---+"]
    assert [cell.strips for cell in read_grid(list(enumerate(lines, 1)))] == [[(2, "日本 ")], [(2, "b ")]]


def boxed(rows: Sequence[Sequence[str]], width: int) -> str:
    rule = "+" + f"{'-' * (width + 2)}+" * len(rows[0])
    return "\n".join([rule, *(line for row in rows for line in ("".join(f"| {c:{width}} " for c in row) + "|", rule))])


def test_a_grid_of_many_cells_is_read_in_time() -> None:
    text = boxed([[f"c{row}.{column}" for column in range(30)] for row in range(300)], 8)
    assert len(read_grid(list(enumerate(text.split("\n"), 1)))) == 9000


@pytest.mark.parametrize("line", ["+" * 400, "+-" * 200 + "+", "|" * 400])
def test_strokes_without_a_table_take_no_time(line: str) -> None:
    assert not holds_grids(f"{line}\n" * 400)
    assert read_grid([(1, "+--+"), *((number, line) for number in range(2, 400))]) == []


MARKDOWN = """\
1\\. Item

<table>
<tr><td><p>Name</p></td><td>

City</td></tr>
<tr>
<td>Ann<br />
Berg</td><td><table><tr><td>X</td><td>Rye</td></tr></table></td></tr>
</table>

| [2020](/x)                    | <span class="a">X</span> |
|-------------------------------|--------------------------|
| Oil &amp; Gas                 |                          |

Clarification of *all*\\
that is
"""


def test_markdown_with_the_tables_of_a_page_is_read_as_one() -> None:
    assert is_markdown_page(MARKDOWN)
    assert shown(MARKDOWN) == [
        *("1. Item", "Name", "City", "Ann", "X", "Rye", "Berg"),
        *("2020", "X", "Oil & Gas", "Clarification of all", "that is"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>a | b</p><table><tr><td>1\\. x</td></tr></table></body></html>",
        "<p>1\\. Item</p><table><tr><td>a | b</td></tr></table>",
        "<table><tr><td>a</td></tr></table>\n",
    ],
)
def test_a_page_is_no_markdown(page: str) -> None:
    assert not is_markdown_page(page) or "<p>" in page


def test_a_table_of_one_line_rows_and_one_of_several_lines() -> None:
    simple = "  ---- -----\n   X   Yes\n              \n       No\n  ---- -----\n"
    several = "  ---------- -----\n  Other      Yes\n  (describe)\n\n  New        No\n\n  ---------- -----\n"
    text = f"{NESTED}\n{simple}\n{several}"
    assert shown(text)[8:] == ["X", "Yes", "No", "Other (describe)", "Yes", "New", "No"]


def test_a_filing_drawn_as_grids_is_read() -> None:
    def grid(*rows: Sequence[str]) -> str:
        return boxed(rows, 34) + "\n"

    labels = ("Last Name", "First Name", "Middle Name")
    streets = ("Street Address 1", "Street Address 2", "")
    city = ("City", "State/Province/Country", "ZIP/PostalCode")
    yes = "+----+-----+----+----+\n| X  | Yes |    | No |\n+----+-----+----+----+"
    inner = [f"| {line:34} |" for line in yes.split("\n")]
    rule = f"+{'-' * 36}+"
    text = "\n".join(
        [
            "3. Related Persons\n",
            grid(labels, ("Berg", "", "B."), streets, ("1 Main Street", "", ""), city, ("Rye", "NEW YORK", "10580")),
            "8. Duration of Offering\n\nDoes the Issuer intend this offering to last more than one year?\n",
            "\n".join((rule, *inner, rule)) + "\n",
            grid(("not a question", "")) + "\n10. Business Combination Transaction\n",
            "11. Minimum Investment\n",
            grid(("Minimum investment accepted from any outside investor", "$5 USD")),
        ]
    )
    result = extract_text(text)
    person = result.filing.related_persons[0]
    assert person.related_person_name is not None
    assert (person.related_person_name.first_name, person.related_person_name.middle_name) == (None, "B.")
    assert result.filing.duration_of_offering is not None
    assert result.filing.duration_of_offering.more_than_one_year is True
    assert result.filing.minimum_investment_accepted == 5


def cut(lines: Sequence[str], width: int) -> list[str]:
    """Lines as a writer cuts them that are longer than a cell: from their end."""
    pieces = []
    for line in lines:
        first = len(line) % width or min(width, len(line))
        pieces += [line[:first], *(line[at : at + width] for at in range(first, len(line), width))]
    return [piece.ljust(width) for piece in pieces]


RULE = "  ---- --------------------- -------"
ROWS = ("  X    Other (Specify)       2009", "       Limited Liability", "       Corporation           2010")


@pytest.mark.parametrize("width", [6, 9, 15, 17, 21, 30])
def test_a_table_cut_to_the_width_of_its_cell_is_put_together(width: int) -> None:
    rows = (ROWS[0], f"{ROWS[1]:29}", ROWS[2])
    lines = list(enumerate(cut((RULE, *rows, RULE), width), 1))
    assert [text.rstrip() for _, text in unchopped(lines, width) if text.strip()] == [
        RULE,
        *(row.rstrip() for row in rows),
        RULE,
    ]


def test_a_table_that_was_cut_beyond_recognition_is_marked() -> None:
    lines = list(enumerate(cut((RULE, ROWS[0], f"{ROWS[1]:29}", ROWS[2], RULE), 7), 1))
    read = [text for _, text in unchopped(lines, 7)]
    assert all(text.startswith("\ufffc ") for text in read if any(map(str.isalnum, text)))


def test_a_cut_that_may_be_between_words_is_marked() -> None:
    rule = "  ----------------------"
    names = ("  First Previous Name", "  Second Previous Name")
    lines = list(enumerate(cut((rule, *names, rule), 15), 1))
    assert [text for _, text in unchopped(lines, 15)] == [rule, "  Firs\ufffct Previous Name", names[1], rule]


@pytest.mark.parametrize("name", ["  First Previous Name", "  Grand Rapids Opera", "  Tiny Old Name Ltd."])
def test_a_column_is_two_wider_than_its_longest_text_which_tells_of_a_space_at_a_cut(name: str) -> None:
    rule = "  " + "-" * (len(name.strip()) + 2)
    for width in range(14, len(name)):
        lines = list(enumerate(cut((rule, name, rule), width), 1))
        assert [text.strip() for _, text in unchopped(lines, width) if text] == [
            rule.strip(),
            name.strip(),
            rule.strip(),
        ]


@pytest.mark.parametrize("width", range(9, 16))
def test_an_amount_that_was_cut_is_whole(width: int) -> None:
    lines = list(enumerate(cut(("$999,999,999,999",), width), 1))
    assert unchopped(lines, width) == [(1, "$999,999,999,999")]


@pytest.mark.parametrize("lines", [["- - -", "------"] * 40, ["-" * 6] * 80, ["a" * 6, "b" * 6] * 100])
def test_pieces_that_make_no_table_take_no_time(lines: list[str]) -> None:
    assert unchopped(list(enumerate(lines, 1)), 6)


def test_letters_keep_the_marks_that_go_with_them_in_a_grid_and_under_a_rule() -> None:
    name = "M\u0304ori \u5317\u6d77"
    edge = "+------------+-----+"
    grid = "\n".join((edge, "| Name       | Age |", edge, f"| {name}  | 12  |", edge))
    ruled = f"  ----------- ---\n  Name        Age\n  {name}   12\n  ----------- ---"
    for text in (grid, ruled):
        assert [getattr(item, "text", "") for item in read_blocks(text).items] == ["Name", "Age", name, "12"]


@pytest.mark.parametrize("width", range(7, 18))
def test_a_grid_cut_to_the_width_of_its_cell_is_put_together(width: int) -> None:
    grid = ("+---+----------+", "| X | Estimate |", "+---+----------+", "|   | Other    |", "+---+----------+")
    lines = list(enumerate(["$1,000", *cut(grid, width)], 1))
    assert [text.rstrip() for _, text in unchopped(lines, width)] == ["$1,000", *grid]


@pytest.mark.parametrize("width", range(5, 12))
def test_a_column_under_equals_signs_is_as_wide_as_its_longest_text(width: int) -> None:
    table = ("== =========", "X  Corporate", "   Other", "== =========")
    lines = list(enumerate(cut(table, width), 1))
    assert [text.rstrip() for _, text in unchopped(lines, width) if text.strip()] == list(table)


def test_a_link_that_was_cut_is_its_words() -> None:
    edge = "+----------------+-----+"
    link = [f"| {piece} |     |" for piece in cut(("[121212121](/cgi-bin/browse)",), 14)]
    text = "\n".join((r"1\. Item\'s", "", edge, *link, edge, "", r"2\. Item\'s"))
    assert [getattr(item, "text", "") for item in read_blocks(text).items][1] == "121212121"

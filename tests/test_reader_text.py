"""Text to cells and marks: columns, paragraphs, remnants of markup, tables with pipes, boxes, places."""

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractor.errors import EmptyInput, ExtractorError, UnreadableInput
from extractor.readers import text as reader
from extractor.readers.pipes import is_rule
from extractor.readers.text import read_text
from extractor.source import Cell, Item, Mark, Source

SAMPLE = Path(__file__).parents[1] / "samples" / "liquidmetal-2013-11-19.txt"


def word(item: Item) -> str:
    """What an item shows: its text, or a box as [X] or [ ]."""
    if isinstance(item, Cell):
        return item.text
    return "[X]" if item.checked else "[ ]"


def words(text: str) -> list[str]:
    """What a text shows, in reading order."""
    return [word(item) for item in read_text(text).items]


def placed(text: str) -> list[tuple[str, float]]:
    """What a text shows, with x0 of each."""
    return [(word(item), item.x0) for item in read_text(text).items]


def test_lines_are_rows_of_the_sheet() -> None:
    source = read_text("FORM D\n\n City\r\nRye\rZIP")
    assert [(item.top, item.bottom, item.x0, word(item)) for item in source.items] == [
        (1, 2, 0, "FORM D"),
        (3, 4, 1, "City"),
        (4, 5, 0, "Rye"),
        (5, 6, 0, "ZIP"),
    ]
    assert (source.format, source.line_height, source.columns) == ("text", 1.0, False)
    assert 0 < source.x_tolerance < reader.TAB


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("City\tState\tZIP", [("City", 0), ("State", 1000), ("ZIP", 2000)]),
        ("City\t\tZIP\t", [("City", 0), ("ZIP", 2000)]),
        ("\tSection 3(c)", [("Section 3(c)", 1000)]),
        ("  City  of  \t  Rye ", [("City of", 0), ("Rye", 1000)]),
        ("| City | ZIP |", [("City", 0), ("ZIP", 1000)]),
        ("|City||ZIP|", [("City", 0), ("ZIP", 2000)]),
        ("  | City | | ZIP", [("City", 0), ("ZIP", 2000)]),
        ("City | State\nRye | NY", [("City", 0), ("State", 1000), ("Rye", 0), ("NY", 1000)]),
        ("\u2502 City \u2502 ZIP \u2502", [("City", 0), ("ZIP", 1000)]),
        ("\u2551 City \u2503 ZIP \u2551", [("City", 0), ("ZIP", 1000)]),
        (r"| City \| Town | ZIP |", [("City | Town", 0), ("ZIP", 1000)]),
        ("| X | Yes | | No |", [("X", 0), ("Yes", 1000), ("No", 3000)]),
        ("|X|Yes|\n|---|---|\n||No|", [("X", 0), ("Yes", 1000), ("No", 1000)]),
        ("City    State   ZIP", [("City", 0), ("State", 8), ("ZIP", 16)]),
        ("   City  of Rye", [("City", 3), ("of Rye", 9)]),
        ("City\u00a0\u00a0State\u00a0of \u2003NY", [("City", 0), ("State of", 6), ("NY", 16)]),
        ("City&nbsp;&nbsp;State&#160;of", [("City", 0), ("State of", 6)]),
        ("City of Rye", [("City of Rye", 0)]),
    ],
)
def test_cells_of_a_line(line: str, expected: list[tuple[str, float]]) -> None:
    assert placed(line) == expected


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        *(("FORM D\nCity of Rye", False), ("A sentence.  Another one.", False), ('"Quoted."  Another', False)),
        *(("City  ZIP", True), ("A Corp.   DELAWARE", True), ("City\tZIP", True), ("\tCity", True)),
        *(
            ("City\t\t", False),
            ("City   ", False),
            ("  City", False),
            ("| City | ZIP |", True),
            ("City\u00a0\u00a0ZIP", True),
        ),
    ],
)
def test_whether_x_says_columns(text: str, columns: bool) -> None:
    assert read_text(text).columns is columns


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fund | Series A\nb\nc\nd\ne\nf\ng", {"Fund | Series A"}),
        ("AT|T\nb\nc\nd\ne\nf\ng", {"AT|T"}),
        (r"a \| b | c" + "\n---|---", {"a | b", "c"}),
        ("Name\tFund | Series A", {"Name", "Fund | Series A"}),
    ],
)
def test_a_pipe_in_a_name_sets_nothing_apart(text: str, expected: set[str]) -> None:
    assert expected <= set(words(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("City | ZIP\n---|---\n| 10580", [("City", 0), ("ZIP", 1000), ("10580", 1000)]),
        (
            "|  | Corporation\n---|---\nX | Trust\n| Other",
            [("Corporation", 1000), ("X", 0), ("Trust", 1000), ("Other", 1000)],
        ),
        (
            "+----+-----+\n|    | ZIP |\n+----+-----+\n| a  | b   |\n+====+=====+",
            [("ZIP", 1000), ("a", 0), ("b", 1000)],
        ),
        (
            "\u250c\u2500\u252c\u2500\u2500\u2510\n\u2502 \u2502 b\u2502\n\u251c\u2500\u253c\u2500\u2500\u2524",
            [("b", 1000)],
        ),
    ],
)
def test_a_tables_border_is_told_from_a_blank_cell(text: str, expected: list[tuple[str, float]]) -> None:
    assert placed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|  | | --- | | City | | ZIP | |", [("City", 1000), ("ZIP", 1000)]),
        ("Name | Number |  | None\n---|---\nAcme | 155", [("Name Number None", 0), ("Acme", 0), ("155", 1000)]),
        ("|  | X | Yes\n---|---\n| No", [("X Yes", 1000), ("No", 1000)]),
        ("|  |  | Yes\n---|---", [("Yes", 2000)]),
        ("| Name | |\n|---|---|\n| City | State | ZIP |", [("Name", 0), ("City", 0), ("State", 1000), ("ZIP", 2000)]),
        ("| City | State | ZIP |\n|---|---|", [("City", 0), ("State", 1000), ("ZIP", 2000)]),
    ],
)
def test_a_row_that_holds_tables_has_no_columns(text: str, expected: list[tuple[str, float]]) -> None:
    assert placed(text) == expected


def test_the_rows_of_a_table_within_a_cell_stand_below_each_other_in_its_column() -> None:
    source = read_text("| Name | | a |  | | --- | --- | | [X] | b | |")
    assert [word(item) for item in source.items] == ["Name", "a", "[X]", "b"]
    assert [item.x0 // reader.TAB for item in source.items] == [0, 1, 1, 1]
    assert source.items[1].bottom <= source.items[2].top
    assert_in_order(source)


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "----",
            "---",
            "- - -",
            "* * *",
            "***",
            "=====",
            "_____",
            "~~~~",
            "|---|:--:|",
            "|-|-|",
            "--\t--\t---",
            "+----+",
        ),
        *(
            "| --- | --- |",
            ":---|---:",
            "\u2500\u2500\u2500",
            "\u251c\u2500\u2500\u253c\u2500\u2500\u2524",
            "  ------  ------",
        ),
    ],
)
def test_rules_vanish(rule: str) -> None:
    assert words(f"City\n{rule}\nRye") == ["City", "Rye"]


@pytest.mark.parametrize("answer", ["-", "--", "N/A", "*", "$", "=", "_", "-\t-", "| - | - |", "\u2014"])
def test_answers_that_are_nearly_rules_stay(answer: str) -> None:
    assert len(words(f"Last Name\n{answer}\nFirst Name")) > 2


def test_paragraphs_of_a_line_stand_below_each_other() -> None:
    source = read_text("a\n<p>Name</p> <p>Acme</p><p> </p><p>DE</p>\t<br>Type<br/>\t<div>b</div><li>c  d</li>\tone")
    assert [(word(item), item.x0, round(item.top, 3), round(item.bottom, 3)) for item in source.items[1:]] == [
        ("Name", 0, 2, 2.333),
        ("Type", 1000, 2, 2.333),
        ("b", 2000, 2, 2.333),
        ("one", 3000, 2, 2.333),
        ("Acme", 0, 2.333, 2.667),
        ("c d", 2000, 2.333, 2.667),
        ("DE", 0, 2.667, 3),
    ]
    assert placed("  <p>City</p><p>Rye   NY</p>") == [("City", 2), ("Rye", 2), ("NY", 8)]
    assert words("City\vRye\u2028NY\x85USA") == ["City", "Rye", "NY", "USA"]


def test_table_cells_without_their_table_stand_side_by_side() -> None:
    assert placed("<tr><td>City</td><td class='x'></td><TH>ZIP</TH></tr>") == [("City", 1000), ("ZIP", 3000)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Relationship: [X] Director [ ] Promoter", ["Relationship:", "[X]", "Director", "[ ]", "Promoter"]),
        ("( ) Yes (X) No", ["[ ]", "Yes", "[X]", "No"]),
        ("\u2611 Yes\t\u25a1 No", ["[X]", "Yes", "[ ]", "No"]),
        ("&#9746; Yes &#x2610; No", ["[X]", "Yes", "[ ]", "No"]),
        ("|X| Yes |_| No", ["[X]", "Yes", "[ ]", "No"]),
        ("|X| Yes | | No", ["[X]", "Yes", "[ ]", "No"]),
        ("Yes  |X|   No  |_|", ["Yes", "[X]", "No", "[ ]"]),
        (":selected: Yes :unselected: No", ["[X]", "Yes", "[ ]", "No"]),
        (r"$\boxtimes$ Yes $\square$ No", ["[X]", "Yes", "[ ]", "No"]),
        ("| [ ] Yes | \u2612 | No |", ["[ ]", "Yes", "[X]", "No"]),
        ("X Yes  No", ["X Yes", "No"]),
        ("\u25a0 Yes \u25a1 No", ["[X]", "Yes", "[ ]", "No"]),
        ("[X]", ["[X]"]),
    ],
)
def test_boxes_stand_between_cells(line: str, expected: list[str]) -> None:
    assert words(line) == expected


def test_a_marks_raw_and_place() -> None:
    line = '  <input type="radio" checked> Yes\t[ x ]  No **(X)** &#9746;'
    source = read_text(line)
    marks = [item for item in source.items if isinstance(item, Mark)]
    assert [mark.raw for mark in marks] == ['<input type="radio" checked>', "[ x ]", "(X)", "\u2612"]
    assert all(mark.checked for mark in marks)
    where = [mark.place.columns for mark in marks]
    assert [line[first - 1 : last] for first, last in filter(None, where)][:3] == [mark.raw for mark in marks[:3]]
    assert where[3] == (line.index("&") + 1, line.index("&") + 1)


def test_places_count_lines_and_columns_from_one() -> None:
    source = read_text("\f\n  City  of\u200b Rye\tZIP\n<p>a</p><p>&amp;b **c**</p>")
    assert [(word(item), str(item.place)) for item in source.items] == [
        ("City of Rye", "line 2 columns 3-15"),
        ("ZIP", "line 2 columns 17-19"),
        ("a", "line 3 columns 4-4"),
        ("&b c", "line 3 columns 12-21"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of\ufb01ce a\ufb04uent \ufb00\ufb02\ufb03", "office affluent fffl" + "ffi"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("so\u00adft\u200b hy\u2060phen\ufeff", "soft hyphen"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("a\x01b\x7f\x9bc", "abc"),
        ("\u201cAcme\u201d 'x' \u2018y\u2019 \u2014 \u2026", "\u201cAcme\u201d 'x' \u2018y\u2019 \u2014 \u2026"),
        ("a \U0001f680 \u682a\u5f0f", "a \U0001f680 \u682a\u5f0f"),
    ],
)
def test_characters(text: str, expected: str) -> None:
    assert words(text) == [expected]


CHROME = "9/1/23, 6:07 PM      SEC FORM D\n{}\nhttps://www.sec.gov/x.xml      {}/3\n"
FIREFOX = "SEC FORM D      https://www.sec.gov/x.xml\n{}\n{} of 3      9/1/2023, 6:07 PM\n"
FLAT = "9/1/23, 6:07 PM\nSEC FORM D\n{}\nhttps://www.sec.gov/x.xml\n{}/3\n"


@pytest.mark.parametrize("page", [CHROME, FIREFOX, "{}\nPage {} of 3\n", "{}\n  - \n{} / 3\n", "{}\nPage {}\n"])
@pytest.mark.parametrize("feed", ["", "\f"])
def test_page_furniture_is_left_out(page: str, feed: str) -> None:
    text = feed.join(page.format(f"City\t{number}", number) for number in (1, 2, 3))
    assert [word for word in words(text) if word != "-"] == ["City", "1", "City", "2", "City", "3"]


def test_a_title_heads_every_page_or_it_stays() -> None:
    pages = [FLAT.format(f"City\t{number}", number) for number in (1, 2, 3)]
    assert words("\f".join(pages)) == ["City", "1", "City", "2", "City", "3"]
    assert words("".join(pages)).count("SEC FORM D") == 3
    assert words("SEC FORM D\nCity\n\fZIP\nRye\n\fSEC FORM D\nUSA")[0] == "SEC FORM D"
    assert words("City\nZIP\n\fRye\nZIP") == ["City", "ZIP", "Rye", "ZIP"]


@pytest.mark.parametrize(
    ("first", "second", "kept"), [("1", "2", 0), ("- 9 -", "- 10 -", 0), ("1", "3", 2), ("3", "3", 2)]
)
def test_a_number_that_counts_the_pages(first: str, second: str, kept: int) -> None:
    assert len(words(f"City\nRye\n\n{first}\n\fZIP\n10580\n{second}\n\f")) == 4 + kept


@pytest.mark.parametrize(
    "line",
    [
        *(
            "1/2",
            "3",
            "2013-11-19",
            "https://acme.example",
            "See https://acme.example for more",
            "Page 2",
            "2 of 3",
            "1 of 2 GPs",
        ),
        *("3/2", "9/1/23", "Open 9/1/23 6:07 PM to all", "12/31"),
    ],
)
def test_answers_that_look_like_furniture_stay(line: str) -> None:
    assert words(f"City\n{line}\nRye\n{line}\nNY") == ["City", line, "Rye", line, "NY"]


def test_prose_that_ends_a_page_stays() -> None:
    assert "See https://acme.example" in words("City\nSee https://acme.example\n\fRye\nhttps://b.example 2/2\n\fNY")


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\f\v\u200b", "----\n=====", "<p></p>", "| | |\n|---|---|"])
def test_nothing_to_read(text: str) -> None:
    with pytest.raises(EmptyInput, match="empty"):
        read_text(text)


def test_too_much_to_read() -> None:
    with pytest.raises(UnreadableInput, match="limit is 20,000,000"):
        read_text("a" * (reader.LIMIT + 1))


PLAIN = st.text("abcXYZ019$.,-/'&% ", min_size=1, max_size=12).map(str.strip).filter(lambda text: text[:1].isalnum())
CELLS = st.lists(PLAIN.map(lambda text: " ".join(text.split())), min_size=1, max_size=6)


@given(CELLS, st.sampled_from(["\t", " | ", "|", "   ", "  "]))
def test_cells_come_back(cells: list[str], between: str) -> None:
    line = between.join(cells)
    source = read_text(f"| {line} |" if "|" in between else line)
    assert [word(item) for item in source.items] == cells
    assert all(left.x1 <= right.x0 for left, right in pairwise(source.items))
    if " " not in between.strip("|") or "|" in between:
        assert [item.x0 for item in source.items] == [index * reader.TAB for index in range(len(cells))]


@given(
    st.lists(
        PLAIN
        | st.sampled_from(["[X]", "[ ]", "(x)", "\u2610", "<input type=radio>", "<br>", "  ", "\t", "**", "&amp;"])
    )
)
def test_items_of_a_line_rise_from_left_to_right(parts: list[str]) -> None:
    try:
        source = read_text("head\n" + " ".join(parts))
    except ExtractorError:
        return
    assert source.items[0] == read_text("head").items[0]
    assert_in_order(source)


def assert_in_order(source: Source) -> None:
    """Items stand in reading order, none over another, none without text or place."""
    for item in source.items:
        assert item.x0 < item.x1
        assert item.top < item.bottom <= int(item.top) + 1 + 1e-9
        assert item.place.line == int(item.top)
        assert not isinstance(item, Cell) or item.text == " ".join(item.text.split()) != ""
    for first, second in pairwise(source.items):
        assert (first.top, first.x0) < (second.top, second.x0)
        assert first.top < second.top or first.x1 <= second.x0


@given(st.text("ab X\t.,$'()/|-", max_size=40))
def test_a_line_with_nothing_special_reads_the_same_on_the_longer_way(line: str) -> None:
    assume(not is_rule(line) and line != "\t")  # a lone tab tells a browser's text
    try:
        plain = read_text(f"a\n{line}\nb")
    except ExtractorError:
        return
    assert read_text(f"a\n{line}\u200b\nb") == plain


@given(st.text("a X[]()<p>/b\"='!-&;#9|\\*_`~+:\t\n\f\v\u00a0\u200b\u2610\u25cf\ufb01\u0301.0123456789hts"))
def test_any_text_is_read(text: str) -> None:
    try:
        source = read_text(text)
    except EmptyInput:
        return
    assert_in_order(source)


HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "a" * n,
    "pipes": lambda n: "|" * n,
    "cells": lambda n: "a|" * (n // 8),
    "tabs": lambda n: "\t" * n + "x",
    "spaces": lambda n: "a" + " " * n + "b",
    "lines": lambda n: "a  b\n" * (n // 16),
    "blank lines": lambda n: "1/2" + "\n" * n + "1/2",
    "unclosed tags": lambda n: "<p " * n,
    "unclosed quotes": lambda n: '<p "' * n,
    "unclosed comments": lambda n: "<!-- -" * n,
    "attributes": lambda n: "<input " + 'a="b" ' * n + "> x",
    "brackets": lambda n: "[" * n,
    "links": lambda n: "[a](" * n + r"\$",
    "strong": lambda n: "**a " * n + r"\$",
    "stars": lambda n: "*a " * n + r"\$",
    "underscores": lambda n: "_a " * n + r"\$",
    "ticks": lambda n: "`a " * n + r"\$",
    "entities": lambda n: "&a;&" * n,
    "quotes": lambda n: "> " * n + r"\$",
    "strokes": lambda n: "- " * n + "a",
    "form feeds": lambda n: "\f" * n + "x",
    "page numbers": lambda n: "1/2\n\n" * (n // 16),
    "addresses": lambda n: "http://a.b " * n,
    "controls": lambda n: "a\x01" * n,
    "accents": lambda n: "a" + "\u0301" * n,
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE.keys())
def test_work_grows_with_the_text_not_with_its_square(make: Callable[[int], str]) -> None:
    """32 times the text takes about 32 times the work, not a thousand times; 200 leaves room for a busy machine."""
    small, large = (min(seconds(make(size)) for _ in range(2)) for size in (5_000, 160_000))
    assert large < max(small, 0.02) * 200


def seconds(text: str) -> float:
    start = process_time()
    with suppress(EmptyInput):
        read_text(text)
    return process_time() - start


def test_a_long_line_and_many_lines() -> None:
    assert len(read_text("a" * 10_000_000).items) == 1
    assert len(read_text("City\tRye\n" * 100_000).items) == 200_000


def test_the_sample_line_by_line() -> None:
    source = read_text(SAMPLE.read_text(encoding="utf-8"))
    lines: dict[int, list[str]] = {}
    for item in source.items:
        lines.setdefault(item.place.line or 0, []).append(word(item))
    assert source.columns
    assert lines[19][:6] == [
        *("CIK (Filer ID Number) 0001141240", "Previous Names None", "Entity Type"),
        *("Name of Issuer LIQUIDMETAL TECHNOLOGIES INC", "LIQUIDMETAL TECHNOLOGIES", "[X]"),
    ]
    assert 20 not in lines
    assert lines[38] == ["Rancho Santa Margarita", "CALIFORNIA", "92688"]
    assert lines[39] == ["Relationship:", "[X]", "Executive Officer", "[X]", "Director", "[ ]", "Promoter"]
    assert lines[139] == ["$1 - $1,000,000", "$1 - $5,000,000"]
    assert lines[161] == ["X New Notice Date of First Sale X First Sale Yet to Occur"]
    assert lines[251][0] == "LIQUIDMETAL TECHNOLOGIES INC"
    assert lines[251][4] == "2013-11-19"
    assert_in_order(source)

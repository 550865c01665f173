"""Texts that hold each piece of a page for itself: joined by a sign in one line, or with a blank line between all."""

import pytest
from lxml import html

from extractor.extract import Extraction, extract_text
from extractor.outputs.render import render_html
from extractor.readers.joined import part_joined
from extractor.readers.text import read_text
from extractor.source import Cell
from tests.silence import silent
from tests.test_adversary import PLAIN

PIECES = [
    str(piece).strip()
    for one in html.fromstring(render_html(PLAIN).encode()).iter("body")
    for piece in one.itertext()
    if not piece.isspace()
]
SIGNS = (" | ", "|", "\t", "\\n", " || ", " ¦ ")


def with_section(heading: str, after: str, text: str) -> Extraction:
    """What is read from the page, a piece on a line, one of whose sections stands there otherwise."""
    lines = "\n".join(PIECES)
    end = lines.index(after, lines.index(heading)) if after else len(lines)
    return extract_text(f"{lines[: lines.index(heading)]}{heading}\n{text}{lines[end:]}")


def with_persons(text: str) -> Extraction:
    return with_section("3. Related Persons", "4. Industry Group", text)


def texts(seen: Extraction) -> list[tuple[str, str]]:
    return [(one.path, one.raw) for one in seen.findings]


@pytest.mark.parametrize("sign", SIGNS)
def test_pieces_joined_by_a_sign_are_read_as_lines(sign: str) -> None:
    seen, lines = extract_text(sign.join(PIECES)), extract_text("\n".join(PIECES))
    assert seen.filing == lines.filing
    assert texts(seen) == texts(lines)
    assert not silent(PLAIN, seen)
    assert seen.filing.related_persons == PLAIN.related_persons


@pytest.mark.parametrize("sign", SIGNS)
def test_each_piece_has_its_place_in_the_line(sign: str) -> None:
    pieces = [" ".join(piece.split()) for piece in PIECES]
    text = "A page\n" + sign.join(pieces)
    for item in read_text(text).items:
        line, columns = item.place.line, item.place.columns
        assert line
        assert columns
        shown = text.split("\n")[line - 1][columns[0] - 1 : columns[1]]
        assert shown == (item.text if isinstance(item, Cell) else item.raw)


def test_a_row_of_a_table_is_not_parted() -> None:
    assert part_joined(["| City | ZIP |", "|---|---|", "| Rye | 10580 |"] * 40) is None
    assert part_joined(["Fund | Series A"]) is None
    assert part_joined([]) is None


def test_blank_lines_between_all_pieces_say_nothing() -> None:
    seen, lines = extract_text("\n\n".join(PIECES)), extract_text("\n".join(PIECES))
    assert seen.filing == lines.filing
    assert texts(seen) == texts(lines)


def test_places_of_a_loose_text_are_its_own_lines() -> None:
    source = read_text("\n\n".join(" ".join(piece.split()) for piece in PIECES))
    assert {item.place.line for item in source.items if item.place.line} <= set(range(1, 2 * len(PIECES), 2))
    assert [int(item.top) for item in source.items] == sorted(int(item.top) for item in source.items)


def test_a_date_below_a_label_behind_its_box_is_its_answer() -> None:
    pieces = list(PIECES)
    at = pieces.index("Date of First Sale")
    pieces[at - 1 : at + 1] = [f"{pieces[at - 1]} {pieces[at]}"]
    assert extract_text("\n".join(pieces)).filing == extract_text("\n".join(PIECES)).filing


def test_underscores_that_fill_up_cells_are_blanks() -> None:
    table = [
        ("Issuer", "Signature", "Name of Signer", "Title", "Date"),
        ("Berg Tools Inc", "/s/ Ann Berg", "Ann Berg", "Chief Clerk", "2020-01-02"),
        ("Oak LLC", "/s/ Ann Berg", "Ann Berg", "Chief Clerk", "2020-01-02"),
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    rows = ["|" + "|".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "|" for row in table]
    drawn = [" " + "_" * (len(rows[0]) - 2), *(row.replace(" ", "_") for row in rows)]
    seen = with_section("Signature and Submission", "", "\n".join(drawn) + "\n")
    block = seen.filing.signature_block
    assert block is not None
    assert [one.issuer_name for one in block.signatures] == ["Berg Tools Inc", "Oak LLC"]
    assert block.signatures[0].signature_title == "Chief Clerk"
    assert block.signatures[0].signature_name == "/s/ Ann Berg"


def test_an_address_in_brackets_behind_a_link_is_no_answer() -> None:
    lines = "\n".join(PIECES)
    cik = PLAIN.primary_issuer.cik if PLAIN.primary_issuer else ""
    assert cik
    linked = lines.replace(f"\n{cik}\n", f"\n{cik} [https://www.example.org/cgi-bin/browse-edgar?CIK={cik}]\n")
    assert linked != lines
    assert extract_text(linked).filing == extract_text(lines).filing


ENTRY = """\
Last Name
{last}
First Name
Ann
Middle Name
Street Address 1
1 Main Street
Street Address 2
City
Ogden
State/Province/Country
UTAH
ZIP/PostalCode
84101
Relationship: X Executive Officer Director Promoter
Clarification of Response (if Necessary):
"""


def test_labels_told_off_with_their_answers_begin_an_entry() -> None:
    persons = with_persons("".join(ENTRY.format(last=name) for name in ("Berg", "Dahl", "Moen"))).filing.related_persons
    names = [one.related_person_name.last_name for one in persons if one.related_person_name]
    assert names == ["Berg", "Dahl", "Moen"]


def test_an_entry_within_the_free_text_of_another_is_a_doubt_of_the_list() -> None:
    torn = "Last Name\nDahl\nStreet Address 1\n2 Main Street\nCity\nOgden\nFirst Name\nEve\nMiddle Name\n"
    seen = with_persons(ENTRY.format(last="Berg").replace("Street Address 2\n", "") + torn)
    said = {one.path for one in seen.problems}
    assert len(seen.filing.related_persons) == 2 or "related_persons" in said


def test_a_street_too_long_for_one_line_leaves_the_second_in_doubt() -> None:
    long = "Sanne House, Bank Street, Twenty Eighth Floor Cybercity Ebene"
    seen = with_persons(ENTRY.format(last="Berg").replace("1 Main Street", long))
    assert "related_persons[0].related_person_address.street2" in {one.path for one in seen.problems}


def test_boxes_for_one_answer_that_stand_twice_are_a_doubt() -> None:
    group = PIECES[PIECES.index("Entity Type") + 1 : PIECES.index("Other (Specify)") + 1]
    again = [*group[:3], "X", *group[3:]] if group[0] == "X" else ["X", *group]
    lines = "\n".join(PIECES).replace("Other (Specify)\n", "\n".join(["Other (Specify)", *again]) + "\n", 1)
    seen = extract_text(lines)
    assert {"primary_issuer", "issuers"} & {one.path.split(".")[0] for one in seen.problems}

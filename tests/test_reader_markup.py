"""Remnants of HTML and Markdown in a text: what is markup, and what only looks like it."""

import pytest

from extractor.readers.text import read_text
from extractor.source import Cell


def words(text: str) -> list[str]:
    """What a text shows, in reading order: cells as their text, boxes as [X] or [ ]."""
    boxes = {True: "[X]", False: "[ ]"}
    return [item.text if isinstance(item, Cell) else boxes[item.checked] for item in read_text(text).items]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<input checked="" type="checkbox"/> Yes', ["[X]", "Yes"]),
        ("<input type=checkbox checked> Yes", ["[X]", "Yes"]),
        ("<INPUT TYPE='radio' CHECKED='checked' name=a>Yes", ["[X]", "Yes"]),
        (
            '<input disabled type="checkbox" checked="true" value=">5">Yes',
            ['<input disabled type="checkbox" checked="true" value=">5">Yes'],
        ),
        ("<input type='checkbox' checked={true}/>Yes", ["[X]", "Yes"]),
        ("<input type=radio/>Yes", ["[ ]", "Yes"]),
        ('<input type="checkbox" name="checked" unchecked aria-checked="true">Yes', ["[ ]", "Yes"]),
        ("<input type=text value=x> Yes", ["Yes"]),
        ("<input> Yes", ["Yes"]),
        ('<input type="checkbox" checked="false"> Yes', ['<input type="checkbox" checked="false"> Yes']),
        ("a <input type=checkbox", ["a <input type=checkbox"]),
    ],
)
def test_inputs(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("<b>L</b>iquid <span class='a b'>metal</span>", "Liquid metal"), ("<FONT size=2>a</FONT>", "a")),
        *(("less <5% of it", "less <5% of it"), ("a < b > c", "a < b > c"), ("the <Fund> pays", "the <Fund> pays")),
        *(("Class <A> shares", "Class <A> shares"), ("x <y z> w", "x <y z> w"), ("a <b c", "a <b c"), ("1<2", "1<2")),
        *(("Oil &amp; Gas &quot;LP&quot;", 'Oil & Gas "LP"'), ("&amp;nbsp;", "&nbsp;"), ("&amp;lt;b", "&lt;b")),
        *(("&lt;p&gt;", "<p>"), ("R&D; AT&T", "R&D; AT&T"), ("&notit; &no;", "&notit; &no;"), ("&#36;5&#x41;", "$5A")),
        *(("a<!-- image -->b<!-- a-b -- c -->c", "abc"), ("Yes<sup>1</sup>", "Yes1"), (r"\<b\>", "<b>")),
    ],
)  # fmt: skip
def test_tags_and_entities(text: str, expected: str) -> None:
    assert words(text) == [expected]


def test_an_entity_is_a_value_where_the_text_shows_ampersands() -> None:
    assert words("Oil & Gas\nSmith &amp; Co&#160;Inc") == ["Oil & Gas", "Smith &amp; Co Inc"]


MARKDOWN = "## 3. Related Persons\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\$1 - \$5 \#1 a\_b \*c\* 1\. \-d \[e\]", ["$1 - $5 #1 a_b *c* 1. -d [e]"]),
        (r"C:\dir \\x /s/ A\ B", [r"C:\dir \x /s/ A\ B"]),
        (r"\[X\] Yes \[ \] No", ["[X]", "Yes", "[ ]", "No"]),
        ("# FORM D\n### 1. Issuer's Identity", ["FORM D", "1. Issuer's Identity"]),
        ("**Name:** Acme __Fund__ *LP* _I_", ["Name: Acme Fund LP I"]),
        ("**Name:**Acme ***Fund*** **a *b* c**", ["Name:Acme Fund a b c"]),
        ("**X** Equity", ["X Equity"]),
        ("offerees.* and * alone and 2 * 3 * 4", ["offerees.* and * alone and 2 * 3 * 4"]),
        ("A*B*C Fund snake_case_name ____ fill", ["A*B*C Fund snake_case_name ____ fill"]),
        ("Inc.** and Co.** **", ["Inc.** and Co.** **"]),
        ("- Yes\n- No", ["Yes", "No"]),
        ("* a star alone", ["* a star alone"]),
        ("* Yes\n  * No\n+ a\n+ b", ["Yes", "No", "a", "b"]),
        ("- [x] Yes\n- [ ] No", ["[X]", "Yes", "[ ]", "No"]),
        ("1. Issuer's Identity\n2. Place", ["1. Issuer's Identity", "2. Place"]),
        ("-5%\n-6%\n-\n+1 949", ["-5%", "-6%", "-", "+1 949"]),
        ("> quoted\n> > twice", ["quoted", "twice"]),
        ("[0001](/cgi-bin/browse?CIK=0001) [Acme](https://a.b/c)", ["0001 Acme"]),
        ("[X](describe) Yes", ["[X]", "(describe) Yes"]),
        ("`X` and ``a b``", ["X and a b"]),
        ("`X and", ["`X and"]),
        (r"**Oil &amp; Gas** \| *more*", ["Oil & Gas | more"]),
    ],
)
def test_markdown(text: str, expected: list[str]) -> None:
    assert words(MARKDOWN + text) == ["3. Related Persons", *expected]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "*Director* of the GP",
            "_Director_ of",
            "`Director`",
            "- Director",
            "> Director",
            "# 5 Main Street",
            "+ one",
        ),
        *("[a](b)", r"pays \$5 or $6 or $7", r"C:\dir", "Inc.**", "* note"),
    ],
)
def test_plain_text_is_not_markdown(line: str) -> None:
    assert words(f"1. Issuer's Identity\n{line}\n{line}")[1:] == [line, line]


@pytest.mark.parametrize(
    "evidence",
    [
        *(r"1\. Issuer", "## Issuer", "**Name:**", "[a](https://b.c)", "- [ ] Yes", "- X Yes", "* [x] a", "|---|---|"),
        *(r"\$5 or \$6 or $7", ":--|--:"),
    ],
)
def test_what_says_markdown(evidence: str) -> None:
    assert words(f"*Director*\n{evidence}")[0] == "Director"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- \u2612 Yes\n- X", ["[X]", "Yes", "- X"]),
        ("+ [ ] No", ["[ ]", "No"]),
        ("\u2022 Yes\n\u2022 No", ["Yes", "No"]),
        ("\u2022 Yes", ["\u2022 Yes"]),
    ],
)
def test_bullets_of_boxes_and_of_typographers(text: str, expected: list[str]) -> None:
    assert words(text) == expected

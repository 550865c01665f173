"""Every way a checkbox is written, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.readers.marks import CHECKED, LONE, SIGNS, UNCHECKED, WORDS, find_boxes, holds_any

BRACKETED = (
    *("[X]", "[x]", "[ X ]", "[X ]", "[_X_]", "[*]", "[v]", "[V]", "(X)", "(x)", "( X )", "(_x_)", "{X}", "{ x }"),
    *("|X|", "|x|", "|_X_|", "[\N{CHECK MARK}]", "[\N{HEAVY CHECK MARK}\ufe0f]", "(\N{SQUARE ROOT})"),
    *("[\N{MULTIPLICATION SIGN}]", "[\N{CYRILLIC CAPITAL LETTER HA}]", "[\N{GREEK CAPITAL LETTER CHI}]"),
    *("[\N{BALLOT BOX WITH X}]", "[\N{BLACK SQUARE}]", "[\N{NO-BREAK SPACE}X\N{NO-BREAK SPACE}]"),
)
EMPTY = (
    *("[ ]", "[]", "[  ]", "[_]", "[__]", "[\N{NO-BREAK SPACE}]", "( )", "(_)", "(  )", "{ }", "{_}", "|_|", "|__|"),
    "[\N{EM SPACE}]",
)


def states(text: str) -> list[tuple[str, bool]]:
    """Each box of a text as written, with its state."""
    return [(text[start:end], checked) for start, end, checked in find_boxes(text)]


@pytest.mark.parametrize("box", [box for box in BRACKETED if "*" not in box])
def test_a_filled_bracket_is_checked(box: str) -> None:
    assert states(box) == [(box, True)]
    assert states(f"Relationship: {box} Director") == [(box, True)]


@pytest.mark.parametrize("box", EMPTY)
def test_an_empty_bracket_is_unchecked(box: str) -> None:
    assert states(f"Relationship: {box} Director") == [(box, False)]


@pytest.mark.parametrize(
    ("box", "checked"),
    [
        *((box, True) for box in sorted(CHECKED)),
        *((box, False) for box in sorted(UNCHECKED)),
        *WORDS.items(),
        *((f"${word}$", checked) for word, checked in WORDS.items() if word.startswith("\\")),
        *((f"({word})", checked) for word, checked in WORDS.items() if word.startswith("\\")),
        *LONE.items(),
        ("\N{BALLOT BOX WITH CHECK}\ufe0f", True),
        ("\N{BALLOT BOX WITH CHECK}\ufe0e", True),
    ],
)
def test_each_sign_is_a_box(box: str, checked: bool) -> None:
    assert states(f"{box} Equity") == [(box, checked)]
    assert states(f"Debt {box} Equity") == [(box, checked)]


def test_a_sign_is_not_both_checked_and_unchecked() -> None:
    assert not CHECKED & UNCHECKED
    assert not (CHECKED | UNCHECKED) & LONE.keys()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "X",
            "X Equity",
            "Rule 504(b)(1)(x)",
            "Section 3(c)(1)",
            "f()",
            "f( )",
            "Fund (X)(Y)",
            "a[0]",
            "[Pub. L. No. 104]",
        ),
        *(
            "Malcolm X Jr.",
            "Smith|X|Jones",
            "Fund | Series A",
            "(i), (ii) or (iii)",
            "(v) the laws",
            "(V)",
            "[i]",
            "()",
        ),
        *("12 \N{MULTIPLICATION SIGN} 4", "caf\N{LATIN SMALL LETTER Y WITH ACUTE}", "\N{LATIN SMALL LETTER THORN}or"),
        *(
            "na\N{DIAERESIS}ve",
            "<X>",
            "[XX]",
            "[X",
            "X]",
            "[X)",
            "(X]",
            "{}",
            ":select:",
            "preselected: yes",
            "\\squares",
        ),
        *(
            "\N{CROSS MARK} No",
            "\N{BULLET} item",
            "[-]",
            "[1]",
            "[a]",
            "| |",
            "Steipp | | Thomas",
            "/s/ X",
            "_X_",
            "___",
        ),
    ],
)
def test_no_box(text: str) -> None:
    assert states(text) == []


@pytest.mark.parametrize(
    ("alone", "beside", "expected"),
    [
        ("(*) see note 1", "(*) Yes ( ) No", [("(*)", True), ("( )", False)]),
        ("(*) see note 1", "( ) Yes (*) No", [("( )", False), ("(*)", True)]),
        ("[*] redacted", "[*] Yes [ ] No", [("[*]", True), ("[ ]", False)]),
        ("[ * ] redacted", "[] Yes [ * ] No", [("[]", False), ("[ * ]", True)]),
        ("\N{BLACK CIRCLE} item", "\N{BLACK CIRCLE} Yes \N{WHITE CIRCLE} No", [("\u25cf", True), ("\u25cb", False)]),
        ("Steipp | | Thomas", "|X| Yes | | No", [("|X|", True), ("| |", False)]),
    ],
)
def test_what_serves_other_ends_is_a_box_only_beside_its_counterpart(
    alone: str, beside: str, expected: list[tuple[str, bool]]
) -> None:
    assert states(alone) == []
    assert states(beside) == expected


def test_boxes_of_different_kinds_do_not_vouch_for_each_other() -> None:
    assert states("(*) note [ ] Yes") == [("[ ]", False)]
    assert states("\N{BLACK CIRCLE} item \N{BALLOT BOX} Yes") == [("\N{BALLOT BOX}", False)]


@given(st.lists(st.sampled_from([*BRACKETED, *EMPTY, *CHECKED, *UNCHECKED, *WORDS]).filter(lambda box: "*" not in box)))
def test_all_boxes_of_a_line_are_found_in_order(boxes: list[str]) -> None:
    text = "".join(f"{box} label {number} " for number, box in enumerate(boxes))
    assert [raw for raw, _ in states(text)] == boxes


@given(st.text(alphabet="[](){}|_ xX*v:\\$selctdun\N{BALLOT BOX}\N{BLACK CIRCLE}\N{WHITE CIRCLE}\N{DIAERESIS}a"))
def test_boxes_do_not_overlap_and_are_announced(text: str) -> None:
    boxes = list(find_boxes(text))
    assert all(start < end for start, end, _ in boxes)
    assert all(first[1] <= second[0] for first, second in pairwise(boxes))
    assert all(holds_any(text[start:end], SIGNS) or not text[start:end].isascii() for start, end, _ in boxes)

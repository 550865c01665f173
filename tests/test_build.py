"""From what was found to a filing: a page with one thing changed, and all that is then said about it."""

import pytest

from extractor.extract import Extraction, extract_text
from extractor.finding import BoxState, ProblemKind
from extractor.model import StatesOfSolicitation
from extractor.outputs.paths import value_at
from tests.conftest import ROOT

K = ProblemKind
CHECKED, UNCHECKED, UNKNOWN = BoxState.CHECKED, BoxState.UNCHECKED, BoxState.UNKNOWN
ALDER, LANTERN = "alder-creek-robotics", "lantern-hill-fund"


def changed(name: str, *changes: tuple[str, str]) -> Extraction:
    """A sample's text, read with some words (each of which it has) replaced where they stand first."""
    text = (ROOT / "samples" / f"{name}.txt").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return extract_text(text)


def alder(*changes: tuple[str, str]) -> Extraction:
    return changed(ALDER, *changes)


def problems(extraction: Extraction) -> list[tuple[str, ProblemKind]]:
    return [(problem.path, problem.kind) for problem in extraction.problems]


def value(extraction: Extraction, path: str) -> object:
    return value_at(extraction.filing, path)


def test_the_samples_have_no_problems() -> None:
    assert problems(alder()) == []
    assert problems(changed(LANTERN)) == []


# --- groups of boxes

NONE_CHECKED = [
    ("primary_issuer.entity_type", "X Corporation", "Corporation"),
    ("primary_issuer.year_of_inc", "X Over Five Years Ago", "Over Five Years Ago"),
    (
        "related_persons[0].related_person_relationships",
        "X Executive Officer\tX Director",
        "Executive Officer\tDirector",
    ),
    ("industry_group.industry_group_type", "X Other Technology", "Other Technology"),
    ("issuer_size", "X $1 - $1,000,000", "$1 - $1,000,000"),
    ("federal_exemptions_exclusions", "X Rule 506(b)", "Rule 506(b)"),
    ("type_of_filing.new_or_amendment.is_amendment", "X New Notice", "New Notice"),
    ("duration_of_offering.more_than_one_year", "year?\tYes X No", "year?\tYes No"),
    (
        "business_combination_transaction.is_business_combination_transaction",
        "offer?\tYes X No",
        "offer?\tYes No",
    ),
]


NO_TYPE = ("submission_type", K.MISSING_VALUE)
"""What follows where item 7 does not say whether the filing is an amendment."""


@pytest.mark.parametrize(("path", "old", "new"), NONE_CHECKED, ids=[path for path, _, _ in NONE_CHECKED])
def test_a_group_without_a_checked_box(path: str, old: str, new: str) -> None:
    extraction = alder((old, new))
    assert [said for said in problems(extraction) if said != NO_TYPE] == [(path, K.GROUP_CONFLICT)]
    assert "none of its boxes is checked" in extraction.problems[0].message
    assert extraction.problems[0].place is not None


def test_a_group_of_which_some_are_checked_without_a_checked_box() -> None:
    extraction = alder(("X Equity", "Equity"), ("X Option", "Option"), ("X Security", "Security"))
    assert problems(extraction) == [("types_of_securities_offered", K.GROUP_CONFLICT)]
    securities = extraction.filing.types_of_securities_offered.model_dump(exclude={"description_of_other_type"})
    assert set(securities.values()) == {False}


def test_a_list_without_a_checked_box_is_empty_not_unknown() -> None:
    assert alder(("X Rule 506(b)", "Rule 506(b)")).filing.federal_exemptions_exclusions == ()


TWO_CHECKED = [
    ("primary_issuer.entity_type", "\tLimited Partnership", "\tX Limited Partnership"),
    ("primary_issuer.year_of_inc", "Yet to Be Formed", "X Yet to Be Formed"),
    ("industry_group.industry_group_type", "Coal Mining", "X Coal Mining"),
    ("issuer_size", "\t$1 - $5,000,000", "\tX $1 - $5,000,000"),
    ("type_of_filing.new_or_amendment.is_amendment", "Amendment", "X Amendment"),
    ("duration_of_offering.more_than_one_year", "year?\tYes X No", "year?\tX Yes X No"),
]


@pytest.mark.parametrize(("path", "old", "new"), TWO_CHECKED, ids=[path for path, _, _ in TWO_CHECKED])
def test_a_group_of_which_one_is_checked_with_two_checked_boxes(path: str, old: str, new: str) -> None:
    extraction = alder((old, new))
    assert (path, K.GROUP_CONFLICT) in problems(extraction)
    assert {said for said, _ in problems(extraction) if said != NO_TYPE[0]} == {path}
    message = next(problem.message for problem in extraction.problems if problem.kind is K.GROUP_CONFLICT)
    assert message.count("=") == 2
    below = value(extraction, path)
    values = below.model_dump().values() if hasattr(below, "model_dump") else [below]
    assert set(values) == {None}
    assert sum(state is CHECKED for name, state in extraction.boxes.items() if name.startswith(path)) == 2


def test_a_group_of_which_several_may_be_checked() -> None:
    extraction = alder(("Rule 506(c)", "X Rule 506(c)"), ("Debt\t", "X Debt\t"))
    assert problems(extraction) == []
    assert extraction.filing.federal_exemptions_exclusions == ("06b", "06c")
    assert extraction.filing.types_of_securities_offered.is_debt_type is True


def test_a_question_that_is_asked_of_pooled_funds_only() -> None:
    assert alder().filing.industry_group.investment_fund_info is None
    extraction = alder(("Yes No\tCommercial", "X Yes No\tCommercial"))
    assert problems(extraction) == [("industry_group.investment_fund_info.is40_act", K.INCONSISTENT)]
    unasked = changed(LANTERN, ("☒ Hedge Fund", "☐ Hedge Fund"), ("☐ Yes ☒ No |", "☐ Yes ☐ No |"))
    assert problems(unasked) == [
        ("industry_group.investment_fund_info.investment_fund_type", K.GROUP_CONFLICT),
        ("industry_group.investment_fund_info.is40_act", K.GROUP_CONFLICT),
    ]


def test_a_fund_that_is_checked_without_its_industry_group() -> None:
    extraction = changed(LANTERN, ("☒ Pooled Investment Fund |", "☐ Pooled Investment Fund |"), ("☐ Coal", "☒ Coal"))
    assert set(problems(extraction)) == {
        ("industry_group.investment_fund_info.investment_fund_type", K.INCONSISTENT),
        ("industry_group.investment_fund_info.is40_act", K.INCONSISTENT),
    }


def test_where_no_box_is_marked_all_are_unknown_and_each_group_is_reported() -> None:
    text = (ROOT / "samples" / f"{ALDER}.txt").read_text("utf-8").replace("X ", "")
    extraction = extract_text(text)
    assert set(extraction.boxes.values()) == {UNKNOWN}
    assert extraction.filing.primary_issuer.entity_type is None
    assert extraction.filing.types_of_securities_offered.is_debt_type is None
    assert extraction.filing.investors.has_non_accredited_investors is None
    assert extraction.filing.federal_exemptions_exclusions is None
    said = {path for path, kind in problems(extraction) if kind is K.AMBIGUOUS}
    assert said >= {path for path, _, _ in NONE_CHECKED}


# --- boxes in the place of an answer

SOLD, TOTAL = "offering_sales_amounts.total_amount_sold", "offering_sales_amounts.total_offering_amount"


def test_indefinite_in_the_place_of_an_amount() -> None:
    lines = (
        ("Amount\t$5,000,000\tUSD\tor Indefinite", "Amount\t\tUSD\tor X Indefinite"),
        ("Sold\t$2,500,000\tUSD\tor Indefinite", "Sold\t\tUSD\tor X Indefinite"),
    )
    extraction = alder(*lines)
    assert problems(extraction) == []
    assert extraction.filing.offering_sales_amounts.total_offering_amount == "Indefinite"
    assert extraction.filing.offering_sales_amounts.total_remaining == "Indefinite"
    assert problems(alder(lines[0])) == [("offering_sales_amounts.total_remaining", K.ARITHMETIC)]


def test_indefinite_beside_an_amount() -> None:
    extraction = alder(("$5,000,000\tUSD\tor Indefinite", "$5,000,000\tUSD\tor X Indefinite"))
    assert problems(extraction) == [(TOTAL, K.INCONSISTENT)]
    assert value(extraction, TOTAL) is None
    assert extraction.boxes[f"{TOTAL}=Indefinite"] is CHECKED


def test_neither_indefinite_nor_an_amount() -> None:
    extraction = alder(("$5,000,000\tUSD\tor Indefinite", "\tUSD\tor Indefinite"))
    assert problems(extraction) == [(TOTAL, K.MISSING_VALUE)]
    assert value(extraction, TOTAL) is None


def test_previous_names_and_the_box_none() -> None:
    path = "primary_issuer.issuer_previous_names"
    assert value(alder(), path) == ()
    named = alder(("X None\tEntity Type", "None\tEntity Type"), ("0009900011\t", "0009900011\tOld Name"))
    assert (value(named, path), problems(named)) == (("Old Name",), [])
    neither = alder(("X None\tEntity Type", "None\tEntity Type"))
    assert (value(neither, path), problems(neither)) == (None, [(path, K.MISSING_VALUE)])
    both = alder(("0009900011\t", "0009900011\tOld Name"))
    assert (value(both, path), problems(both)) == (None, [(path, K.INCONSISTENT)])


def test_a_recipients_number_and_the_box_none() -> None:
    path = "sales_compensation[0].recipient_crd_number"
    neither = changed(LANTERN, ("| 900101 |", "|  |"))
    assert (value(neither, path), problems(neither)) == (None, [(path, K.MISSING_VALUE)])
    both = changed(LANTERN, ("Number ☐ None", "Number ☒ None"))
    assert (value(both, path), problems(both)) == (None, [(path, K.INCONSISTENT)])
    none = changed(LANTERN, ("Number ☐ None", "Number ☒ None"), ("| 900101 |", "|  |"))
    assert (value(none, path), problems(none)) == ("None", [])
    printed = changed(LANTERN, ("Number ☐ None", "Number ☒ None"), ("| 900101 |", "| None |"))
    assert (value(printed, path), problems(printed)) == ("None", [])


def test_all_states_and_single_states() -> None:
    path = "sales_compensation[0].states_of_solicitation"
    extraction = changed(LANTERN, ("☐ All States", "☒ All States"))
    assert problems(extraction) == [(f"{path}.value", K.INCONSISTENT)]
    states = value(extraction, path)
    assert isinstance(states, StatesOfSolicitation)
    assert (states.value, len(states.states)) == ("All States", 6)


def test_a_form_without_recipients_has_none() -> None:
    extraction = alder()
    assert extraction.filing.sales_compensation == ()
    assert not any(name.startswith("sales_compensation") for name in extraction.boxes)
    assert not any(finding.path.startswith("sales_compensation") for finding in extraction.findings)


@pytest.mark.parametrize("yet", ["First Sale Yet to Occur", "X First Sale Yet to Occur"])
def test_a_first_sale_is_dated_or_yet_to_occur(yet: str) -> None:
    extraction = alder(("2024-03-18\tFirst Sale Yet to Occur", f"\t{yet}"))
    path = "type_of_filing.date_of_first_sale"
    checked = yet.startswith("X")
    assert value(extraction, f"{path}.yet_to_occur") is checked
    assert problems(extraction) == ([] if checked else [(f"{path}.value", K.MISSING_VALUE)])


# --- the same said twice


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Alder Creek Robotics Inc", True),
        ("ALDER CREEK ROBOTICS, INC.", True),
        ("Alder  Creek Robotics, Inc", True),
        ("Alder Brook Robotics, Inc.", False),
    ],
)
def test_the_name_in_item_2_is_that_of_item_1(name: str, same: bool) -> None:
    extraction = alder(("Alder Creek Robotics, Inc.\t\t\t\nStreet", f"{name}\t\t\t\nStreet"))
    path = "primary_issuer.entity_name"
    assert value(extraction, path) == ("Alder Creek Robotics, Inc." if same else None)
    assert problems(extraction) == ([] if same else [(path, K.INCONSISTENT)])
    if not same:
        (finding,) = [finding for finding in extraction.findings if finding.path == path]
        assert (finding.raw, finding.competed) == ("Alder Creek Robotics, Inc.", (name,))


# --- values

UNREADABLE = [
    ("primary_issuer.cik", "0009900011", "00099OOO11"),
    ("primary_issuer.issuer_phone_number", "530-555-0142", "none"),
    ("type_of_filing.date_of_first_sale.value", "2024-03-18", "2024-13-18"),
    ("minimum_investment_accepted", "\t$0\tUSD", "\tzero\tUSD"),
    (SOLD, "Sold\t$2,500,000", "Sold\t$2,500,00O"),
    ("investors.total_number_already_invested", "offering:\t7", "offering:\tseven"),
    ("signature_block.signatures[0].signature_date", "2024-04-01", "April"),
]


@pytest.mark.parametrize(("path", "old", "new"), UNREADABLE, ids=[path for path, _, _ in UNREADABLE])
def test_an_answer_of_another_kind_is_left_out_and_reported(path: str, old: str, new: str) -> None:
    extraction = alder((old, new))
    assert value(extraction, path) is None
    assert path in {said for said, _ in problems(extraction)}


def test_the_finding_keeps_the_text_that_could_not_be_read() -> None:
    extraction = alder(("Sold\t$2,500,000", "Sold\t$2,500,00O"))
    (finding,) = [finding for finding in extraction.findings if finding.path == SOLD]
    (problem,) = extraction.problems
    assert (finding.raw, problem.kind, problem.place) == ("$2,500,00O", K.UNREADABLE_VALUE, finding.place)


STATE = "primary_issuer.issuer_address.state_or_country"


@pytest.mark.parametrize(
    ("name", "zip_code", "code", "kinds"),
    [
        ("CALIFORNIA", "95900", "CA", []),
        ("CA", "95900", "CA", []),
        ("CAYMAN ISLANDS", "KY1-1104", "E9", []),
        ("ONTARIO, CANADA", "M5H 2N2", "A6", []),
        ("GEORGIA", "30300", "GA", []),
        ("GEORGIA", "30300-1234", "GA", []),
        ("GEORGIA", "0100", None, [K.AMBIGUOUS]),
        ("GEORGIA", "", None, [K.AMBIGUOUS]),
        ("GEORGIA (COUNTRY)", "0100", "2Q", []),
        ("CALIFORMA", "95900", None, [K.UNKNOWN_CODE]),
        ("ATLANTIS", "95900", None, [K.UNKNOWN_CODE]),
    ],
)
def test_places(name: str, zip_code: str, code: str | None, kinds: list[ProblemKind]) -> None:
    extraction = alder(("CALIFORNIA\t95900", f"{name}\t{zip_code}"))
    assert value(extraction, STATE) == code
    assert [kind for path, kind in problems(extraction) if path == STATE] == kinds
    assert (value(extraction, f"{STATE}_description") is None) == (code is None)


def test_states_of_solicitation_on_a_line() -> None:
    path = "sales_compensation[0].states_of_solicitation.states"
    extraction = changed(LANTERN, ("| CALIFORNIA |", "| CALIFORNIA, WEST VIRGINIA; UT |"))
    codes = [value(extraction, f"{path}[{number}].state") for number in range(4)]
    assert (codes, problems(extraction)) == (["CA", "WV", "UT", "CT"], [])
    extraction = changed(LANTERN, ("| CALIFORNIA |", "| CALIFORMA |"))
    assert [kind for said, kind in problems(extraction) if said == path] == [K.UNREADABLE_VALUE]


# --- what a page does not show


def test_a_label_that_is_not_there_is_reported_and_its_box_unknown() -> None:
    extraction = alder(("Debt\t", "\t"))
    name = "types_of_securities_offered.is_debt_type"
    assert problems(extraction)[0] == (f"{name}=true", K.MISSING_LABEL)
    assert extraction.boxes[f"{name}=true"] is UNKNOWN
    assert value(extraction, name) is None


def test_an_item_that_is_not_there_is_reported_with_its_heading() -> None:
    text = (ROOT / "samples" / f"{ALDER}.txt").read_text("utf-8")
    extraction = extract_text(text[: text.index("8. Duration")] + text[text.index("9. Type") :])
    path = "duration_of_offering.more_than_one_year"
    assert problems(extraction) == [(path, K.MISSING_LABEL)]
    assert "item 8 (Duration of Offering) was not found" in extraction.problems[0].message
    assert extraction.boxes[f"{path}=true"] is UNKNOWN


def test_items_of_which_a_filing_may_have_many_are_reported_as_lists() -> None:
    text = (ROOT / "samples" / f"{ALDER}.txt").read_text("utf-8")
    extraction = extract_text(text[: text.index("3. Related")] + text[text.index("4. Industry") :])
    assert "related_persons" in {path for path, kind in problems(extraction) if kind is K.MISSING_LABEL}


# --- editions of item 6

SIX = "federal_exemptions_exclusions"


def codes(extraction: Extraction) -> list[str]:
    """The boxes of the left column of item 6, by their codes."""
    names = [name.rpartition("=")[2] for name in extraction.boxes if name.startswith(f"{SIX}=")]
    return sorted(code for code in names if not code.startswith("3C"))


def test_boxes_that_the_edition_does_not_print_are_none() -> None:
    assert codes(alder()) == ["04", "04.1", "04.2", "04.3", "06b", "06c", "4a5"]
    assert codes(changed("mercer-street-credit")) == ["04", "04.1", "04.2", "04.3", "05", "06b", "06c", "4a5"]
    assert codes(changed("red-clay-fertilizer")) == ["04", "04.1", "04.2", "04.3", "05", "06", "46"]


def test_boxes_that_the_edition_prints_are_missed() -> None:
    for label, code in (("Rule 506(c)\t", "06c"), ("Rule 504 (b)(1)(ii)\t", "04.2"), ("Section 3(c)(9)", "3C.9")):
        extraction = alder((label, "\t" if "\t" in label else ""))
        assert (f"{SIX}={code}", K.MISSING_LABEL) in problems(extraction)
        assert extraction.boxes[f"{SIX}={code}"] is UNKNOWN
        assert {path.partition("=")[0] for path, _ in problems(extraction)} == {SIX}


def test_a_page_with_a_box_of_two_editions_has_all_that_it_prints() -> None:
    extraction = alder(("Rule 506(c)\t", "Rule 506(c)\t\nX Rule 505\t"))
    assert extraction.filing.federal_exemptions_exclusions == ("05", "06b")


# --- what follows from the boxes


def test_the_type_of_submission_follows_from_item_7() -> None:
    assert alder().filing.submission_type == "D"
    assert changed(LANTERN).filing.submission_type == "D/A"
    finding = next(finding for finding in changed(LANTERN).findings if finding.path == "submission_type")
    assert finding.rule == "box of item 7"
    unsaid = alder(("X New Notice", "New Notice"))
    assert unsaid.filing.submission_type is None
    assert NO_TYPE in problems(unsaid)


def test_a_single_box_says_yes_or_no() -> None:
    assert alder().filing.investors.has_non_accredited_investors is False
    extraction = alder(
        ("\nSelect if securities", "\nX Select if securities"), ("in the offering.\t\t", "in the offering.\t\t3")
    )
    assert extraction.filing.investors.has_non_accredited_investors is True
    assert extraction.filing.investors.number_non_accredited_investors == 3
    assert problems(extraction) == []

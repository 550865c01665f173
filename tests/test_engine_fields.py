"""Answers in text: which label governs them, by place, by order, by kind, or not at all."""

import pytest

from extractor.form.spec import Box, Row, Words
from tests.drawing import ask, checked, fill, left, problems, said, section

PARCEL = section(
    Row(
        "grid",
        (
            ask("sender", "Sender"),
            ask("weight", "Weight", "count"),
            ask("sent", "Sent On", "date"),
            ask("remark", "Remark", required=False),
        ),
    ),
    Row(
        "board",
        (
            ask("cost", "Cost of Carriage", "amount", "right"),
            Words("francs"),
            ask("number", "Parcel Number", "cik", "either"),
            Box("kind", "fragile", "Fragile"),
            Box("kind", "other", "Other (say which)"),
            ask("kind_other", "Other (say which)", where="either", required=False),
            ask("stamps", "Stamps", many=True, required=False),
            Box("stamps", "None", "None", anchor="Stamps"),
        ),
    ),
)

GRID = section(PARCEL.rows[0])
"""The first row of the form as a form of its own, so that none of its labels is lost."""

LABELS = "Sender       Weight   Sent On      Remark"
ANSWERS = "Ann Berg     12       1926-05-04   by hand"
ALL = {"sender": "Ann Berg", "weight": "12", "sent": "1926-05-04", "remark": "by hand"}


def rules(*lines: str, reader: str = "html") -> dict[str, str]:
    """How each answer was found."""
    assert reader in ("html", "text", "pdf")
    found = fill(PARCEL, *lines, reader=reader)  # type: ignore[arg-type]
    return {answer.path: f"{answer.rule}, {answer.certainty}" for answer in found.answers}


# --- below the labels


def test_an_answer_stands_below_its_label() -> None:
    found = fill(GRID, LABELS, ANSWERS)
    assert said(found) == ALL
    assert {(answer.rule, answer.certainty) for answer in found.answers} == {("text below", "exact")}
    assert (problems(found), left(found)) == ([], [])


@pytest.mark.parametrize("reader", ["html", "text", "pdf"])
@pytest.mark.parametrize("blank", ["sender", "weight", "sent", "remark"])
def test_a_blank_answer_shifts_no_other(blank: str, reader: str) -> None:
    line = ANSWERS.replace(ALL[blank], " " * len(ALL[blank]))
    found = fill(PARCEL, LABELS, line, reader=reader)  # type: ignore[arg-type]
    assert said(found) == {path: raw for path, raw in ALL.items() if path != blank}


def test_a_blank_row_is_no_answer_and_takes_none_from_the_next_row() -> None:
    found = fill(PARCEL, LABELS, "", "Cost of Carriage  $5")
    assert said(found) == {"cost": "$5"}


def test_an_answer_wider_than_its_column_stays_in_it() -> None:
    found = fill(PARCEL, "Sender       Weight", "Ann Elizabeth B. Berg", "             12")
    assert said(found) == {"sender": "Ann Elizabeth B. Berg", "weight": "12"}


def test_an_answer_of_several_lines_is_joined() -> None:
    found = fill(PARCEL, LABELS, ANSWERS, "and Sons                           and by foot", reader="pdf")
    assert said(found) == ALL | {"sender": "Ann Berg and Sons", "remark": "by hand and by foot"}


# --- shifted answers


def test_answers_that_slid_to_the_left_are_dealt_out_by_their_kinds() -> None:
    found = fill(PARCEL, LABELS, "12           1926-05-04")
    assert said(found) == {"sent": "1926-05-04"}
    assert problems(found) == [
        ("sent", "inferred"),
        ("sender", "ambiguous"),
        ("weight", "ambiguous"),
        ("remark", "ambiguous"),
    ]


def test_answers_that_may_have_slid_are_reported() -> None:
    form = section(Row("grid", (ask("first", "First Name"), ask("last", "Last Name"), ask("town", "Town"))))
    found = fill(form, "First Name   Last Name   Town", "Ann          Rye", reader="text")
    assert said(found) == {"first": "Ann", "last": "Rye"}
    assert problems(found) == [("first", "inferred"), ("last", "inferred")]


# --- right of the labels, and in one cell with them


@pytest.mark.parametrize(
    "line",
    ["Cost of Carriage  $5", "Cost of Carriage $5", "Cost of Carriage: $5", "Cost of Carriage   $5   francs"],
)
def test_an_answer_stands_at_the_right_of_its_label(line: str) -> None:
    found = fill(PARCEL, line)
    assert said(found) == {"cost": "$5"}
    assert left(found) == []


@pytest.mark.parametrize("line", ["$5", "                  $5"])
def test_an_answer_that_follows_its_label_on_the_next_line_is_its_answer(line: str) -> None:
    assert said(fill(PARCEL, "Cost of Carriage", line)) == {"cost": "$5"}


def test_where_the_form_puts_an_answer_at_the_right_none_further_below_is_taken() -> None:
    found = fill(PARCEL, "Cost of Carriage", "Fragile", "$5")
    assert (said(found), left(found)) == ({}, ["$5"])


@pytest.mark.parametrize(
    "lines",
    [("Parcel Number  00012",), ("Parcel Number 00012",), ("Parcel Number", "00012"), ("Parcel Number: 00012",)],
)
def test_either_place_will_do_where_the_form_allows_both(lines: tuple[str, ...]) -> None:
    assert said(fill(PARCEL, *lines)) == {"number": "00012"}


def test_the_nearest_label_at_the_left_governs() -> None:
    assert said(fill(PARCEL, "Cost of Carriage  $5  Parcel Number  12")) == {"cost": "$5", "number": "12"}
    assert said(fill(PARCEL, "Cost of Carriage $5 Parcel Number 12")) == {"cost": "$5", "number": "12"}


def test_the_label_at_the_left_governs_rather_than_the_one_above() -> None:
    found = fill(PARCEL, "Parcel Number     7", "Cost of Carriage  $5")
    assert said(found) == {"number": "7", "cost": "$5"}


@pytest.mark.parametrize(("answer", "path"), [("1926-05-04", "when"), ("$5", "cost")])
def test_the_kind_tells_where_two_labels_may_govern(answer: str, path: str) -> None:
    when = ask("when", "When", "date", "either")
    form = section(Row("board", (when, ask("cost", "Cost", "amount", "right"))))
    assert said(fill(form, "      When", f"Cost  {answer}")) == {path: answer}


# --- a label that is a box's too


def test_the_words_beside_a_box_are_its_labels_answer() -> None:
    for lines in (("[X] Other (say which)  live eels",), ("[X] Other (say which)", "    live eels")):
        found = fill(PARCEL, "[ ] Fragile", *lines)
        assert said(found) == {"kind_other": "live eels"}
        assert checked(found) == ["kind=other"]


def test_words_beside_a_box_without_a_question_are_left_over() -> None:
    found = fill(PARCEL, "[X] Fragile  live eels")
    assert (said(found), left(found)) == ({}, ["live eels"])


# --- lists

LIST = section(
    Row("board", (ask("stamps", "Stamps", many=True, required=False),)), Row("board", (ask("shop", "Bought At"),))
)


def test_a_list_has_an_answer_in_each_line() -> None:
    found = fill(PARCEL, "Stamps  [ ] None", "Penny red", "Penny black", "None such")
    assert said(found) == {"stamps[0]": "Penny red", "stamps[1]": "Penny black", "stamps[2]": "None such"}


def test_lines_of_a_printed_list_that_stand_close_are_one_answer() -> None:
    lines = ("Stamps", "Penny red", "and black", "Twopenny")
    close = fill(PARCEL, *lines, reader="pdf")
    assert said(close) == {"stamps[0]": "Penny red and black Twopenny"}
    apart = fill(PARCEL, *lines, reader="pdf", pitch=1.3)
    assert said(apart) == {"stamps[0]": "Penny red", "stamps[1]": "and black", "stamps[2]": "Twopenny"}


@pytest.mark.parametrize(
    ("pitch", "lines"),
    [
        (1.27, ("A penny red", "and black")),
        (1.1, ("A penny red", "and black", "and one whole sheet of blue ones")),
    ],
    ids=["neither close nor apart", "room for the next word"],
)
def test_lines_of_a_printed_list_that_may_be_one_answer_or_two_are_a_problem(
    pitch: float, lines: tuple[str, ...]
) -> None:
    found = fill(LIST, "Stamps", *lines, "", "Bought At", "Ann Berg", reader="pdf", pitch=pitch)
    assert [path for path, _ in problems(found)] == ["stamps"]


@pytest.mark.parametrize(
    ("elsewhere", "raw", "doubted"),
    [
        ("the co- op", "By the co- op", False),
        ("the co-op", "By the co-op", False),
        ("the co-op or co- op", "By the co-op", True),
        ("the shop", "By the co-op", True),
    ],
)
def test_a_line_that_ends_at_a_hyphen_goes_on_as_the_document_writes_it_elsewhere(
    elsewhere: str, raw: str, doubted: bool
) -> None:
    found = fill(LIST, "Stamps", "By the co-", "op", "", "Bought At", elsewhere, reader="pdf")
    assert said(found) == {"stamps[0]": raw, "shop": elsewhere}
    assert problems(found) == ([("stamps[0]", "inferred")] if doubted else [])


def test_a_box_none_beside_a_list() -> None:
    found = fill(PARCEL, "Stamps  [X] None")
    assert (said(found), checked(found)) == ({}, ["stamps=None"])


# --- text that has lost its columns


def test_answers_one_below_the_other_follow_their_labels_in_order() -> None:
    lines = ("Sender", "Weight", "Sent On", "Remark", "Ann Berg", "12", "1926-05-04")
    found = fill(GRID, *lines, reader="text")
    assert said(found) == {path: ALL[path] for path in ("sender", "weight", "sent")}
    assert {answer.certainty for answer in found.answers} == {"exact"}


def test_an_answer_in_order_that_reads_like_a_label_is_reported() -> None:
    lines = ("Sender", "Weight", "Sent On", "Remark", "Remark", "12", "1926-05-04")
    found = fill(GRID, *lines, reader="text")
    assert said(found) == {"sender": "Remark", "weight": "12", "sent": "1926-05-04"}
    doubted = [("sender", "inferred"), ("weight", "inferred"), ("sent", "inferred"), ("remark", "missing value")]
    assert problems(found) == doubted


def test_answers_in_order_skip_a_label_whose_kind_they_do_not_fit() -> None:
    found = fill(PARCEL, "Sender", "Weight", "Sent On", "Remark", "Ann", "12", "by hand", reader="text")
    assert said(found) == {"sender": "Ann", "weight": "12", "remark": "by hand"}


@pytest.mark.parametrize("answers", [("Ann", "12", "by hand"), ("Ann", "by hand", "12", "1926-05-04")])
def test_answers_in_order_that_fit_no_way_are_left_open(answers: tuple[str, ...]) -> None:
    found = fill(PARCEL, "Sender", "Weight", "Sent On", *answers, reader="text")
    assert said(found) == {}
    assert problems(found) == [("sender", "ambiguous"), ("weight", "ambiguous"), ("sent", "ambiguous")]


def test_as_many_answers_as_labels_take_turns_though_one_reads_like_none_of_its_kind() -> None:
    form = section(Row("grid", (ask("city", "City"), ask("state", "State", "place"), ask("zip", "ZIP", "zip"))))
    found = fill(form, "City", "State", "ZIP", "nil", "TEXAS", "nil", reader="text")
    assert said(found) == {"city": "nil", "state": "TEXAS", "zip": "nil"}
    assert problems(found) == [("city", "inferred"), ("state", "inferred"), ("zip", "inferred")]


def test_labels_below_each_other_with_a_box_beside_share_the_line_of_answers() -> None:
    form = section(
        Row("board", (ask("dealer", "Dealer"), Box("dealer", "None", "None", anchor="Dealer"))),
        Row("board", (ask("code", "Dealer Code", "crd"), Box("code", "None", "None", anchor="Dealer Code"))),
    )
    found = fill(form, "Dealer  [ ]  None", "Dealer Code  [ ]  None", "Ann Berg  4711", reader="text")
    assert said(found) == {"dealer": "Ann Berg", "code": "4711"}


def test_a_line_that_holds_the_first_answers_is_cut_and_the_next_lines_go_on() -> None:
    form = section(
        Row("board", (ask("number", "Number", "cik"), ask("names", "Names", many=True, required=False))),
    )
    found = fill(form, "Number Names", "0001234567 Old Berg", "Older Berg", reader="text")
    assert said(found) == {"number": "0001234567", "names[0]": "Old Berg", "names[1]": "Older Berg"}


def test_a_line_behind_a_whole_answer_goes_to_the_label_before_it() -> None:
    lines = ("Parcel Number", "0001234567", "Fragile", "X\tOther (say which)", "of glass")
    found = fill(PARCEL, *lines, reader="text")
    assert said(found) == {"number": "0001234567", "kind_other": "of glass"}


@pytest.mark.parametrize("sign", ["\N{REPLACEMENT CHARACTER}", "\N{OBJECT REPLACEMENT CHARACTER}"])
def test_an_answer_with_a_sign_that_could_not_be_read_is_in_doubt(sign: str) -> None:
    found = fill(GRID, LABELS, ANSWERS.replace("Ann", f"A{sign}n"))
    assert said(found) == ALL | {"sender": f"A{sign}n Berg"}
    assert problems(found) == [("sender", "inferred")]


@pytest.mark.parametrize(
    ("elsewhere", "sender"), [("Anna Berg", "Anna"), ("An na Berg", "An na"), ("by hand", "An\ufffcna")]
)
def test_a_cut_word_is_as_it_stands_elsewhere(elsewhere: str, sender: str) -> None:
    found = fill(GRID, LABELS, f"An\ufffcna        12       1926-05-04   {elsewhere}")
    assert said(found) == ALL | {"sender": sender, "remark": elsewhere}
    assert bool(problems(found)) == (elsewhere == "by hand")


def test_labels_in_one_line_and_answers_in_several() -> None:
    found = fill(PARCEL, "Sender Weight Sent On", "Ann", "1926-05-04", reader="text")
    assert said(found) == {"sender": "Ann", "sent": "1926-05-04"}


def test_an_answer_that_is_the_next_label_moves_no_other_unreported() -> None:
    form = section(
        Row("grid", (ask("name", "Name"),)),
        Row("grid", (ask("street", "Street 1"), ask("more", "Street 2", required=False))),
        Row("grid", (ask("city", "City"), ask("state", "State", "place"))),
    )
    lines = ("Name", "Street 1", "Street 1", "Street 2", "1 Main", "City", "State", "Rye", "NEW YORK")
    found = fill(form, *lines, reader="text")
    truth = {"name": "Street 1", "street": "1 Main", "city": "Rye", "state": "NEW YORK"}
    wrong = {path for path, raw in said(found).items() if raw != truth.get(path)}
    assert wrong <= {path for path, _ in problems(found)}


@pytest.mark.parametrize("lost", ["Sender", "Weight", "Sent On", "Remark"])
@pytest.mark.parametrize("reader", ["html", "text", "pdf"])
def test_answers_beside_that_of_a_lost_label_are_doubted(lost: str, reader: str) -> None:
    labels = LABELS.replace(lost, " " * len(lost))
    found = fill(GRID, labels, ANSWERS, reader=reader)  # type: ignore[arg-type]
    assert {path for path, kind in problems(found) if kind == "inferred"} >= said(found).keys() > set()


@pytest.mark.parametrize("lost", ["Sender", "Weight", "Sent On", "Remark"])
def test_answers_in_order_are_doubted_where_a_label_is_lost(lost: str) -> None:
    labels = [label for label in ("Sender", "Weight", "Sent On", "Remark") if label != lost]
    found = fill(GRID, *labels, *ALL.values(), reader="text")
    wrong = {path for path, raw in said(found).items() if raw != ALL[path]}
    assert wrong <= {path for path, _ in problems(found)}


def test_an_answer_above_a_row_of_lost_labels_is_doubted() -> None:
    form = section(GRID.rows[0], Row("grid", (ask("town", "Town"), ask("country", "Country"))))
    found = fill(form, LABELS, ANSWERS, "Rye          Kent")
    assert said(found)["sender"] == "Ann Berg Rye"
    assert {path for path, kind in problems(found) if kind == "inferred"} >= said(found).keys()


def test_one_line_of_answers_is_split_by_their_kinds() -> None:
    found = fill(PARCEL, "Sender Weight Sent On", "Ann Berg 12 1926-05-04", reader="text")
    assert said(found) == {path: ALL[path] for path in ("sender", "weight", "sent")}
    assert problems(found) == [("sender", "inferred"), ("weight", "inferred"), ("sent", "inferred")]
    assert {answer.rule for answer in found.answers} == {"line split by the kinds of answers"}
    places = {answer.path: str(answer.place) for answer in found.answers}
    assert places == {"sender": "line 3 columns 1-8", "weight": "line 3 columns 10-11", "sent": "line 3 columns 13-22"}


def test_a_line_that_can_be_split_in_two_ways_is_left_open() -> None:
    form = section(Row("grid", (ask("first", "First Name"), ask("last", "Last Name"), ask("age", "Age", "count"))))
    found = fill(form, "First Name Last Name Age", "Ann de Berg 41", reader="text")
    assert said(found) == {"age": "41"}
    assert [kind for _, kind in problems(found)].count("ambiguous") == 2
    messages = [problem.message for problem in found.problems if str(problem.kind) == "ambiguous"]
    assert "First Name = 'Ann'; Last Name = 'de Berg'" in messages[0]
    assert "First Name = 'Ann de'; Last Name = 'Berg'" in messages[0]


def test_a_line_that_no_way_fits_is_left_open() -> None:
    form = section(Row("grid", (ask("age", "Age", "count"), ask("born", "Born", "date"))))
    found = fill(form, "Age Born", "old, long ago", reader="text")
    assert said(found) == {}
    assert problems(found) == [("age", "ambiguous"), ("born", "ambiguous")]


def test_an_endless_line_is_not_weighed() -> None:
    form = section(Row("grid", tuple(ask(f"n{n}", f"Name {word}") for n, word in enumerate("abcdef"))))
    labels = " ".join(f"Name {word}" for word in "abcdef")
    found = fill(form, labels, "word " * 400, reader="text")
    assert said(found) == {}
    assert len(problems(found)) == 6


def test_labels_and_answers_in_one_line() -> None:
    found = fill(PARCEL, "Sender Ann Berg Weight 12 Sent On 1926-05-04", reader="text")
    assert said(found) == {path: ALL[path] for path in ("sender", "weight", "sent")}


# --- what nobody asks for


def test_text_that_no_label_governs_is_left_over() -> None:
    found = fill(PARCEL, "Handle with care", LABELS, ANSWERS)
    assert left(found) == ["Handle with care"]
    assert said(found) == ALL

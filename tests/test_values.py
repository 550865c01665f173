"""The value readers: what each takes, and that it refuses everything else by its one error."""

import contextlib
import datetime
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import values
from extractor.values import ValueProblem

READERS: tuple[Callable[[str], object], ...] = (
    *(values.text, values.amount, values.amount_or_indefinite, values.count, values.date, values.year, values.cik),
    *(values.crd, values.phone, values.zip_code, values.state_or_country, values.solicitation_state),
    values.true_or_false,
)

TAKEN: list[tuple[Callable[[str], object], str, object]] = [
    (values.text, "  Jane\tDoe \n", "Jane Doe"),
    (values.text, "a\N{NO-BREAK SPACE}b", "a b"),
    (values.amount, "$20,000,000 USD", 20_000_000),
    (values.amount, "20,000,000", 20_000_000),
    (values.amount, r"\$0 USD", 0),
    (values.amount, "$ 5", 5),
    (values.amount, "1000", 1000),
    (values.amount, "$1,000.00", 1000),
    (values.amount, "$100USD", 100),
    (values.amount, "\N{NO-BREAK SPACE}$1,000\N{NO-BREAK SPACE}USD", 1000),
    (values.amount, "999999999999", 999_999_999_999),
    (values.amount_or_indefinite, "Indefinite", "Indefinite"),
    (values.amount_or_indefinite, "INDEFINITE ", "Indefinite"),
    (values.amount_or_indefinite, "$7 USD", 7),
    (values.count, "0", 0),
    (values.count, "1,024", 1024),
    (values.date, "2013-11-19", datetime.date(2013, 11, 19)),
    (values.date, "2009-03-02-05:00", datetime.date(2009, 3, 2)),
    (values.date, "11/19/2013", datetime.date(2013, 11, 19)),
    (values.date, "1/2/2013", datetime.date(2013, 1, 2)),
    (values.date, "11-19-2013", datetime.date(2013, 11, 19)),
    (values.date, "20131119", datetime.date(2013, 11, 19)),
    (values.date, "November 19, 2013", datetime.date(2013, 11, 19)),
    (values.date, "Nov 19, 2013", datetime.date(2013, 11, 19)),
    (values.date, "SEPT. 3 2013", datetime.date(2013, 9, 3)),
    (values.date, "May 1,2013", datetime.date(2013, 5, 1)),
    (values.date, "2012-02-29", datetime.date(2012, 2, 29)),
    (values.year, "2022", 2022),
    (values.cik, "1141240", "0001141240"),
    (values.cik, "0001968399", "0001968399"),
    (values.crd, "None", "None"),
    (values.crd, "NONE", "None"),
    (values.crd, "0361", "0361"),
    (values.phone, "949-635-2100", "949-635-2100"),
    (values.phone, "(801)  419-0677 x 5", "(801) 419-0677 x 5"),
    (values.zip_code, "92688", "92688"),
    (values.zip_code, " V6C  2X8", "V6C 2X8"),
    (values.state_or_country, "CALIFORNIA", "CA"),
    (values.state_or_country, "e9", "E9"),
    (values.solicitation_state, "GEORGIA", "GA"),
    (values.true_or_false, "true", True),
    (values.true_or_false, "1", True),
    (values.true_or_false, "false", False),
    (values.true_or_false, " 0 ", False),
]

REFUSED: list[tuple[Callable[[str], object], str]] = [
    *(
        (values.amount, raw)
        for raw in ("$", "USD", "-5", "$-5", "($5)", "$1,000.50", "1,00", "1000,000", "$1.000", "5 %")
    ),
    *((values.amount, raw) for raw in ("$1O0", "$l00", "1 000", "\N{FULLWIDTH DIGIT ONE}", "5 EUR", "9" * 19, "$5 $6")),
    *((values.amount_or_indefinite, raw) for raw in ("Definite", "or Indefinite", "X Indefinite")),
    *((values.count, raw) for raw in ("three", "-1", "1.0", "$3", "1,02", "3O", "\N{ARABIC-INDIC DIGIT THREE}")),
    *((values.date, raw) for raw in ("2013-02-30", "2013-13-01", "19/11/2013", "11/19-2013", "11/19/13", "0000-01-01")),
    *((values.date, raw) for raw in ("Smarch 1, 2013", "November 31, 2013", "2O13-11-19", "2013-11-19 X", "Nov 2013")),
    *((values.year, raw) for raw in ("22", "20222", "2O22", "-202", "2022.")),
    *((values.cik, raw) for raw in ("12345678901", "CIK 1", "0x1", "1 2")),
    *((values.crd, raw) for raw in ("X", "12-3", "n/a", "None 5")),
    *((values.phone, raw) for raw in ("none", "---")),
    *((values.state_or_country, raw) for raw in ("Ontario", "GEORGIA", "USA")),
    *((values.solicitation_state, raw) for raw in ("CAYMAN ISLANDS", "GUAM", "All States")),
    *((values.true_or_false, raw) for raw in ("True", "yes", "X", "10")),
    *((reader, raw) for reader in READERS for raw in ("", "  \n")),
]


@pytest.mark.parametrize(("reader", "raw", "value"), TAKEN)
def test_taken(reader: Callable[[str], object], raw: str, value: object) -> None:
    read = reader(raw)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("reader", "raw"), REFUSED)
def test_refused_with_what_was_expected_and_seen(reader: Callable[[str], object], raw: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        reader(raw)
    assert caught.value.seen == raw
    assert caught.value.expected
    assert str(caught.value) == f"expected {caught.value.expected}, saw {raw!r}"


@given(st.sampled_from(READERS), st.text() | st.text("0123456789,.$-/ OUSD\\"))
def test_any_text_is_read_or_refused(reader: Callable[[str], object], raw: str) -> None:
    with contextlib.suppress(ValueProblem):
        reader(raw)


@given(st.integers(0, 10**12 - 1))
def test_an_amount_is_read_as_the_form_writes_it(dollars: int) -> None:
    for written in (f"${dollars:,} USD", rf"\${dollars:,}", f"{dollars}", f"{dollars:,}.00"):
        assert values.amount(written) == dollars


@given(st.dates())
def test_a_date_is_read_as_any_of_the_ways_writes_it(day: datetime.date) -> None:
    written = (f"{day.month}/{day.day}/{day.year:04}", f"{day:%B} {day.day}, {day.year:04}", day.isoformat())
    assert {values.date(way) for way in written} == {day}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("part", ["1,111", "$", " ", "1", "a", "None", "2013-"])
def test_hostile_length_costs_no_more_than_its_length(reader: Callable[[str], object], part: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(ValueProblem):
        reader(part * 50_000 + "!")
    assert time.process_time() - begun < 1

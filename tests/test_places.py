"""EDGAR's states and countries: the table against the SEC's own files, and the tolerance of its lookups."""

import csv
from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractor.form.places import PLACES, SOLICITATION_STATES, code_of, codes_of, name_of, solicitation_code_of

SHARED = Path(__file__).parents[1].parent / "shared"
AMBIGUOUS = {"GEORGIA"}


def test_there_are_309_places_and_52_states_of_solicitation() -> None:
    assert (len(PLACES), len(SOLICITATION_STATES)) == (309, 52)
    assert len(set(PLACES.values())) == 309
    assert set(PLACES) > SOLICITATION_STATES
    assert {"DC", "PR"} <= SOLICITATION_STATES
    assert not {"X1", "GU", "VI"} & SOLICITATION_STATES


@pytest.mark.parametrize("code", PLACES)
def test_every_place_is_found_by_its_code_and_by_its_name(code: str) -> None:
    name = name_of(code)
    assert name is not None
    assert code_of(code) == code_of(code.lower()) == code
    assert code in codes_of(name)
    if name not in AMBIGUOUS:
        assert code_of(name) == code_of(name.title()) == code_of(f"  {name.lower()} ") == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("BOSNIA & HERZEGOVINA", "1E"),
        ("Trinidad&Tobago", "W5"),
        ("C\N{LATIN SMALL LETTER O WITH CIRCUMFLEX}te d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "L7"),
        ("\N{LATIN CAPITAL LETTER A WITH RING ABOVE}land Islands", "Y6"),
        ("R\N{LATIN SMALL LETTER E WITH ACUTE}union", "S4"),
        ("VIRGIN ISLANDS, US", "VI"),
        ("Virgin Islands  (U.S.)", "VI"),
        ("ONTARIO,CANADA", "A6"),
        ("NEW\N{NO-BREAK SPACE}YORK", "NY"),
        ("New\nYork", "NY"),
        ("GEORGIA (COUNTRY)", "2Q"),
        ("2q", "2Q"),
        ("UNKNOWN", "XX"),
    ],
)
def test_punctuation_accents_and_spaces_make_no_difference(written: str, code: str) -> None:
    assert code_of(written) == code


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "Ontario",
        "Cali",
        "CALIFORNIA USA",
        "NEW YORK CITY",
        "ZZ",
        "Atlantis",
        "\N{CYRILLIC CAPITAL LETTER ZHE}CA",
    ],
)
def test_what_is_no_place_of_the_list_has_no_code(written: str) -> None:
    assert codes_of(written) == ()
    assert code_of(written) is None
    assert solicitation_code_of(written) is None


def test_a_name_that_two_places_have_is_not_decided() -> None:
    assert codes_of("GEORGIA") == ("GA", "2Q")
    assert code_of("GEORGIA") is None
    assert solicitation_code_of("GEORGIA") == "GA"


def test_a_country_is_no_state_of_solicitation() -> None:
    assert solicitation_code_of("CAYMAN ISLANDS") is None
    assert solicitation_code_of("PUERTO RICO") == "PR"
    assert {solicitation_code_of(PLACES[code]) for code in SOLICITATION_STATES} == SOLICITATION_STATES


@given(st.text())
def test_any_text_has_known_codes_or_none(written: str) -> None:
    assert set(codes_of(written)) <= set(PLACES)


def _schema(name: str) -> list[tuple[str, str]]:
    path = SHARED / "edgar" / name
    if not path.exists():
        pytest.skip("the SEC's schema is not here")
    pattern = regex.compile(r'enumeration value="(?P<code>[^"]+)"\s*/>\s*<!--\s*(?P<name>.*?)\s*-->')
    return [(match["code"], match["name"]) for match in pattern.finditer(path.read_text(encoding="utf-8"))]


def test_the_table_is_the_schemas() -> None:
    assert _schema("Form_D.definition.state.xsd") == list(PLACES.items())
    solicitation = dict(_schema("Form_D.definition.solicitation.xsd"))
    assert solicitation == {code: PLACES[code] for code in SOLICITATION_STATES}


def test_every_name_in_the_secs_data_is_known() -> None:
    path = SHARED / "datasets" / "ISSUERS-2020Q4-head.tsv"
    if not path.exists():
        pytest.skip("the SEC's data set is not here")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    described = {(row["STATEORCOUNTRY"], row["STATEORCOUNTRYDESCRIPTION"]) for row in rows}
    assert len(described) > 80
    assert [(code, name) for code, name in described if name and code not in codes_of(name)] == []
    jurisdictions = {row["JURISDICTIONOFINC"] for row in rows} - {""}
    assert [name for name in jurisdictions if not codes_of(name)] == []

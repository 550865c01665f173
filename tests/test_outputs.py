"""The outputs of an extraction that was made by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from extractor.extract import Extraction
from extractor.finding import Problem, ProblemKind
from extractor.form.items import FORM
from extractor.form.spec import Box, Field
from extractor.model import Issuer, Recipient, SolicitationState, StatesOfSolicitation
from extractor.outputs.explain import UnknownField, check, explain
from extractor.outputs.files import write
from extractor.outputs.paths import field_paths, is_field, value_at
from extractor.outputs.sheet import sheet
from extractor.outputs.table import to_table
from extractor.outputs.to_json import ORDER, schema, to_array, to_json, to_object

SOLD = "offering_sales_amounts.total_amount_sold"


def test_json_has_its_keys_in_order_and_keeps_letters_dates_and_amounts(made: Extraction) -> None:
    text = to_json(made)
    parsed = json.loads(text)
    assert tuple(parsed) == ORDER
    assert '"Ødegård"' in text
    assert parsed["filing"]["type_of_filing"]["date_of_first_sale"]["value"] == "2013-11-19"
    assert parsed["filing"]["offering_sales_amounts"]["total_amount_sold"] == 1_234_567
    assert parsed["filing"]["offering_sales_amounts"]["total_remaining"] is None
    assert list(parsed["filing"]) == list(type(made.filing).model_fields)
    assert parsed["findings"][1]["place"] == {"page": 1, "box": [1.0, 2.0, 30.0, 4.0], "line": None, "columns": None}
    assert parsed["boxes"]["primary_issuer.entity_type=Corporation"] == "checked"
    assert parsed["facts"] == {"ACCESSION NUMBER": "0000000017-13-000001"}


def test_json_obeys_its_schema_alone_and_in_an_array(made: Extraction) -> None:
    whole = schema()
    Draft202012Validator.check_schema(whole)
    validator = Draft202012Validator(whole)
    assert validator.is_valid(to_object(made))
    assert validator.is_valid([to_object(made), to_object(made)])
    assert not validator.is_valid({**to_object(made), "more": 1})
    assert not validator.is_valid({key: value for key, value in to_object(made).items() if key != "problems"})
    assert not validator.is_valid({**to_object(made), "boxes": {"a=b": "perhaps"}})


def test_an_array_keeps_line_separators_within_strings(made: Extraction) -> None:
    name = "one\u2028two\x85three\nfour"
    texts = [to_json(replace(made, name=name)), to_json(made)]
    assert [element["name"] for element in json.loads("".join(to_array(texts)))] == [name, "made.txt"]


def test_half_a_surrogate_pair_survives_the_way_to_a_file(made: Extraction, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    write([to_json(replace(made, name="a\udc80b"))], target)
    assert json.loads(target.read_bytes())["name"] == "a\udc80b"


def test_table_shows_every_item_and_every_box(made: Extraction) -> None:
    text = to_table(made)
    at = -1
    for section in FORM:
        heading = f"{section.number}. {section.title}" if section.number.isdigit() else section.title
        assert text.index(heading) > at
        at = text.index(heading)
    words = " ".join(text.split())
    shown = [part for section in FORM if section.prefix != "sales_compensation[]" for part in section.parts()]
    missing = [
        part.label
        for part in shown
        if isinstance(part, Box) and part.always and not part.editions and f"] {part.label}" not in words
    ]
    assert not missing


def test_table_draws_the_three_states_and_marks_what_has_a_problem(made: Extraction) -> None:
    text = to_table(made)
    assert "[X] Corporation" in text
    assert "[ ] Business Trust" in text
    assert "[?] Limited Partnership" in text
    assert "$1,234,567 USD" in text
    assert "CAYMAN ISLANDS" in text
    lines = text.splitlines()
    minimum = next(number for number, line in enumerate(lines) if "Minimum investment accepted" in line)
    assert lines[minimum + 1].strip() == "?"
    assert "issuer_size: group conflict: expected one checked box, saw two" in text
    assert "stray \\x07 words (line 9 columns 1-11)" in text


def test_table_is_plain_and_of_one_width_without_a_terminal(made: Extraction, monkeypatch: pytest.MonkeyPatch) -> None:
    text = to_table(made)
    for name, value in (("FORCE_COLOR", "1"), ("COLUMNS", "40"), ("TERM", "xterm-256color"), ("TTY_COMPATIBLE", "1")):
        monkeypatch.setenv(name, value)
    assert to_table(made) == text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100
    assert text == "\n".join(line.rstrip() for line in text.split("\n"))


def test_table_for_a_terminal_is_styled_and_takes_its_width(made: Extraction) -> None:
    text = to_table(made, terminal_width=72)
    assert "\x1b[" in text
    assert "\x1b[31m" not in text


def test_text_of_a_filing_is_never_taken_for_markup(made: Extraction) -> None:
    assert "Zoë [bold]Größe[/bold] \\x1b[31mLLC" in to_table(made)
    assert "Zoë [bold]Größe[/bold] \\x1b[31mLLC" in explain(made, "primary_issuer") + to_table(made)


def test_table_shows_lists_and_what_stands_behind_a_box(made: Extraction) -> None:
    recipient = Recipient(
        associated_bd_name="None",
        states_of_solicitation=StatesOfSolicitation(
            states=(SolicitationState(state="NY"), SolicitationState(state="ZZ", description="ELSEWHERE"))
        ),
    )
    issuer = Issuer(
        issuer_previous_names=("Old One", "Old Two"),
        edgar_previous_names=("Old Two", "Old Three"),
        entity_type="Other",
        entity_type_other_desc="Statutory Trust",
    )
    filing = made.filing.model_copy(
        update={"sales_compensation": (recipient,), "additional_issuers": (issuer,), "minimum_investment_accepted": 5}
    )
    text = to_table(replace(made, filing=filing))
    assert "NEW YORK; ELSEWHERE" in text
    assert "Old One; Old Two; Old Three" in text
    assert "[?] Other (Specify): Statutory Trust" in text
    assert "additional_issuers[0]" in text
    assert "$5 USD" in text


def test_every_field_of_the_form_is_on_the_sheet(made: Extraction) -> None:
    for section, parts in ((section, list(section.parts())) for section in FORM if not section.repeats):
        heading = f"{section.number}. {section.title}"
        shown = [part for part in sheet(made) if part.heading == heading]
        assert len(shown) == 1
        entries = [entry for line in shown[0].lines for entry in line.entries]
        labels = {entry.label for entry in entries} | {
            box.partition("] ")[2] for entry in entries for box in entry.boxes
        }
        assert {part.label for part in parts if isinstance(part, Field)} <= labels


def test_explain_shows_value_raw_place_rule_certainty_rivals_and_problems(made: Extraction) -> None:
    assert explain(made, SOLD).splitlines() == [
        SOLD,
        "  value     1234567",
        "  raw       $1,234,567 USD",
        "  place     page 1 box 1,2,30,4",
        "  rule      right",
        "  certainty inferred",
        "  competed  $7 USD",
        "  problem   inferred: two amounts; the nearer was taken (page 1)",
    ]


def test_explain_takes_the_beginning_of_a_path_and_nothing_else(made: Extraction) -> None:
    assert explain(made, "primary_issuer").splitlines()[:2] == [
        "primary_issuer.entity_type=Corporation",
        "  value     checked",
    ]
    assert explain(made, "minimum_investment_accepted").splitlines() == [
        "minimum_investment_accepted",
        "  value     none",
        "  problem   missing label: label not found",
    ]
    assert explain(made, "investors") == "investors\n  nothing was found, and nothing is amiss"
    heads = [block.splitlines()[0] for block in explain(made).split("\n\n")]
    assert heads == [
        "primary_issuer.entity_type=Corporation",
        SOLD,
        "issuer_size",
        "minimum_investment_accepted",
    ]


def test_explain_shows_the_problems_of_what_a_field_is_part_of(made: Extraction) -> None:
    broad = Problem("offering_sales_amounts", ProblemKind.ARITHMETIC, "offering is not sold + remaining")
    text = explain(replace(made, problems=(broad,)), SOLD)
    assert "  problem   arithmetic: offering is not sold + remaining" in text


@pytest.mark.parametrize("field", ["", "related_persons", "related_persons[12].related_person_name", f"{SOLD}=x"])
def test_fields_that_a_filing_can_have(field: str) -> None:
    check(field)


@pytest.mark.parametrize(
    ("field", "nearest"),
    [
        ("total_amount_sold", SOLD),
        ("offering_sales_amonts.total_amount_sold", SOLD),
        ("investors[1]", "investors"),
        ("\x1b[31m", "formd schema"),
    ],
)
def test_a_field_that_no_filing_has_is_answered_with_the_nearest(field: str, nearest: str) -> None:
    with pytest.raises(UnknownField) as caught:
        check(field)
    assert nearest in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_every_path_of_the_form_is_a_path_of_the_model() -> None:
    issuers = ("primary_issuer", "additional_issuers[]")
    for section in FORM:
        prefixes = issuers if section.prefix == "issuers[]" else (section.prefix,)
        for prefix in prefixes:
            for part in section.parts():
                if isinstance(part, Field | Box):
                    assert is_field(f"{prefix}.{part.path}".lstrip("."))


def test_every_path_of_the_model_leads_to_a_value_of_the_filing(made: Extraction) -> None:
    for path in field_paths():
        assert not path.startswith(".")
        value_at(made.filing, path.replace("[]", "[0]"))
    assert value_at(made.filing, "related_persons[1].related_person_name.last_name") == "Ødegård"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("old")
    target.chmod(0o640)

    def broken() -> object:
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(broken(), target)  # type: ignore[arg-type]
    assert target.read_text() == "old"
    write(["new"], target)
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_kept_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    link.symlink_to(real)
    write(["new"], link)
    assert link.is_symlink()
    assert real.read_text() == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    device = Path("/dev/null")
    write(["gone"], device)
    assert device.is_char_device()


def test_nothing_to_write_touches_nothing(tmp_path: Path) -> None:
    write([], tmp_path / "absent")
    assert not list(tmp_path.iterdir())

"""Truth made by hand: drafts confirm nothing, checks let nothing open pass, a confirmed truth is the filing."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractor.extract import Extraction
from extractor.finding import BoxState
from extractor.form.boxes import boxes_of
from extractor.form.items import FORM
from extractor.form.spec import Box, Field
from extractor.golden.check import faults_of, truth_of
from extractor.golden.draft import draft
from extractor.golden.file import Origin, UnfitTruth, read_truth, to_text
from extractor.golden.questions import MOST_ENTRIES, questions
from extractor.model import Filing
from extractor.outputs.paths import value_at
from extractor.readers.edgar import from_edgar_xml
from tests.conftest import ROOT, Formd
from tests.truth import box_differences, differences

SAMPLES = ROOT / "samples"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.xml"))
CITY = "related_persons[0].related_person_address.city"

Change = Callable[[dict[str, Any]], None]


def written(formd: Formd, filing: Path, target: Path) -> dict[str, Any]:
    code, _, err = formd("golden", "new", filing, "-o", target)
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return found


def saved(truth: dict[str, Any], target: Path) -> Path:
    target.write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return target


def entry(truth: dict[str, Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in truth["entries"] if one["path"] == path)
    return found


def confirmed(truth: dict[str, Any]) -> dict[str, Any]:
    """What a person makes of a draft who finds every value right, and types those that are left empty as blank."""
    for one in [*truth["entries"], *truth["unread"]]:
        one["confirmed"] = True
        if one.get("value") == "":
            one["value"] = [] if "boxes" in one else None
    return truth


def as_typed(known: Filing, one: dict[str, Any]) -> object:
    """An answer as a person types it who has the filing at hand: the truth of it."""
    value = value_at(known, one["path"])
    if "boxes" in one:
        return ["All States"] if value == "All States" else []
    if isinstance(value, tuple):
        return [state.state for state in value]
    return value if value is None or isinstance(value, int) else str(value)


@pytest.fixture
def truth(formd: Formd, tmp_path: Path) -> dict[str, Any]:
    """A truth, confirmed field by field, of a filing that lies beside it."""
    filing = tmp_path / "alder.txt"
    filing.write_bytes((SAMPLES / "alder-creek-robotics.txt").read_bytes())
    return confirmed(written(formd, filing, tmp_path / "alder.json"))


def test_a_draft_asks_for_every_field_and_every_box_of_the_form() -> None:
    asked = questions({"additional_issuers": 1, "related_persons": 1, "sales_compensation": 1})
    paths = {question.path for question in asked}
    boxes = {box.name for question in asked for box in question.boxes}
    for section in FORM:
        lists = {"issuers[]": "primary_issuer.", "signature_block.signatures[]": "signature_block.signatures[0]."}
        record = lists.get(section.prefix, section.prefix.replace("[]", "[0].")) if section.prefix else ""
        if section.prefix == "signature_block.signatures[]":
            continue  # asked for below
        for part in section.parts():
            if isinstance(part, Field):
                assert record + part.path in paths
            elif isinstance(part, Box):
                assert record + part.name in boxes or record + part.path in paths
    signed = {question.path for question in questions({"signature_block.signatures": 2})} - paths
    assert "signature_block.signatures[1].signature_date" in signed
    assert "additional_issuers[0].entity_name" in paths


@pytest.mark.parametrize("name", NAMES)
def test_a_confirmed_draft_of_a_text_is_the_truth_it_was_rendered_from(name: str, formd: Formd, tmp_path: Path) -> None:
    known = from_edgar_xml((SAMPLES / f"{name}.xml").read_bytes())
    drafted = written(formd, SAMPLES / f"{name}.txt", tmp_path / "draft.json")
    assert not any(one["confirmed"] for one in drafted["entries"])
    for one in drafted["entries"]:
        if one["value"] == "":  # a person types what the filing says
            one["value"] = as_typed(known, one)
    filing = truth_of(saved(confirmed(drafted), tmp_path / "confirmed.json"))
    assert differences(known, filing) == []
    assert box_differences(known, filing, boxes_of(filing)) == []
    assert filing.submission_type == known.submission_type


@pytest.mark.parametrize("kind", ["html", "pdf", "xml"])
def test_every_rendering_gives_the_same_answers_to_confirm(kind: str, formd: Formd, tmp_path: Path) -> None:
    text = written(formd, SAMPLES / "five-rivers-programs.txt", tmp_path / "text.json")
    other = written(formd, SAMPLES / f"five-rivers-programs.{kind}", tmp_path / "other.json")
    assert [(one["path"], one["value"]) for one in other["entries"]] == [
        (one["path"], one["value"]) for one in text["entries"]
    ]


def test_a_draft_shows_where_to_look_and_leaves_what_is_uncertain_to_be_typed(made: Extraction) -> None:
    truth = draft(made, Origin(file="made.txt", sha256="0"))
    entries = {one.path: one for one in truth.entries}
    sold = entries["offering_sales_amounts.total_amount_sold"]
    assert (sold.value, sold.raw, sold.place) == ("", "$1,234,567 USD", "page 1 box 1,2,30,4")
    assert sold.uncertain[0] == "inferred: two amounts; the nearer was taken (page 1)"
    assert entries["minimum_investment_accepted"].value == ""
    assert entries["issuer_size.revenue_range"].value == ""  # a problem on the part above
    assert entries["related_persons"].value == 2
    assert entries["offering_sales_amounts.total_offering_amount"].value == "Indefinite"
    assert [(one.text, one.confirmed) for one in truth.unread] == [("stray \x07 words", False)]


def test_a_box_that_was_not_seen_must_be_typed(made: Extraction) -> None:
    name = "primary_issuer.entity_type=Business Trust"
    unknown = replace(made, boxes={**made.boxes, name: BoxState.UNKNOWN})
    values = [
        next(one for one in draft(each, Origin(file="", sha256="")).entries if one.path == "primary_issuer.entity_type")
        for each in (made, unknown)
    ]
    assert [one.value for one in values] == [["Corporation"], ""]
    assert values[1].uncertain == ("the box 'Business Trust' was not seen",)


def test_text_that_could_hide_something_is_written_as_escapes(made: Extraction, tmp_path: Path) -> None:
    text = to_text(draft(made, Origin(file="a\u202eb\n\x00</script>", sha256="0")))
    assert all(char.isprintable() or char == "\n" for char in text)
    path = tmp_path / "hostile.json"
    path.write_text(text, encoding="utf-8")
    assert read_truth(path).source.file == "a\u202eb\n\x00</script>"
    assert next(one for one in read_truth(path).entries if one.path.endswith("entity_name")).value == (
        made.filing.primary_issuer.entity_name
    )


def test_a_draft_never_replaces_a_file(formd: Formd, tmp_path: Path) -> None:
    target = tmp_path / "work.json"
    target.write_text("an hour of work")
    code, _, err = formd("golden", "new", SAMPLES / "alder-creek-robotics.txt", "-o", target)
    assert (code, target.read_text()) == (1, "an hour of work")
    assert "is there already" in err


def test_a_draft_of_nothing_fails_with_one_line(formd: Formd, tmp_path: Path) -> None:
    for filing in (tmp_path / "absent.txt", SAMPLES / "README.md"):
        code, out, err = formd("golden", "new", filing)
        assert (code, out) == (1, "")
        assert len(err.splitlines()) == 1


def test_a_draft_goes_to_standard_output_unless_told_otherwise(
    formd: Formd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES)
    code, out, _ = formd("golden", "new", "alder-creek-robotics.txt")
    assert code == 0
    assert json.loads(out)["source"]["file"] == "alder-creek-robotics.txt"


def test_check_names_every_field_of_a_draft_one_a_line(formd: Formd, tmp_path: Path, sample: Path) -> None:
    drafted = written(formd, sample, tmp_path / "draft.json")
    code, out, err = formd("golden", "check", tmp_path / "draft.json")
    assert (code, out) == (1, "")
    open_fields = [line.split(": ")[2] for line in err.splitlines()]
    assert open_fields == [one["path"] for one in drafted["entries"]]
    with pytest.raises(UnfitTruth, match=rf"not confirmed \(and {len(open_fields) - 1} more"):
        truth_of(tmp_path / "draft.json")


def test_check_passes_what_is_confirmed_and_one_open_field_fails_it(
    formd: Formd, truth: dict[str, Any], tmp_path: Path
) -> None:
    path = saved(truth, tmp_path / "alder.json")
    assert formd("golden", "check", path) == (0, f"{path}: confirmed\n", "")
    for one in truth["entries"]:
        one["confirmed"] = False
        assert faults_of(saved(truth, path)) == (f"{one['path']}: not confirmed",)
        one["confirmed"] = True


def typed(path: str, value: object) -> Change:
    return lambda truth: entry(truth, path).update(value=value)


def added(path: str) -> Change:
    return lambda truth: truth["entries"].append({"path": path, "value": None, "confirmed": True})


def without(path: str) -> Change:
    return lambda truth: truth["entries"].remove(entry(truth, path))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (typed(CITY, ""), f"{CITY}: expected the answer to be typed"),
        (typed(CITY, 5), f"{CITY}: expected text in quotes"),
        (typed(CITY, ["Dayton"]), f"{CITY}: expected text in quotes"),
        (typed("primary_issuer.issuer_address.zip_code", 2134), "zip_code: expected text in quotes, saw '2134'"),
        (typed("primary_issuer.issuer_address.state_or_country", "GEORGIA"), "not both GA and 2Q"),
        (typed("minimum_investment_accepted", "1,00"), "minimum_investment_accepted: expected an amount"),
        (typed("minimum_investment_accepted", -5), "minimum_investment_accepted: expected an amount"),
        (typed("minimum_investment_accepted", 1.5), "minimum_investment_accepted: expected a number or text"),
        (typed("minimum_investment_accepted", True), "minimum_investment_accepted: expected a number or text"),
        (typed("signature_block.signatures[0].signature_date", "2021-02-30"), "a day of the calendar"),
        (typed("duration_of_offering.more_than_one_year", ["Yes", "No"]), "expected one checked box at most"),
        (typed("duration_of_offering.more_than_one_year", True), "a list of the boxes that are checked"),
        (typed("federal_exemptions_exclusions", ["Rule 507"]), "labels of these boxes: Rule 504"),
        (typed("federal_exemptions_exclusions", ["Rule 506(b)", "Rule 506(b)"]), "expected each box once"),
        (typed("related_persons", MOST_ENTRIES + 1), "related_persons: expected a number of entries"),
        (typed("related_persons", "2"), "related_persons: expected a number of entries"),
        (typed("related_persons", 0), f"{CITY}: beyond the number of related_persons"),
        (typed("signature_block.signatures", 2), "signature_block.signatures[1].signature_date: missing"),
        (typed("primary_issuer.issuer_previous_names", "Old Name LLC"), "expected a list"),
        (added("investors.number"), "investors.number: no field or group of boxes of the form"),
        (added(CITY), f"{CITY}: stands twice"),
        (without(CITY), f"{CITY}: missing; expected an entry for '3. Related Persons: City'"),
        (without("related_persons"), "related_persons: missing"),
        (lambda truth: truth.update(unread=[{"text": "lost", "place": "line 4", "confirmed": False}]), "unread 1: not"),
        (lambda truth: truth["source"].update(sha256="0" * 64), "source: 'alder.txt' has changed"),
        (lambda truth: entry(truth, CITY).update(confirmed="yes"), "confirmed: Input should be a valid boolean"),
        (lambda truth: entry(truth, CITY).update(confirmd=True), "confirmd: Extra inputs"),
        (lambda truth: truth.update(version=2), "version: Input should be 1"),
    ],
)
def test_what_is_no_truth_is_refused(change: Change, fault: str, truth: dict[str, Any], tmp_path: Path) -> None:
    change(truth)
    path = saved(truth, tmp_path / "alder.json")
    assert any(fault in line for line in faults_of(path)), faults_of(path)
    with pytest.raises(UnfitTruth):
        truth_of(path)


def test_an_entry_of_a_list_that_says_nothing_is_refused(truth: dict[str, Any], tmp_path: Path) -> None:
    for one in truth["entries"]:
        if one["path"].startswith("signature_block.signatures["):
            one["value"] = None
    faults = faults_of(saved(truth, tmp_path / "alder.json"))
    assert [fault.split(":")[0] for fault in faults] == ["signature_block.signatures[0]"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "nought", "[" * 100_000, '{"kind": "formd golden", "kind": "formd golden"}', "\x00\xff"]
)
def test_what_is_no_file_of_a_truth_is_refused(text: str, formd: Formd, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="latin-1")
    code, out, err = formd("golden", "check", path)
    assert (code, out) == (1, "")
    assert err.startswith(f"formd: {path}: ")


def test_a_key_that_stands_twice_in_an_entry_is_refused(truth: dict[str, Any], tmp_path: Path) -> None:
    path = saved(truth, tmp_path / "alder.json")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"value": 0,', '"value": 0, "value": 1,', 1), encoding="utf-8")
    assert any("'value' stands twice" in fault for fault in faults_of(path))


def test_a_filing_that_changed_or_went_is_told(truth: dict[str, Any], tmp_path: Path) -> None:
    path = saved(truth, tmp_path / "alder.json")
    filing = tmp_path / "alder.txt"
    text = filing.read_bytes()
    filing.write_bytes(text + b" ")
    assert any("has changed" in fault for fault in faults_of(path))
    filing.unlink()
    assert any("found neither" in fault for fault in faults_of(path))
    assert truth_of(path).primary_issuer.entity_name  # a truth may travel without its filing


def test_what_a_person_types_is_read_as_the_form_writes_it(truth: dict[str, Any], tmp_path: Path) -> None:
    for path, value in (
        ("minimum_investment_accepted", "$25,000 USD"),
        ("primary_issuer.issuer_address.state_or_country", "Cayman Islands"),
        ("signature_block.signatures[0].signature_date", "11/19/2021"),
        ("offering_sales_amounts.total_remaining", "indefinite"),
        ("federal_exemptions_exclusions", ["Section 3(c)(1)", "Rule 506(b)"]),
    ):
        entry(truth, path)["value"] = value
    filing = truth_of(saved(truth, tmp_path / "alder.json"))
    address = filing.primary_issuer.issuer_address
    assert filing.minimum_investment_accepted == 25_000
    assert (address.state_or_country, address.state_or_country_description) == ("E9", "CAYMAN ISLANDS")
    assert str(filing.signature_block.signatures[0].signature_date) == "2021-11-19"
    assert filing.offering_sales_amounts.total_remaining == "Indefinite"
    assert filing.federal_exemptions_exclusions == ("06b", "3C.1")


def test_entries_that_were_not_read_can_be_asked_for(formd: Formd, tmp_path: Path) -> None:
    filing, target = SAMPLES / "alder-creek-robotics.txt", tmp_path / "more.json"
    before = written(formd, filing, tmp_path / "plain.json")
    count = entry(before, "related_persons")["value"]
    assert formd("golden", "new", filing, "-o", target, "--entries", f"related_persons={count + 1}").code == 0
    drafted = json.loads(target.read_text(encoding="utf-8"))
    assert entry(drafted, "related_persons")["value"] == ""
    added = [one for one in drafted["entries"] if one["path"].startswith(f"related_persons[{count}]")]
    assert {one["value"] for one in added} == {""}
    assert len(added) == 10  # three names, five of the address, the boxes, the clarification
    assert formd("golden", "new", filing, "--entries", "persons=3").code == 2
    assert formd("golden", "new", filing, "--entries", "related_persons=many").code == 2


def test_the_entry_shown_in_the_docs_is_one_of_the_draft(formd: Formd, tmp_path: Path, sample: Path) -> None:
    written(formd, sample, tmp_path / "draft.json")
    page = (ROOT / "docs" / "golden.md").read_text(encoding="utf-8")
    shown = page.partition("```json\n")[2].partition("```")[0]
    assert shown
    assert shown in (tmp_path / "draft.json").read_text(encoding="utf-8")


def test_a_confirmed_truth_is_one_for_accuracy_and_a_draft_is_none(
    truth: dict[str, Any], formd: Formd, tmp_path: Path
) -> None:
    path, report = saved(truth, tmp_path / "alder.json"), tmp_path / "report.json"
    assert formd("accuracy", tmp_path / "alder.txt", path, "--json", report).code == 0
    total = json.loads(report.read_text(encoding="utf-8"))["total"]
    assert (total["right"] > 50, total["mistakes"]) == (True, 0)
    entry(truth, CITY)["value"] = "Elsewhere"
    assert formd("accuracy", tmp_path / "alder.txt", saved(truth, path), "--json", report).code == 0
    mistakes = json.loads(report.read_text(encoding="utf-8"))["mistakes"]
    assert [(one["path"], one["expected"]) for one in mistakes] == [(CITY, "Elsewhere")]
    entry(truth, CITY)["confirmed"] = False
    outcome = formd("accuracy", tmp_path / "alder.txt", saved(truth, path))
    assert outcome.code == 1
    assert f"{CITY}: not confirmed" in outcome.out + outcome.err

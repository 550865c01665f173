"""`formd accuracy` on files: what it reads, what it says, and when it fails."""

import json
import shutil
from pathlib import Path

import pytest

from extractor.accuracy.report import Report, from_json
from extractor.extract import extract
from extractor.outputs.edgar_xml import to_edgar_xml
from extractor.outputs.to_json import to_json, to_line, to_object
from extractor.readers.edgar import from_edgar_xml
from tests.conftest import Formd

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
ALDER, GREAT = SAMPLES / "alder-creek-robotics.xml", SAMPLES / "great-oak-insurance.xml"


@pytest.fixture
def truths(tmp_path: Path) -> Path:
    """A folder with the truths of two samples."""
    folder = tmp_path / "truths"
    folder.mkdir()
    for path in (ALDER, GREAT):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Both as JSON lines, the second with a wrong name."""
    lines = [to_line(extract(path)).decode() for path in (ALDER.with_suffix(".txt"), GREAT.with_suffix(".html"))]
    damaged = json.loads(lines[1])
    damaged["filing"]["primary_issuer"]["entity_name"] = "Small Oak"
    path = tmp_path / "results.jsonl"
    path.write_text(f"{lines[0]}\n\n{json.dumps(damaged)}\n", encoding="utf-8")
    return path


@pytest.fixture
def report(formd: Formd, results: Path, truths: Path, tmp_path: Path) -> Path:
    """The report of the two."""
    assert formd("accuracy", results, truths, "--json", tmp_path / "report.json").code == 0
    return tmp_path / "report.json"


def read(path: Path) -> Report:
    return from_json(path.read_bytes())


def test_json_lines_against_a_folder_of_xml(report: Path) -> None:
    made = read(report)
    name = from_edgar_xml(GREAT.read_bytes()).primary_issuer.entity_name
    assert [(one.filing, one.path, one.kind, one.expected, one.got) for one in made.mistakes] == [
        ("great-oak-insurance.html", "primary_issuer.entity_name", "wrong", name, "Small Oak")
    ]
    assert [(one.name, one.format, one.perfect) for one in made.filings] == [
        ("alder-creek-robotics.txt", "text", True),
        ("great-oak-insurance.html", "html", False),
    ]
    assert (made.without_truth, made.without_result, made.unread) == ((), (), ())


def test_raw_filings_are_extracted_now(formd: Formd, truths: Path, tmp_path: Path) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    shutil.copy(ALDER.with_suffix(".html"), folder)
    shutil.copy(GREAT.with_suffix(".txt"), folder)
    outcome = formd("accuracy", folder, truths, "--json", tmp_path / "report.json", "--places")
    made = read(tmp_path / "report.json")
    assert outcome.code == 0
    assert made.perfect.hits == 2
    assert made.places.hits == made.places.trials > 100


@pytest.mark.parametrize("shape", ["object", "array", "filing of the result"])
def test_results_and_truths_in_json(formd: Formd, tmp_path: Path, shape: str) -> None:
    extraction = extract(ALDER.with_suffix(".txt"))
    text = to_json(extraction)
    (tmp_path / "result.json").write_text(f"[{text}]" if shape == "array" else text, encoding="utf-8")
    truth = tmp_path / "alder-creek-robotics.json"
    truth.write_text(
        text if shape == "filing of the result" else json.dumps(to_object(extraction)["filing"]), encoding="utf-8"
    )
    assert formd("accuracy", tmp_path / "result.json", truth, "--json", tmp_path / "report.json").code == 0
    assert read(tmp_path / "report.json").total.recall == 1


def test_json_speaks_only_of_the_fields_that_it_names(formd: Formd, tmp_path: Path) -> None:
    truth = {"minimum_investment_accepted": 7, "investors": {"number_non_accredited_investors": None}}
    (tmp_path / "alder-creek-robotics.json").write_text(json.dumps(truth), encoding="utf-8")
    arguments = ALDER.with_suffix(".txt"), tmp_path / "alder-creek-robotics.json"
    assert formd("accuracy", *arguments, "--json", tmp_path / "report.json").code == 0
    made = read(tmp_path / "report.json")
    assert {one.path: (one.score.wrong, one.score.blank) for one in made.fields} == {
        "minimum_investment_accepted": (1, 0),
        "investors.number_non_accredited_investors": (0, 1),
    }


def test_the_results_of_a_batch_are_read(formd: Formd, truths: Path, tmp_path: Path) -> None:
    inputs = ALDER.with_suffix(".txt"), GREAT.with_suffix(".html")
    assert formd("batch", *inputs, "-o", tmp_path / "batch", "--quiet").code == 0
    assert formd("accuracy", tmp_path / "batch", truths, "--json", tmp_path / "report.json").code == 0
    assert read(tmp_path / "report.json").perfect.hits == 2


def test_files_without_partner_are_named(formd: Formd, truths: Path, tmp_path: Path) -> None:
    folder = tmp_path / "filings"
    folder.mkdir()
    shutil.copy(ALDER.with_suffix(".txt"), folder / "stranger.txt")
    (folder / "great-oak-insurance.txt").write_text("no form", encoding="utf-8")
    outcome = formd("accuracy", folder, truths, "--json", tmp_path / "report.json")
    made = read(tmp_path / "report.json")
    assert outcome.code == 1
    assert [Path(name).name for name in made.without_truth] == ["stranger.txt"]
    assert made.without_result == ("alder-creek-robotics.xml",)
    assert [(one.name, one.truth, one.format) for one in made.filings] == [
        ("", "alder-creek-robotics.xml", "none"),
        ("great-oak-insurance.txt", "great-oak-insurance.xml", "none"),
    ]
    assert "Form D" in made.filings[1].error
    assert made.total.missing == made.total.support > 100
    assert made.total.silent == made.total.missing
    assert "stranger.txt" in outcome.out
    assert "no form" not in outcome.out


def test_truths_without_result_can_be_left_out(formd: Formd, truths: Path, tmp_path: Path) -> None:
    arguments = ALDER.with_suffix(".txt"), truths, "--ignore-missing", "--json", tmp_path / "report.json"
    assert formd("accuracy", *arguments).code == 0
    made = read(tmp_path / "report.json")
    assert made.without_result == ("great-oak-insurance.xml",)
    assert [one.name for one in made.filings] == ["alder-creek-robotics.txt"]
    assert made.total.missing == 0


def test_several_processes_say_the_same(formd: Formd, tmp_path: Path) -> None:
    folder, lines = tmp_path / "truths", []
    folder.mkdir()
    result = to_object(extract(ALDER.with_suffix(".txt")))
    for number in range(90):
        shutil.copy(ALDER, folder / f"a{number}.xml")
        filing = dict(result["filing"]) if isinstance(result["filing"], dict) else {}
        filing["minimum_investment_accepted"] = number
        lines.append(json.dumps({**result, "name": f"a{number}.txt", "filing": filing}))
    (tmp_path / "results.jsonl").write_text("\n".join(lines), encoding="utf-8")
    texts = []
    for jobs in ("1", "3"):
        arguments = tmp_path / "results.jsonl", folder, "--jobs", jobs, "--json", tmp_path / "report.json"
        assert formd("accuracy", *arguments).code == 0
        texts.append((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert len(from_json(texts[0]).filings) == 90


def test_the_same_run_as_baseline_is_no_regression(formd: Formd, results: Path, truths: Path, report: Path) -> None:
    outcome = formd("accuracy", results, truths, "--baseline", report)
    assert (outcome.code, outcome.err) == (0, "")
    assert "no field changed since the baseline, in 2 filings" in outcome.out


def test_a_regression_fails_unless_it_is_tolerated(formd: Formd, results: Path, truths: Path, report: Path) -> None:
    first, second = (json.loads(line) for line in results.read_text(encoding="utf-8").split("\n") if line)
    first["filing"]["minimum_investment_accepted"] = 1
    second["filing"]["primary_issuer"]["entity_name"] = from_edgar_xml(GREAT.read_bytes()).primary_issuer.entity_name
    results.write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n", encoding="utf-8")
    outcome = formd("accuracy", results, truths, "--baseline", report)
    assert outcome.code == 1
    assert outcome.err == (
        "formd: worse than the baseline: minimum_investment_accepted: 1 filings worse, 0 better (p 1.0000)\n"
    )
    assert [line.split() for line in outcome.out.splitlines() if line.startswith("primary_issuer.entity_name ")] == [
        ["primary_issuer.entity_name", "1", "0", "1.0000"]
    ]
    assert formd("accuracy", results, truths, "--baseline", report, "--tolerance", "0.5").code == 0


def test_a_result_that_is_gone_is_a_regression(formd: Formd, results: Path, truths: Path, report: Path) -> None:
    results.write_text(results.read_text(encoding="utf-8").split("\n")[2], encoding="utf-8")
    outcome = formd("accuracy", results, truths, "--baseline", report)
    assert outcome.code == 1
    assert "primary_issuer.cik: 1 filings worse" in outcome.err


def test_floors_rise_and_do_not_fall(formd: Formd, results: Path, truths: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    arguments = ["accuracy", results, truths, "--floor", floors]
    assert formd(*arguments, "--update-floors").code == 0
    first = floors.read_text(encoding="utf-8")
    assert '"primary_issuer.entity_name" = 0.5' in first
    assert formd(*arguments).code == 0
    lines = results.read_text(encoding="utf-8").split("\n")
    damaged = json.loads(lines[0])
    damaged["filing"]["minimum_investment_accepted"] += 1
    results.write_text("\n".join([json.dumps(damaged), *lines[1:]]), encoding="utf-8")
    missed = formd(*arguments)
    assert missed.code == 1
    assert "below the floor: fields.minimum_investment_accepted: expected at least 1.000000, seen 0.5" in missed.err
    refused = formd(*arguments, "--update-floors")
    assert refused.code == 1
    assert "floor not lowered without --allow-lower: fields.minimum_investment_accepted" in refused.err
    assert floors.read_text(encoding="utf-8") == first
    assert formd(*arguments, "--update-floors", "--allow-lower").code == 0
    assert formd(*arguments).code == 0


def test_a_floor_of_what_was_not_measured_is_missed(formd: Formd, results: Path, truths: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('[fields]\n"no.such.field" = 0.1\n', encoding="utf-8")
    outcome = formd("accuracy", results, truths, "--floor", floors)
    assert outcome.code == 1
    assert "no.such.field: expected at least 0.100000, seen nothing to measure it by" in outcome.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--update-floors"], "needs --floor"),
        (["--allow-lower"], "does nothing without --update-floors"),
        (["--tolerance", "0.1"], "does nothing without --baseline"),
        (["--tolerance", "2"], "less than or equal to 1"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(formd: Formd, truths: Path, options: list[str], said: str) -> None:
    outcome = formd("accuracy", truths, truths, *options)
    assert outcome.code == 2
    assert said in outcome.err


def test_what_cannot_be_used_is_said(formd: Formd, truths: Path, results: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{}", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    for arguments, said in (
        ((tmp_path / "absent", truths), "there is no"),
        ((results, tmp_path / "absent"), "there is no"),
        ((results, empty), "expected truths in"),
        ((results, truths, "--baseline", bad), "expected a report of formd accuracy; extractor: Field required"),
        ((results, truths, "--floor", bad), "expected floors in TOML"),
    ):
        outcome = formd("accuracy", *arguments)
        assert outcome.code == 1
        assert outcome.err.startswith("formd: ")
        assert said in outcome.err


def test_a_line_that_is_no_result_is_named(formd: Formd, truths: Path, results: Path, tmp_path: Path) -> None:
    with results.open("a", encoding="utf-8") as file:
        file.write('{"name": 1}\n')
    outcome = formd("accuracy", results, truths, "--json", tmp_path / "report.json")
    assert outcome.code == 1
    [(name, reason)] = read(tmp_path / "report.json").unread
    assert name.startswith(f"{results} at byte ")
    assert reason.startswith("expected a result of `formd extract`; ")


def test_a_truth_that_cannot_be_read_is_named(formd: Formd, truths: Path, tmp_path: Path) -> None:
    (truths / "great-oak-insurance.xml").write_text("<no/>", encoding="utf-8")
    outcome = formd("accuracy", GREAT.with_suffix(".txt"), truths, "--json", tmp_path / "report.json")
    assert outcome.code == 1
    assert [name for name, _ in read(tmp_path / "report.json").unread] == ["great-oak-insurance.xml"]


def test_two_truths_of_one_name_are_told_apart_by_their_folders(formd: Formd, tmp_path: Path) -> None:
    for place in ("truths", "results"):
        for number, path in enumerate((ALDER, GREAT)):
            folder = tmp_path / place / f"000000000{number}-20-000001"
            folder.mkdir(parents=True)
            if place == "truths":
                shutil.copy(path, folder / "primary_doc.xml")
            else:
                (folder / "primary_doc.json").write_text(to_json(extract(path.with_suffix(".txt"))), encoding="utf-8")
    arguments = tmp_path / "results", tmp_path / "truths", "--json", tmp_path / "report.json"
    assert formd("accuracy", *arguments).code == 0
    assert read(tmp_path / "report.json").perfect.hits == 2


def test_edgar_is_held_to_what_no_page_shows(formd: Formd, tmp_path: Path) -> None:
    truth = from_edgar_xml(ALDER.read_bytes())
    other = truth.model_copy(update={"test_or_live": "TEST"})
    (tmp_path / "filings").mkdir()
    (tmp_path / "filings" / "alder-creek-robotics.xml").write_text(to_edgar_xml(other), encoding="utf-8")
    assert formd("accuracy", tmp_path / "filings", ALDER, "--json", tmp_path / "report.json").code == 0
    assert [one.field for one in read(tmp_path / "report.json").mistakes] == ["test_or_live"]


def test_the_page_is_written(formd: Formd, results: Path, truths: Path, tmp_path: Path) -> None:
    assert formd("accuracy", results, truths, "--html", tmp_path / "report.html").code == 0
    assert "Small Oak" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_anls_is_computed_when_asked_for(formd: Formd, results: Path, truths: Path, tmp_path: Path) -> None:
    assert formd("accuracy", results, truths, "--anls", "--json", tmp_path / "report.json").code == 0
    anls = read(tmp_path / "report.json").anls
    assert anls is not None
    assert 0.99 < anls < 1


def test_the_samples_reach_the_committed_floors(formd: Formd) -> None:
    filings = [path for path in SAMPLES.iterdir() if path.suffix == ".html"]
    assert filings
    outcome = formd("accuracy", SAMPLES, SAMPLES, "--floor", ROOT / "tests" / "floors.toml")
    assert (outcome.code, outcome.err) == (0, "")

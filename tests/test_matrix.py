"""The matrix of converters on our own samples: every format that is installed reaches its floor."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor.extract import extract_bytes
from extractor.outputs.render import render_html
from extractor.readers.edgar import from_edgar_xml
from tests.matrix import floors
from tests.matrix.__main__ import main, run
from tests.matrix.converters import FORMATS, Format
from tests.matrix.floors import missed, raised, read_floors, write_floors
from tests.matrix.generated import generated
from tests.matrix.renderings import Rendering, filings_of, render
from tests.matrix.scores import Score, score

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
CONVERTED = [form for form in FORMATS if not form.name.startswith("typed")]
"""What is typed is read in test_renderings."""


@pytest.fixture(scope="module")
def renderings(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Rendering]:
    return render(filings_of(SAMPLES), tmp_path_factory.mktemp("matrix"))


@pytest.mark.parametrize("form", CONVERTED, ids=lambda form: form.name)
def test_a_format_reaches_its_floor(form: Format, renderings: Sequence[Rendering]) -> None:
    if lack := form.missing():
        pytest.skip(f"{lack} is not installed")
    total, faults = run(form, renderings)
    assert missed({form.name: total}, read_floors()) == [], "\n".join(faults)


def test_every_floor_belongs_to_a_format() -> None:
    assert read_floors().keys() <= {form.name for form in FORMATS}


def test_a_format_without_a_floor_must_be_perfect() -> None:
    assert missed({"new": Score(1, 10, 10, perfect=1)}, {}) == []
    assert missed({"new": Score(1, 10, 9, missing=1)}, {}) == ["new: expected 100.0 % of fields right, seen 90.00 %"]


def test_floors_rise_to_what_every_run_reaches_and_never_fall() -> None:
    floors = {"better": (90.0, 3), "worse": (90.0, 1), "absent": (50.0, 9), "perfect": (99.0, 0), "mixed": (90.0, 1)}
    one = {
        "better": Score(1, 1000, 987, silent=2),
        "worse": Score(1, 1000, 800, silent=4),
        "perfect": Score(1, 10, 10),
        "new": Score(1, 10, 5),
        "mixed": Score(1, 100, 99),
    }
    two = {"better": Score(1, 1000, 959, silent=1), "perfect": Score(1, 10, 10), "mixed": Score(1, 100, 50, silent=5)}
    assert raised(floors, [one, two]) == {
        "better": (95.9, 2),
        "worse": (90.0, 1),
        "absent": (50.0, 9),
        "mixed": (90.0, 1),
    }


def test_floors_are_written_below_the_remarks_of_their_file(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text("# Remarks,\n# two lines.\n\n[old]\nright = 1.0\nsilent = 2\n", "utf-8")
    write_floors({"pdftotext -raw": (65.8, 4), "a": (1.0, 0)}, path)
    assert path.read_text("utf-8").startswith("# Remarks,\n# two lines.\n\n[")
    assert read_floors(path) == {"pdftotext -raw": (65.8, 4), "a": (1.0, 0)}


def test_generated_filings_are_those_of_their_seed() -> None:
    some = generated(12, 3, "nasty")
    assert some == generated(12, 3, "nasty")
    assert len(some) == len({name for name, _ in some}) == 12
    assert [filing for _, filing in generated(12, 4, "nasty")] != [filing for _, filing in some]


def test_generated_filings_do_not_change_with_the_modules_that_are_loaded() -> None:
    code = "from tests.matrix.generated import generated; print(generated(30, 3))"
    runs = (
        subprocess.run([sys.executable, "-c", f"{first}{code}"], cwd=ROOT, capture_output=True, check=True, text=True)
        for first in ("", "import extractor.cli, tests.pdfs, tests.silence; ")
    )
    assert len({run.stdout for run in runs}) == 1


def test_a_score_counts_what_is_wrong_missing_and_silent() -> None:
    truth = from_edgar_xml((SAMPLES / "alder-creek-robotics.xml").read_bytes())
    page = render_html(truth)
    fields = score(truth, page.encode())[0].fields
    assert fields > 50
    assert score(truth, page.encode())[0] == Score(1, fields, fields, perfect=1)
    city = (
        truth.primary_issuer.issuer_address.city if truth.primary_issuer and truth.primary_issuer.issuer_address else ""
    )
    other = page.replace(str(city), "Elsewhere", 1)
    assert extract_bytes(other.encode()).problems == ()
    assert score(truth, other.encode())[0] == Score(1, fields, fields - 1, wrong=1, silent=1)
    assert score(truth, b"A letter.")[0] == Score(1, fields, missing=fields)


def test_the_command_prints_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.xml").write_bytes((SAMPLES / "alder-creek-robotics.xml").read_bytes())
    assert main([str(tmp_path), "--only", "html", "--keep", str(tmp_path / "kept")]) == 0
    assert "100.00" in capsys.readouterr().out
    assert (tmp_path / "kept" / "one" / "html.out").is_file()


def test_the_command_wants_filings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([str(tmp_path)], []):
        assert main(arguments) == 2
        assert "expected XML files" in capsys.readouterr().err


def test_the_command_runs_on_generated_filings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--generated", "3", "--seed", "5", "--only", "html", "typed tabs", "--keep", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "generated-5: 3 filings"
    assert [line.split()[-1] for line in lines if line.startswith("typed")] == ["100.0"] * 9
    assert from_edgar_xml((tmp_path / "plain-5-0000" / "truth.xml").read_bytes()).primary_issuer is not None


def test_the_command_raises_floors_on_demand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('# Kept.\n\n["typed tabs x"]\nright = 50.0\nsilent = 3\n\n[other]\nright = 1.0\nsilent = 0\n')
    monkeypatch.setattr(floors.read_floors, "__defaults__", (path,))
    monkeypatch.setattr(floors.write_floors, "__defaults__", (path,))
    assert main([str(SAMPLES), "--only", "typed tabs x"]) == 0
    assert "typed tabs x" in path.read_text("utf-8")
    assert main([str(SAMPLES), "--only", "typed tabs x", "--update-floors"]) == 0
    assert read_floors(path) == {"other": (1.0, 0)}

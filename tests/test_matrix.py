"""The matrix of converters on our own samples: every format that is installed reaches its floor."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractor.extract import extract_bytes
from extractor.outputs.render import render_html
from extractor.readers.edgar import from_edgar_xml
from tests.matrix.__main__ import main, run
from tests.matrix.converters import FORMATS, Format
from tests.matrix.floors import missed, read_floors
from tests.matrix.renderings import Rendering, render
from tests.matrix.scores import Score, score

SAMPLES = Path(__file__).parents[1] / "samples"
CONVERTED = [form for form in FORMATS if not form.name.startswith("typed")]
"""What is typed is read in test_renderings."""


@pytest.fixture(scope="module")
def renderings(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Rendering]:
    return render(sorted(SAMPLES.glob("*.xml")), tmp_path_factory.mktemp("matrix"))


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
    assert main([str(tmp_path)]) == 2
    assert "expected XML files" in capsys.readouterr().err

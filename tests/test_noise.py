"""Damaged texts: what was mended is kept here, and a run of the measure on a few samples."""

from pathlib import Path
from random import Random

import pytest

from extractor.extract import extract_text
from extractor.outputs.render import PageOptions, render_text
from extractor.readers.edgar import from_edgar_xml
from tests.benchmarks.noise import ALWAYS, KINDS, OUTCOMES, STYLES, drawn, main, measured, outcomes, table
from tests.matrix.renderings import filings_of
from tests.silence import silent

SAMPLES = Path(__file__).parents[1] / "samples"
TWO_ISSUERS = from_edgar_xml((SAMPLES / "great-oak-insurance.xml").read_bytes())
SOLD = from_edgar_xml((SAMPLES / "red-clay-fertilizer.xml").read_bytes())


@pytest.mark.parametrize(
    ("heading", "damaged", "which"),
    [
        ("1. Issuer's Identity", "1. lssucr's Idcntify", 0),
        ("1. Issuer's Identity", "1. lssucr's Idcntify", 1),
        ("2. Principal Place of Business and Contact Information", "2. Principal Place of Business arid Contacf In", 0),
        ("2. Principal Place of Business and Contact Information", "2. Principal Place of Business arid Contacf In", 1),
    ],
)
def test_a_lost_heading_of_one_of_two_issuers_is_never_silent(heading: str, damaged: str, which: int) -> None:
    for style in STYLES:
        parts = render_text(TWO_ISSUERS, style).split(heading)
        text = heading.join(parts[: which + 1]) + damaged + heading.join(parts[which + 1 :])
        assert silent(TWO_ISSUERS, extract_text(text)) == []


def test_a_state_that_stands_there_twice_is_a_problem() -> None:
    text = render_text(SOLD, options=PageOptions(states="rows"))
    lines = [line for line in text.splitlines() for _ in range(2 if line.strip() == "LOUISIANA" else 1)]
    seen = extract_text("\n".join(lines))
    assert [(one.path, one.message) for one in seen.problems] == [
        ("sales_compensation[0].states_of_solicitation.states", "named twice: LA; a line may stand there twice")
    ]


@pytest.mark.parametrize("kind", [kind for kind in (*KINDS, *ALWAYS) if kind != "lines missing"])
def test_a_little_noise_is_never_silent(kind: str) -> None:
    noise = KINDS.get(kind) or ALWAYS[kind]
    text = render_text(SOLD, STYLES[0])
    for seed in range(3):
        damaged = noise(text, 0.005, Random(f"{kind}{seed}"))
        assert outcomes(SOLD, damaged)[1] == []


def test_noise_is_noise() -> None:
    text = render_text(SOLD, STYLES[0])
    assert all(noise(text, 0.02, Random(1)) != text for kind, noise in KINDS.items() if kind != "ligatures")
    assert all(noise(text, 0.0, Random(1)) == text for noise in KINDS.values())


def test_the_measure_counts_every_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.benchmarks.noise.KINDS", {"lines missing": KINDS["lines missing"]})
    monkeypatch.setattr("tests.benchmarks.noise.RATES", (0.0, 5.0))
    some = [one for one in filings_of(SAMPLES) if one[0] == "nought-and-nothing"]
    faults: list[str] = []
    rows = list(measured(some, 1, faults))
    assert [kind for kind, _, _ in rows] == ["lines missing", "lines missing", *ALWAYS]
    assert rows[0][2]["right"] == rows[0][2].total() > 0
    assert rows[1][2]["right"] < rows[1][2].total()
    assert set(rows[1][2]) <= set(OUTCOMES)
    assert list(table(rows))[2].startswith("| lines missing | 0 % | 100.00 % |")
    assert drawn(rows).startswith("<svg")


def test_the_measure_wants_filings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "expected XML files" in capsys.readouterr().err

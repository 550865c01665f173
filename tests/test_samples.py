"""Every document of samples/: against its golden, and against the truth beside it.

A golden says that a reading is the same as yesterday; the truth, written by hand, says that it is right.
"""

import json
from functools import cache
from pathlib import Path

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from extractor.checks import check
from extractor.extract import Extraction, extract
from extractor.finding import BoxState
from extractor.model import Filing
from extractor.readers.edgar import from_edgar_xml
from tests.truth import all_wrong, facts

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "golden"
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in (".txt", ".html", ".pdf", ".xml"))
RENDERED = [path for path in SAMPLES if path.suffix != ".xml" and path.with_suffix(".xml").exists()]

reading = cache(extract)
"""The extraction of a sample, made once."""


def as_golden(extraction: Extraction) -> str:
    """What a golden shows: the filing, boxes, problems, and text that nothing read; a line for each."""
    boxes = {
        str(state): [name for name, seen in extraction.boxes.items() if seen is state]
        for state in (BoxState.CHECKED, BoxState.UNKNOWN)
    }
    problems = [
        f"{one.path}: {one.kind}: {one.message}" + (f" ({one.place})" if one.place else "")
        for one in extraction.problems
    ]
    leftovers = [f"{one.text} ({one.place})" for one in extraction.leftovers]
    filing = dict(facts(extraction.filing))
    golden = {
        "facts": dict(extraction.facts), "filing": filing, "boxes": boxes, "problems": problems, "leftovers": leftovers
    }  # fmt: skip
    return json.dumps(golden, ensure_ascii=False, indent=1, default=str) + "\n"


@pytest.fixture(scope="module")
def original_datadir() -> Path:
    """Where the goldens are."""
    return GOLDEN


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_reads_as_its_golden(path: Path, file_regression: FileRegressionFixture) -> None:
    file_regression.check(as_golden(reading(path)), "utf-8", ".json", newline="\n", basename=path.name)


@pytest.mark.parametrize("path", RENDERED, ids=lambda path: path.name)
def test_a_sample_reads_as_the_truth(path: Path) -> None:
    assert all_wrong(truth_of(path), reading(path)) == []


@pytest.mark.parametrize("path", [path for path in SAMPLES if path.suffix == ".xml"], ids=lambda path: path.name)
def test_the_pipeline_reads_a_truth_as_it_stands(path: Path) -> None:
    assert reading(path).filing == truth_of(path)
    assert reading(path).problems == tuple(check(truth_of(path)))
    assert reading(path).leftovers == ()


def test_every_golden_has_its_sample() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{path.name}.json" for path in SAMPLES}


def test_every_finding_has_a_place_and_every_box_its_finding() -> None:
    for path in SAMPLES:
        extraction = reading(path)
        assert [finding.path for finding in extraction.findings if finding.place is None] == []
        if path.suffix != ".xml":
            seen = {name for name, state in extraction.boxes.items() if state is not BoxState.UNKNOWN}
            assert seen <= {finding.path for finding in extraction.findings}


@cache
def truth_of(path: Path) -> Filing:
    """The filing of the XML beside a sample."""
    return from_edgar_xml(path.with_suffix(".xml").read_bytes())

"""PDFs of items 7 to 11 whose boxes, pages and files are drawn in every way, read by each engine."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import regex

from extractor.extract import Extraction, extract
from extractor.finding import BoxState, ProblemKind
from extractor.source import Engine
from tests.make_pdfs import EXPECTED, KINDS, PAGES, ROOM

FIXTURES = sorted(ROOM.glob("*.pdf"))
ENGINES: tuple[Engine, ...] = get_args(Engine)
UNTOLD = {"box-pictures"}
"""What shows no state to a reader that does not look at pictures."""

reading = cache(extract)


def states(read: Extraction) -> dict[str, BoxState]:
    return {name: state for name, state in read.boxes.items() if name in EXPECTED or state is BoxState.CHECKED}


def test_each_way_has_its_fixture() -> None:
    ways = {f"box-{kind}" for kind in KINDS} | {f"page-{name}" for name in PAGES}
    assert {path.stem for path in FIXTURES} == ways


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_says_what_was_drawn(path: Path, engine: Engine) -> None:
    read = reading(path, engine=engine)
    if path.stem in UNTOLD:
        assert set(states(read).values()) == {BoxState.UNKNOWN}
        assert {problem.path for problem in read.problems if "picture" in problem.message} >= EXPECTED.keys()
    else:
        assert states(read) == EXPECTED
    assert read.filing.minimum_investment_accepted == 25_000
    assert str(read.filing.type_of_filing.date_of_first_sale.value) == "2024-03-18"
    assert read.leftovers == ()


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_the_engines_agree(path: Path) -> None:
    read = reading(path, engine="both")
    assert [problem.message for problem in read.problems if "disagree" in problem.message] == []
    assert read.facts["engine"] == "pdfium, pdfplumber"
    one, other = (reading(path, engine=engine) for engine in ("pdfium", "pdfplumber"))
    assert (one.filing, dict(one.boxes)) == (other.filing, dict(other.boxes))
    assert [(finding.path, finding.rule) for finding in one.findings] == [
        (finding.path, finding.rule) for finding in other.findings
    ]


EVIDENCE = {
    "letter-in-rectangle": "sign in a drawn box",
    "cross-in-rectangle": "drawn strokes",
    "block-in-rectangle": "solid block",
    "picture-in-rectangle": "picture in a drawn box",
    "solid-blocks": "solid block without a frame",
    "crosses-without-frames": "drawn cross without a frame",
    "zapf-dingbats": "written box",
    "check-boxes": "form field",
}


@pytest.mark.parametrize("kind", EVIDENCE)
def test_the_rule_of_a_finding_says_what_shows_the_state(kind: str) -> None:
    read = reading(ROOM / f"box-{kind}.pdf", engine="auto")
    rules = {finding.path: finding.rule for finding in read.findings}
    checked = [name for name, state in EXPECTED.items() if state is BoxState.CHECKED]
    assert {rules[name] for name in checked} == {f"mark beside its label: {EVIDENCE[kind]}"}


def test_a_picture_says_why_its_state_is_not_known() -> None:
    read = reading(ROOM / "box-pictures.pdf", engine="auto")
    doubts = [problem for problem in read.problems if problem.path in EXPECTED]
    assert {problem.kind for problem in doubts} == {ProblemKind.AMBIGUOUS}


def test_the_table_of_the_docs_names_each_way(root: Path) -> None:
    rows = regex.findall(r"^\| `([a-z0-9-]+)` \|", (root / "docs" / "pdf.md").read_text("utf-8"), regex.MULTILINE)
    assert sorted(rows) == sorted([*ENGINES, *KINDS, *PAGES])

"""PDFs of items 7 to 11 whose boxes, pages and files are drawn in every way, read by each engine."""

from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import regex

from extractor.errors import UnreadableInput
from extractor.extract import Extraction, extract
from extractor.finding import BoxState, ProblemKind
from extractor.source import Engine
from tests.make_pdfs import CHANGED, EXPECTED, KINDS, PAGES, ROOM

REFUSED = "page-untold-font"
"""The one whose letters are not told."""

UNSURE = "box-wingdings-told"
"""The one whose marks PDFium leaves out, for lack of a font that has them."""

EVERY = sorted(ROOM.glob("*.pdf"))
FIXTURES = [path for path in EVERY if path.stem not in {REFUSED, UNSURE}]
ENGINES: tuple[Engine, ...] = get_args(Engine)
UNTOLD = {"box-pictures"}
"""What shows no state to a reader that does not look at pictures."""

reading = cache(extract)


def states(read: Extraction) -> dict[str, BoxState]:
    return {name: state for name, state in read.boxes.items() if name in EXPECTED or state is BoxState.CHECKED}


def test_each_way_has_its_fixture() -> None:
    ways = {f"box-{kind}" for kind in [*KINDS, *CHANGED]} | {f"page-{name}" for name in PAGES}
    assert {path.stem for path in EVERY} == ways


@pytest.mark.parametrize("engine", ENGINES)
def test_letters_that_are_not_told_are_refused(engine: Engine) -> None:
    with pytest.raises(UnreadableInput, match="do not say which letters"):
        extract(ROOM / f"{REFUSED}.pdf", engine=engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_where_pdfium_is_not_sure_the_other_engine_reads(engine: Engine) -> None:
    path = ROOM / f"{UNSURE}.pdf"
    if engine in ("pdfium", "both"):
        with pytest.raises(UnreadableInput, match="which PDFium does not read surely"):
            extract(path, engine=engine)
    else:
        read = extract(path, engine=engine)
        assert (states(read), read.facts["engine"], read.leftovers) == (EXPECTED, "pdfplumber", ())


@pytest.mark.parametrize("engine", ENGINES)
def test_the_second_page_of_a_sheet_is_read_after_the_first(engine: Engine) -> None:
    read = reading(ROOM / "page-two-up.pdf", engine=engine)
    amounts = read.filing.offering_sales_amounts
    assert amounts is not None
    assert (amounts.total_offering_amount, amounts.total_amount_sold, amounts.total_remaining) == (
        1_000_000,
        400_000,
        600_000,
    )
    (sold,) = [finding for finding in read.findings if finding.path == "offering_sales_amounts.total_amount_sold"]
    assert sold.place is not None
    assert sold.place.box is not None
    x0, top, _, bottom = sold.place.box
    assert x0 == pytest.approx(396 + 200 * 0.62, abs=1)
    assert top < 612 - 682 * 0.62 < bottom


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
    assert sorted(rows) == sorted([*ENGINES, *KINDS, *CHANGED, *PAGES])

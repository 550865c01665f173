"""Filings whose truth is known, laid out in every way the renderer has, and read again."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from extractor.extract import extract, extract_bytes, extract_text
from extractor.model import Filing, Record
from extractor.outputs.page.element import Element
from extractor.outputs.page.press import PrintOptions
from extractor.outputs.page.text import MarkStyle, TextLayout, write_text
from extractor.outputs.render import PageOptions, TextStyle, lay_out, print_pdf, render_html, render_text
from extractor.readers.edgar import from_edgar_xml
from tests.browser import needs_browser
from tests.silence import silent
from tests.truth import HIDDEN, all_wrong, differences

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "filings"
REAL_PAGE = SHARED / "html" / "hashnote-2023.html"
REAL_XML = SHARED / "xml" / "0001968399_Hashnote_Stablecoin_Fund_LP.xml"
OWN = sorted((ROOT / "samples").glob("*.xml"))
REAL = sorted((SHARED / "xml").glob("*.xml"))
TRUTHS = OWN + REAL

needs_real_filings = pytest.mark.skipif(not REAL, reason="the real filings are not at hand")


@cache
def truth_of(path: Path) -> Filing:
    return from_edgar_xml(path.read_bytes())


@cache
def page_of(path: Path) -> Element:
    return lay_out(truth_of(path))


def texts(path: Path, layout: TextLayout) -> dict[MarkStyle, str]:
    """A filing as text in one layout, with boxes written in every way that it can be read in.

    Of the real filings, which are many, each takes every other way.
    """
    styles = get_args(MarkStyle)[TRUTHS.index(path) % 2 :: 2] if path in REAL else get_args(MarkStyle)
    return {marks: write_text(page_of(path), TextStyle(layout, marks)) for marks in styles}


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", TRUTHS, ids=name)
def test_a_page_is_read_as_its_truth(path: Path) -> None:
    assert all_wrong(truth_of(path), extract_text(render_html(truth_of(path)))) == []


@pytest.mark.parametrize("layout", ["tabs", "pipes", "columns"])
@pytest.mark.parametrize("path", TRUTHS, ids=name)
def test_a_text_with_columns_is_read_as_its_truth(path: Path, layout: TextLayout) -> None:
    wrong = {marks: all_wrong(truth_of(path), extract_text(text)) for marks, text in texts(path, layout).items()}
    assert {marks: lines for marks, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("path", TRUTHS, ids=name)
def test_a_text_that_lost_its_columns_is_never_silently_wrong(path: Path) -> None:
    wrong = {marks: silent(truth_of(path), extract_text(text)) for marks, text in texts(path, "lines").items()}
    assert {marks: lines for marks, lines in wrong.items() if lines} == {}


OPTIONS = [
    PageOptions(issuers="grouped"),
    PageOptions(blank_cells="kept"),
    PageOptions(states="columns"),
    PageOptions(states="line"),
]


@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize("path", OWN, ids=name)
def test_a_page_laid_out_otherwise_is_read_as_its_truth(path: Path, options: PageOptions) -> None:
    truth = truth_of(path)
    assert all_wrong(truth, extract_text(render_html(truth, options))) == []
    assert all_wrong(truth, extract_text(render_text(truth, options=options))) == []


UNKNOWABLE = {
    "street1": "a single street reads like the first",
    "first_name": "two of three names read like the first two",
    "last_name": "two of three names read like the first two",
}
"""Answers, required by the SEC, that are missed by nobody where their cell is left out and an optional one follows."""


def leaves(part: Record, before: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The steps to every answer that a page shows."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        if isinstance(value, Record):
            yield from leaves(value, (*before, name))
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for number, one in enumerate(value):
                yield from leaves(one, (*before, name, number))
        elif value and name not in HIDDEN:
            yield (*before, name)


def without(part: Record, steps: tuple[str | int, ...]) -> Record:
    """A filing, or a part of one, that lacks an answer."""
    name, *rest = steps
    assert isinstance(name, str)
    value = getattr(part, name)
    if not rest:
        names = {name, f"{name}_description"} & type(part).model_fields.keys()
        return part.model_copy(update=dict.fromkeys(names))
    if isinstance(value, Record):
        return part.model_copy(update={name: without(value, tuple(rest))})
    number, *rest = rest
    assert isinstance(number, int)
    return part.model_copy(update={name: (*value[:number], without(value[number], tuple(rest)), *value[number + 1 :])})


LACKED = list(leaves(truth_of(ROOT / "samples" / "alder-creek-robotics.xml")))
SIGNED = [steps for steps in LACKED if steps[0] == "signature_block"]


def read_without(steps: tuple[str | int, ...]) -> list[str]:
    """What is silently wrong with a page whose answer, and its cell, are left out."""
    truth = without(truth_of(ROOT / "samples" / "alder-creek-robotics.xml"), steps)
    assert isinstance(truth, Filing)
    return silent(truth, extract_text(render_html(truth)))


def test_a_page_that_lacks_an_answer_is_never_silently_wrong() -> None:
    known = {"submission_type", *UNKNOWABLE}
    wrong = {steps: read_without(steps) for steps in LACKED if steps not in SIGNED and steps[-1] not in known}
    assert {steps: lines for steps, lines in wrong.items() if lines} == {}
    assert len(wrong) > 30


def test_a_page_that_lacks_an_answer_of_a_signature_is_never_silently_wrong() -> None:
    assert {steps[-1]: read_without(steps) for steps in SIGNED if read_without(steps)} == {}


@needs_real_filings
def test_the_real_page_is_read_as_its_truth() -> None:
    assert all_wrong(truth_of(REAL_XML), extract(REAL_PAGE)) == []


@needs_browser
@pytest.mark.parametrize("options", [PrintOptions(), PrintOptions("a4", scale=0.8)], ids=["letter", "a4"])
@pytest.mark.parametrize("path", REAL[::8], ids=name)
def test_a_print_is_read_as_its_truth(path: Path, options: PrintOptions, tmp_path: Path) -> None:
    truth = truth_of(path)
    print_pdf(render_html(truth), tmp_path / "print.pdf", options)
    assert all_wrong(truth, extract(tmp_path / "print.pdf")) == []


@needs_browser
@needs_real_filings
def test_a_print_of_the_real_page_is_read_as_its_truth(tmp_path: Path) -> None:
    print_pdf(REAL_PAGE.read_text("utf-8"), tmp_path / "print.pdf", PrintOptions(browser_lines=True))
    extraction = extract_bytes((tmp_path / "print.pdf").read_bytes())
    assert differences(truth_of(REAL_XML), extraction.filing) == []

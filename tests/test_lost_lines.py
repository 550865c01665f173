"""Texts that have lost a line which the form prints: what it asked for is unknown, and nothing moves unreported."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from extractor.errors import ExtractorError
from extractor.extract import extract_text
from extractor.model import Filing, RelatedPerson
from extractor.outputs.render import render_html, render_text
from tests.make_samples import LOOKS, filing, text
from tests.silence import silent


def printed(slug: str) -> list[int]:
    """The lines of a sample's text that a blank form has too: headings and labels, but no lone marks."""
    blank = Filing(related_persons=(RelatedPerson(),))
    lines = {line.strip() for line in render_text(blank, LOOKS[slug].text, LOOKS[slug].page).splitlines()}
    return [number for number, line in enumerate(text(slug).splitlines()) if line.strip() in lines - {"", "X"}]


def wrong_without(slug: str, number: int) -> list[str]:
    """What is silently wrong where a line is lost; a text that is refused is not."""
    lines = text(slug).splitlines()
    try:
        return silent(filing(slug), extract_text("\n".join([*lines[:number], *lines[number + 1 :]])))
    except ExtractorError:
        return []


@pytest.mark.parametrize(
    "slug", ["alder-creek-robotics", "great-oak-insurance", "nought-and-nothing", "red-clay-fertilizer"]
)
def test_a_lost_line_makes_nothing_wrong_without_a_problem(slug: str) -> None:
    numbers = printed(slug)
    assert len(numbers) > 60
    wrong = {number + 1: wrong_without(slug, number) for number in numbers}
    assert {number: lines for number, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("write", [render_html, render_text], ids=["html", "text"])
@pytest.mark.parametrize("slug", ["alder-creek-robotics", "lantern-hill-fund", "lookalike-holdings"])
def test_a_document_that_is_cut_short_loses_nothing_without_a_problem(
    slug: str, write: Callable[[Filing], str]
) -> None:
    truth = filing(slug)
    whole = write(truth)
    wrong = {}
    for twentieths in range(1, 20):
        with suppress(ExtractorError):
            wrong[twentieths] = silent(truth, extract_text(whole[: len(whole) * twentieths // 20]))
    assert len(wrong) > 10
    assert {part: lines for part, lines in wrong.items() if lines} == {}


@pytest.mark.parametrize("slug", ["alder-creek-robotics", "nought-and-nothing", "red-clay-fertilizer"])
def test_a_line_that_stands_twice_makes_nothing_wrong_without_a_problem(slug: str) -> None:
    lines = text(slug).splitlines()
    wrong = {}
    for number in printed(slug):
        with suppress(ExtractorError):
            seen = extract_text("\n".join([*lines[: number + 1], *lines[number:]]))
            wrong[number + 1] = silent(filing(slug), seen)
    assert len(wrong) > 60
    assert {number: lines for number, lines in wrong.items() if lines} == {}

"""Pages that end anywhere: between a label and its answer, within a group of boxes, within a wrapped label."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from extractor.extract import extract_text
from extractor.model import Filing
from extractor.outputs.render import TextStyle, render_text
from extractor.readers.edgar import from_edgar_xml
from tests.silence import silent
from tests.truth import differences

SAMPLES = Path(__file__).parents[1] / "samples"
ADDRESS = "https://www.sec.gov/Archives/edgar/data/1/000000000123000001/xslFormDX01/primary_doc.xml"

Break = Callable[[int, int], str]

BREAKS: Mapping[str, Break] = {
    "Chrome": lambda page, pages: (
        f"\n\n{ADDRESS}{page:20}/{pages}\n\f11/22/26, 9:39 PM                              SEC FORM D\n\n"
    ),
    "Firefox": lambda page, pages: (
        f"{page} of {pages}                              11/22/2026, 9:39 PM\n\fSEC FORM D             {ADDRESS}\n"
    ),
    "Safari": lambda page, pages: f"{ADDRESS}          11/22/26, 21:39\nPage {page} of {pages}\n\n\f",
    "page numbers": lambda page, _: f"\n- {page} -\n\f",
    "numbers between dashes": lambda page, pages: f"\n-- {page} of {pages} --\n\n",
    "headed pages": lambda page, _: f"\n===== PAGE {page} =====\n",
    "form feeds": lambda *_: "\f",
    "pages joined": lambda page, pages: f"{ADDRESS}     {page}/{pages}\n11/22/26, 9:39 PM     SEC FORM D\n",
}
"""What stands between two pages, by the program that printed them; the first line is the foot of the upper one."""

PITCH = 37
"""Lines of a page."""


def broken(text: str, first: int, between: Break) -> str:
    """A text in pages, of which the first has so many lines."""
    lines = text.splitlines()
    edges = [*range(first, len(lines), PITCH), len(lines)]
    start, made = 0, ""
    for page, end in enumerate(edges, 1):
        made += "".join(f"{line}\n" for line in lines[start:end]) + between(page, len(edges))
        start = end
    return made


STYLES = {
    "tabs": TextStyle("tabs"),
    "pipes": TextStyle("pipes", "inputs", mixed_with=("x",)),
    "columns": TextStyle("columns", "brackets", 100),
    "lines": TextStyle("lines", "ballots"),
}


@pytest.fixture(scope="module", params=["alder-creek-robotics", "great-oak-insurance"])
def filing(request: pytest.FixtureRequest) -> Filing:
    return from_edgar_xml((SAMPLES / f"{request.param}.xml").read_bytes())


@pytest.mark.parametrize("program", BREAKS)
@pytest.mark.parametrize("layout", STYLES)
def test_pages_that_break_at_any_line_are_read_as_one(filing: Filing, layout: str, program: str) -> None:
    text = render_text(filing, STYLES[layout])
    wrong = {}
    for first in range(1, PITCH + 1, 3):
        seen = extract_text(broken(text, first, BREAKS[program]))
        faults = silent(filing, seen) if layout == "lines" else differences(filing, seen.filing)
        wrong.update({first: faults} if faults else {})
    assert wrong == {}


def test_the_pages_of_a_text_hold_all_its_lines() -> None:
    text = "".join(f"line {number}\n" for number in range(100))
    made = broken(text, 5, BREAKS["page numbers"])
    assert made.count("\f") == 4
    assert "line 4\n\n- 1 -\n\fline 5\n" in made
    assert made.endswith("line 99\n\n- 4 -\n\f")
    assert broken(text, 5, lambda *_: "") == text

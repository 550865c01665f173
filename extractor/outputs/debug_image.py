"""Pictures of a PDF's pages with what was read drawn on them: words, boxes by state, each answer with its path."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pdfplumber
from pdfplumber.display import PageImage
from pdfplumber.page import Page

from extractor.errors import UnreadableInput
from extractor.extract import Extraction
from extractor.finding import BoxState, Finding
from extractor.readers.pdf_pdfium import LOCK
from extractor.source import Place

Color = tuple[int, int, int]

RESOLUTION: Final = 110
"""Dots per inch of the pictures."""

WORD: Final = (200, 200, 200)
ANSWER: Final = (30, 90, 220)
LEFT: Final = (220, 0, 160)
PROBLEM: Final = (220, 40, 30)
STATES: Final[Mapping[BoxState, Color]] = MappingProxyType(
    {BoxState.CHECKED: (0, 140, 60), BoxState.UNCHECKED: (140, 140, 140), BoxState.UNKNOWN: (240, 140, 0)}
)
"""The colours: words that were not read as an answer, answers, text that no rule claimed, places of problems, boxes."""


def draw_pages(data: bytes, extraction: Extraction, directory: Path, name: str) -> list[Path]:
    """Write `name-page-N.png` for each page of a PDF, and return their paths.

    data: the PDF that the extraction was made from. Words are framed in grey, answers in blue and text that no rule
    claimed in magenta; boxes in green (checked), grey (unchecked) or orange (unknown); the places of problems in red.
    Answers and checked boxes bear the last parts of their paths.

    Raises UnreadableInput if the extraction is not of a PDF; OSError if a picture cannot be written.
    """
    if extraction.format != "pdf" or "places" in extraction.facts:
        read = extraction.facts.get("places", extraction.format)
        raise UnreadableInput(f"expected a PDF to draw the pages of, but this was read as {read}")
    directory.mkdir(parents=True, exist_ok=True)
    written = []
    with LOCK, pdfplumber.open(io.BytesIO(data)) as document:  # pdfplumber draws pages by PDFium
        for page in document.pages:
            path = directory / f"{name}-page-{page.page_number}.png"
            _draw(page, extraction).save(path)
            written.append(path)
            page.close()
    return written


def _draw(page: Page, extraction: Extraction) -> PageImage:
    image = page.to_image(resolution=RESOLUTION)
    image.draw_rects(page.extract_words(), fill=(0, 0, 0, 0), stroke=WORD, stroke_width=1)
    for place, color, text in _things(extraction):
        if place.page == page.page_number and place.box is not None:
            x0, top, x1, bottom = place.box
            left, above = image.bbox[0], image.bbox[1]  # places count from the corner of the visible page
            box = (x0 + left, top + above, x1 + left, bottom + above)
            image.draw_rect(box, fill=(*color, 40), stroke=color, stroke_width=2)
            if text:
                image.draw.text((x0 * image.scale, bottom * image.scale), text, fill=color)
    return image


def _things(extraction: Extraction) -> Iterator[tuple[Place, Color, str]]:
    """Yield what is drawn: where, in which colour, and the words below it."""
    for problem in extraction.problems:
        if problem.place is not None:
            yield problem.place, PROBLEM, ""
    for leftover in extraction.leftovers:
        yield leftover.place, LEFT, ""
    for finding in sorted(extraction.findings, key=lambda finding: finding.path in extraction.boxes):
        if finding.place is not None:
            state = extraction.boxes.get(finding.path)
            yield finding.place, ANSWER if state is None else STATES[state], _name(finding, state)


def _name(finding: Finding, state: BoxState | None) -> str:
    """The end of a path; nothing for a box that is not checked."""
    if state is not None:
        return finding.path.rpartition(".")[2] if state is BoxState.CHECKED else ""
    return ".".join(finding.path.split(".")[-2:])

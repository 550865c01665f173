"""What is remembered of a layout is what would be found anew: whatever the answers say, whatever is damaged."""

import copy
import dataclasses
import importlib
import random
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
import regex

import extractor
from extractor.engine import find as engine
from extractor.engine.found import Found
from extractor.engine.lined import _books
from extractor.engine.records import plan
from extractor.engine.remembered import memory_of
from extractor.engine.words import REMEMBERED
from extractor.errors import ExtractorError
from extractor.extract import FORM_D, Extraction
from extractor.form.items import FORM
from extractor.kinds import fits
from extractor.model import Filing
from extractor.outputs.page.text import MarkStyle, TextLayout
from extractor.outputs.render import TextStyle, render_html, render_text
from extractor.readers.html import read_html
from extractor.readers.text import read_text
from extractor.source import Source
from tests.truth import shown

pipeline = importlib.import_module("extractor.extract")

SAMPLES = Path(__file__).parents[1] / "samples"

TRICKY = (
    "X", "x", "None", "Recipient", "Last Name", "CRD Number", "Yes", "Director", "Address 1", "ending-", "5",
    "2013-11-19", "Ohio", "92688", "Number 5", "and Sons", "Issuer LLC", "Name of Signer", "Other", "CRD Partners",
    ": a colon", "-", "Clarification of", "a line that is longer than twenty letters",
)  # fmt: skip
"""Answers that look like labels, like other kinds of answers, or like the beginning of a label."""


@cache
def filings() -> tuple[Filing, ...]:
    """The truths of the samples."""
    return tuple(extractor.from_edgar_xml(path.read_text()) for path in sorted(SAMPLES.glob("*.xml")))


@cache
def answers() -> tuple[str, ...]:
    """All texts that the samples answer with."""
    return tuple(value for filing in filings() for value in shown(filing).values() if isinstance(value, str))


def damaged(text: str, chance: random.Random, most: int = 8) -> str:
    """A text in which some answers are others, and some lines are gone, doubled, joined, swapped or misspelt."""
    lines = text.split("\n")
    for _ in range(min(most, chance.choice((0, 1, 2, 3, 8)))):
        at = chance.randrange(len(lines) - 1)
        line = lines[at]
        cells = line.split("\t")
        cells[chance.randrange(len(cells))] = chance.choice((*answers(), *TRICKY * 20))
        letter = chance.randrange(len(line) + 1)
        ways: Sequence[list[str]] = (
            ["\t".join(cells), lines[at + 1]],
            [lines[at + 1]],
            [line, line, lines[at + 1]],
            [f"{line} {lines[at + 1]}"],
            [lines[at + 1], line],
            [line, chance.choice(TRICKY), lines[at + 1]],
            [line[:letter] + chance.choice("xqe1 -") + line[letter + 1 :], lines[at + 1]],
        )
        lines[at : at + 2] = chance.choice((ways[0], *ways))
    return "\n".join(lines)


def anew(source: Source, monkeypatch: pytest.MonkeyPatch) -> Found:
    """What is found where nothing is remembered."""
    with monkeypatch.context() as patch:
        patch.setattr(engine, "_recall", lambda *_: None)
        return engine.find(source, FORM_D, fits)


def some_source(chance: random.Random) -> Source:
    """A rendering of a sample in any style, with damage."""
    filing = chance.choice(filings())
    if chance.random() < 0.2:
        return read_html(damaged(render_html(filing).replace("<td", "\n<td"), chance))
    style = TextStyle(layout=chance.choice(get_args(TextLayout)), marks=chance.choice(get_args(MarkStyle)))
    return read_text(damaged(render_text(filing, style), chance))


@pytest.mark.parametrize("seed", range(12))
def test_a_remembered_layout_says_what_a_search_would_find(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        try:
            source = some_source(chance)
        except ExtractorError:
            continue
        assert engine.find(source, FORM_D, fits) == anew(source, monkeypatch)


def extracted_anew(text: str, monkeypatch: pytest.MonkeyPatch) -> Extraction:
    """What a text says where nothing is remembered."""
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "recollect", lambda *_: None)
        patch.setattr(engine, "_recall", lambda *_: None)
        return extractor.extract_text(text)


def is_built_again(extraction: Extraction) -> bool:
    """Whether a text was not laid out: its findings are not made before somebody asks for them."""
    return "findings" not in extraction.__dict__


@pytest.mark.parametrize("seed", range(12))
def test_known_lines_say_what_a_search_would_find(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    again = 0
    for _ in range(12):
        style = TextStyle(marks=chance.choice(get_args(MarkStyle)[:2]))
        text = damaged(render_text(chance.choice(filings()), style), chance, most=1)
        extractor.extract_text(text)
        extraction = extractor.extract_text(text)
        if is_built_again(extraction):
            again += 1
            expected = extracted_anew(text, monkeypatch)
            assert list(extraction.boxes) == list(expected.boxes)
            assert extraction == expected
    assert again


def test_a_text_of_known_lines_is_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    text = render_text(filings()[0], TextStyle())
    extractor.extract_text(text)
    monkeypatch.setattr(pipeline, "find", None)
    name = filings()[0].primary_issuer.entity_name
    assert name
    changed = name.replace(name.split()[0], "Quillfeather")
    other = extractor.extract_text(text.replace(name, changed))
    assert other.filing.primary_issuer.entity_name == changed
    assert other.findings[0].place is not None


def test_findings_that_are_made_late_are_there_for_copies_and_the_curious() -> None:
    text = render_text(filings()[0], TextStyle())
    extractor.extract_text(text)
    late, other = extractor.extract_text(text), extractor.extract_text(text)
    assert is_built_again(late)
    assert copy.copy(late) == dataclasses.replace(other) == late
    assert late.findings
    with pytest.raises(AttributeError, match="nonsense"):
        late.nonsense  # type: ignore[attr-defined] # noqa: B018


def test_what_another_place_of_a_document_mends_is_not_remembered() -> None:
    name, cut = "Quince Marrow Provisions", "Quince \ufffcMarrow Provisions"
    text = render_text(filings()[0], TextStyle()).replace(filings()[0].primary_issuer.entity_name or "", name)
    for _ in range(2):
        mended = extractor.extract_text(text.replace(name, cut, 1))
        assert mended.filing.primary_issuer.entity_name == name
    doubted = extractor.extract_text(text.replace(name, cut))
    assert "primary_issuer.entity_name" in {problem.path for problem in doubted.problems}


def test_a_second_filing_of_the_same_layout_is_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    text = render_text(filings()[0], TextStyle())
    memory_of.cache_clear()
    engine.find(read_text(text), FORM_D, fits)
    known = filings()[0].related_persons or ()
    assert known
    for person in known:
        text = text.replace(person.related_person_name.last_name or "", "Quillfeather")
    monkeypatch.setattr(engine, "_alone", None)
    found = engine.find(read_text(text), FORM_D, fits)
    names = [answer.raw for answer in found.answers if answer.path.endswith("person_name.last_name")]
    assert names == ["Quillfeather"] * len(known)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.engine.remembered._MOST_LAYOUTS", 2)
    monkeypatch.setattr("extractor.engine.remembered._MOST_TEXTS", 2)
    monkeypatch.setattr("extractor.engine.lined._MOST", 2)
    monkeypatch.setattr("extractor.engine.lined._MOST_LINES", 2)
    memory_of.cache_clear()
    _books.cache_clear()
    for filing in filings()[:4]:
        extractor.extract_text(render_text(filing, TextStyle()))
        source = read_text(render_text(filing, TextStyle()))
        assert engine.find(source, FORM_D, fits) == anew(source, monkeypatch)
    books = _books(FORM_D, fits).values()
    assert {len(book.records) for book in books} <= {0, 1, 2}
    assert {len(book.numbers) for book in books} <= {0, 1, 2}
    memories = [memory_of(plan(section), fits) for section in FORM]
    assert {len(memory.layouts) for memory in memories} <= {0, 1, 2}
    assert {len(memory.features) for memory in memories} <= {0, 1, 2}


def test_threads_may_forget_what_others_remember(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.engine.remembered._MOST_LAYOUTS", 3)
    monkeypatch.setattr("extractor.engine.remembered._MOST_TEXTS", 3)
    monkeypatch.setattr("extractor.engine.words._MOST_KNOWN", 3)
    monkeypatch.setattr("extractor.engine.lined._MOST", 3)
    monkeypatch.setattr("extractor.engine.lined._MOST_LINES", 3)
    texts = [render_text(filing, TextStyle()) for filing in filings()[:4]] * 5
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            seen = list(pool.map(lambda text: extractor.extract_text(text).filing, texts))
    finally:
        sys.setswitchinterval(interval)
    assert seen == [extractor.extract_text(text).filing for text in texts]


@pytest.mark.parametrize(
    "text", ["word " * 1000, "Street Address 1 " * 2000, "X\n" * 1000], ids=["free", "labels", "lines"]
)
def test_large_answers_are_not_kept_in_memory(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = render_text(filings()[0], TextStyle())
    source = read_text(regex.sub(r"(?m)^3\. Related Persons$", rf"\g<0>\n{text}", page, count=1))
    memory_of.cache_clear()
    assert engine.find(source, FORM_D, fits) == anew(source, monkeypatch)
    for section in FORM:
        memory = memory_of(plan(section), fits)
        texts = [*memory.features, *memory.openings, *memory.this.words.known]
        assert max(map(len, texts), default=0) <= REMEMBERED
        for layout in memory.layouts:
            assert sum(len(part) for part in layout if isinstance(part, str)) < 21_000
            assert len(layout) < 8 * 600

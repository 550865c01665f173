"""Findings that come again are written from memory, and say the same as those that were just made."""

import dataclasses
import json
from collections.abc import Iterator
from functools import partial

import pytest

from extractor import Extraction, Filing, extract_text
from extractor.finding import BoxState, Brief, Finding, Passage
from extractor.outputs.recurring import remembered
from extractor.outputs.render import render_text
from extractor.outputs.tables import rows_of
from extractor.outputs.to_json import to_line, to_object
from extractor.source import Place
from tests.benchmarks.varied import varied_filings

COUNT = 40


def plain(extraction: Extraction) -> Extraction:
    """The same with findings that were all made one by one."""
    return dataclasses.replace(extraction, findings=tuple(extraction.findings))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Texts of one layout whose answers, and so the lines of most boxes, differ."""
    filings: Iterator[Filing] = varied_filings(COUNT, 7)
    return [render_text(filing) for filing in filings]


def test_what_comes_again_says_the_same(texts: list[str]) -> None:
    again = 0
    for text in (*texts, *texts):
        line, rows, late = to_line(extract_text(text)), rows_of(extract_text(text)), extract_text(text)
        again += sum(passage.notes is not None and bool(passage.notes) for passage in late.passages())
        known = plain(late)
        assert json.loads(line) == to_object(known)
        made = rows_of(known)
        assert {name: list(table.each()) for name, table in rows.items()} == {
            name: list(table.each()) for name, table in made.items()
        }
    assert again > COUNT


def test_findings_of_passages_are_the_findings(texts: list[str]) -> None:
    for text in (*texts, *texts):
        first, second = extract_text(text), extract_text(text)
        assert tuple(one for passage in first.passages() for one in passage.made()) == second.findings


def test_every_sign_of_a_finding_is_kept() -> None:
    def found(line: int) -> Finding:
        return Finding("a=%d", '100 % "x" 1', Place(line=line, columns=(1, 11)), "rule %s", "inferred", ("%", "1"))

    alone = Finding("b", "", None, "none", "exact")
    notes: dict[object, object] = {}
    for line in (3, 17, 240):
        passages = (Passage((found(0), alone, found(9)), line, notes), Passage((), 0, {}))
        late = Extraction.late(partial(tuple, passages), Filing(), (), {}, "")
        known = dataclasses.replace(late, findings=(found(line), alone, found(line + 9)))
        assert json.loads(to_line(late))["findings"] == to_object(known)["findings"]
        assert list(rows_of(late)["FINDINGS"].each()) == list(rows_of(known)["FINDINGS"].each())
        assert late.findings == known.findings
    assert len(notes) == 2


def test_what_is_new_or_empty_is_not_remembered() -> None:
    one = Finding("a", "x", Place(line=1), "rule")
    made: list[tuple[Finding, ...]] = []
    assert remembered(Passage((one,), 3), made.append) is None
    assert remembered(Passage((), 3, {}), made.append) is None
    assert not made


ODD = "".join(map(chr, range(0x20))) + '"\\%s \x7f\x85\xa0\u2028 \N{LATIN SMALL LETTER E WITH ACUTE} \U0001f600'


@pytest.mark.parametrize("raw", ["plain", ODD, "half a pair: \ud83d", ""])
def test_findings_in_brief_are_written_as_those_in_full(raw: str) -> None:
    briefs: tuple[Brief, ...] = (
        ("a%d[1].b", raw, 7, 3, 19, 'rule "%s"', "exact"),
        ("c", raw, 812, 1, 1, "r", "inferred"),
    )
    late = Extraction.late(
        partial(tuple, (Passage((), briefs=briefs),)), Filing(), (), {f"x={ODD}": BoxState.CHECKED}, ""
    )
    full = tuple(
        Finding(path, text, Place(line=line, columns=(first, last)), rule, certainty)
        for path, text, line, first, last, rule, certainty in briefs
    )
    known = dataclasses.replace(late, findings=full)
    assert late.findings == full
    assert json.loads(to_line(late)) == to_object(known)
    assert to_line(late) == to_line(known)
    rows = list(rows_of(late)["FINDINGS"].each())
    assert rows == list(rows_of(known)["FINDINGS"].each())
    assert [row[2:5] for row in rows] == [(one.path, one.raw or None, str(one.place)) for one in full]

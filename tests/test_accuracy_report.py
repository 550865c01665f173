"""The report of an accuracy run: the figures that follow from its counts, and its JSON."""

import json

import pytest
from pydantic import ValidationError

from extractor.accuracy.report import (
    BoxScore,
    FieldScore,
    FilingScore,
    Mistake,
    Rate,
    Report,
    Score,
    from_json,
    to_json,
)
from extractor.finding import BoxState
from extractor.source import Place

SCORE = Score(right=8, wrong=1, missing=2, invented=3, blank=40, exact=6, flagged=4)


def report() -> Report:
    """A report of two filings, of which one is perfect."""
    return Report(
        extractor="1.2.3",
        total=SCORE,
        fields=(
            FieldScore(path="a[].b", item="3", kind="name", score=SCORE, formats={"pdf": SCORE}, wrong_filings=(1,)),
        ),
        items={"3": SCORE},
        kinds={"name": SCORE},
        formats={"pdf": SCORE},
        boxes=BoxScore(path="", seen={truth: dict.fromkeys(BoxState, 2) for truth in BoxState}),
        box_fields=(),
        groups=(),
        lists=(),
        filings=(
            FilingScore(name="x.pdf", truth="x.xml", format="pdf", score=Score(right=4)),
            FilingScore(name="", truth="y.xml", format="none", score=Score(missing=2)),
        ),
        exact=Rate(hits=9, trials=9),
        inferred=Rate(),
        places=Rate(),
        mistakes=(Mistake("x.pdf", "pdf", "a[].b", "a[0].b", "wrong", "1", "2", place=Place(1, (1, 2, 3.5, 4))),),
    )


def test_the_figures_are_those_of_the_definitions() -> None:
    assert (SCORE.support, SCORE.given, SCORE.mistakes, SCORE.silent) == (11, 12, 6, 2)
    assert SCORE.precision == pytest.approx(8 / 12)
    assert SCORE.recall == pytest.approx(8 / 11)
    assert SCORE.f1 == pytest.approx(2 * (8 / 12) * (8 / 11) / (8 / 12 + 8 / 11))
    assert SCORE.exact_recall == pytest.approx(6 / 11)


def test_without_a_trial_there_is_no_figure() -> None:
    blank = Score(blank=7)
    assert (blank.precision, blank.recall, blank.f1, blank.recall_interval) == (None, None, None, None)


def test_perfect_filings_are_told() -> None:
    assert (report().perfect.hits, report().perfect.trials) == (1, 2)


def test_boxes_are_right_on_the_diagonal() -> None:
    assert (report().boxes.right, report().boxes.total) == (6, 18)


def test_json_holds_the_figures_and_reads_back() -> None:
    text = to_json(report())
    assert from_json(text) == report()
    assert to_json(from_json(text)) == text
    plain = json.loads(text)
    assert plain["total"]["precision"] == SCORE.precision
    assert plain["fields"][0]["formats"]["pdf"]["recall_interval"] == list(SCORE.recall_interval or ())
    assert plain["perfect"]["rate"] == 0.5


def test_another_version_is_refused() -> None:
    with pytest.raises(ValidationError, match="version"):
        from_json(to_json(report()).replace('"version": 1', '"version": 2'))

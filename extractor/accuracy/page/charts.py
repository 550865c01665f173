"""The charts of the page: Vega-Lite's drawings as SVG, whose colours are the page's own (light and dark)."""

import json
from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from extractor.accuracy.report import Report, Score
from extractor.outputs.printable import printable

MOST_BARS = 12
"""So many fields stand in the chart of mistakes; the heat map has them all."""

_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_FONT = "Arial, Liberation Sans, Helvetica, sans-serif"
_LINES: dict[str, JsonValue] = {"gridColor": "var(--line)", "domainColor": "var(--line)", "tickColor": "var(--line)"}
_WORDS: dict[str, JsonValue] = {
    "labelColor": "var(--ink)",
    "titleColor": "var(--soft)",
    "labelFontSize": 13,
    "titleFontSize": 13,
}
_CONFIG: dict[str, JsonValue] = {
    "background": "transparent",
    "padding": {"left": 8, "right": 24, "top": 4, "bottom": 4},  # a reader's font may be wider than the drawer's
    "font": _FONT,
    "view": {"stroke": None},
    "axis": {**_LINES, **_WORDS, "titleFontWeight": "normal", "labelLimit": 420},
    "legend": {**_WORDS, "orient": "top", "title": None, "symbolStrokeWidth": 2, "symbolOpacity": 1},
}

Chart = dict[str, JsonValue]
Row = dict[str, JsonValue]


def charts(report: Report) -> Mapping[str, str]:
    """The charts by name, as SVG elements: "kinds" and "worst"; without what they would show, they are left out."""
    kinds = [row for name, score in report.kinds.items() for row in _shares(name, score)]
    worst = sorted((field for field in report.fields if field.score.mistakes), key=lambda one: -one.score.mistakes)
    bars = [row for field in worst[:MOST_BARS] for row in _outcomes(printable(field.path), field.score)]
    drawn = {"kinds": _kinds_chart(kinds) if kinds else None, "worst": _worst_chart(bars) if bars else None}
    return {name: _svg(chart) for name, chart in drawn.items() if chart is not None}


def _svg(chart: Chart) -> str:
    import vl_convert

    svg = vl_convert.vegalite_to_svg(json.dumps({"$schema": _SCHEMA, "config": _CONFIG, **chart}))
    return str(svg).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def _shares(name: str, score: Score) -> list[Row]:
    """The rows of one kind: recall and precision, each with its interval."""
    both = (
        ("recall", score.recall, score.recall_interval),
        ("precision", score.precision, score.precision_interval),
    )
    return [
        {"kind": name, "figure": figure, "share": share, "low": edges[0], "high": edges[1]}
        for figure, share, edges in both
        if share is not None and edges is not None
    ]


def _outcomes(name: str, score: Score) -> list[Row]:
    """The rows of one field: how many of its cells are wrong, missing, invented."""
    counts = {"wrong": score.wrong, "missing": score.missing, "invented": score.invented}
    return [
        {"field": name, "outcome": outcome, "rank": rank, "cells": number}
        for rank, (outcome, number) in enumerate(counts.items())
        if number
    ]


def _kinds_chart(rows: Sequence[Row]) -> Chart:
    """Recall and precision of each kind of answer, a point each on the line of its 95 % interval."""
    series: Chart = {
        "field": "figure",
        "type": "nominal",
        "sort": ["recall", "precision"],
        "scale": {"domain": ["recall", "precision"], "range": ["var(--first)", "var(--second)"]},
    }
    share_axis: JsonValue = {"format": ".0%", "title": "share, with its 95% interval", "tickCount": 4}
    line: JsonValue = {
        "mark": {"type": "rule", "strokeWidth": 2.5, "strokeCap": "round", "opacity": 0.55},
        "encoding": {"x": _on("low", axis=share_axis, scale={"zero": False, "nice": True}), "x2": {"field": "high"}},
    }
    shape: JsonValue = {
        "field": "figure",
        "type": "nominal",
        "sort": ["recall", "precision"],
        "scale": {"domain": ["recall", "precision"], "range": ["circle", "diamond"]},
    }
    point: JsonValue = {
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
        "encoding": {"x": _on("share", axis=share_axis), "shape": shape},
    }
    return {
        "width": 330,
        "height": {"step": 15},
        "data": {"values": list(rows)},
        "encoding": {
            "y": {"field": "kind", "type": "nominal", "title": None, "sort": None, "axis": {"ticks": False}},
            "yOffset": {"field": "figure", "type": "nominal", "sort": ["recall", "precision"]},
            "color": series,
        },
        "layer": [line, point],
    }


def _on(field: str, **more: JsonValue) -> JsonValue:
    return {"field": field, "type": "quantitative", **more}


def _worst_chart(rows: Sequence[Row]) -> Chart:
    """The mistakes of the fields that have most, in bars of wrong, missing and invented."""
    outcomes: JsonValue = ["wrong", "missing", "invented"]
    number_axis: JsonValue = {"title": "mistakes", "format": ",d", "tickMinStep": 1, "tickCount": 4}
    colours: JsonValue = ["var(--wrong)", "var(--missing)", "var(--invented)"]
    return {
        "width": 300,
        "height": {"step": 26},
        "data": {"values": list(rows)},
        "encoding": {
            "y": {"field": "field", "type": "nominal", "title": None, "sort": None, "axis": {"ticks": False}},
            "x": _on("cells", aggregate="sum", axis=number_axis),
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 16, "stroke": "var(--page)", "strokeWidth": 1},
                "encoding": {
                    "order": {"field": "rank"},
                    "color": {
                        "field": "outcome",
                        "type": "nominal",
                        "sort": outcomes,
                        "scale": {"domain": outcomes, "range": colours},
                    },
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": "var(--ink)", "fontSize": 12},
                "encoding": {"text": {"field": "cells", "aggregate": "sum", "format": ",d"}},
            },
        ],
    }

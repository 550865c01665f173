"""The report as tables for a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from extractor.accuracy.change import Change
from extractor.accuracy.report import BoxScore, Interval, Rate, Report, Score
from extractor.finding import BoxState
from extractor.outputs.printable import printable

WORST = 15
"""Fields that are shown; JSON has all."""

WIDE = 110
"""Characters of a line from which all columns are shown."""

NAMED = 20
"""Names of a kind that are shown."""


def show(report: Report, console: Console) -> None:
    """Print a report."""
    _scores(console, "", [("all", report.total)])
    _scores(console, "by format", report.formats.items())
    _scores(console, "by kind", report.kinds.items())
    _scores(console, "by item", ((name or "none", score) for name, score in report.items.items()))
    worst = sorted((one for one in report.fields if one.score.mistakes), key=lambda one: one.score.f1 or 0.0)
    if worst:
        _scores(console, f"worst fields ({len(worst)} have mistakes)", ((one.path, one.score) for one in worst[:WORST]))
    _lists(console, report)
    _boxes(console, report.boxes)
    _rates(console, report)
    _names(console, "without a truth, not compared", report.without_truth)
    _names(console, "without a result", report.without_result)
    failed = [f"{one.path}: {one.error}" for one in report.filings if one.error]
    _names(console, "not read, so that all answers are missing", failed)
    _names(console, "not read", [f"{name}: {reason}" for name, reason in report.unread])


def show_change(change: Change, console: Console) -> None:
    """Print what changed since another run."""
    table = _table("field", "improved", "regressed", "p")
    for one in change.fields:
        table.add_row(one.path, str(one.improved), str(one.regressed), f"{one.p:.4f}")
    if change.fields:
        _print(console, f"since the baseline, in {change.filings} filings", table)
    else:
        console.print(f"no field changed since the baseline, in {change.filings} filings", highlight=False)
    _names(console, "only in the baseline", change.only_before)
    _names(console, "only in this run", change.only_now)
    _names(console, "fields compared in one of the runs only", change.unlike)


def _scores(console: Console, title: str, scores: Iterable[tuple[str, Score]]) -> None:
    columns = ("right", "wrong", "miss.", "inv.", "silent", "prec.", "recall", "F1", "95 %", "exact", "blank")
    shown = len(columns) if console.width >= WIDE else -2
    table = _table(title.partition(" (")[0].removeprefix("by ") or "fields", *columns[:shown])
    for name, score in scores:
        cells = (
            *map(str, (score.right, score.wrong, score.missing, score.invented, score.silent)),
            *map(_share, (score.precision, score.recall, score.f1)),
            _interval(score.recall_interval),
            _share(score.exact_recall),
            str(score.blank),
        )
        table.add_row(printable(name), *cells[:shown])
    _print(console, title, table)


def _lists(console: Console, report: Report) -> None:
    table = _table("list", "entries", "missing", "invented", "in order")
    for one in report.lists:
        table.add_row(one.path, str(one.expected), str(one.missing), str(one.invented), _rate(one.order))
    if report.lists:
        _print(console, "lists", table)


def _boxes(console: Console, boxes: BoxScore) -> None:
    table = _table("truth", *(f"seen {state}" for state in BoxState))
    for want in BoxState:
        table.add_row(str(want), *(str(boxes.seen[want][got]) for got in BoxState))
    _print(console, "boxes", table)


def _rates(console: Console, report: Report) -> None:
    rates = [
        ("filings with every field right", report.perfect),
        *((f"all boxes right: {one.label}", one.whole) for one in report.groups),
        ("right among exact findings", report.exact),
        ("right among inferred findings", report.inferred),
        ("places that hold their answer", report.places),
    ]
    table = _table("share", "of", "rate", "95 %")
    for name, rate in rates:
        if rate.trials:
            table.add_row(name, str(rate.trials), _share(rate.rate), _interval(rate.interval))
    if report.anls is not None:
        table.add_row("ANLS*", str(len(report.filings)), _share(report.anls), "")
    _print(console, "shares", table)


def _names(console: Console, title: str, names: Iterable[str]) -> None:
    names = list(names)
    if names:
        console.print(f"\n{title} ({len(names)}):", highlight=False)
        for name in names[:NAMED]:
            console.print(f"  {printable(name)}", markup=False, highlight=False, soft_wrap=True)
        if len(names) > NAMED:
            console.print(f"  and {len(names) - NAMED} more; --json has them all", highlight=False)


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first, overflow="fold", min_width=18)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _print(console: Console, title: str, table: Table) -> None:
    """Print a table below an empty line and its title; the first of all has neither."""
    if title:
        console.print(f"\n{title}", markup=False, highlight=False)
    console.print(table)


def _share(value: float | None) -> str:
    """A share in per cent, rounded down: only what is perfect shows as 100.

    >>> _share(0.99999), _share(1.0), _share(None)
    ('99.9', '100', '-')
    """
    if value is None:
        return "-"
    return "100" if value == 1 else f"{int(value * 1000) / 10:.1f}"


def _interval(interval: Interval | None) -> str:
    return "-" if interval is None else f"{_share(interval[0])} to {_share(interval[1])}"


def _rate(rate: Rate) -> str:
    return f"{rate.hits} of {rate.trials}" if rate.trials else "-"

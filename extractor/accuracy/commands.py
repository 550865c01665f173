"""`formd accuracy`: results, or filings to extract now, against truths."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extractor.errors import ExtractorError
from extractor.outputs.files import write
from extractor.outputs.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from extractor.accuracy.report import Report
    from extractor.accuracy.run import Options


UNSEEN_WIDTH = 120
"""Characters of a line where no terminal tells its width."""


@dataclass(frozen=True, slots=True)
class _Limits:
    """What a run is held to. tolerance: the share of filings in which a field may be worse than in the baseline."""

    baseline: Path | None
    tolerance: float
    floor: Path | None
    update: bool
    lower: bool


def accuracy(
    extracted: Annotated[
        Path,
        typer.Argument(
            metavar="EXTRACTED", help="Results (JSON, JSONL or a folder of them), or filings to extract now."
        ),
    ],
    truth: Annotated[
        Path,
        typer.Argument(metavar="TRUTH", help="Truths: a folder of XML or JSON, one file, or the SEC's tables (TSV)."),
    ],
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as JSON.")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report as one page (extra report).")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Compare with the report that --json wrote in an older run.")
    ] = None,
    tolerance: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of filings in which a field may be worse than the baseline.")
    ] = 0.0,
    floor: Annotated[
        Path | None, typer.Option("--floor", metavar="FILE", help="Fail below the floors of a TOML file.")
    ] = None,
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Raise the floors to this run.")] = False,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="Let --update-floors lower them too.")] = False,
    ignore_missing: Annotated[
        bool, typer.Option("--ignore-missing", help="Name the truths without a result, but do not count them.")
    ] = False,
    places: Annotated[
        bool, typer.Option("--places", help="Open each filing, and look whether the cited places hold the answers.")
    ] = False,
    anls: Annotated[bool, typer.Option("--anls", help="Compute ANLS* as well (the extra anls).")] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes to use; as many as there are processors unless told.")
    ] = None,
) -> None:
    """Tell how right results are, field by field, against truths matched by stem or accession number.

    Exit code: 0 done; 1 something could not be read, is worse than the baseline, or below a floor; 2 wrong usage.
    """
    limits = _Limits(baseline, tolerance, floor, update_floors, allow_lower)
    _check(limits)
    from rich.console import Console

    from extractor.accuracy.report import to_json
    from extractor.accuracy.run import Options
    from extractor.accuracy.terminal import show

    options = Options(anls=anls, places=places, missing=not ignore_missing)
    try:
        report = _report(extracted, truth, options, jobs or os.cpu_count() or 1)
        console = Console() if sys.stdout and sys.stdout.isatty() else Console(width=UNSEEN_WIDTH)
        if json:
            write([to_json(report)], json)
        if html:
            _write_page(report, html)
        show(report, console)
        failed = _failed(report, limits, console)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is buffered must not fail at exit
        raise typer.Exit(1) from None
    except (ExtractorError, OSError) as error:
        _fail(str(error))
    raise typer.Exit(1 if failed else 0)


def _check(limits: _Limits) -> None:
    """Refuse options that do nothing."""
    if limits.update and limits.floor is None:
        raise typer.BadParameter("needs --floor, which names the file", param_hint="--update-floors")
    if limits.lower and not limits.update:
        raise typer.BadParameter("does nothing without --update-floors", param_hint="--allow-lower")
    if limits.tolerance and limits.baseline is None:
        raise typer.BadParameter("does nothing without --baseline", param_hint="--tolerance")


def _report(extracted: Path, truth: Path, options: "Options", jobs: int) -> "Report":
    from extractor.accuracy.inputs import inputs_in
    from extractor.accuracy.run import compare_inputs
    from extractor.accuracy.truths import truths_in

    inputs, truths = list(inputs_in(extracted)), truths_in(truth)
    with _progress(len(inputs)) as done:
        return compare_inputs(inputs, truths, options, jobs=jobs, done=done)


def _write_page(report: "Report", path: Path) -> None:
    from extractor.accuracy.page import write_page

    write_page(report, path)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Shows on standard error, where that is a terminal, how many of the inputs are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("comparing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        yield lambda count: progress.advance(task, count)


def _failed(report: "Report", limits: _Limits, console: "Console") -> bool:
    """Whether a run is not what it must be; what is wrong is said on standard error."""
    from extractor.accuracy.floors import misses, read_floors

    faults = []
    if limits.baseline:
        faults += _regressions(report, limits.baseline, limits.tolerance, console)
    if limits.floor and limits.update:
        faults += _updated(report, limits.floor, lower=limits.lower)
    elif limits.floor:
        faults += [f"below the floor: {miss}" for miss in misses(report, read_floors(limits.floor))]
    for fault in faults:
        typer.echo(f"formd: {printable(fault)}", err=True)
    return bool(faults) or any(one.error for one in report.filings) or bool(report.unread)


def _regressions(report: "Report", baseline: Path, tolerance: float, console: "Console") -> list[str]:
    from pydantic import ValidationError

    from extractor.accuracy.change import change
    from extractor.accuracy.report import from_json
    from extractor.accuracy.terminal import show_change

    try:
        before = from_json(baseline.read_bytes())
    except ValidationError as error:
        detail = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, detail["loc"])) or "the file"
        raise _NoBaseline(f"{baseline}: expected a report of formd accuracy; {where}: {detail['msg']}") from None
    changed = change(before, report)
    show_change(changed, console)
    return [
        f"worse than the baseline: {one.path}: {one.regressed} filings worse, {one.improved} better (p {one.p:.4f})"
        for one in changed.regressions(tolerance)
    ]


class _NoBaseline(ExtractorError):
    """A file that is no report."""


def _updated(report: "Report", path: Path, *, lower: bool) -> list[str]:
    """Write the floors of this run, unless one would be lowered that must not be."""
    from extractor.accuracy.floors import figures, misses, read_floors, to_text

    lowered = misses(report, read_floors(path)) if path.exists() else ()
    if lowered and not lower:
        return [f"floor not lowered without --allow-lower: {miss}" for miss in lowered]
    write([to_text(figures(report))], path)
    return []


def _fail(reason: str) -> NoReturn:
    typer.echo(f"formd: {printable(reason)}", err=True)
    raise typer.Exit(1)

"""`formd batch`: the command line of a run. What it needs is loaded when it runs."""

import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import __version__
from extractor.errors import ExtractorError
from extractor.outputs.printable import printable
from extractor.source import Engine

if TYPE_CHECKING:
    from extractor.batch.crew import Progress
    from extractor.batch.run import Order

KINDS = ("jsonl", "parquet", "tsv", "sqlite", "xml")
"""What `--to` may name."""


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT", help="Files, folders, patterns, archives, URLs; @FILE lists them."),
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="Folder or URL of the results.")],
    to: Annotated[str, typer.Option(metavar="KINDS", help=f"Any of {','.join(KINDS)}.")] = "jsonl",
    workers: Annotated[int, typer.Option(min=1, help="Worker processes.")] = os.cpu_count() or 1,
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds that one document may take.")] = 60.0,
    memory: Annotated[int, typer.Option(min=0, help="MiB that one document may take; 0 is any.")] = 1024,
    engine: Annotated[Engine, typer.Option(help="What reads PDFs; both: where they disagree is a problem.")] = "auto",
    column: Annotated[str, typer.Option(help="The column of texts, of JSON lines and Parquet files.")] = "text",
    shard: Annotated[int, typer.Option(min=1, help="Inputs whose results make one file.")] = 1000,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Dask scheduler (tcp://...) whose workers do it.", show_default=False)
    ] = "",
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Read again what has no result.")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Remove the results of earlier runs first.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show nothing but errors.")] = False,
) -> None:
    """Read very many filings; the same command again does only what is not done yet.

    Exit code: 0 every input has a result; 1 some have none, see the manifest; 2 wrong usage; 130 stopped by Ctrl-C.
    """
    kinds = _kinds(to)
    if "parquet" in kinds and find_spec("pyarrow") is None:
        raise typer.BadParameter("parquet takes pyarrow; install formd-extractor[parquet]", param_hint="--to")
    if not cluster:
        from extractor.batch.server import warm

        warm()
    from extractor.batch.inputs import Where
    from extractor.batch.run import Order
    from extractor.batch.tasks import Settings

    settings = Settings(kinds, timeout, memory * 2**20, __version__, engine)
    where = Where(column, _place(output, inputs))
    order = Order(tuple(inputs), where, settings, workers, shard, cluster, retry_failed, fresh)
    try:
        progress = _run(order, output, quiet=quiet)
    except (ExtractorError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        typer.echo(f"formd: {printable(output)}: {printable(reason)}", err=True)
        if isinstance(error, OSError):
            typer.echo("formd: what is done is kept; put that right and run the same command again", err=True)
        raise typer.Exit(1) from None
    raise typer.Exit(progress.exit_code)


def _kinds(to: str) -> tuple[str, ...]:
    """The outputs that are asked for, each once, in the order of `KINDS`."""
    asked = {kind.strip() for kind in to.split(",")}
    if not asked <= set(KINDS):
        unknown = ", ".join(sorted(asked - set(KINDS)))
        raise typer.BadParameter(f"expected some of {', '.join(KINDS)}, saw {unknown!r}", param_hint="--to")
    return tuple(kind for kind in KINDS if kind in asked)


def _place(output: str, inputs: list[str]) -> str:
    """Where results go, written in the one way; an input cannot be there itself."""
    from extractor.batch.remote import resolved

    try:
        place = resolved(output)
    except (ExtractorError, ImportError, ValueError) as error:
        raise typer.BadParameter(str(error), param_hint="--output") from None
    if place in map(os.path.realpath, inputs):
        raise typer.BadParameter("the inputs are there; name another place", param_hint="--output")
    return place


def _run(order: "Order", output: str, *, quiet: bool) -> "Progress":
    from extractor.batch.inputs import find_inputs
    from extractor.batch.out import opened
    from extractor.batch.progress import shown, summary
    from extractor.batch.run import run
    from extractor.batch.shards import MANIFEST
    from extractor.batch.store import store_at

    def count() -> int:
        return sum(1 for _ in find_inputs(order.inputs, order.where))

    store = store_at(output)
    with opened(store, order), shown(sys.stderr, count, quiet=quiet) as show:
        progress = run(order, store, show)
    if not quiet:
        for line in summary(progress, f"{output}/{MANIFEST}"):
            typer.echo(printable(line))
    return progress

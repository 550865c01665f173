"""`formd golden`: writes drafts of truths, and tells what is still open in them."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractor.errors import ExtractorError
from extractor.outputs.files import write
from extractor.outputs.printable import printable

golden = typer.Typer(
    name="golden",
    help="Make truth by hand: drafts of it, which a person confirms answer by answer.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@golden.command()
def new(
    filing: Annotated[Path, typer.Argument(metavar="FILING", help="The filing to make a truth of.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; it must not exist yet.")
    ] = None,
    entries: Annotated[
        list[str] | None,
        typer.Option(metavar="LIST=NUMBER", help="Make so many entries of a list, as in related_persons=8."),
    ] = None,
) -> None:
    """Write the draft of a filing's truth, in which nothing is confirmed and what is uncertain is left to be typed.

    Exit code: 0 done; 1 the filing could not be read, or the file is there already; 2 wrong usage.
    """
    more = _entries(entries or ())
    if output and output.exists():
        _fail(output, ["is there already; a draft never replaces a file on which a person may have worked"])
    try:
        text, open_answers, to_be_typed = _draft(filing, output, more)
        write([text], output)
    except (OSError, ExtractorError) as error:
        _fail(filing, [_reason(error)])
    if output:
        typer.echo(f"{printable(str(output))}: {open_answers} answers to confirm, {to_be_typed} of them to be typed")


@golden.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Truths that `formd golden new` drafted.")],
) -> None:
    """Tell what is still open in truths, or wrong with them: one line for each field.

    Exit code: 0 every answer is confirmed; 1 something is open or wrong; 2 wrong usage.
    """
    from extractor.golden.check import faults_of

    failed = False
    for path in files:
        try:
            faults = faults_of(path)
        except OSError as error:
            faults = (_reason(error),)
        _tell(path, faults)
        failed = failed or bool(faults)
        if not faults:
            typer.echo(f"{printable(str(path))}: confirmed")
    raise typer.Exit(1 if failed else 0)


def _draft(filing: Path, output: Path | None, more: dict[str, int]) -> tuple[str, int, int]:
    """The text of a draft, the number of its entries, and of those that are uncertain."""
    from extractor.extract import extract_bytes
    from extractor.golden.draft import draft
    from extractor.golden.file import Origin, sha256_of, to_text

    data = filing.read_bytes()
    home = output.resolve().parent if output else Path.cwd()
    file = Path(os.path.relpath(filing.resolve(), home)).as_posix()
    truth = draft(extract_bytes(data, name=str(filing)), Origin(file=file, sha256=sha256_of(data)), more)
    return to_text(truth), len(truth.entries) + len(truth.unread), sum(bool(entry.uncertain) for entry in truth.entries)


def _entries(words: Sequence[str]) -> dict[str, int]:
    """The numbers of entries asked for, by list."""
    from extractor.golden.questions import MOST_ENTRIES, lists

    asked = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in lists() or not (number.isascii() and number.isdecimal()) or int(number) > MOST_ENTRIES:
            expected = f"expected LIST=NUMBER, the list one of {', '.join(lists())}, the number up to {MOST_ENTRIES}"
            raise typer.BadParameter(f"{expected}; seen {printable(word)}", param_hint="--entries")
        asked[name] = int(number)
    return asked


def _fail(path: Path, reasons: Sequence[str]) -> None:
    _tell(path, reasons)
    raise typer.Exit(1)


def _tell(path: Path, reasons: Sequence[str]) -> None:
    for reason in reasons:
        typer.echo(f"formd: {printable(str(path))}: {printable(reason)}", err=True)


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)

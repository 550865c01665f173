"""The command line, `formd`: reads filings and writes what they say. Heavy libraries are loaded by what needs them."""

import errno
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import __version__
from extractor.accuracy.commands import accuracy
from extractor.batch.command import batch
from extractor.errors import ExtractorError
from extractor.golden.commands import golden
from extractor.outputs.commands import render
from extractor.outputs.files import names_for, write
from extractor.outputs.printable import printable
from extractor.source import Engine

if TYPE_CHECKING:
    from extractor.extract import Extraction

STDIN = "-"

app = typer.Typer(
    name="formd",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(accuracy)
app.add_typer(golden)
app.command()(batch)
app.command()(render)


class Format(StrEnum):
    """What `formd extract` can write."""

    JSON = "json"
    XML = "xml"
    TABLE = "table"


def main() -> None:
    """Run `formd` with the arguments of the process."""
    logging.getLogger().addHandler(logging.NullHandler())  # what a PDF library grumbles about is no message of ours
    app(args=attach_field(sys.argv[1:]), prog_name="formd")


def attach_field(arguments: Sequence[str]) -> list[str]:
    """The arguments with the FIELD of --explain made part of it: an option's value can be left out only so.

    The word after --explain is its field, unless it is an option, standard input or a file that exists.

    >>> attach_field(["extract", "a.txt", "--explain", "investors"])
    ['extract', 'a.txt', '--explain=investors']
    >>> attach_field(["extract", "--explain", "-", "--", "--explain"])
    ['extract', '--explain=', '-', '--', '--explain']
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    attached: list[str] = []
    for word in arguments[:end]:
        if attached and attached[-1] == "--explain=" and not (word.startswith("-") or Path(word).exists()):
            attached[-1] += word
        else:
            attached.append("--explain=" if word == "--explain" else word)
    return attached + list(arguments[end:])


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formd {__version__}")
        raise typer.Exit


@app.callback()
def formd(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Read SEC Form D filings from text, HTML, EDGAR XML and PDF into validated data."""


@app.command()
def schema() -> None:
    """Print the JSON Schema of what `formd extract` writes."""
    from extractor.outputs.to_json import schema as json_schema

    run = _Run()
    run.write([json.dumps(json_schema(), ensure_ascii=False, indent=2), "\n"], None)
    raise typer.Exit(run.exit_code)


@app.command()
def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Files to read; - is standard input.")],
    kind: Annotated[
        Format | None, typer.Option("--format", help="What to write; json unless told otherwise.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="File to write; a directory for several inputs as xml."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 if there are problems.")] = False,
    explain: Annotated[
        str | None,
        typer.Option(metavar="[FIELD]", help="Show instead how each answer, or that of FIELD, was found."),
    ] = None,
    engine: Annotated[Engine, typer.Option(help="What reads PDFs; both: where they disagree is a problem.")] = "auto",
    debug_image: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Draw what was read on each page of a PDF, into this directory.")
    ] = None,
) -> None:
    """Read filings of Form D and write what they say.

    Exit code: 0 done; 1 an input failed, or there are problems and --strict is given; 2 wrong usage.
    """
    _check_inputs(inputs)
    _check_explain(explain, kind)
    if debug_image and STDIN in inputs:
        raise typer.BadParameter("standard input cannot be read twice; name a file", param_hint="--debug-image")
    kind = kind or Format.JSON
    directory = _check_output(inputs, kind, output)
    run = _Run(strict, engine, {} if debug_image is None else _pictures(inputs, debug_image))
    if explain is not None:
        run.write(_apart(run.texts(inputs, _explained(explain))), output)
    elif directory:
        run.write_each(inputs, _as_xml, directory)
    elif kind is Format.TABLE:
        run.write(_apart(run.texts(inputs, _tabled(None if output else _terminal_width()))), output)
    else:
        texts = run.texts(inputs, _as_xml if kind is Format.XML else _as_json)
        run.write(texts if len(inputs) == 1 else _array(texts), output)
    raise typer.Exit(run.exit_code)


def _check_inputs(inputs: Sequence[str]) -> None:
    if inputs.count(STDIN) > 1:
        raise typer.BadParameter("standard input (-) can be read only once", param_hint="INPUT")


def _check_explain(field: str | None, kind: Format | None) -> None:
    if field is None:
        return
    if kind:
        raise typer.BadParameter("explains as text; leave out --format", param_hint="--explain")
    from extractor.outputs.explain import UnknownField, check

    try:
        check(field)
    except UnknownField as error:
        raise typer.BadParameter(str(error), param_hint="--explain") from None


def _check_output(inputs: Sequence[str], kind: Format, output: Path | None) -> Path | None:
    """The directory to write one file for each input to, if that is what is asked for."""
    several = len(inputs) > 1
    if kind is Format.XML and several and (output is None or (output.exists() and not output.is_dir())):
        raise typer.BadParameter("several inputs as xml need a directory to write to", param_hint="--output")
    directory = output if kind is Format.XML and output and (several or output.is_dir()) else None
    if output and output.is_dir() and not directory:
        raise typer.BadParameter(f"{printable(str(output))} is a directory; name a file", param_hint="--output")
    targets = [directory / name for name in names_for(inputs, ".xml")] if directory else [output] if output else []
    read = {Path(name).resolve() for name in inputs if name != STDIN}
    for target in targets:
        if target.resolve() in read:
            raise typer.BadParameter(f"would overwrite the input {printable(str(target))}", param_hint="--output")
    return directory


def _terminal_width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else None


Render = Callable[["Extraction"], str]


def _as_json(extraction: "Extraction") -> str:
    from extractor.outputs.to_json import to_json

    return to_json(extraction) + "\n"


def _as_xml(extraction: "Extraction") -> str:
    from extractor.outputs.edgar_xml import to_edgar_xml

    return to_edgar_xml(extraction.filing).rstrip("\n") + "\n"


def _tabled(terminal_width: int | None) -> Render:
    from extractor.outputs.table import to_table

    return lambda extraction: to_table(extraction, terminal_width=terminal_width) + "\n"


def _explained(field: str) -> Render:
    from extractor.outputs.explain import explain

    return lambda extraction: f"{printable(extraction.name)}\n\n{explain(extraction, field)}\n"


def _apart(texts: Iterable[str]) -> Iterator[str]:
    """The texts with an empty line between them."""
    for number, text in enumerate(texts):
        yield text if number == 0 else "\n" + text


def _array(objects: Iterable[str]) -> Iterator[str]:
    from extractor.outputs.to_json import to_array

    yield from to_array(text.rstrip("\n") for text in objects)
    yield "\n"


@dataclass
class _Run:
    """One run over its inputs. What goes wrong is said on standard error, one line each, and the rest go on."""

    strict: bool = False
    engine: Engine = "auto"
    pictures: Mapping[str, Path] = field(default_factory=dict)
    failed: bool = False

    @property
    def exit_code(self) -> int:
        return 1 if self.failed else 0

    def fail(self, name: str, why: str) -> None:
        self.failed = True
        typer.echo(f"formd: {printable(name)}: {printable(why)}", err=True)

    def texts(self, inputs: Iterable[str], render: Render) -> Iterator[str]:
        """The rendered inputs, without those that failed."""
        for name in inputs:
            text = self.text(name, render)
            if text is not None:
                yield text

    def text(self, name: str, render: Render) -> str | None:
        try:
            extraction = _read(name, self.engine)
            text = render(extraction)
            if name in self.pictures:
                _draw(extraction, self.pictures[name])
        except Exception as error:  # whatever is wrong with one document, the others shall be read
            self.fail(name, _reason(error))
            return None
        if self.strict and extraction.problems:
            count = len(extraction.problems)
            self.fail(name, f"{count} problem{'s' if count > 1 else ''}")
        return text

    def write_each(self, inputs: Sequence[str], render: Render, directory: Path) -> None:
        """Write one file for each input."""
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.fail(str(directory), _reason(error))
            return
        for name, target in zip(inputs, names_for(inputs, ".xml"), strict=True):
            if name != STDIN and Path(target).stem != Path(name).stem:
                typer.echo(f"formd: {printable(name)}: written as {printable(target)}", err=True)
            self.write(self.texts([name], render), directory / target)

    def write(self, pieces: Iterable[str], path: Path | None) -> None:
        try:
            write(pieces, path)
        except BrokenPipeError:
            # Whoever reads (head, less) has seen enough. What is still buffered must not fail once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self.failed = True
        except OSError as error:
            self.fail(str(path or "standard output"), _reason(error))


def _read(name: str, engine: Engine) -> "Extraction":
    from extractor import extract, extract_bytes

    if name != STDIN:
        return extract(name, engine=engine)
    if sys.stdin is None:  # as Python has it when the process starts with standard input closed
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return extract_bytes(sys.stdin.buffer.read(), name=STDIN, engine=engine)


def _pictures(inputs: Sequence[str], directory: Path) -> dict[str, Path]:
    """What the pictures of each input's pages begin with."""
    return {name: directory / Path(own).stem for name, own in zip(inputs, names_for(inputs, ".png"), strict=True)}


def _draw(extraction: "Extraction", start: Path) -> None:
    from extractor.outputs.debug_image import draw_pages

    draw_pages(Path(extraction.name).read_bytes(), extraction, start.parent, start.name)


def _reason(error: Exception) -> str:
    if isinstance(error, IsADirectoryError):
        return "is a directory; name the files in it"
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, ExtractorError):
        return str(error)
    return f"unexpected {type(error).__name__}: {error}; this is a fault of formd, please report it"

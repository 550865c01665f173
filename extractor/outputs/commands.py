"""`formd render`: a filing of EDGAR's XML laid out as EDGAR does, as a page, its print or a text of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extractor.errors import ExtractorError, UnreadableInput
from extractor.outputs.files import write
from extractor.outputs.printable import printable

if TYPE_CHECKING:
    from extractor.model import Filing
    from extractor.outputs.page.text import MarkStyle

SUITING: Mapping[str, tuple[str, ...]] = {
    ".html": (),
    ".pdf": ("paper", "scale", "margin", "landscape", "browser_lines"),
    ".txt": ("layout", "marks", "width", "escape_dollars"),
}
"""The endings of what can be written, each with the options that only it has."""


def render(
    context: typer.Context,
    filing: Annotated[Path, typer.Argument(metavar="FILING", help="EDGAR's XML of a filing, or its full submission.")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PAGE", help=f"File to write; its name ends with {', '.join(SUITING)}."),
    ],
    edition: Annotated[
        Literal["auto", "now", "2013", "before"], typer.Option(help="Wording of item 6; auto follows the filing.")
    ] = "auto",
    issuers: Annotated[
        Literal["pairs", "grouped"], typer.Option(help="Items 1 and 2 per issuer, or all items 1 before all items 2.")
    ] = "pairs",
    states: Annotated[
        Literal["rows", "line", "columns"], typer.Option(help="States of solicitation: one a row, in a line, several.")
    ] = "rows",
    blank_cells: Annotated[
        Literal["dropped", "kept"], typer.Option(help="Cells of blank answers; EDGAR drops them.")
    ] = "dropped",
    layout: Annotated[
        Literal["tabs", "pipes", "columns", "lines"], typer.Option(help="Text: what sets cells apart.")
    ] = "tabs",
    marks: Annotated[
        str, typer.Option(metavar="STYLE,...", help="Text: how boxes are written; several: table by table in turn.")
    ] = "x",
    width: Annotated[int, typer.Option(min=20, help="Text in columns: characters after which lines wrap.")] = 80,
    escape_dollars: Annotated[bool, typer.Option("--escape-dollars", help=r"Text: \$ for $, as in Markdown.")] = False,
    paper: Annotated[Literal["letter", "a4"], typer.Option(help="PDF: the paper.")] = "letter",
    scale: Annotated[float, typer.Option(min=0.1, max=5.0, help="PDF: scale of the page.")] = 1.0,
    margin: Annotated[float, typer.Option(min=0.0, max=3.0, help="PDF: margins in inches.")] = 0.4,
    landscape: Annotated[bool, typer.Option("--landscape", help="PDF: the long side across.")] = False,
    browser_lines: Annotated[
        bool, typer.Option("--browser-lines", help="PDF: date, title, address and page number on each page.")
    ] = False,
) -> None:
    """Lay a filing out as EDGAR's page: to try a converter or a reader on a filing whose truth is known.

    A PDF takes Chromium. Exit code: 0 done; 1 the filing could not be read or laid out; 2 wrong usage.
    """
    from extractor.outputs.render import PageOptions, PrintOptions, TextStyle, print_pdf, render_html, render_text

    _check(context, filing, output)
    page = PageOptions(issuers, states, blank_cells, edition)
    first, *others = _marks(marks)
    style = TextStyle(layout, first, width, escape_dollars, tuple(others))
    print_options = PrintOptions(paper, scale, margin, landscape, browser_lines)
    writers: Mapping[str, Callable[[Filing], None]] = {
        ".html": lambda read: write([render_html(read, page)], output),
        ".pdf": lambda read: print_pdf(render_html(read, page), output, print_options),
        ".txt": lambda read: write([render_text(read, style, page)], output),
    }
    with _told(filing):
        read = _read(filing)
    with _told(output):
        writers[output.suffix.lower()](read)


def _check(context: typer.Context, filing: Path, output: Path) -> None:
    """BadParameter: the output has no ending that is known, an option that does nothing for it, or is no new file."""
    ending = output.suffix.lower()
    if ending not in SUITING:
        expected = f"expected a name that ends with {', '.join(SUITING)}; saw {printable(output.name)!r}"
        raise typer.BadParameter(expected, param_hint="--output")
    for option in (option for other in SUITING.values() for option in other if option not in SUITING[ending]):
        source = context.get_parameter_source(option)
        if source is not None and source.name == "COMMANDLINE":
            said = f"says nothing about a {ending} file; leave it out, or write another kind of file"
            raise typer.BadParameter(said, param_hint=f"--{option.replace('_', '-')}")
    if output.is_dir():
        raise typer.BadParameter(f"{printable(str(output))} is a directory; name a file", param_hint="--output")
    if output.resolve() == filing.resolve():
        raise typer.BadParameter(f"would overwrite the input {printable(str(output))}", param_hint="--output")


def _marks(told: str) -> list["MarkStyle"]:
    """The ways to write boxes that are asked for, in their order."""
    from extractor.outputs.page.text import MARKS

    asked = [name.strip() for name in told.split(",")]
    for name in asked:
        if name not in MARKS:
            expected = f"expected some of {', '.join(MARKS)}, saw {printable(name)!r}"
            raise typer.BadParameter(expected, param_hint="--marks")
    return [style for name in asked for style in MARKS if style == name]


def _read(path: Path) -> "Filing":
    from extractor.readers.edgar import from_edgar_xml

    try:
        return from_edgar_xml(path.read_bytes())
    except UnreadableInput as error:
        more = "`formd extract FILING --format xml` makes EDGAR's XML of other kinds of files"
        raise UnreadableInput(f"{error} ({more})") from None


@contextmanager
def _told(about: Path) -> Iterator[None]:
    """Ends the command with a line on standard error if the work fails."""
    try:
        yield
    except (OSError, ExtractorError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        typer.echo(f"formd: {printable(str(about))}: {printable(reason)}", err=True)
        raise typer.Exit(1) from None

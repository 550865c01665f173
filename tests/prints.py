"""Prints filings in many ways, and reads each print with each engine: `python -m tests.prints XMLDIR`.

Each XML of a folder is laid out as EDGAR does and printed by Chromium at several scales, on letter and A4 paper, with
no, usual and wide margins, with and without the browser's own lines at the top and bottom. Tells of each engine and way
how many fields are right; exits with 1 where one is not. `--engine` and `--only` choose some of it.
"""

import argparse
import asyncio
import base64
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Final, Literal, NamedTuple

from extractor.outputs.render import PrintOptions, print_pdf, render_html
from extractor.readers.edgar import from_edgar_xml
from extractor.source import Engine
from tests.keyboard import ask, connect, opened
from tests.matrix.scores import Score, score

SCALES: Final = (0.6, 0.8, 1.0, 1.2)
MARGINS: Final = {"none": 0.0, "usual": 0.4, "wide": 1.0}
"""In inches; Chromium's own are 0.4."""

INCHES: Final = {"letter": (8.5, 11.0), "a4": (8.27, 11.69)}
ENGINES: Final[tuple[Engine, ...]] = ("pdfium", "pdfplumber")


class Way(NamedTuple):
    """How a page is printed. lines: with the browser's own at the top and bottom."""

    scale: float
    paper: Literal["letter", "a4"]
    margin: str
    lines: bool

    def __str__(self) -> str:
        return f"{self.scale:.0%} {self.paper} {self.margin}{' lines' if self.lines else ''}"


PAPERS: Final[tuple[Literal["letter", "a4"], ...]] = ("letter", "a4")
WAYS: Final = tuple(
    Way(scale, paper, margin, lines) for scale, paper, margin, lines in product(SCALES, PAPERS, MARGINS, (False, True))
)


class Print(NamedTuple):
    """A print of a filing."""

    xml: Path
    way: Way
    pdf: Path


def print_all(paths: Sequence[Path], ways: Sequence[Way], room: Path, *, zoom: bool = False) -> Iterator[Print]:
    """Print each filing in each way into a folder; what is there is not printed again.

    zoom: by the page's style sheet, which draws every letter by itself, and not by the scale of the browser's dialogue.
    """
    for path in paths:
        prints = [Print(path, way, room / f"{path.stem}.{way}{'.zoom' * zoom}.pdf".replace(" ", "-")) for way in ways]
        lacking = [one for one in prints if not one.pdf.exists()]
        page = room / f"{path.stem}.html"
        page.write_text(render_html(from_edgar_xml(path.read_bytes())), "utf-8")
        if zoom:
            for one in lacking:
                way = one.way
                margin = MARGINS[way.margin]
                print_pdf(
                    page.read_text("utf-8"), one.pdf, PrintOptions(way.paper, way.scale, margin, False, way.lines)
                )
        elif lacking:
            with opened(page.resolve(), room) as address:
                asyncio.run(_print(address, lacking))
        yield from prints


async def _print(address: str, prints: Sequence[Print]) -> None:
    line = await connect(address)
    for _, way, pdf in prints:
        (width, height), margin = INCHES[way.paper], MARGINS[way.margin]
        asked: dict[str, object] = {f"margin{side}": margin for side in ("Top", "Bottom", "Left", "Right")}
        asked |= {"paperWidth": width, "paperHeight": height, "scale": way.scale, "displayHeaderFooter": way.lines}
        answer = await ask(line, "Page.printToPDF", asked)
        pdf.write_bytes(base64.b64decode(str(answer["data"])))
    line.close()
    await line.read_message()  # None: it is closed


def read(one: Print, engine: Engine) -> tuple[Score, list[str]]:
    """The score of a print, and its faults."""
    return score(from_edgar_xml(one.xml.read_bytes()), one.pdf.read_bytes(), engine)


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a field is not right, 2 where there is nothing to print, else 0."""
    options = _parser().parse_args(arguments)
    paths = sorted(options.folder.glob("*.xml"))
    ways = chosen(options.only or [""])
    if not paths:
        sys.stderr.write(f"{options.folder}: expected XML files of filings, seen none\n")
    elif not ways:
        sys.stderr.write(f"--only: expected how a name of {', '.join(map(str, WAYS[:2]))} ... begins, seen none\n")
    return _print_table(paths, ways, options) if paths and ways else 2


def chosen(begun: Sequence[str]) -> Sequence[Way]:
    """The ways whose names begin with one of these."""
    return [way for way in WAYS if str(way).startswith(tuple(begun))]


def _print_table(paths: Sequence[Path], ways: Sequence[Way], options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="formd-prints-", ignore_cleanup_errors=True) as room:
        kept = options.keep or Path(room)
        kept.mkdir(parents=True, exist_ok=True)
        prints = list(print_all(paths, ways, kept, zoom=options.zoom))
        rows = [_row(prints, engine, way) for engine in options.engine for way in ways]
    return int(not all(rows))


def _row(prints: Sequence[Print], engine: Engine, way: Way) -> bool:
    """Print a line of the table, and the faults; whether there are none."""
    own = [one for one in prints if one.way == way]
    total, faults = Score(), []
    with ProcessPoolExecutor() as pool:
        for one, (scored, lines) in zip(own, pool.map(read, own, [engine] * len(own)), strict=True):
            total += scored
            faults += [f"    {one.pdf.name}: {line}\n" for line in lines]
    right = f"{total.right} of {total.fields} fields right, {total.wrong} wrong, {total.missing} missing"
    sys.stdout.write(f"{engine:10} {way!s:26} {total.filings:3} filings, {right}, {total.silent} silent\n")
    sys.stdout.writelines(faults)
    sys.stdout.flush()
    return total.perfect == total.filings


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.prints", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of EDGAR's XML files of filings")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=ENGINES, help="read with these; else with both")
    parser.add_argument("--only", nargs="+", metavar="WAY", help="the ways whose names begin so: 80%%, '60%% a4'")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the prints in DIR, and use those that are there")
    parser.add_argument("--zoom", action="store_true", help="scale by the page's style sheet, not by the browser")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

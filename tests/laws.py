"""Laws of the whole way, and a search for filings that break them: `python -m tests.laws STYLE... --examples 20000`.

A filing, laid out in any way a page is held, is read back as it was, or with a problem. `tests/test_properties.py`
holds that on few filings; here many are drawn, by the same strategies, in batches that each have a seed of their own.
What breaks a law is printed; `--batch 17 --shrink` draws that batch again and lets Hypothesis look for its smallest
filing.
"""

import argparse
import gc
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import count, cycle
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import NamedTuple, get_args

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from extractor.extract import extract_text
from extractor.model import Filing
from extractor.outputs.page.text import MarkStyle, TextLayout, write_text
from extractor.outputs.render import PageOptions, TextStyle, lay_out, write_html
from tests.pages import FAIR_KIND, LARGE_KIND, NASTY_KIND, pages
from tests.silence import silent
from tests.truth import differences

KINDS = MappingProxyType({"fair": FAIR_KIND, "nasty": NASTY_KIND, "large": LARGE_KIND})
"""What filings are made of. What place can tell of fair and large ones comes back whole."""

PARSER = "html.parser"

KEEPING = ("html", "tabs", "pipes", "columns")
"""The documents that keep rows and columns."""

OPTIONS = st.builds(
    PageOptions,
    issuers=st.sampled_from(("pairs", "grouped")),
    states=st.sampled_from(("rows", "line", "columns")),
    blank_cells=st.sampled_from(("dropped", "kept")),
)

Documents = Mapping[str, str]
"""What a filing was written as, by the name of the way."""


@st.composite
def styles(draw: st.DrawFn, layout: TextLayout) -> TextStyle:
    """Styles of a layout, mixtures of marks among them; columns are wide enough to wrap no label.

    Nobody aligns columns around markup.
    """
    ways = st.sampled_from([name for name in get_args(MarkStyle) if (layout, name) != ("columns", "inputs")])
    return TextStyle(
        layout,
        marks=draw(ways),
        width=draw(st.integers(120, 200)),
        escape_dollars=draw(st.booleans()),
        mixed_with=tuple(draw(st.just([]) | st.lists(ways, max_size=2))),
    )


ONE_OF_EACH = st.tuples(*(styles(layout) for layout in get_args(TextLayout)))


def documents(filing: Filing, written: Sequence[TextStyle], options: PageOptions) -> Documents:
    """A filing as a page and as text in some styles, by the name of the layout."""
    page = lay_out(filing, options)
    return {"html": write_html(page), **{style.layout: write_text(page, style) for style in written}}


def wrong(filing: Filing, written: Documents) -> dict[str, list[str]]:
    """What is not as it was once the documents are read, by way; without columns, what of it has no problem."""
    read = {way: extract_text(text) for way, text in written.items()}
    faults = {
        way: differences(filing, seen.filing) if way in KEEPING else silent(filing, seen) for way, seen in read.items()
    }
    return {way: lines for way, lines in faults.items() if lines}


def unsaid(filing: Filing, written: Documents) -> dict[str, list[str]]:
    """What is wrong and has no problem on its path, by way."""
    faults = {way: silent(filing, extract_text(text)) for way, text in written.items()}
    return {way: lines for way, lines in faults.items() if lines}


@dataclass(frozen=True, slots=True)
class Converter:
    """A library that makes text of a page: its module, and what it does with the page."""

    module: str
    convert: Callable[[ModuleType, str], object]

    def __call__(self, page: str) -> str:
        """The page as text."""
        return str(self.convert(import_module(self.module), page))


CONVERTERS: Mapping[str, Converter] = MappingProxyType(
    {
        "html2text": Converter("html2text", lambda library, page: library.html2text(page)),
        "markdownify": Converter("markdownify", lambda library, page: library.markdownify(page)),
        "inscriptis": Converter("inscriptis", lambda library, page: library.get_text(page)),
        "soup-lines": Converter("bs4", lambda soup, page: soup.BeautifulSoup(page, PARSER).get_text("\n", strip=True)),
        "soup-words": Converter("bs4", lambda soup, page: soup.BeautifulSoup(page, PARSER).get_text(" ", strip=True)),
    }
)
"""Libraries that make text of a page: nothing that they get wrong may be silent."""

WAYS = ("html", *get_args(TextLayout), *CONVERTERS)


class Batch(NamedTuple):
    """A batch of filings: its kind, the seed that draws it, and how many there are."""

    kind: str
    seed: int
    number: int
    size: int


class Fault(NamedTuple):
    """A document that breaks a law: the filing in its batch, the way it was written, what is wrong."""

    filing: Filing
    at: int
    way: str
    how: str
    text: str
    lines: Sequence[str]


def drawn(ways: Sequence[str], kind: str) -> st.SearchStrategy[tuple[Filing, Sequence[TextStyle], PageOptions]]:
    """Filings of a kind, each with a style of each way that is text, and how its page is laid out."""
    layouts = [layout for layout in get_args(TextLayout) if layout in ways]
    return st.tuples(pages(KINDS[kind]), st.tuples(*(styles(layout) for layout in layouts)), OPTIONS)


def held(ways: Sequence[str], batch: Batch, *, shrink: bool = False) -> Iterator[Fault]:
    """Draw a batch and yield what breaks a law; with `shrink`, raise for the smallest filing that Hypothesis finds."""
    faults: list[Fault] = []
    numbers = count()

    @seed(batch.seed * 100_003 + batch.number)
    @settings(
        max_examples=batch.size,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn(ways, batch.kind))
    def search(example: tuple[Filing, Sequence[TextStyle], PageOptions]) -> None:
        found = list(broken(ways, batch.kind, next(numbers), example))
        faults.extend(found)
        assert not (shrink and found), "\n".join(f"{one.way} {one.how}: {line}" for one in found for line in one.lines)

    search()
    yield from faults


def broken(
    ways: Sequence[str], kind: str, at: int, example: tuple[Filing, Sequence[TextStyle], PageOptions]
) -> Iterator[Fault]:
    """Yield each way of an example in which its law does not hold."""
    filing, written, options = example
    texts = dict(documents(filing, written, options))
    texts |= {way: CONVERTERS[way](texts["html"]) for way in ways if way in CONVERTERS}
    told: dict[str, str] = {style.layout: repr(style) for style in written}
    law = unsaid if kind == "nasty" else wrong
    for way, lines in law(filing, {way: texts[way] for way in ways}).items():
        yield Fault(filing, at, way, f"{told.get(way, '')} {options}", texts[way], lines)


def main(arguments: Sequence[str]) -> int:
    """Print what breaks the laws, and how much was tried; 1 if anything does."""
    asked = _parser().parse_args(arguments)
    seen: Counter[str] = Counter()
    faulty: Counter[str] = Counter()
    start = time.monotonic()
    gc.set_threshold(200_000, 50, 1000)  # trees of many small parts: a tenth of the time was spent looking for cycles
    kinds = cycle(asked.kind)
    last = -(-asked.examples // asked.size)
    for number in range(last):
        kind = next(kinds)
        if asked.batch is not None and number != asked.batch:
            continue
        batch = Batch(kind, asked.seed, number, min(asked.size, asked.examples - number * asked.size))
        for fault in held(asked.ways, batch, shrink=asked.shrink):
            faulty[fault.way] += 1
            _print_fault(fault, batch)
            if asked.keep:
                _keep(fault, batch, asked.keep)
        seen[kind] += batch.size
        took = time.monotonic() - start
        sys.stdout.write(f"{kind} batch {number}: {dict(seen)} filings, faults {dict(faulty)}, {took:.0f} s\n")
        sys.stdout.flush()
    return int(bool(faulty))


def _print_fault(fault: Fault, batch: Batch) -> None:
    lines = "\n    ".join(fault.lines[:6])
    drawn_as = f"{batch.kind} seed {batch.seed} batch {batch.number} filing {fault.at}"
    sys.stdout.write(f"{drawn_as} {fault.way} {fault.how}\n    {lines}\n")


def _keep(fault: Fault, batch: Batch, folder: Path) -> None:
    """Write a document that breaks a law beside its filing."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{batch.kind}-{batch.seed}-{batch.number}-{fault.at}-{fault.way}"
    (folder / f"{name}.txt").write_text(fault.text, encoding="utf-8")
    (folder / f"{name}.json").write_text(fault.filing.model_dump_json(), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.laws", description=__doc__)
    parser.add_argument("ways", nargs="+", choices=WAYS, metavar="STYLE", help=", ".join(WAYS))
    parser.add_argument("--kind", nargs="+", choices=sorted(KINDS), default=["fair", "nasty"], help="in turn, by batch")
    parser.add_argument("--examples", type=int, default=1000, metavar="N", help="filings, each in every style named")
    parser.add_argument("--size", type=int, default=100, metavar="N", help="filings in a batch")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--batch", type=int, metavar="K", help="draw this batch only")
    parser.add_argument("--shrink", action="store_true", help="look for the smallest filing that breaks a law")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write what breaks a law here")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

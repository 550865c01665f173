"""Compares the extraction of a sample with reading the same filing's XML: `python -m tests.benchmarks.speed [ROUNDS]`.

Prints, per format, the milliseconds of processor time for one filing (the least of many rounds, the rounds of all
contestants taken in turns), the ratio to lxml parsing plus validation of the `Filing` (and to edgartools, where it is
installed), and the share of each stage.
Last comes the mean over filings laid out like others before them, but with answers that none had before.
"""

import importlib
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import extractor
from extractor.assemble import build
from extractor.assemble.again import build_again
from extractor.engine.find import find
from extractor.engine.lined import recollect
from extractor.extract import FORM_D
from extractor.kinds import fits
from extractor.outputs.render import TextStyle, render_text
from extractor.readers.html import read_html
from extractor.readers.sniff import decode, sniff
from extractor.readers.text import read_lines, read_text
from extractor.source import Source
from tests.benchmarks.varied import varied_filings

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = "liquidmetal-2013-11-19"
PAGE = "alder-creek-robotics"


def least(contestants: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Milliseconds of processor time of one call of each contestant."""
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(rounds):
        for name, call in contestants.items():
            start = time.process_time()
            for _ in range(4):
                call()
            best[name] = min(best[name], (time.process_time() - start) / 4)
    return {name: 1000 * seconds for name, seconds in best.items()}


def stages(data: bytes, read: Callable[[str], Source]) -> dict[str, Callable[[], object]]:
    """The stages of an extraction, each on the outcome of the one before.

    A text whose layout is known goes through `read lines`, `recollect` and `build again`, and its findings are made
    when they are asked for; any other document is read, searched and built.
    """
    text = decode(data)
    source = read(text)
    found = find(source, FORM_D, fits)
    ways: dict[str, Callable[[], object]] = {
        "sniff and decode": lambda: (sniff(data), decode(data)),
        "read": lambda: read(text),
        "find": lambda: find(source, FORM_D, fits),
        "build": lambda: build(found),
    }
    lines = read_lines(text).apart() if read is read_text else None
    known = recollect(lines, FORM_D, fits) if lines else None
    if known and (again := build_again(known)):
        ways |= {
            "read lines": lambda: read_lines(text).apart(),
            "recollect": lambda: recollect(known.lines, FORM_D, fits),
            "build again": lambda: build_again(known),
            "findings": again.findings,
        }
    return ways


def others(xml: str) -> dict[str, Callable[[], object]]:
    """Other libraries that read the same filing's XML, as far as they are installed."""
    try:
        module = importlib.import_module("edgar.offerings.formd")
    except ImportError:
        return {}
    return {"edgartools": lambda: module.FormD.from_xml(xml)}


def report(rounds: int) -> str:
    """The table."""
    lines = []
    for name, suffix, read in ((SAMPLE, "txt", read_text), (PAGE, "txt", read_text), (PAGE, "html", read_html)):
        data = (SAMPLES / f"{name}.{suffix}").read_bytes()
        xml = extractor.to_edgar_xml(extractor.extract_bytes(data).filing)
        contestants: dict[str, Callable[[], object]] = {
            "lxml and Filing": partial(extractor.from_edgar_xml, xml),
            "extract": partial(extractor.extract_bytes, data),
            **others(xml),
        }
        extractor.extract_bytes(data)
        times = least(contestants | stages(data, read), rounds)
        lines.append(f"{name}.{suffix}")
        lines.extend(f"  {what:18} {times[what]:7.3f} ms" for what in times)
        rivals = [name for name in ("lxml and Filing", "edgartools") if name in times]
        lines.extend(f"  {'to ' + name:18} {times['extract'] / times[name]:7.1f} times" for name in rivals)
    return "\n".join([*lines, *varied(20 * rounds)])


def varied(count: int) -> list[str]:
    """The lines for filings with answers of their own, each read once, after as many others of the same layouts."""
    filings = list(varied_filings(2 * count))
    texts = [render_text(filing, TextStyle()).encode() for filing in filings]
    for text in texts[:count]:
        extractor.extract_bytes(text)
    seconds = dict.fromkeys(("lxml and Filing", "extract"), 0.0)
    for filing, text in zip(filings[count:], texts[count:], strict=True):
        xml = extractor.to_edgar_xml(filing)
        for name, call in (
            ("lxml and Filing", partial(extractor.from_edgar_xml, xml)),
            ("extract", partial(extractor.extract_bytes, text)),
        ):
            start = time.process_time()
            call()
            seconds[name] += time.process_time() - start
    ratio = seconds["extract"] / seconds["lxml and Filing"]
    return [
        f"{count} filings with answers of their own, text",
        *(f"  {name:18} {1000 * spent / count:7.3f} ms" for name, spent in seconds.items()),
        f"  {'to lxml and Filing':18} {ratio:7.1f} times",
    ]


if __name__ == "__main__":
    sys.stdout.write(report(int(sys.argv[1]) if len(sys.argv) > 1 else 60) + "\n")

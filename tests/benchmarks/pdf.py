"""Compares the reading of PDFs with what it is built on: `python -m tests.benchmarks.pdf [ROUNDS [FILE ...]]`.

Prints, per file, the milliseconds of processor time (the least of many rounds, all contestants taken in turns) of
`extract` with PDFium, of pdfplumber's `extract_text()` alone over the pages, and of the bare reading of characters,
their boxes and the objects' boxes through pypdfium2's raw functions; then how far memory grows over 1,000 filings.
"""

import io
import resource
import sys
from collections.abc import Callable
from ctypes import c_double, c_float
from functools import partial
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as raw

import extractor
from tests.benchmarks.speed import least

SAMPLES = Path(__file__).parents[2] / "samples"
DEFAULT = ("alder-creek-robotics", "mercer-street-credit", "great-oak-insurance", "five-rivers-programs")


def with_pdfplumber(data: bytes) -> None:
    """Only the text."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()


def bare(data: bytes) -> list[tuple[object, ...]]:
    """Characters, their boxes, and the objects' types and boxes."""
    found: list[tuple[object, ...]] = []
    document = pdfium.PdfDocument(data)
    for number in range(len(document)):
        page = raw.FPDF_LoadPage(document.raw, number)
        text = raw.FPDFText_LoadPage(page)
        edges = c_double(), c_double(), c_double(), c_double()
        for index in range(raw.FPDFText_CountChars(text)):
            raw.FPDFText_GetCharBox(text, index, *edges)
            found.append((raw.FPDFText_GetUnicode(text, index), *(edge.value for edge in edges)))
        sides = c_float(), c_float(), c_float(), c_float()
        for index in range(raw.FPDFPage_CountObjects(page)):
            one = raw.FPDFPage_GetObject(page, index)
            raw.FPDFPageObj_GetBounds(one, *sides)
            found.append((raw.FPDFPageObj_GetType(one), *(side.value for side in sides)))
        raw.FPDFText_ClosePage(text)
        raw.FPDF_ClosePage(page)
    document.close()
    return found


def growth(data: bytes, warm: int = 100, filings: int = 1000) -> tuple[float, float]:
    """The most memory of the process in MB after the first filings, and after all of them."""
    most = []
    for number in range(filings + 1):
        if number in (warm, filings):
            most.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        extractor.extract_bytes(data, engine="pdfium")
    return most[0], most[1]


def report(rounds: int, paths: list[Path]) -> str:
    """The table."""
    lines = []
    for path in paths:
        data = path.read_bytes()
        contestants: dict[str, Callable[[], object]] = {
            "extract": partial(extractor.extract_bytes, data, engine="pdfium"),
            "bare pypdfium2": partial(bare, data),
        }
        times = least(contestants, rounds) | least({"pdfplumber": partial(with_pdfplumber, data)}, 1 + rounds // 10)
        lines.append(path.name)
        lines.extend(f"  {name:16} {took:8.1f} ms" for name, took in times.items())
        lines.append(f"  times faster than pdfplumber {times['pdfplumber'] / times['extract']:5.1f}")
        lines.append(f"  times the bare reading       {times['extract'] / times['bare pypdfium2']:5.1f}")
    first, last = growth(paths[0].read_bytes())
    lines.append(f"memory after 100 filings {first:.1f} MB, after 1,000 filings {last:.1f} MB")
    return "\n".join(lines)


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[2:]] or [SAMPLES / f"{name}.pdf" for name in DEFAULT]
    sys.stdout.write(report(int(sys.argv[1]) if len(sys.argv) > 1 else 10, files) + "\n")

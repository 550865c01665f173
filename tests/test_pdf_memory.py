"""Reading many PDFs in one process, and in threads."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from extractor.extract import extract_bytes
from extractor.outputs.render import PrintOptions, print_pdf, render_html
from extractor.readers.edgar import from_edgar_xml
from tests.browser import browser
from tests.make_pdfs import EXPECTED, ROOM

CODE = """
import sys
from pathlib import Path
from extractor.extract import extract_bytes
data = Path(sys.argv[1]).read_bytes()
for number in range(301):
    if number in (100, 300):
        status = Path("/proc/self/status").read_text().split()
        print(int(status[status.index("VmHWM:") + 1]) // 1024)
    extract_bytes(data, engine="pdfium")
"""
"""The most memory of a process of its own, in MB; `getrusage` would count what the parent had when it forked."""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_memory_does_not_grow_from_filing_to_filing(root: Path) -> None:
    path = ROOM / "box-check-boxes.pdf"
    command = [sys.executable, "-c", CODE, str(path)]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8")
    warm, last = map(int, done.stdout.split())
    assert last - warm <= 3, f"{warm} MB after 100 filings, {last} MB after 300"


ONCE = """
import sys
from pathlib import Path
from extractor.extract import extract_bytes
read = extract_bytes(Path(sys.argv[1]).read_bytes(), engine=sys.argv[2])
status = Path("/proc/self/status").read_text().split()
print(len(read.filing.related_persons), int(status[status.index("VmHWM:") + 1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count memory otherwise")
def test_a_filing_of_a_hundred_persons_on_forty_pages_takes_little_memory(root: Path, tmp_path: Path) -> None:
    browser()
    truth = from_edgar_xml((root / "samples" / "alder-creek-robotics.xml").read_bytes())
    persons = truth.related_persons or ()
    many = tuple(persons[number % len(persons)] for number in range(100))
    path = tmp_path / "many.pdf"
    html = render_html(truth.model_copy(update={"related_persons": many}))
    print_pdf(html, path, PrintOptions(margin=1.0, landscape=True))
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) >= 40
    for engine in ("pdfium", "pdfplumber"):
        command = [sys.executable, "-c", ONCE, str(path), engine]
        done = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8")
        found, most = map(int, done.stdout.split())
        assert found == 100
        assert most < 200, f"{most} MB by {engine}"


def test_threads_wait_for_each_other() -> None:
    data = (ROOM / "box-letter-in-bars.pdf").read_bytes()
    with ThreadPoolExecutor(4) as pool:
        for read in pool.map(lambda _: extract_bytes(data, engine="pdfium"), range(40)):
            assert EXPECTED.items() <= dict(read.boxes).items()

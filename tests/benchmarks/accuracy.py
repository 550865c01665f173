"""Times `formd accuracy` on many filings: `python -m tests.benchmarks.accuracy [FILINGS]`, 10,000 unless told.

Results stand in one file of JSON lines, truths in one XML each; every tenth result has two persons with each other's
address, so that lists have to be paired. Prints seconds, processor time and the most memory of any one process.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import extractor
from extractor.outputs.render import render_html
from extractor.outputs.to_json import to_object
from tests.benchmarks.varied import varied_filings

DIFFERENT = 220
"""Filings with answers of their own; more are these again, under other names."""


def write(folder: Path, count: int) -> tuple[Path, Path]:
    """The results and the folder of truths."""
    truths, results = folder / "truths", folder / "results.jsonl"
    truths.mkdir()
    made = []
    for filing in varied_filings(min(count, DIFFERENT), seed=11):
        result = to_object(extractor.extract_text(render_html(filing)))
        made.append((extractor.to_edgar_xml(filing), result))
    with results.open("w", encoding="utf-8") as file:
        for number in range(count):
            xml, result = made[number % len(made)]
            (truths / f"f{number}.xml").write_text(xml, encoding="utf-8")
            text = json.dumps({**result, "name": f"f{number}.html"})
            file.write((damaged(text) if number % 10 == 0 else text) + "\n")
    return results, truths


def damaged(text: str) -> str:
    """A result in which the first two persons have each other's address."""
    result = json.loads(text)
    persons = result["filing"]["related_persons"]
    if len(persons) > 1:
        first, second = (one["related_person_address"] for one in persons[:2])
        persons[0]["related_person_address"], persons[1]["related_person_address"] = second, first
    return json.dumps(result)


def report(count: int, jobs: int = 2) -> str:
    """What it took, one line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results, truths = write(folder, count)
        command = [sys.executable, "-m", "extractor", "accuracy", str(results), str(truths), "--jobs", str(jobs)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([*command, "--json", str(folder / "report.json")], check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        shutil.rmtree(truths)
    return (
        f"{count} filings in {seconds:.1f} s ({processor:.1f} s of processor time, {jobs} processes), "
        f"{used.ru_maxrss / 1024:.0f} MiB in the largest process"
    )


if __name__ == "__main__":
    sys.stdout.write(report(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000) + "\n")

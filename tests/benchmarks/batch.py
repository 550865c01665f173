"""Measures `formd batch`: `python -m tests.benchmarks.batch WHAT FOLDER [COUNT] [ROUNDS] [KIND...]`.

FOLDER is where it may write. ROUNDS and KIND (txt, xml, pdf) are for the first and the third of these:

overhead: processor time of a document by `extract` alone, by a loop that writes what it says, and by a run
start: one document, from the start of the command to its end
scaling: filings per second with one worker and with two, and of one process and two that only extract
large: COUNT filings from start to Parquet: the rate, and the most memory of each process
resume: COUNT inputs that are done: how long it takes to find out
"""

import json
import multiprocessing
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import extractor
from extractor.outputs.edgar_xml import to_edgar_xml
from extractor.outputs.render import render_html, render_text
from tests.benchmarks.turns import Bare, ByHand, InARun, LookedAt, Turns, Way
from tests.benchmarks.varied import varied_filings
from tests.benchmarks.watched import Use, watch

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"

WRITERS: Mapping[str, Callable[[extractor.Filing], str]] = MappingProxyType(
    {"txt": render_text, "xml": to_edgar_xml, "html": render_html}
)
"""How a filing is made a document, by the ending of its name."""

DISTINCT = 2000
"""How many documents there are that differ; beyond, they come again."""

KINDS = ("txt", "xml", "pdf")
"""What is measured apart."""

MIXED = ("xml", "xml", "xml", "txt")


def made(folder: Path, kinds: Sequence[str], count: int, seed: int = 0) -> list[Path]:
    """So many documents, of the kinds in turns: filings with answers of their own, or the PDFs of the samples."""
    shutil.rmtree(folder, ignore_errors=True)
    filings = varied_filings(min(count, DISTINCT), seed)
    documents: list[bytes] = []
    paths = []
    for number in range(count):
        kind = kinds[number % DISTINCT % len(kinds)]
        if number < DISTINCT:
            documents.append(_document(kind, number, filings))
        path = folder / f"{number // 1000:05}" / f"{number:07}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(documents[number % DISTINCT])
        paths.append(path)
    return paths


def _document(kind: str, number: int, filings: Iterator[extractor.Filing]) -> bytes:
    if kind in WRITERS:
        return WRITERS[kind](next(filings)).encode()
    samples = sorted(SAMPLES.glob(f"*.{kind}"))
    return samples[number % len(samples)].read_bytes()


def overhead(folder: Path, count: int = 500, rounds: int = 6, kinds: Sequence[str] = KINDS) -> str:
    """What a run adds to a document; each way has documents of its own, so that it meets no answer a second time."""
    lines = []
    for kind in kinds:
        many = _fewer(kind, count)
        out = folder / "out"
        by_hand = [ByHand(to, out / "by-hand") for to in ("jsonl", "parquet")]
        runs = [InARun(to, out / "run") for to in ("", "jsonl", "parquet", "tsv", "sqlite", "xml")]
        ways: list[Way] = [Bare(), LookedAt(), *by_hand, *runs]
        turns = Turns([(way, made(folder / kind / str(seed), (kind,), many, seed)) for seed, way in enumerate(ways)])
        for _ in range(rounds):
            shutil.rmtree(out, ignore_errors=True)
            turns.take()
        bare = turns.of("extract")
        lines += [f"{kind}, {many} documents", f"  {'extract':18} {bare:7.3f} ms"]
        for name in turns.names[1:]:
            more = turns.of(name) - bare
            lines.append(f"  {name:18} {more:+7.3f} ms {100 * more / bare:+6.1f} %")
    return "\n".join(lines)


def start(folder: Path, count: int = 15) -> str:
    """The seconds of so many runs over one document."""
    [path] = made(folder / "one", ("txt",), 1)
    seconds = sorted(_run(path, folder / "out").seconds for _ in range(count))
    return f"one document: {seconds[0]:.2f} s at best, {seconds[len(seconds) // 2]:.2f} s in the middle of {count} runs"


def scaling(folder: Path, count: int = 3000, rounds: int = 3, kinds: Sequence[str] = KINDS) -> str:
    """The rates of one and two workers, and of one and two processes that only extract, in turns."""
    lines = []
    for kind in kinds:
        many = _fewer(kind, count)
        paths = made(folder / kind, (kind,), many)
        lines.append(f"{kind}, {many} documents")
        took: list[tuple[float, ...]] = []
        for _ in range(rounds):
            bare = [_extracting(paths, processes) for processes in (1, 2)]
            one, two = (_run(folder / kind, folder / "out", "--workers", str(workers)) for workers in (1, 2))
            took.append((*bare, one.seconds, two.seconds, one.whole, two.whole))
            lines.append(_compared(many, took[-1]))
        lines.append(f"{_compared(many, [sum(part) / rounds for part in zip(*took, strict=True)])}, of all rounds")
    return "\n".join(lines)


def _compared(many: int, seconds: Sequence[float]) -> str:
    """What one and two processes did, and by how much two did more than one."""
    bare, twice, one, two, work, twice_work = seconds
    return (
        f"  extract {many / bare:6.1f}/s {many / twice:6.1f}/s x {bare / twice:.2f}, "
        f"a run {many / one:6.1f}/s {many / two:6.1f}/s x {one / two:.2f} by the clock, "
        f"x {2 * work / twice_work:.2f} by processor time"
    )


def _fewer(kind: str, count: int) -> int:
    """How many documents of a kind take as long as so many texts."""
    return max(count // 10, 2) if kind == "pdf" else count


def _extracting(paths: Sequence[Path], processes: int) -> float:
    """Seconds by the clock of so many processes that share the documents, from when all are ready."""
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        pool.map(_extract, [paths[:1]] * processes, chunksize=1)
        begin = time.monotonic()
        pool.map(_extract, [paths[first::processes] for first in range(processes)], chunksize=1)
        return time.monotonic() - begin


def _extract(paths: Sequence[Path]) -> None:
    for path in paths:
        extractor.extract(path)


def large(folder: Path, count: int = 100_000) -> str:
    """A run to Parquet, and the same command again."""
    made(folder / "large", MIXED, count)
    first = _run(folder / "large", folder / "out", "--to", "parquet", "--workers", "2")
    size = sum(path.stat().st_size for path in (folder / "out" / "parquet").rglob("*.parquet"))
    again = _again(folder / "large", folder / "out", "--to", "parquet", "--workers", "2")
    return f"{_told('to Parquet', count, first)}, {size / 2**20:.0f} MiB\n{_told('again', count, again)}"


def resume(folder: Path, count: int = 1_000_000) -> str:
    """A run over so many rows that are no filings, and the same command again."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": f"row {number}"}) + "\n" for number in range(count))
    shutil.rmtree(folder / "out", ignore_errors=True)
    first, again = (_again(folder / "rows.jsonl", folder / "out", "--workers", "2", code=1) for _ in range(2))
    return f"{_told('first', count, first)}\n{_told('again', count, again)}"


def _told(what: str, count: int, use: Use) -> str:
    memory = ", ".join(f"{role} {peak / 2**20:.0f} MiB" for role, peak in sorted(use.peak.items()))
    return (
        f"{what}: {count} inputs, {use.seconds:.1f} s by the clock, {count / use.seconds:.0f}/s, "
        f"{use.whole:.1f} s of processor time (parent {use.processor['parent']:.1f} s); {memory}"
    )


def _run(source: Path, out: Path, *options: str) -> Use:
    shutil.rmtree(out, ignore_errors=True)
    return _again(source, out, *options)


def _again(source: Path, out: Path, *options: str, code: int = 0) -> Use:
    command = [sys.executable, "-m", "extractor", "batch", str(source), "-o", str(out), "--quiet", *options]
    return watch(command, ROOT, code)


MEASURES: Mapping[str, Callable[..., str]] = MappingProxyType(
    {"overhead": overhead, "start": start, "scaling": scaling, "large": large, "resume": resume}
)

if __name__ == "__main__":
    what, where, *counts = sys.argv[1:]
    numbers = [int(word) for word in counts if word.isdecimal()]
    kinds = {"kinds": named} if (named := [word for word in counts if not word.isdecimal()]) else {}
    sys.stdout.write(MEASURES[what](Path(where).resolve(), *numbers, **kinds) + "\n")

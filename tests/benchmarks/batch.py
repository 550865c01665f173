"""Measures `formd batch`: `python -m tests.benchmarks.batch FOLDER [COUNT]`; FOLDER is where it may write.

Prints, for the text and the XML of the samples in turns: the processor time of a document by `extract` alone, and of
all that a run does with it (read within limits, rendered, journalled, assembled), the least of several rounds taken in
turns; then filings per second with one and two workers by the clock, with the memory of the parent.
"""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import extractor
from extractor.batch.assembly import assemble
from extractor.batch.crew import CHUNK
from extractor.batch.journal import Place
from extractor.batch.members import Input
from extractor.batch.shards import Shard
from extractor.batch.store import Folder
from extractor.batch.tasks import Assembly, Chunk, Settings
from extractor.batch.worker import work

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"

KINDS = {"text": "*.txt", "xml": "*.xml", "pdf": "*.pdf"}


def made(folder: Path, kind: str, count: int) -> list[Path]:
    """So many filings: the samples of a kind in turns."""
    samples = sorted(SAMPLES.glob(KINDS[kind]))
    paths = []
    for number in range(count):
        sample = samples[number % len(samples)]
        path = folder / kind / f"{number // 1000:05}" / f"{number:07}{sample.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            shutil.copyfile(sample, path)
        paths.append(path)
    return paths


def alone(paths: Sequence[Path]) -> float:
    """Seconds of processor time that `extract` takes."""
    start = time.process_time()
    for path in paths:
        extractor.extract(path)
    return time.process_time() - start


def in_a_run(paths: Sequence[Path], out: Path, to: tuple[str, ...]) -> float:
    """Seconds of processor time that a run's workers take, in this process."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    settings = Settings(to, 60.0, 2**30, extractor.__version__)
    inputs = [Input(str(path), str(path), path.stat().st_size, "1") for path in paths]
    chunks: list[tuple[Place, int]] = []
    start = time.process_time()
    for first in range(0, len(inputs), CHUNK):
        some = tuple(inputs[first : first + CHUNK])
        place = Place(out / ".formd" / "part-00000", len(chunks), "1", "key")
        chunks.append((place, len(some)))
        work(Chunk(0, place, some, settings))
    assemble(Assembly(Shard(0, len(paths)), tuple(chunks), settings, Folder(out)))
    return time.process_time() - start


def overhead(paths: Sequence[Path], out: Path, rounds: int) -> str:
    """The table of processor time for a document, in milliseconds."""
    contestants: Mapping[str, Callable[[], float]] = {
        "extract": lambda: alone(paths),
        "run to nothing": lambda: in_a_run(paths, out, ()),
        "run to jsonl": lambda: in_a_run(paths, out, ("jsonl",)),
        "run to parquet": lambda: in_a_run(paths, out, ("parquet",)),
    }
    least = dict.fromkeys(contestants, float("inf"))
    alone(paths)
    for _ in range(rounds):
        for name, call in contestants.items():
            least[name] = min(least[name], call())
    bare = least["extract"]
    return "\n".join(
        f"  {name:16} {1000 * seconds / len(paths):7.3f} ms  {100 * (seconds / bare - 1):+6.1f} %"
        for name, seconds in least.items()
    )


def run(folder: Path, out: Path, *options: str) -> tuple[float, int]:
    """Seconds by the clock of a run, and the most bytes of memory its parent had."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "extractor", "batch", str(folder), "-o", str(out), "--quiet", *options]
    start = time.monotonic()
    peak = 0
    with subprocess.Popen(command, cwd=ROOT) as process:
        while process.poll() is None:
            peak = max(peak, peak_memory(process.pid))
            time.sleep(0.02)
    return time.monotonic() - start, peak


def peak_memory(pid: int) -> int:
    """The most bytes of memory that a process has had, where the system tells it; else 0."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def throughput(folder: Path, out: Path, count: int) -> str:
    """The table of filings per second."""
    lines = []
    for workers in (1, 2):
        seconds, memory = run(folder, out, "--workers", str(workers))
        lines.append(f"  {workers} workers {count / seconds:9.1f} filings/s   parent {memory / 2**20:6.1f} MiB")
    return "\n".join(lines)


def report(folder: Path, count: int, rounds: int = 12) -> str:
    """All tables."""
    lines = []
    for kind in ("text", "xml"):
        lines += [f"{kind}, a document", overhead(made(folder / "few", kind, min(count, 96)), folder / "out", rounds)]
    for kind, many in (("text", count), ("pdf", max(count // 20, 1))):
        made(folder / "many", kind, many)
        lines += [f"{kind}, {many} filings", throughput(folder / "many" / kind, folder / "out", many)]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000) + "\n")

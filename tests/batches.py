"""Runs of `formd batch` in a process of their own, with documents planted that do what no filing should."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"

PLANT = """
import ctypes, importlib, os, sys, time

def refuse(event, arguments):
    if event == "open" and "unreadable" in str(arguments[0]):
        raise PermissionError(13, "Permission denied")

sys.addaudithook(refuse)

module = importlib.import_module("extractor.extract")

_extract = module.extract_bytes

def planted(data, **options):
    if b"PLANTED LOOP" in data:
        while True:
            pass
    if b"PLANTED SLEEP" in data:
        time.sleep(0.2)
    if b"PLANTED CRASH" in data:
        ctypes.string_at(0)
    if b"PLANTED EXIT" in data:
        os._exit(7)
    if b"PLANTED MURDER" in data:
        victim = os.getpid()
        for _ in range(3):
            with open(f"/proc/{victim}/stat") as file:
                victim = int(file.read().rpartition(")")[2].split()[1])
        os.kill(victim, 9)
        time.sleep(60)
    if b"PLANTED HUNGER" in data:
        bytearray(1 << 40)
    return _extract(data, **options)

module.extract_bytes = planted
"""
"""What a test's interpreters do at their start: some words in a document make its reading go wrong.

A file called unreadable is so, also for root, who may read any.

MURDER kills the process that started the one that started the server of workers: on a cluster, that is Dask's.
"""


def environment(folder: Path) -> dict[str, str]:
    """The environment of a run with planted documents; folder: where the plant goes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(PLANT, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PYTHONWARNINGS": "default"}


def start(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    """Start `formd batch`, in a process group of its own, with the plant beside the folder it works in."""
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", "batch", *arguments],
        cwd=cwd,
        env=environment(cwd.with_name(f"{cwd.name}-plant")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
        start_new_session=True,
    )


def formd_batch(*arguments: str, cwd: Path, code: int = 0, timeout: float = 120) -> str:
    """Run `formd batch` to its end, and return what it says on standard output."""
    process = start(*arguments, cwd=cwd)
    try:
        said, errors = process.communicate(timeout=timeout)
    finally:
        end(process)
    assert process.returncode == code, said + errors
    return said


def end(process: subprocess.Popen[str]) -> None:
    """Kill a run, if it is still there, and its workers."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            pipe.close()


def rows(out: Path) -> list[dict[str, Any]]:
    """The manifest."""
    parts = sorted((out / "manifest").glob("part-*.jsonl"))
    return [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]


def statuses(out: Path) -> dict[str, str]:
    """What became of each input, by name."""
    return {row["input"]: row["status"] for row in rows(out)}


def results(out: Path) -> list[dict[str, Any]]:
    """The results as JSON."""
    parts = sorted((out / "jsonl").glob("part-*.jsonl"))
    return [json.loads(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]


def tree(out: Path) -> dict[str, bytes]:
    """Every file of the results; the manifest without what depends on the clock."""
    files = {}
    for path in sorted(out.rglob("*")):
        name = str(path.relative_to(out))
        if path.is_file() and not name.startswith((".formd", "done")):
            files[name] = b"".join(timeless(path)) if name.startswith("manifest") else path.read_bytes()
    return files


def timeless(path: Path) -> Iterator[bytes]:
    """The rows of a part of the manifest without how long each took."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.dumps({**json.loads(line), "ms": 0}).encode() + b"\n"


def many(folder: Path, count: int, text: str = "") -> list[Path]:
    """So many filings, none like the other; a text planted in each."""
    folder.mkdir(parents=True, exist_ok=True)
    filing = (SAMPLES / "alder-creek-robotics.xml").read_text(encoding="utf-8")
    paths = [folder / f"{number:05}.xml" for number in range(count)]
    for number, path in enumerate(paths):
        own = filing.replace("<totalAmountSold>2500000<", f"<totalAmountSold>{number}<")
        assert number == 2500000 or own != filing
        path.write_text(own + f"<!-- {text} -->\n", encoding="utf-8")
    return paths

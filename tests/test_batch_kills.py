"""Runs that are killed: what they leave, once run to the end, is what an undisturbed run leaves, byte for byte."""

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.batches import end, formd_batch, many, rows, start, tree

KINDS = "jsonl,parquet,tsv,sqlite,xml"
COUNT = 60
SHARD = 13
OPTIONS = ("--to", KINDS, "--shard", str(SHARD), "--workers", "2")
CAMPAIGNS = 4
KILLS = 5
"""In each campaign; together there are twenty moments."""

WORKER_CAMPAIGNS = 10
WORKER_KILLS = 2
"""A document that is in hand at three deaths is held for guilty, so there are no more in one run."""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of filings, some of them slow, and the results of an undisturbed run."""
    folder = tmp_path_factory.mktemp("kills") / "work"
    for path in many(folder / "in", COUNT)[::12]:
        path.write_text(path.read_text(encoding="utf-8") + "<!-- PLANTED SLEEP -->", encoding="utf-8")
    (folder / "in" / "broken.xml").write_text("<edgarSubmission>", encoding="utf-8")
    formd_batch("in", "-o", "whole", *OPTIONS, cwd=folder, code=1)
    return folder


@pytest.fixture(scope="module")
def length(work: Path) -> float:
    """How many seconds a run takes."""
    begin = time.monotonic()
    formd_batch("in", "-o", "timed", *OPTIONS, cwd=work, code=1)
    return time.monotonic() - begin


def children() -> dict[int, list[tuple[int, str]]]:
    """The processes that each has started, with their commands."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, encoding="utf-8", check=True)
    found: dict[int, list[tuple[int, str]]] = {}
    for line in listed.stdout.splitlines():
        pid, parent, *command = line.split()
        found.setdefault(int(parent), []).append((int(pid), " ".join(command)))
    return found


def servers_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that a run starts its workers from."""
    return [pid for pid, command in children().get(process.pid, []) if "forkserver" in command]


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The processes that read for a run: the children of the server that it starts them from."""
    found = children()
    return [pid for server, _ in found.get(process.pid, []) for pid, _ in found.get(server, [])]


def is_seen(out: Path, document: bytes) -> bool:
    """Whether a run has come to a document."""
    sha256 = hashlib.sha256(document).hexdigest().encode()
    return any(sha256 in journal.read_bytes() for journal in (out / ".formd").rglob("*.log"))


@pytest.mark.parametrize("campaign", range(CAMPAIGNS))
def test_a_run_that_is_killed_again_and_again_leaves_the_same(campaign: int, work: Path, length: float) -> None:
    shutil.rmtree(work / "killed", ignore_errors=True)
    chance = random.Random(campaign)
    for _ in range(KILLS):
        process = start("in", "-o", "killed", *OPTIONS, cwd=work)
        time.sleep(chance.uniform(0.2, 0.8) * length)
        process.kill()
        process.communicate()
    formd_batch("in", "-o", "killed", *OPTIONS, cwd=work, code=1)
    assert tree(work / "killed") == tree(work / "whole")
    assert not workers_of(process)


@pytest.mark.parametrize("campaign", range(WORKER_CAMPAIGNS))
def test_killed_workers_cost_nothing(campaign: int, work: Path, length: float) -> None:
    shutil.rmtree(work / "orphan", ignore_errors=True)
    chance = random.Random(campaign)
    process = start("in", "-o", "orphan", *OPTIONS, cwd=work)
    killed = 0
    try:
        while process.poll() is None and killed < WORKER_KILLS:
            time.sleep(chance.random() * length / WORKER_KILLS / 2)
            for victim in workers_of(process)[:1]:
                with suppress(ProcessLookupError):  # it may have ended by itself
                    os.kill(victim, signal.SIGKILL)
                    killed += 1
        process.communicate(timeout=60)
    finally:
        end(process)
    assert killed
    assert process.returncode == 1
    assert tree(work / "orphan") == tree(work / "whole")


def halve_marker(out: Path) -> None:
    path = out / "done" / "part-00001.json"
    path.write_bytes(path.read_bytes()[:20])


def halve_manifest(out: Path) -> None:
    path = out / "manifest" / "part-00002.jsonl"
    path.write_bytes(path.read_bytes()[:-30])


def halve_results(out: Path) -> None:
    path = out / "jsonl" / "part-00000.jsonl"
    path.write_bytes(path.read_bytes()[:1000])


def empty_xml(out: Path) -> None:
    next((out / "xml" / "part-00003").iterdir()).write_bytes(b"")


def lose_table(out: Path) -> None:
    (out / "parquet" / "ISSUERS" / "part-00001.parquet").unlink()


def lose_database(out: Path) -> None:
    (out / "filings.sqlite").unlink()


@pytest.mark.parametrize(
    "damage",
    [halve_marker, halve_manifest, halve_results, empty_xml, lose_table, lose_database],
    ids=lambda f: f.__name__,
)
def test_what_a_power_cut_leaves_is_made_good(damage: Callable[[Path], None], work: Path) -> None:
    shutil.rmtree(work / "cut", ignore_errors=True)
    shutil.copytree(work / "whole", work / "cut")
    damage(work / "cut")
    before = {path: path.read_bytes() for path in (work / "cut").rglob("*") if path.is_file()}
    formd_batch("in", "-o", "cut", *OPTIONS, cwd=work, code=1)
    assert before != {path: path.read_bytes() for path in (work / "cut").rglob("*") if path.is_file()}
    assert tree(work / "cut") == tree(work / "whole")


def test_journals_that_a_power_cut_tore_are_good_up_to_there(work: Path, length: float) -> None:
    shutil.rmtree(work / "torn", ignore_errors=True)
    process = start("in", "-o", "torn", *OPTIONS, cwd=work)
    time.sleep(length * 0.6)
    end(process)
    for number, journal in enumerate(sorted((work / "torn" / ".formd").rglob("*.log"))):
        data = journal.read_bytes()
        journal.write_bytes(data[: len(data) * 2 // 3] + (bytes(500) if number % 2 else b""))
    formd_batch("in", "-o", "torn", *OPTIONS, cwd=work, code=1)
    assert tree(work / "torn") == tree(work / "whole")


def test_a_full_disk_stops_the_run_and_loses_nothing(work: Path) -> None:
    shutil.rmtree(work / "full", ignore_errors=True)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        process = start("in", "-o", "full", *OPTIONS, cwd=work)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "run the same command again" in errors
    formd_batch("in", "-o", "full", *OPTIONS, cwd=work, code=1)
    assert tree(work / "full") == tree(work / "whole")


def test_ctrl_c_ends_after_the_documents_in_hand_and_writes_the_manifest(work: Path, length: float) -> None:
    shutil.rmtree(work / "stopped", ignore_errors=True)
    process = start("in", "-o", "stopped", *OPTIONS, cwd=work)
    deadline = time.monotonic() + 30
    while not list((work / "stopped" / ".formd").rglob("*.log")) and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped before the end" in said
    kept = rows(work / "stopped") + rows_of_unfinished(work / "stopped")
    assert said.startswith(f"{len(kept)} inputs")
    formd_batch("in", "-o", "stopped", *OPTIONS, cwd=work, code=1)
    assert tree(work / "stopped") == tree(work / "whole")


def test_ctrl_c_twice_ends_at_once_and_loses_nothing(work: Path) -> None:
    shutil.rmtree(work / "twice", ignore_errors=True)
    shutil.rmtree(work / "slow", ignore_errors=True)
    (work / "slow").mkdir()
    for number in range(4):
        (work / "slow" / f"{number}.txt").write_bytes(b"PLANTED LOOP" if number % 2 else b"nothing")
    process = start("slow", "in", "-o", "twice", *OPTIONS, "--timeout", "50", cwd=work)
    deadline = time.monotonic() + 60
    while not is_seen(work / "twice", b"PLANTED LOOP") and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    time.sleep(1)
    assert process.poll() is None  # a document is in hand that does not end
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert not workers_of(process)
    for number in range(4):
        (work / "slow" / f"{number}.txt").write_bytes(b"nothing")
    formd_batch("slow", "in", "-o", "twice", *OPTIONS, cwd=work, code=1)
    formd_batch("slow", "in", "-o", "once", *OPTIONS, cwd=work, code=1)
    assert tree(work / "twice") == tree(work / "once")


@pytest.mark.parametrize("moment", [0.1, 0.4, 0.7])
def test_a_run_outlives_the_server_of_its_workers(moment: float, work: Path, length: float) -> None:
    shutil.rmtree(work / "server", ignore_errors=True)
    process = start("in", "-o", "server", *OPTIONS, cwd=work)
    time.sleep(moment * length)
    for server in servers_of(process):
        os.kill(server, signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == 1
    assert tree(work / "server") == tree(work / "whole")


def rows_of_unfinished(out: Path) -> list[str]:
    return [line for part in (out / "manifest").glob("partial-*") for line in part.read_text("utf-8").splitlines()]


def test_two_runs_do_not_write_to_one_folder(work: Path) -> None:
    shutil.rmtree(work / "held", ignore_errors=True)
    process = start("in", "-o", "held", *OPTIONS, cwd=work)
    try:
        deadline = time.monotonic() + 30
        while not list((work / "held").rglob("*.log")) and time.monotonic() < deadline:
            time.sleep(0.02)
        other = start("in", "-o", "held", *OPTIONS, cwd=work)
        _, errors = other.communicate(timeout=60)
        assert other.returncode == 1
        assert "another run" in errors
        process.communicate(timeout=60)
    finally:
        end(process)
    assert tree(work / "held") == tree(work / "whole")

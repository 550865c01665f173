"""Runs on a Dask cluster leave what local runs leave, also when its workers die."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batches import end, environment, formd_batch, many, rows, start, tree

OPTIONS = ("--to", "jsonl,parquet,tsv,sqlite", "--shard", "7", "--timeout", "20")

CLUSTER = """
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of filings and bad documents, and the results of a local run."""
    folder = tmp_path_factory.mktemp("cluster") / "work"
    many(folder / "in", 24)
    (folder / "in" / "00003.xml").write_bytes(b"PLANTED CRASH")
    (folder / "in" / "00011.xml").write_bytes(b"nothing")
    formd_batch("in", "-o", "local", *OPTIONS, cwd=folder, code=1)
    return folder


@pytest.fixture(scope="module")
def address(work: Path) -> Iterator[str]:
    """The scheduler of a cluster of two processes."""
    (work.parent / "cluster.py").write_text(CLUSTER, encoding="utf-8")
    plant = environment(work.with_name(f"{work.name}-plant"))
    process = subprocess.Popen(
        [sys.executable, str(work.parent / "cluster.py")],
        cwd=work,
        env={**plant, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        end(process)


def test_a_cluster_leaves_the_tables_of_a_local_run(work: Path, address: str) -> None:
    formd_batch("in", "-o", "cluster", *OPTIONS, "--cluster", address, cwd=work, code=1)
    assert tree(work / "cluster") == tree(work / "local")
    again = formd_batch("in", "-o", "cluster", *OPTIONS, cwd=work, code=1)
    assert "24 were done before" in again


def dask_workers(address: str, folder: Path) -> list[int]:
    """The processes of the cluster's workers, as the cluster tells them."""
    code = f"import os; from distributed import Client; print(*Client({address!r}, timeout=60).run(os.getpid).values())"
    said = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert said.returncode == 0, said.stderr
    return [int(pid) for pid in said.stdout.split()]


def test_a_worker_of_the_cluster_that_dies_loses_nothing(work: Path, address: str) -> None:
    shutil.rmtree(work / "cluster", ignore_errors=True)
    victims = dask_workers(address, work)
    assert len(victims) == 2
    process = start("in", "-o", "cluster", *OPTIONS, "--cluster", address, cwd=work)
    try:
        while not list((work / "cluster").rglob("*.log")) and process.poll() is None:
            time.sleep(0.02)
        os.kill(victims[0], signal.SIGKILL)
        said = process.communicate(timeout=120)
    finally:
        end(process)
    assert process.returncode == 1, said
    assert tree(work / "cluster") == tree(work / "local")


def test_a_document_that_kills_workers_of_the_cluster_is_found_and_passed_over(work: Path, address: str) -> None:
    shutil.copytree(work / "in", work / "murder")
    (work / "murder" / "00009.xml").write_bytes(b"PLANTED MURDER")
    formd_batch("murder", "-o", "killed", *OPTIONS, "--cluster", address, cwd=work, code=1, timeout=300)
    found = {row["input"]: (row["status"], row["error"]) for row in rows(work / "killed")}
    assert len(found) == 24
    assert found["murder/00009.xml"] == ("failed", "KilledWorkers")
    assert [name for name, (status, _) in found.items() if not status.startswith("done")] == [
        f"murder/{number}.xml" for number in ("00003", "00009", "00011")
    ]


def test_dask_is_not_loaded_without_a_cluster(tmp_path: Path) -> None:
    many(tmp_path / "in", 2)
    code = "import sys; from extractor.cli import app; app(sys.argv[1:], standalone_mode=False)"
    report = "; print(sorted({'distributed', 'dask', 'fsspec', 'pyarrow'} & set(sys.modules)))"
    command = [sys.executable, "-c", code + report, "batch", "in", "-o", "out", "--quiet"]
    result = subprocess.run(
        command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True, env=environment(tmp_path / "plant")
    )
    assert result.stdout.splitlines()[-1] == "[]"

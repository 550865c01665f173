"""The benchmark runs and reports; it asserts nothing about time."""

from pathlib import Path

from extractor.extract import extract_text
from extractor.outputs.render import TextStyle, render_text
from tests.benchmarks import accuracy, batch
from tests.benchmarks.speed import PAGE, SAMPLE, report
from tests.benchmarks.varied import varied_filings
from tests.truth import differences


def test_the_speed_benchmark_reports_every_stage_of_every_format() -> None:
    lines = report(rounds=1).splitlines()
    titles = [f"{SAMPLE}.txt", f"{PAGE}.txt", f"{PAGE}.html", "20 filings with answers of their own, text"]
    assert [line for line in lines if not line.startswith(" ")] == titles
    names = [line[2:21].strip() for line in lines if line.startswith(" ")]
    assert {names.count(stage) for stage in ("sniff and decode", "read", "find", "build")} == {3}
    assert {names.count(stage) for stage in ("read lines", "recollect", "build again", "findings")} == {2}
    assert {names.count(contestant) for contestant in ("lxml and Filing", "extract", "to lxml and Filing")} == {4}


def test_the_batch_benchmark_tells_what_a_run_adds(tmp_path: Path) -> None:
    lines = batch.overhead(tmp_path, 40, rounds=1, kinds=["txt", "xml"]).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["txt, 40 documents", "xml, 40 documents"]
    for way in ("extract", "by hand to jsonl", "run to nothing", "run to parquet", "run to sqlite"):
        assert sum(line.strip().startswith(way) for line in lines) == 2


def test_the_batch_benchmark_tells_time_and_memory_of_runs(tmp_path: Path) -> None:
    assert batch.start(tmp_path, 1).startswith("one document: ")
    lines = batch.scaling(tmp_path, 20, rounds=1, kinds=["pdf"]).splitlines()
    assert [line.split()[0] for line in lines] == ["pdf,", "extract", "extract"]
    first, again = batch.large(tmp_path, 30).splitlines()
    assert first.startswith("to Parquet: 30 inputs")
    assert "parent" in again
    assert "worker" in first
    assert "worker" not in again
    assert batch.resume(tmp_path, 30).startswith("first: 30 inputs")


def test_filings_with_answers_of_their_own_are_read_as_they_are() -> None:
    for filing in varied_filings(11, seed=3):
        seen = extract_text(render_text(filing, TextStyle()))
        assert differences(filing, seen.filing) == []


def test_the_accuracy_benchmark_tells_what_it_took() -> None:
    assert accuracy.report(60).startswith("60 filings in ")

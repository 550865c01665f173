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


def test_the_batch_benchmark_reports_overhead_and_throughput(tmp_path: Path) -> None:
    lines = batch.report(tmp_path, 4, rounds=1).splitlines()
    titles = ["text, a document", "xml, a document", "text, 4 filings", "pdf, 1 filings"]
    assert [line for line in lines if not line.startswith(" ")] == titles
    assert sum("run to parquet" in line for line in lines) == 2
    assert sum("filings/s" in line for line in lines) == 4


def test_filings_with_answers_of_their_own_are_read_as_they_are() -> None:
    for filing in varied_filings(11, seed=3):
        seen = extract_text(render_text(filing, TextStyle()))
        assert differences(filing, seen.filing) == []


def test_the_accuracy_benchmark_tells_what_it_took() -> None:
    assert accuracy.report(60).startswith("60 filings in ")

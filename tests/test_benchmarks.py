"""The benchmark runs and reports; it asserts nothing about time."""

from tests.benchmarks.speed import PAGE, SAMPLE, report


def test_the_speed_benchmark_reports_every_stage_of_every_format() -> None:
    lines = report(rounds=1).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [f"{SAMPLE}.txt", f"{PAGE}.txt", f"{PAGE}.html"]
    for stage in ("lxml and Filing", "extract", "sniff and decode", "read", "find", "build", "ratio"):
        assert sum(line.strip().startswith(stage) for line in lines) == 3

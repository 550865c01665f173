"""Prints of our own samples in some of the ways of `tests.prints`, read by each engine."""

from pathlib import Path

import pytest

from tests.browser import browser
from tests.prints import ENGINES, WAYS, Way, main, print_all, read

SAMPLES = Path(__file__).parents[1] / "samples"
CHOSEN = [way for way in WAYS if str(way) in {"60% a4 none", "80% letter wide lines", "120% letter wide"}]


@pytest.mark.parametrize("way", CHOSEN, ids=str)
@pytest.mark.parametrize("sample", ["mercer-street-credit", "five-rivers-programs"])
def test_a_print_is_read_right(sample: str, way: Way, tmp_path: Path) -> None:
    browser()
    (one,) = print_all([SAMPLES / f"{sample}.xml"], [way], tmp_path)
    for engine in ENGINES:
        scored, faults = read(one, engine)
        assert (scored.perfect, faults) == (1, [])


def test_each_way_differs() -> None:
    assert (len(CHOSEN), len(set(map(str, WAYS))), len(WAYS)) == (3, 48, 48)


def test_a_folder_without_filings_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "expected XML files" in capsys.readouterr().err

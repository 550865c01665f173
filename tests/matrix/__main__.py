"""`python -m tests.matrix XMLDIR`: the table; exits with 1 where a floor is missed."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.matrix.converters import FORMATS, Format
from tests.matrix.floors import missed, read_floors
from tests.matrix.renderings import Rendering, render
from tests.matrix.scores import Score, score

HEAD = "format                   filings  fields  right %  wrong missing silent perfect %"


def run(form: Format, renderings: Sequence[Rendering]) -> tuple[Score, list[str]]:
    """The score of a format over all filings, and all faults; the conversions are kept in the filings' folders."""
    total = Score()
    faults: list[str] = []
    for rendering in renderings:
        document = form.convert(rendering)
        (rendering.room / f"{form.name.replace(' ', '_')}.out").write_bytes(document)
        one, lines = score(rendering.truth, document)
        total += one
        faults.extend(f"{rendering.name}: {line}" for line in lines)
    return total, faults


def row(name: str, score: Score) -> str:
    """A line of the table."""
    return (
        f"{name:24} {score.filings:7} {score.fields:7} {score.right_share:8.2f} {score.wrong:6} {score.missing:7} "
        f"{score.silent:6} {score.perfect_share:9.1f}"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 where a floor is missed, 2 where there is nothing to read, else 0."""
    options = _parser().parse_args(arguments)
    paths = sorted(options.folder.glob("*.xml"))
    if not paths:
        sys.stderr.write(f"{options.folder}: expected XML files of filings, seen none\n")
        return 2
    chosen = [form for form in FORMATS if not options.only or any(form.name.startswith(o) for o in options.only)]
    with tempfile.TemporaryDirectory(prefix="formd-matrix-", ignore_cleanup_errors=True) as room:
        renderings = render(paths, options.keep or Path(room))
        scores = _table(chosen, renderings, faults=options.faults)
    lines = missed(scores, read_floors())
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return int(bool(lines))


def _table(forms: Sequence[Format], renderings: Sequence[Rendering], *, faults: bool) -> dict[str, Score]:
    scores: dict[str, Score] = {}
    sys.stdout.write(f"{HEAD}\n")
    for form in forms:
        if lack := form.missing():
            sys.stdout.write(f"{form.name:24} skipped: {lack} is not installed\n")
            continue
        scores[form.name], lines = run(form, renderings)
        sys.stdout.write(f"{row(form.name, scores[form.name])}\n")
        sys.stdout.writelines(f"    {line}\n" for line in lines if faults)
        sys.stdout.flush()
    return scores


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder of EDGAR's XML files of filings")
    parser.add_argument("--only", nargs="+", metavar="FORMAT", help="the formats whose names begin so")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep every rendering in DIR, to look at")
    parser.add_argument("--faults", action="store_true", help="list what is not right; silent faults have a !")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

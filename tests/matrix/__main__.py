"""`python -m tests.matrix XMLDIR`: the table; exits with 1 where a floor is missed."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extractor.model import Filing
from tests.matrix.converters import FORMATS, Format
from tests.matrix.floors import missed, raised, read_floors, write_floors
from tests.matrix.generated import KINDS, generated
from tests.matrix.renderings import Rendering, filings_of, is_printable, render
from tests.matrix.scores import Score, score

HEAD = "format                   filings  fields  right %  wrong missing silent perfect %"


def run(form: Format, renderings: Sequence[Rendering]) -> tuple[Score, list[str]]:
    """The score of a format over all filings, and all faults; the conversions are kept in the filings' folders.

    What is made of prints leaves out the filings with letters that print fonts lack: they leave no trace there.
    """
    total = Score()
    faults: list[str] = []
    for rendering in (one for one in renderings if not form.printed or is_printable(one.truth)):
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
    """Print a table for each folder; 1 where a floor is missed, 2 where there is nothing to read, else 0."""
    options = _parser().parse_args(arguments)
    sets = {str(folder): filings_of(folder) for folder in options.folders}
    if options.generated:
        sets[f"generated-{options.seed}"] = generated(options.generated, options.seed, options.kind)
    for name in [name for name, filings in sets.items() if not filings] or ([] if sets else ["no folder"]):
        sys.stderr.write(f"{name}: expected XML files of filings, seen none\n")
        return 2
    runs = [_run_all(name, filings, options) for name, filings in sets.items()]
    floors = read_floors()
    lines = [line for scores in runs for line in missed(scores, floors)]
    sys.stdout.writelines(f"{line}\n" for line in lines)
    if options.update_floors:
        write_floors(raised(floors, runs))
    return int(bool(lines))


def _run_all(name: str, filings: Sequence[tuple[str, Filing]], options: argparse.Namespace) -> dict[str, Score]:
    """The scores of some filings by format, printed as a table."""
    chosen = [form for form in FORMATS if not options.only or any(form.name.startswith(o) for o in options.only)]
    sys.stdout.write(f"{name}: {len(filings)} filings\n")
    with tempfile.TemporaryDirectory(prefix="formd-matrix-", ignore_cleanup_errors=True) as room:
        renderings = render(filings, options.keep or Path(room))
        return _table(chosen, renderings, faults=options.faults)


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
    parser.add_argument("folders", type=Path, nargs="*", metavar="XMLDIR", help="folders of EDGAR's XML of filings")
    parser.add_argument("--generated", type=int, default=0, metavar="N", help="N filings drawn at random, too")
    parser.add_argument("--seed", type=int, default=0, help="of these filings; the same seed gives the same filings")
    parser.add_argument("--kind", choices=sorted(KINDS), default="plain", help="what these filings are made of")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors that all folders are above")
    parser.add_argument("--only", nargs="+", metavar="FORMAT", help="the formats whose names begin so")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep every rendering in DIR, to look at")
    parser.add_argument("--faults", action="store_true", help="list what is not right; silent faults have a !")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

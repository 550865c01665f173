"""What docs/ says is so."""

from pathlib import Path

import pytest
import regex

import extractor
from extractor.finding import ProblemKind
from extractor.outputs.explain import described
from extractor.outputs.paths import is_field

ENTRY = regex.compile(
    r"^\#\#\ (?P<kind>[^\n]+)\n .*? ^```diff\n (?P<diff>.*?) ^```\n .*? ^```text\n (?P<said>.*?) ^```$",
    regex.VERBOSE | regex.DOTALL | regex.MULTILINE,
)
PROBLEMS = (Path(__file__).parents[1] / "docs" / "problems.md").read_text(encoding="utf-8")
ENTRIES = {match["kind"]: (match["diff"], match["said"]) for match in ENTRY.finditer(PROBLEMS)}


def changed(text: str, diff: str) -> str:
    """The text with the lines marked "-" replaced by those marked "+"; white space at the ends of lines is nothing."""
    old = [line[1:].rstrip() for line in diff.splitlines() if line.startswith("-")]
    new = [line[1:] for line in diff.splitlines() if line.startswith("+")]
    lines = text.split("\n")
    bare = [line.rstrip() for line in lines]
    at = next(number for number in range(len(lines)) if bare[number : number + len(old)] == old)
    return "\n".join([*lines[:at], *new, *lines[at + len(old) :]])


def test_every_kind_of_problem_is_explained() -> None:
    assert list(ENTRIES) == [str(kind) for kind in ProblemKind]


@pytest.mark.parametrize("kind", ENTRIES)
def test_each_example_gives_the_problems_shown(kind: str, root: Path) -> None:
    diff, said = ENTRIES[kind]
    sample = (root / "samples" / "alder-creek-robotics.txt").read_text(encoding="utf-8")
    problems = extractor.extract_text(changed(sample, diff)).problems
    assert kind in {problem.kind for problem in problems}
    assert [f"{problem.path}: {described(problem)}" for problem in problems] == said.splitlines()


def test_the_example_has_no_problem_unless_changed(root: Path) -> None:
    assert extractor.extract(root / "samples" / "alder-creek-robotics.txt").problems == ()


def test_every_path_in_the_description_of_the_output_is_one(root: Path) -> None:
    text = (root / "docs" / "output.md").read_text(encoding="utf-8")
    paths = regex.findall(r"`([a-z_0-9]+(?:\[\d+\])?(?:[.=][^`\n]*)+)`", text)
    assert len(paths) > 5
    assert [path for path in paths if not (is_field(path) or path.startswith("extractor."))] == []

"""What docs/ says is so."""

import importlib
import tomllib
from pathlib import Path

import pytest
import regex
import typer
from typer.core import TyperCommand, TyperGroup

import extractor
from extractor.batch.command import KINDS
from extractor.cli import app
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


BATCH = (Path(__file__).parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")
BLOCK = regex.compile(r"^```(?P<language>\w+)\n(?P<body>.*?)^```$", regex.DOTALL | regex.MULTILINE)
BLOCKS = [(match["language"], match["body"]) for match in BLOCK.finditer(BATCH)]


def batch_command() -> TyperCommand:
    """The command line of `formd batch`."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    command = group.commands["batch"]
    assert isinstance(command, TyperCommand)
    return command


def test_the_job_for_kubernetes_runs_a_command_that_there_is() -> None:
    yaml = importlib.import_module("yaml")
    [job] = [yaml.safe_load(body) for language, body in BLOCKS if language == "yaml"]
    pod = job["spec"]["template"]["spec"]
    assert (job["apiVersion"], job["kind"], pod["restartPolicy"]) == ("batch/v1", "Job", "Never")
    [container] = pod["containers"]
    script, command, *arguments = container["command"] + container["args"]
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert (script in project["project"]["scripts"], command) == (True, "batch")
    parsed = batch_command().make_context("batch", [*arguments]).params
    assert parsed["inputs"] == ["s3://bucket/in"]
    assert set(parsed["to"].split(",")) <= set(KINDS)
    [cluster] = [body for _, body in BLOCKS if "KubeCluster(" in body]
    assert f'name="{parsed["cluster"].removeprefix("tcp://").removesuffix("-scheduler:8786")}"' in cluster
    assert f'image="{container["image"]}"' in cluster


def test_every_option_that_the_batch_story_names_is_one() -> None:
    named = set(regex.findall(r"(?<![\w-])--[a-z][a-z-]+", BATCH))
    others = {"--scheduler", "--nworkers", "--nthreads"}  # of `dask ssh`
    assert len(named - others) > 8
    assert named - others <= {name for one in batch_command().params for name in one.opts}


def test_recipes_in_python_can_be_parsed() -> None:
    recipes = [body for _, body in BLOCKS if body.startswith(("from ", "import "))]
    assert len(recipes) == 2
    for recipe in recipes:
        compile(recipe, "recipe", "exec")

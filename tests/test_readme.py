"""README's commands and examples do what README says."""

import doctest
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = regex.compile(r"^```(?P<kind>\w+)\n(?P<text>.*?)^```$", regex.DOTALL | regex.MULTILINE)


PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted((ROOT / "docs").glob("*.md"))}


def blocks(kind: str, text: str = README) -> list[str]:
    return [match["text"] for match in BLOCK.finditer(text) if match["kind"] == kind]


def examples(text: str = README) -> list[tuple[str, str]]:
    """The commands of the console blocks, each with what it prints."""
    sessions = (regex.split(r"^\$ ", block, flags=regex.MULTILINE)[1:] for block in blocks("console", text))
    return [(command, said) for session in sessions for command, _, said in (part.partition("\n") for part in session)]


@pytest.fixture
def workplace(root: Path, tmp_path: Path) -> Path:
    """A directory with the samples, and with the `formd` of this tree in its bin/."""
    shutil.copytree(root / "samples", tmp_path / "samples")
    program = tmp_path / "bin" / "formd"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{root}" exec "{sys.executable}" -m extractor "$@"\n')
    program.chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(("command", "said"), examples(), ids=[command for command, _ in examples()])
def test_a_command_prints_what_readme_shows(command: str, said: str, workplace: Path) -> None:
    assert_prints(command, said, workplace)


@pytest.mark.parametrize("page", [page for page, text in PAGES.items() if examples(text)])
def test_the_commands_of_a_page_print_what_it_shows_one_after_the_other(page: str, workplace: Path) -> None:
    for command, said in examples(PAGES[page]):
        assert_prints(command, said, workplace)


def test_the_questions_in_sql_have_the_answers_that_readme_shows(workplace: Path) -> None:
    assert_prints("formd batch samples/*.xml -o out --to sqlite --quiet", "", workplace)
    [block] = blocks("sql")
    with closing(sqlite3.connect(workplace / "out" / "filings.sqlite")) as database:
        for question in block.strip().split("\n\n"):
            lines = question.splitlines()
            query = "\n".join(line for line in lines if not line.startswith("--"))
            answer = [line.removeprefix("-- ") for line in lines[1:] if line.startswith("--")]
            assert [" | ".join(map(str, row)) for row in database.execute(query)] == answer


def assert_prints(command: str, said: str, workplace: Path) -> None:
    env = {**os.environ, "PATH": f"{workplace / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    shell = ["bash", "-c", command]
    result = subprocess.run(
        shell, cwd=workplace, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    assert result.returncode == 0
    assert doctest.OutputChecker().check_output(said, result.stdout, doctest.ELLIPSIS), result.stdout


def test_the_python_examples_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "README.md", "README.md", 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("page", [page for page, text in PAGES.items() if blocks("python", text)])
def test_the_python_examples_of_a_page_run(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python", PAGES[page])), {}, page, page, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_two_commands_do_all_set_up() -> None:
    run, test = (block.strip() for block in blocks("sh"))
    assert "\n" not in run + test
    for command in (run, test):
        made, installed, used = command.split(" && ")
        assert made == "python3 -m venv --without-pip .venv"
        assert installed.startswith("python3 -m pip --python .venv install ")
        assert used.startswith(".venv/bin/")
    assert (ROOT / run.split("extract ")[1].split()[0]).is_file()


def test_ci_runs_the_test_command_of_readme() -> None:
    pattern = r"&& \.venv/bin/python -m pytest( |$)"
    assert pattern in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [line for line in README.splitlines() if regex.search(pattern, line)] == [blocks("sh")[1].strip()]


def test_links_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in regex.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"

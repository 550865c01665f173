"""The rooms of the package, and what a tree that is handed on must not hold."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "extractor"

ORDER = (
    "errors",
    "source",
    "model",
    "finding",
    "form",
    "values",
    "kinds",
    "braids",
    "divide",
    "readers",
    "engine",
    "checks",
    "assemble",
    "named",
    "opinions",
    "extract",
    "outputs",
    "golden",
    "accuracy",
    "batch",
    "cli",
)
"""The rooms; each imports only from rooms before it."""

APART = {("engine", "readers"), ("readers", "form")}
"""Rooms that do not import each other, though the order would let them."""

BRIDGES = {("extractor.readers.edgar", "form"), ("extractor.readers.edgar_parts", "form")}
"""EDGAR's XML names its answers: its reader knows the form's elements."""

HEAVY = (
    "pdfplumber",
    "pdfminer",
    "lxml",
    "typer",
    "rich",
    "PIL",
    "pypdfium2",
    "jinja2",
    "vl_convert",
    "scipy",
    "numpy",
)


FILES = sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path) for path in FILES}


def room(module: str) -> str:
    """The room of a module; "" for the package itself."""
    return module.split(".")[1] if "." in module else ""


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == "extractor")
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "extractor":
            for name in node.names:
                if name.name == "__version__":  # the package's own word, of no room
                    continue
                below = f"{node.module}.{name.name}"
                yield below if below in MODULES else str(node.module)


def trespasses(module: str, target: str) -> bool:
    own, other = room(module), room(target)
    if own == other or (module, other) in BRIDGES:
        return False
    return (own, other) in APART or ORDER.index(other) > ORDER.index(own)


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {room(dotted(path)) for path in FILES} - {"", "__main__"}
    assert rooms == set(ORDER)


@pytest.mark.parametrize("path", [path for path in FILES if room(dotted(path)) not in {"", "__main__"}], ids=dotted)
def test_imports_run_one_way(path: Path) -> None:
    module = dotted(path)
    # The command line is the one user of the public API within the package.
    command_line = module in ("extractor.cli", "extractor.batch.command")
    targets = [target for target in imported(path) if target != "extractor" or not command_line]
    assert "extractor" not in targets, "import from the module that defines the name"
    assert [target for target in targets if trespasses(module, target)] == []


def test_the_order_tells_a_trespass_from_a_lawful_import() -> None:
    assert trespasses("extractor.engine.find", "extractor.readers.text")
    assert trespasses("extractor.model", "extractor.assemble")
    assert trespasses("extractor.readers.html", "extractor.form.items")
    assert not trespasses("extractor.readers.edgar", "extractor.form.elements")
    assert not trespasses("extractor.cli", "extractor.outputs.table")


def loaded_after(code: str) -> set[str]:
    """The top packages that a fresh interpreter has loaded after some code."""
    report = "\nimport sys; print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    result = subprocess.run(
        [sys.executable, "-c", code + report], cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    )
    return set(result.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_no_heavy_library() -> None:
    assert loaded_after("import extractor").isdisjoint(HEAVY)


def test_reading_text_loads_no_library_for_pdf_or_the_terminal(sample: Path) -> None:
    code = f"import extractor; extractor.extract({str(sample)!r})"
    assert loaded_after(code).isdisjoint({"pdfplumber", "pdfminer", "PIL", "pypdfium2", "typer", "rich"})


def test_help_loads_typer_alone() -> None:
    loaded = loaded_after("from extractor.cli import app\napp(['--help'], standalone_mode=False)")
    assert "typer" in loaded
    assert loaded.isdisjoint(set(HEAVY) - {"typer"})


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def forbidden() -> regex.Pattern[str]:
    # Put together from parts, so that this file does not hold what it looks for.
    hosts = ["pypi" + r"\.org", "python" + "hosted", "npm" + "js", "debian" + r"\.org", "crates" + r"\.io"]
    machine = [
        r"(?<![\w.~])/" + name + "/" for name in ("work", "root", "farm", "home/[a-z]", "Users/[A-Z]", "tmp/[a-z]")
    ]
    return regex.compile("|".join(hosts + machine))


def test_no_file_names_a_machine_or_a_registry() -> None:
    pattern = forbidden()
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked()
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


@pytest.mark.parametrize("text", ["see /wo" + "rk/main", "https://py" + "pi.org/simple", "'/ro" + "ot/.cache'"])
def test_the_look_for_machines_and_registries_sees_them(text: str) -> None:
    assert forbidden().search(text)

"""The public names."""

import ast
import subprocess
import sys
from pathlib import Path

import extractor
from extractor.extract import extract as function


def typed_names(root: Path) -> set[str]:
    """The names that type checkers see in the package."""
    tree = ast.parse((root / "extractor" / "__init__.py").read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    return {name.name for node in guarded.body if isinstance(node, ast.ImportFrom) for name in node.names}


def test_every_public_name_is_there_and_known_to_type_checkers(root: Path) -> None:
    assert typed_names(root) | {"__version__"} == set(extractor.__all__)
    assert all(getattr(extractor, name) is not None for name in extractor.__all__)
    assert set(extractor.__all__) <= set(dir(extractor))


def test_all_errors_are_public(root: Path) -> None:
    tree = ast.parse((root / "extractor" / "errors.py").read_text(encoding="utf-8"))
    assert {node.name for node in tree.body if isinstance(node, ast.ClassDef)} <= set(extractor.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(extractor, "extrcat")


def test_extract_is_the_function_whatever_was_imported_before() -> None:
    assert extractor.extract is function
    code = (
        "import extractor, extractor.extract, extractor.outputs.table\n"
        "from extractor.extract import Extraction\n"
        "assert callable(extractor.extract) and extractor.Extraction is Extraction"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

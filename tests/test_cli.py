"""`formd` as a user meets it."""

import errno
import json
import os
import runpy
import socket
import stat
import subprocess
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest
from jsonschema import Draft202012Validator

import extractor
from extractor.cli import attach_field
from extractor.finding import ProblemKind
from tests.conftest import Formd

SOLD = "offering_sales_amounts.total_amount_sold"


@pytest.fixture
def clean(root: Path) -> Path:
    """A filing without a problem."""
    return root / "samples" / "alder-creek-robotics.txt"


@pytest.fixture
def blank_box(clean: Path, tmp_path: Path) -> Path:
    """The same filing with no revenue range checked: with a problem."""
    path = tmp_path / "blank.txt"
    path.write_text(clean.read_text(encoding="utf-8").replace("X $1 - $1,000,000", "$1 - $1,000,000"))
    return path


def process(root: Path, *arguments: str | Path, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """`formd` in a process of its own."""
    command = [sys.executable, "-m", "extractor", *map(str, arguments)]
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8", cwd=root, check=False)


def test_one_input_gives_one_object(formd: Formd, sample: Path) -> None:
    code, out, err = formd("extract", sample)
    assert (code, err) == (0, "")
    parsed = json.loads(out)
    assert list(parsed) == ["name", "format", "facts", "filing", "boxes", "findings", "problems", "leftovers"]
    assert parsed["name"] == str(sample)
    assert parsed["filing"]["primary_issuer"]["cik"] == "0001141240"
    assert out == formd("extract", sample).out


def test_several_inputs_give_an_array_in_their_order(formd: Formd, sample: Path, blank_box: Path) -> None:
    code, out, err = formd("extract", blank_box, sample)
    assert (code, err) == (0, "")
    assert [element["name"] for element in json.loads(out)] == [str(blank_box), str(sample)]


def test_the_output_obeys_the_printed_schema(formd: Formd, sample: Path) -> None:
    schema = json.loads(formd("schema").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(formd("extract", sample).out))
    Draft202012Validator(schema).validate(json.loads(formd("extract", sample, sample).out))


def test_standard_input_is_read_once(formd: Formd, sample: Path) -> None:
    code, out, _ = formd("extract", "-", stdin=sample.read_bytes())
    assert code == 0
    assert json.loads(out)["name"] == "-"
    code, _, err = formd("extract", "-", "-")
    assert code == 2
    assert "only once" in err


def test_output_is_utf8_whatever_the_locale(sample: Path, tmp_path: Path) -> None:
    document = tmp_path / "umlaut.txt"
    document.write_text(sample.read_text(encoding="utf-8").replace("Steipp", "Steïpp"), encoding="utf-8")
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    for kind in ("json", "table"):
        command = [sys.executable, "-m", "extractor", "extract", str(document), "--format", kind]
        result = subprocess.run(command, env=env, capture_output=True, check=True, cwd=Path(__file__).parents[1])
        assert "Steïpp" in result.stdout.decode("utf-8")


def test_xml_reads_back_as_the_same_filing(formd: Formd, sample: Path) -> None:
    code, out, err = formd("extract", sample, "--format", "xml")
    assert (code, err) == (0, "")
    filing = extractor.extract(sample).filing
    assert extractor.from_edgar_xml(out).offering_sales_amounts == filing.offering_sales_amounts
    assert extractor.from_edgar_xml(out).related_persons == filing.related_persons


def test_several_inputs_as_xml_go_to_a_directory_under_distinct_names(
    formd: Formd, sample: Path, tmp_path: Path
) -> None:
    other = tmp_path / "in" / sample.name.upper()
    other.parent.mkdir()
    other.write_bytes(sample.read_bytes())
    target = tmp_path / "out" / "xml"
    code, out, err = formd("extract", sample, other, "--format", "xml", "-o", target)
    assert (code, out) == (0, "")
    names = [f"{sample.stem}.xml", f"{other.stem}-2.xml"]
    assert sorted(path.name for path in target.iterdir()) == sorted(names)
    assert err == f"formd: {other}: written as {names[1]}\n"
    assert all(path.read_text(encoding="utf-8").startswith("<?xml") for path in target.iterdir())


def test_one_input_as_xml_may_go_to_a_directory_too(formd: Formd, sample: Path, tmp_path: Path) -> None:
    assert formd("extract", sample, "--format", "xml", "-o", tmp_path).code == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{sample.stem}.xml"]


def test_output_goes_to_a_file_once_it_is_complete(formd: Formd, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    assert formd("extract", sample, "-o", target) == (0, "", "")
    before = target.read_bytes()
    assert json.loads(before)["name"] == str(sample)
    assert formd("extract", tmp_path / "absent", "-o", target).code == 1
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_table_is_plain_and_shows_the_answers(formd: Formd, sample: Path) -> None:
    code, out, err = formd("extract", sample, "--format", "table")
    assert (code, err) == (0, "")
    assert "\x1b" not in out
    for words in ("LIQUIDMETAL TECHNOLOGIES INC", "[X] Decline to Disclose", "$20,000,000 USD", "/s/ Tony Chung"):
        assert words in out


def test_several_tables_stand_apart(formd: Formd, sample: Path) -> None:
    once = formd("extract", sample, "--format", "table").out
    assert formd("extract", sample, sample, "--format", "table").out == f"{once}\n{once}"


def test_explain_shows_one_field_or_all(formd: Formd, sample: Path) -> None:
    code, one, err = formd("extract", sample, "--explain", SOLD)
    assert (code, err) == (0, "")
    assert one.splitlines()[0] == str(sample)
    for words in (f"{SOLD}\n", "  value     0\n", "  raw       ", "  place     line ", "  rule      ", "  certainty "):
        assert words in one
    assert formd("extract", f"--explain={SOLD}", sample).out == one
    whole = formd("extract", "--explain", sample).out
    assert "related_persons[7].related_person_name.last_name" in whole
    assert one.partition("\n\n")[2].strip() in whole
    assert formd("extract", sample, "--explain").out == whole


def test_explain_takes_a_branch_of_the_filing(formd: Formd, sample: Path) -> None:
    out = formd("extract", sample, "--explain", "related_persons[0]").out
    paths = [line for line in out.splitlines()[2:] if line and not line.startswith(" ")]
    assert "related_persons[0].related_person_name.last_name" in paths
    assert "related_persons[0].related_person_relationships=Director" in paths
    assert all(path.startswith("related_persons[0].") for path in paths)


@pytest.mark.parametrize(
    ("field", "nearest"), [("total_amount_sold", SOLD), ("investor", "investors"), ("missing.txt", "formd schema")]
)
def test_an_unknown_field_is_wrong_usage(formd: Formd, sample: Path, field: str, nearest: str) -> None:
    code, out, err = formd("extract", sample, "--explain", field)
    assert (code, out) == (2, "")
    assert nearest in " ".join(err.split())


def test_explain_and_format_exclude_each_other(formd: Formd, sample: Path) -> None:
    code, _, err = formd("extract", sample, "--explain", "--format", "json")
    assert code == 2
    assert "leave out --format" in err


@pytest.mark.parametrize(
    ("given", "attached"),
    [
        (["extract", "a", "--explain"], ["extract", "a", "--explain="]),
        (["extract", "--explain", "--strict", "a"], ["extract", "--explain=", "--strict", "a"]),
        (["extract", "--explain=investors", "a"], ["extract", "--explain=investors", "a"]),
        (["extract", "--explain", "investors", "a"], ["extract", "--explain=investors", "a"]),
    ],
)
def test_the_field_of_explain_may_be_left_out(given: list[str], attached: list[str]) -> None:
    assert attach_field(given) == attached


def test_strict_fails_for_problems_and_only_then(formd: Formd, clean: Path, blank_box: Path) -> None:
    assert formd("extract", clean, "--strict") == (0, formd("extract", clean).out, "")
    assert formd("extract", blank_box).code == 0
    code, out, err = formd("extract", blank_box, "--strict")
    assert code == 1
    kinds = {problem["kind"] for problem in json.loads(out)["problems"]}
    assert ProblemKind.GROUP_CONFLICT in kinds
    assert err == f"formd: {blank_box}: 1 problem\n"


BAD = {
    "empty": b"",
    "blank": b" \n\t\n",
    "jpeg": bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb0043000302020302020303"),
    "truncated-pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< /Ty",
    "10-k": b"UNITED STATES\nSECURITIES AND EXCHANGE COMMISSION\nFORM 10-K\nAnnual report\nItem 1. Business\n" * 20,
    "broken-xml": b"<?xml version='1.0'?><edgarSubmission><schemaVersion>X0708",
    "zip": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(40),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_document_that_cannot_be_read_is_one_clear_line(formd: Formd, tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    path.write_bytes(BAD[kind])
    code, out, err = formd("extract", path)
    assert (code, out) == (1, "")
    assert err.startswith(f"formd: {path}: ")
    assert err.count("\n") == 1
    assert "unexpected" not in err


def test_a_missing_path_and_a_directory_are_one_clear_line_each(formd: Formd, tmp_path: Path) -> None:
    assert formd("extract", tmp_path / "absent") == (
        1,
        "",
        f"formd: {tmp_path / 'absent'}: No such file or directory\n",
    )
    assert formd("extract", tmp_path) == (1, "", f"formd: {tmp_path}: is a directory; name the files in it\n")


def test_a_file_that_may_not_be_read_is_one_clear_line(
    formd: Formd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret"
    path.touch(mode=0)
    if os.access(path, os.R_OK):  # root may read every file
        refusal = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        monkeypatch.setattr(Path, "read_bytes", Mock(side_effect=refusal))
    assert formd("extract", path) == (1, "", f"formd: {path}: Permission denied\n")


def test_a_bad_input_does_not_stop_the_others(formd: Formd, sample: Path, tmp_path: Path) -> None:
    code, out, err = formd("extract", tmp_path / "absent", sample)
    assert code == 1
    assert [element["name"] for element in json.loads(out)] == [str(sample)]
    assert err.count("\n") == 1


def test_an_array_is_whole_even_if_every_input_failed(formd: Formd, tmp_path: Path) -> None:
    code, out, err = formd("extract", tmp_path / "absent", tmp_path / "gone")
    assert (code, json.loads(out), err.count("\n")) == (1, [], 2)


def test_an_unforeseen_error_is_one_line_and_the_rest_go_on(
    formd: Formd, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = extractor.extract(sample)

    def fail_once(path: str, *, engine: str) -> extractor.Extraction:
        if path == "bad":
            raise RuntimeError("line one\nline two \x1b[31m")
        return good

    monkeypatch.setattr(extractor, "extract", fail_once)
    code, out, err = formd("extract", "bad", sample)
    assert (code, len(json.loads(out))) == (1, 1)
    assert err == (
        "formd: bad: unexpected RuntimeError: line one line two \\x1b[31m; this is a fault of formd, please report it\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("extract",), "Missing argument"),
        (("extract", "SAMPLE", "--format", "yaml"), "--format"),
        (("extract", "SAMPLE", "--no-such-option"), "No such option"),
        (("extract", "SAMPLE", "SAMPLE", "--format", "xml"), "need a directory"),
        (("extract", "SAMPLE", "SAMPLE", "--format", "xml", "-o", "SAMPLE"), "need a directory"),
        (("extract", "SAMPLE", "-o", "SAMPLE"), "would overwrite the input"),
        (("extract", "SAMPLE", "-o", "."), "is a directory"),
        (("frobnicate",), "No such command"),
    ],
)
def test_wrong_usage_exits_with_2(formd: Formd, sample: Path, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = formd(*(sample if argument == "SAMPLE" else argument for argument in arguments))
    assert (code, out) == (2, "")
    assert words in " ".join(err.split())


def test_an_xml_is_not_written_over_an_input(formd: Formd, sample: Path, tmp_path: Path) -> None:
    source = tmp_path / "filing.xml"
    source.write_bytes(sample.read_bytes())
    code, _, err = formd("extract", source, "--format", "xml", "-o", tmp_path)
    assert code == 2
    assert "would overwrite the input" in " ".join(err.split())
    assert source.read_bytes() == sample.read_bytes()


def test_a_place_that_cannot_be_written_to_is_one_clear_line(formd: Formd, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "absent" / "out.json"
    assert formd("extract", sample, "-o", target) == (1, "", f"formd: {target}: No such file or directory\n")
    under = sample / "below"
    code, out, err = formd("extract", sample, sample, "--format", "xml", "-o", under)
    assert (code, out, err) == (1, "", f"formd: {under}: Not a directory\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_is_one_clear_line(sample: Path, root: Path) -> None:
    with Path("/dev/full").open("w") as full:
        result = process(root, "extract", sample, stdout=full.fileno())
    assert result.returncode == 1
    assert result.stderr == "formd: standard output: No space left on device\n"


def test_a_reader_that_leaves_early_sees_no_traceback(sample: Path, root: Path) -> None:
    here, there = socket.socketpair()
    there.close()
    with here:
        result = process(root, "extract", sample, sample, stdout=here.fileno())
    assert (result.returncode, result.stderr) == (1, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_named_pipe_is_read_and_stays_one(sample: Path, root: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "extractor", "extract", str(pipe)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as running:
        pipe.write_bytes(sample.read_bytes())
        out, _ = running.communicate(timeout=60)
    assert json.loads(out)["filing"]["primary_issuer"]["cik"] == "0001141240"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_version_and_help(formd: Formd) -> None:
    assert formd("--version") == (0, f"formd {extractor.__version__}\n", "")
    for command in ((), ("extract",), ("schema",)):
        code, out, err = formd(*command, "--help")
        assert (code, err) == (0, "")
        assert "Usage: formd" in out


def test_the_module_is_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["extractor", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("extractor", run_name="__main__")
    assert (ended.value.code, capsys.readouterr().out) == (0, f"formd {extractor.__version__}\n")
    assert process(root, "--version").stdout == f"formd {extractor.__version__}\n"


def test_closed_standard_streams_are_one_clear_line(sample: Path) -> None:
    shell = f'"{sys.executable}" -m extractor extract'
    for command, name in ((f"{shell} - <&-", "-"), (f'{shell} "{sample}" >&-', "standard output")):
        result = subprocess.run(
            ["bash", "-c", command], cwd=sample.parents[1], capture_output=True, encoding="utf-8", check=False
        )
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr == f"formd: {name}: Bad file descriptor\n"

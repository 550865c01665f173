"""`formd batch`: each input has its row, with the right status; the same command again does what is left."""

import hashlib
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

import extractor
from tests.batches import SAMPLES, formd_batch, many, results, rows, statuses, tree
from tests.pdfs import browser, pdf

NAME = "alder-creek-robotics"
TEXT = (SAMPLES / "liquidmetal-2013-11-19.txt").read_bytes()
XML = (SAMPLES / f"{NAME}.xml").read_bytes()


def nasty(folder: Path) -> dict[str, str]:
    """A folder of everything that archives hold, and the status that each must get."""
    folder.mkdir()
    contents: dict[str, tuple[bytes, str]] = {
        "a.txt": (TEXT, "done with problems"),
        "a.html": ((SAMPLES / f"{NAME}.html").read_bytes(), "done"),
        "a.xml": (XML, "done"),
        "a.pdf": ((SAMPLES / f"{NAME}.pdf").read_bytes(), "done"),
        "copy.xml": (XML, "done"),
        "empty.txt": (b"", "refused"),
        "binary.bin": (bytes(range(256)) * 40, "refused"),
        "10-K.txt": (b"UNITED STATES\nFORM 10-K\nANNUAL REPORT\n" * 400, "refused"),
        "truncated.xml": (XML[: len(XML) // 2], "refused"),
        "truncated.pdf": ((SAMPLES / f"{NAME}.pdf").read_bytes()[:3000], "refused"),
        "encrypted.pdf": (pdf(browser(1, 1), password="secret"), "refused"),
        "loop.txt": (b"PLANTED LOOP", "timed out"),
        "crash.txt": (b"PLANTED CRASH", "failed"),
        "exit.txt": (b"PLANTED EXIT", "failed"),
        "hunger.txt": (b"PLANTED HUNGER", "out of memory"),
        "long.txt": (b"line upon line\n" * 100_000, "refused"),
        "broken.zip": (b"PK\x03\x04 and no more", "refused"),
        "broken.tar.gz": (b"\x1f\x8b and no more", "refused"),
    }
    for name, (data, _) in contents.items():
        (folder / name).write_bytes(data)
    expected = {f"in/{name}": status for name, (_, status) in contents.items()}
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "deep" / "er" / "b.xml").write_bytes(XML)
    expected["in/deep/er/b.xml"] = "done"
    (folder / "unreadable.xml").write_bytes(XML)
    (folder / "unreadable.xml").chmod(0)
    (folder / "loop").symlink_to(folder)
    (folder / "self").symlink_to(folder / "self")
    os.mkfifo(folder / "pipe")
    odd = os.fsencode(folder) + b"/n\xff\xe9.xml"
    Path(os.fsdecode(odd)).write_bytes(XML)
    expected |= {
        "in/unreadable.xml": "failed",
        "in/loop": "refused",
        "in/self": "failed",
        "in/pipe": "refused",
        "in/n\udcff\udce9.xml": "done",
    }
    return expected | archives(folder)


def archives(folder: Path) -> dict[str, str]:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("c.xml", XML)
    with zipfile.ZipFile(folder / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x/c.xml", XML)
        archive.writestr("nested.zip", inner.getvalue())
        archive.writestr("zeros.bin", bytes(300 * 2**20))
    for opening, name in ((tarfile.TarFile.taropen, "t.tar"), (tarfile.TarFile.gzopen, "t.tar.gz")):
        with opening(folder / name, "w") as packed:
            for member, data in (("c.xml", XML), ("d.txt", b"")):
                info = tarfile.TarInfo(member)
                info.size = len(data)
                packed.addfile(info, io.BytesIO(data))
    (folder / "rows.jsonl").write_text(
        json.dumps({"text": TEXT.decode()}) + '\n\n{"other": 1}\nno json\n' + json.dumps({"text": ""}) + "\n", "utf-8"
    )
    tars = {f"in/{tar}!{member}": status for tar in ("t.tar", "t.tar.gz") for member, status in (("c.xml", "done"),)}
    tars |= {f"in/{tar}!d.txt": "refused" for tar in ("t.tar", "t.tar.gz")}
    zips = {"in/z.zip!x/c.xml": "done", "in/z.zip!nested.zip": "refused", "in/z.zip!zeros.bin": "refused"}
    lines = {"in/rows.jsonl:1": "done with problems"}
    return tars | zips | lines | {f"in/rows.jsonl:{number}": "refused" for number in (3, 4, 5)}


def test_every_input_of_a_nasty_folder_has_its_row(tmp_path: Path) -> None:
    expected = nasty(tmp_path / "in") | {"absent.txt": "failed", "no*thing": "failed"}
    told = formd_batch(
        *("in", "absent.txt", "no*thing", "-o", "out", "--workers", "2", "--timeout", "10"), cwd=tmp_path, code=1
    )
    out = tmp_path / "out"
    assert statuses(out) == expected
    assert len(rows(out)) == len(expected)
    assert f"{len(expected)} inputs" in told
    assert "timed out: TimedOut 1" in told
    read = {row["input"] for row in rows(out) if row["status"].startswith("done")}
    assert {result["name"] for result in results(out)} == read
    by_name = {row["input"]: row for row in rows(out)}
    assert (by_name["in/crash.txt"]["error"], by_name["in/exit.txt"]["error"]) == ("Crashed", "Killed")
    assert by_name["in/unreadable.xml"]["error"] == "PermissionError"
    assert by_name["in/loop.txt"]["sha256"] == hashlib.sha256(b"PLANTED LOOP").hexdigest()
    assert by_name["in/a.xml"]["sha256"] == by_name["in/copy.xml"]["sha256"]
    assert all(row["message"] for row in by_name.values() if not row["status"].startswith("done"))


def test_a_result_is_what_extract_says(tmp_path: Path) -> None:
    formd_batch(str(SAMPLES / f"{NAME}.xml"), "-o", "out", "--to", "jsonl,xml", cwd=tmp_path)
    [result] = results(tmp_path / "out")
    extraction = extractor.extract(SAMPLES / f"{NAME}.xml")
    assert result["filing"] == extraction.filing.model_dump(mode="json")
    [xml] = (tmp_path / "out" / "xml").rglob("*.xml")
    assert extractor.from_edgar_xml(xml.read_text(encoding="utf-8")) == extraction.filing


def test_numbers_follow_the_order_of_inputs_across_shards(tmp_path: Path) -> None:
    paths = many(tmp_path / "in", 25)
    formd_batch("in", "-o", "out", "--shard", "10", "--workers", "2", cwd=tmp_path)
    manifest = rows(tmp_path / "out")
    assert [row["document"] for row in manifest] == list(range(1, 26))
    assert [row["input"] for row in manifest] == [f"in/{path.name}" for path in paths]
    assert [row["shard"] for row in manifest] == [0] * 10 + [1] * 10 + [2] * 5
    sold = [result["filing"]["offering_sales_amounts"]["total_amount_sold"] for result in results(tmp_path / "out")]
    assert sold == list(range(25))


def test_the_same_command_again_reads_nothing(tmp_path: Path) -> None:
    many(tmp_path / "in", 12)
    formd_batch("in", "-o", "out", cwd=tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("part-*")}
    told = formd_batch("in", "in/*.xml", "-o", "out", cwd=tmp_path)
    assert "12 were done before" in told
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("part-*")} == before


def test_new_and_changed_inputs_are_read_and_stand_once(tmp_path: Path) -> None:
    paths = many(tmp_path / "in", 12)
    formd_batch("in", "-o", "out", "--shard", "5", "--to", "jsonl,xml", cwd=tmp_path)
    paths[3].write_bytes(XML)
    os.utime(paths[4], ns=(1, 1))  # touched, not changed
    (tmp_path / "in" / "00000a.xml").write_bytes(XML)
    told = formd_batch("in", "-o", "out", "--shard", "5", "--to", "jsonl,xml", cwd=tmp_path)
    out = tmp_path / "out"
    assert "11 were done before" in told
    assert len(rows(out)) == len(statuses(out)) == 13
    sold = {result["name"]: result["filing"]["offering_sales_amounts"]["total_amount_sold"] for result in results(out)}
    assert len(results(out)) == len(list((out / "xml").rglob("*.xml"))) == 13
    assert (sold["in/00003.xml"], sold["in/00000a.xml"], sold["in/00004.xml"]) == (2500000, 2500000, 4)


def test_failed_inputs_are_read_again_when_asked(tmp_path: Path) -> None:
    many(tmp_path / "in", 6)
    (tmp_path / "in" / "00002.xml").write_bytes(b"PLANTED EXIT")
    formd_batch("in", "-o", "out", cwd=tmp_path, code=1)
    assert "6 were done before" in formd_batch("in", "-o", "out", cwd=tmp_path, code=1)
    assert "5 were done before" in formd_batch("in", "-o", "out", "--retry-failed", cwd=tmp_path, code=1)
    assert len(rows(tmp_path / "out")) == 6


def test_a_fresh_run_leaves_what_a_first_one_leaves(tmp_path: Path) -> None:
    many(tmp_path / "in", 8)
    formd_batch("in", "-o", "out", cwd=tmp_path)
    first = tree(tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("kept", encoding="utf-8")
    (tmp_path / "in" / "extra.xml").write_bytes(XML)
    formd_batch("in", "-o", "out", cwd=tmp_path)
    (tmp_path / "in" / "extra.xml").unlink()
    formd_batch("in", "-o", "out", "--fresh", cwd=tmp_path)
    assert tree(tmp_path / "out") == first | {"mine.txt": b"kept"}


def test_results_are_not_mixed_with_those_of_another_request(tmp_path: Path) -> None:
    many(tmp_path / "in", 2)
    formd_batch("in", "-o", "out", cwd=tmp_path)
    first = tree(tmp_path / "out")
    formd_batch("in", "-o", "out", "--to", "xml", cwd=tmp_path, code=1)
    formd_batch("in", "-o", "out", "--shard", "7", cwd=tmp_path, code=1)
    assert tree(tmp_path / "out") == first


def test_the_results_are_no_input(tmp_path: Path) -> None:
    many(tmp_path, 3)
    formd_batch(".", "-o", "out", cwd=tmp_path)
    first = statuses(tmp_path / "out")
    formd_batch(".", "-o", "out", cwd=tmp_path)
    assert statuses(tmp_path / "out") == first
    assert not any("out/" in name for name in first)


def test_names_of_members_lead_nowhere(tmp_path: Path) -> None:
    names = ["../../up.xml", "..", "/abs.xml", "a/../../b.xml", "x" * 300 + ".xml", "new\nline\t.xml"]
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for name in names:
            archive.writestr(name, XML)
    (tmp_path / "work").mkdir()
    formd_batch("../z.zip", "-o", "out", "--to", "xml,tsv", cwd=tmp_path / "work")
    assert list(statuses(tmp_path / "work" / "out")) == [f"../z.zip!{name}" for name in names]
    assert len(list((tmp_path / "work" / "out" / "xml" / "part-00000").iterdir())) == len(names)
    assert {path.name for path in tmp_path.iterdir()} == {"work", "work-plant", "z.zip"}
    lines = (tmp_path / "work" / "out" / "tsv" / "INPUTS" / "part-00000.tsv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + len(names)


def test_results_do_not_go_where_the_inputs_are(tmp_path: Path) -> None:
    many(tmp_path / "in", 2)
    formd_batch("in", "-o", "in/../in", cwd=tmp_path, code=2)
    formd_batch("in", "-o", "nosuch://in", cwd=tmp_path, code=2)
    assert {path.name for path in (tmp_path / "in").iterdir()} == {"00000.xml", "00001.xml"}


@pytest.mark.parametrize("options", [["--to", "csv"], ["--workers", "0"], ["--timeout", "0"]])
def test_wrong_usage_is_told_before_anything_is_done(options: list[str], tmp_path: Path) -> None:
    formd_batch("x", "-o", "out", *options, cwd=tmp_path, code=2)
    assert not (tmp_path / "out").exists()


def test_results_that_only_a_worker_sees_are_no_results(tmp_path: Path) -> None:
    many(tmp_path / "in", 3)
    said = formd_batch("in", "-o", "memory://out", cwd=tmp_path, code=1)
    assert "with a result" not in said

"""Opens pages in a real browser and tells what became of them."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from extractor.errors import MissingProgram
from extractor.outputs.page.press import find_browser

SWITCHES = (
    *("--headless", "--disable-gpu", "--disable-quic", "--disable-sync", "--disable-extensions", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
    *("--enable-logging=stderr", "--virtual-time-budget=3000", "--force-device-scale-factor=1"),
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
SCHEMES = {"light": "1", "dark": "0"}


@dataclass(frozen=True, slots=True)
class Opened:
    """A page after its script ran: its elements as HTML, what its console said, what it asked the network for."""

    dom: str
    console: tuple[str, ...]
    asked: tuple[str, ...]


def browser() -> str:
    """The browser's path; without one, the test is skipped."""
    try:
        return find_browser()
    except MissingProgram as error:
        pytest.skip(str(error))


def has_browser() -> bool:
    """Whether there is a browser."""
    try:
        return bool(find_browser())
    except MissingProgram:
        return False


needs_browser = pytest.mark.skipif(not has_browser(), reason="no Chromium is installed")


def open_page(page: Path, fragment: str, room: Path) -> Opened:
    """Open a page at a part of it, in a browser whose network is recorded."""
    log = room / "network.json"
    done = _run(room, "--dump-dom", f"--log-net-log={log}", page.as_uri() + fragment)
    said = tuple(line for line in done.stderr.splitlines() if ":CONSOLE" in line)
    return Opened(done.stdout, said, _asked(log))


def shoot(page: Path, target: Path, scheme: Literal["light", "dark"], size: tuple[int, int]) -> None:
    """Take a picture of the top of a page."""
    width, height = size
    look = f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"
    _run(target.parent, look, f"--window-size={width},{height}", f"--screenshot={target}", page.as_uri())


def command_of(profile: Path, *arguments: str) -> list[str]:
    """The command that starts the browser with a profile of its own."""
    root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []  # root has no sandbox to start
    return [browser(), *SWITCHES, *root, f"--user-data-dir={profile}", *arguments]


def _run(room: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    profile = room / "profile"
    command = command_of(profile, *arguments)
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=True)
    shutil.rmtree(profile, ignore_errors=True)
    return done


def _asked(log: Path) -> tuple[str, ...]:
    """The addresses that the page asked for; what the browser asks for on its own has no page as its initiator."""
    text = log.read_text(encoding="utf-8", errors="replace").rstrip()
    events = json.loads(text if text.endswith("}") else text.rstrip(",") + "]}")["events"]
    asked = [event["params"] for event in events if "url" in event.get("params", {})]
    addresses = {str(one["url"]) for one in asked if one.get("initiator", "not an origin") != "not an origin"}
    return tuple(sorted(one for one in addresses if not one.startswith(("file:", "data:"))))

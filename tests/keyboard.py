"""Presses keys in a page of a real browser, through its debugging protocol on the loopback address."""

import asyncio
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.browser import command_of

NAMED = "one => one.tagName.toLowerCase() + ' ' + (one.name || one.id || one.ariaLabel || one.textContent).trim()"
FOCUSED = f"({NAMED})(document.activeElement) + '|' + getComputedStyle(document.activeElement).outlineStyle"
"""What has the focus: its element and its name, and how it is outlined."""

LOADED = "document.readyState == 'complete' && location.protocol == 'file:'"

KEYS = {"Tab": ("Tab", 9, ""), "Enter": ("Enter", 13, "\r")}


def press(page: Path, room: Path, keys: Sequence[str], then: str) -> tuple[list[str], object]:
    """Press keys in a page, one after the other (names of `KEYS`, or letters).

    Returns what had the focus after each, as "element name|outline", and the value of the expression `then`.
    """
    with opened(page, room) as address:
        return asyncio.run(_press(address, keys, then))


@contextmanager
def opened(page: Path, room: Path) -> Iterator[str]:
    """Open a page in a browser; gives the address to speak to it at."""
    profile = room / "keys"
    command = command_of(profile, "--remote-debugging-port=0", "--remote-allow-origins=*", page.as_uri())
    command = [switch for switch in command if "virtual-time" not in switch]  # keys take real time
    browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _address(profile)
    finally:
        browser.kill()
        browser.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _address(profile: Path) -> str:
    """The address at which the browser's page listens."""
    note, deadline = profile / "DevToolsActivePort", time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.1)
        if not (note.exists() and note.read_text()):
            continue
        port = note.read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=30) as answer:
            pages = [one for one in json.load(answer) if one["type"] == "page"]
        if pages:
            return str(pages[0]["webSocketDebuggerUrl"])
    raise TimeoutError("the browser did not open its page within a minute")


async def connect(address: str) -> WebSocketClientConnection:
    """A line to a page, once it is loaded."""
    line = await websocket_connect(address, max_message_size=1 << 28)
    while not await _value(line, LOADED):
        await asyncio.sleep(0.05)
    return line


async def _press(address: str, keys: Sequence[str], then: str) -> tuple[list[str], object]:
    line = await connect(address)
    focused = []
    for key in keys:
        name, code, text = KEYS.get(key, (key, ord(key.upper()[0]), key))
        event = {"key": name, "windowsVirtualKeyCode": code, "text": text}
        await ask(line, "Input.dispatchKeyEvent", {"type": "keyDown", **event})
        await ask(line, "Input.dispatchKeyEvent", {"type": "keyUp", **event})
        focused.append(str(await _value(line, FOCUSED)))
    value = await _value(line, then)
    line.close()
    await line.read_message()  # None: it is closed
    return focused, value


async def _value(line: WebSocketClientConnection, expression: str) -> object:
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    return (await ask(line, "Runtime.evaluate", asked))["result"].get("value")


async def ask(line: WebSocketClientConnection, method: str, params: dict[str, object]) -> dict[str, dict[str, object]]:
    """Have the browser do something, and return its answer."""
    await line.write_message(json.dumps({"id": 1, "method": method, "params": params}))
    while True:
        answer = json.loads(await line.read_message() or "{}")
        if answer.get("id") == 1:
            result: dict[str, dict[str, object]] = answer["result"]
            return result

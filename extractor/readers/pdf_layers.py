"""The layers (optional content) of a PDF that a viewer does not show when it opens the file (ISO 32000-1, 8.11)."""

from collections.abc import Iterator
from typing import Final

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.psparser import PSLiteral, literal_name

DEEPEST: Final = 16
"""How deep conditions may lie in conditions."""


class Layers:
    """Which layers are shown."""

    def __init__(self, document: PDFDocument) -> None:
        properties = _table(document.catalog.get("OCProperties"))
        setting = _table(properties.get("D"))
        every = set(_numbers(properties.get("OCGs")))
        off = every if _name(setting.get("BaseState")) == "OFF" else set()
        self._off = (off - set(_numbers(setting.get("ON")))) | set(_numbers(setting.get("OFF")))
        for use in _entries(setting.get("AS")):
            if _name(_table(use).get("Event")) == "View":
                self._off |= {number for number, group in _groups(_table(use).get("OCGs")) if _is_off_in_view(group)}

    @property
    def hide(self) -> bool:
        """Whether there is a layer that is not shown."""
        return bool(self._off)

    def hides(self, layer: object, depth: int = 0) -> bool:
        """Whether what belongs to a layer, or to a combination of layers, is not shown. layer: as a page names it."""
        if not self._off or depth > DEEPEST:
            return False
        if isinstance(layer, PDFObjRef) and layer.objid in self._off:
            return True
        table = _table(layer)
        if _name(table.get("Type")) != "OCMD":
            return False
        condition = _entries(table.get("VE"))
        if condition:
            return not self._holds(condition, depth + 1)
        shown = [not self.hides(group, depth + 1) for group in _entries(table.get("OCGs"))]
        told = {"AllOn": all(shown), "AnyOff": not all(shown), "AllOff": not any(shown)}
        return bool(shown) and not told.get(_name(table.get("P")), any(shown))

    def _holds(self, condition: list[object], depth: int) -> bool:
        """Whether a condition (/And, /Or or /Not, and layers or further conditions) holds."""
        held = [
            self._holds(part, depth + 1) if isinstance(part, list) else not self.hides(one, depth + 1)
            for one in condition[1:]
            for part in [resolve1(one)]
            if depth <= DEEPEST
        ]
        told = {"And": all(held), "Or": any(held), "Not": not any(held)}
        return told.get(_name(condition[0]), True)


def _is_off_in_view(group: object) -> bool:
    return _name(_table(_table(_table(group).get("Usage")).get("View")).get("ViewState")) == "OFF"


def _groups(value: object) -> Iterator[tuple[int, object]]:
    for one in _entries(value):
        if isinstance(one, PDFObjRef):
            yield one.objid, resolve1(one)


def _numbers(value: object) -> Iterator[int]:
    return (number for number, _ in _groups(value))


def _entries(value: object) -> list[object]:
    """The entries of an array, not resolved; a single one is an array of one."""
    resolved = resolve1(value)
    return resolved if isinstance(resolved, list) else [] if resolved is None else [value]


def _table(value: object) -> dict[str, object]:
    value = resolve1(value)
    return value if isinstance(value, dict) else {}


def _name(value: object) -> str:
    value = resolve1(value)
    return literal_name(value) if isinstance(value, PSLiteral) else ""

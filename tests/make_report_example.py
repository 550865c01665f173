"""Makes `data/report-example.json`: the report of readings that were damaged on purpose, for pictures and tests.

    python -m tests.make_report_example

Every sample is read in each of its renderings; then answers are changed, lost and invented at the rates below, in the
same way each time (seed 13). Of the damage, three in four have a problem beside them. The truths are the samples' XML.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.accuracy import compare
from extractor.extract import extract_bytes
from extractor.finding import ProblemKind
from extractor.outputs.to_json import to_object
from extractor.readers.edgar import from_edgar_xml
from tests.conftest import ROOT

SEED = 13
RATES = {".txt": 0.02, ".html": 0.004, ".pdf": 0.01, ".xml": 0.0}
"""The share of an extraction's values that are damaged, by the kind of file it was read from."""

FLAGGED = 0.75
"""The share of the damage that a problem stands beside."""

TENDER = ("relationship_clarification", "person_address.street2", "associated_bd", "phone", "name_of_signer")
"""Fields that are damaged more often, so that the heat map has something to show; eight times as often."""

MESSAGE = "two readings fit, and the nearer was taken"

TARGET = Path(__file__).parent / "data" / "report-example.json"


def main() -> None:
    """Write the example."""
    chance = random.Random(SEED)
    results = {}
    for path in sorted((ROOT / "samples").glob("*.*")):
        if path.suffix in RATES and path.with_suffix(".xml").exists():
            result: dict[str, Any] = to_object(extract_bytes(path.read_bytes(), name=f"samples/{path.name}"))
            damage(result, RATES[path.suffix], chance)
            results[path.name] = result
    truths = {path.stem: from_edgar_xml(path.read_bytes()) for path in (ROOT / "samples").glob("*.xml")}
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(compare(results, truths).model_dump_json() + "\n", encoding="utf-8")


def damage(result: dict[str, Any], rate: float, chance: random.Random) -> None:
    """Change, lose or invent answers of a result, and put problems beside some of them."""
    for path, holder, key in list(leaves(result["filing"])):
        often = rate * (8 if any(word in path for word in TENDER) else 1)
        value = holder[key]
        if chance.random() >= (often if value is not None else often / 3):
            continue
        holder[key] = damaged(key, value, chance)
        if holder[key] != value and chance.random() < FLAGGED:
            message = "two readings fit, and the nearer was taken"
            result["problems"].append(
                {"path": path, "kind": str(ProblemKind.INFERRED), "message": message, "place": None}
            )


def leaves(part: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401  (JSON, as it comes)
    """Yield every text and number of a filing: its path, what holds it, and under which key."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        below = f"{path}[{key}]" if isinstance(part, list) else f"{path}.{key}".lstrip(".")
        if isinstance(value, dict | list):
            yield from leaves(value, below)
        elif key in TEXTS or (isinstance(value, int) and not isinstance(value, bool)):
            yield below, part, key


TEXTS = {
    *("entity_name", "jurisdiction_of_inc", "street1", "street2", "city", "zip_code", "issuer_phone_number"),
    *("first_name", "middle_name", "last_name", "relationship_clarification", "clarification_of_response"),
    *("recipient_name", "associated_bd_name", "issuer_name", "name_of_signer", "signature_title"),
}


def damaged(key: str, value: Any, chance: random.Random) -> Any:  # noqa: ANN401
    """What became of a value: lost, changed as readers change them, or, for none, invented from a neighbour."""
    if value is None:
        return "Suite 200" if key == "street2" else "None" if key in TEXTS else 0
    if chance.random() < 0.4:
        return None
    if isinstance(value, int):
        return value * 10
    words = value.split()
    return " ".join(words[:-1]) if len(words) > 1 else value.replace("l", "1").replace("o", "0") + "."


if __name__ == "__main__":
    main()

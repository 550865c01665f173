"""Compares an extraction with the truth it was rendered from, field by field."""

from collections.abc import Iterator

from extractor.model import Filing, Record

HIDDEN = {
    "schema_version",
    "test_or_live",
    "return_copy",
    "contact_data",
    "notification_addresses",
    "ccc",
    "previous_accession_number",
    "authorized_representative",
    "over100_issuer_flag",
    "over100_persons_flag",
    "over100_recipient_flag",
    "state_or_country_description",
    "description",
    "edgar_previous_names",
}
"""Fields that no rendering shows (or that say what a neighbour says: the names of states, the second list of names)."""

SETS = {"related_person_relationships", "federal_exemptions_exclusions"}


def shown(filing: Filing) -> dict[str, object]:
    """The facts of a filing that a page of it shows, by path."""
    return dict(_facts(filing, ""))


def _facts(part: Record, prefix: str) -> Iterator[tuple[str, object]]:
    for name in type(part).model_fields:
        if name in HIDDEN:
            continue
        value = getattr(part, name)
        path = f"{prefix}{name}"
        if name == "issuer_previous_names":
            names = (*(value or ()), *(getattr(part, "edgar_previous_names", None) or ()))
            value = tuple(dict.fromkeys(names))
        if isinstance(value, Record):
            yield from _facts(value, f"{path}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            for number, one in enumerate(value):
                yield from _facts(one, f"{path}[{number}].")
        elif name in SETS:
            yield path, tuple(sorted(value or ()))
        elif value not in (None, False, ()):
            yield path, " ".join(value.split()) if isinstance(value, str) else value


def differences(truth: Filing, seen: Filing) -> list[str]:
    """What is wrong, missing or invented, one line each; empty when all shown facts agree."""
    want, got = shown(truth), shown(seen)
    return [
        f"{path}: expected {want.get(path)!r}, got {got.get(path)!r}"
        for path in sorted(want.keys() | got.keys())
        if want.get(path) != got.get(path)
    ]

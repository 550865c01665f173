"""The fields that a comparison looks at: what each holds, which item asks it, and what a rendering can show."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from extractor.accuracy.report import FieldKind
from extractor.form.elements import FieldElement, elements_of
from extractor.form.items import FORM
from extractor.form.spec import Box, Section
from extractor.form.spec import Field as Question
from extractor.model import Filing, Record

HIDDEN = frozenset(
    {
        *("schema_version", "test_or_live", "return_copy", "contact_data", "notification_addresses", "ccc"),
        *("previous_accession_number", "authorized_representative"),
        *("over100_issuer_flag", "over100_persons_flag", "over100_recipient_flag"),
        *("state_or_country_description", "description", "edgar_previous_names"),
    }
)
"""Fields that no rendering shows (or that say what a neighbour says: the names of states, the second list of names)."""

_SHOWN_WITH = {"issuer_previous_names": "edgar_previous_names"}
"""A page shows both lists of previous names as one."""

_NAMES = frozenset(
    {
        *("entity_name", "issuer_previous_names", "edgar_previous_names", "first_name", "middle_name", "last_name"),
        *("recipient_name", "associated_bd_name", "issuer_name", "signature_name", "name_of_signer", "contact_name"),
    }
)
_BY_NAME: dict[str, FieldKind] = {
    **dict.fromkeys(_NAMES, "name"),
    **dict.fromkeys(("street1", "street2", "city", "zip_code"), "address"),
    **dict.fromkeys(("jurisdiction_of_inc", "state_or_country_description", "state", "description"), "place"),
}
_BY_QUESTION: dict[str, FieldKind] = {
    **dict.fromkeys(("cik", "crd", "phone"), "number"),
    **dict.fromkeys(("amount", "amount_or_indefinite"), "amount"),
    **dict.fromkeys(("place", "states"), "place"),
    "count": "count",
    "date": "date",
    "year": "year",
}
_ISSUERS = ("primary_issuer", "additional_issuers[]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field. path: with [] where it repeats. steps: the names that lead to it from the entry it belongs to.

    item: the number of the form's item that asks it. question: the form's kind of answer ("" for boxes and what no
    item asks). tick: it is one box, so that False says no more than None. also: steps of a field shown with it.
    """

    path: str
    steps: tuple[str, ...]
    item: str
    kind: FieldKind
    question: str = ""
    tick: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """The fields of a filing, or of an entry of one of its lists, and the lists below.

    path: of the entries, with [] ("" for the filing). steps: the names that lead to the list from the level above.
    """

    path: str
    steps: tuple[str, ...]
    fields: tuple[Field, ...]
    lists: tuple["Level", ...]

    def all_fields(self) -> Iterator[Field]:
        """The fields of this level and of those below."""
        yield from self.fields
        for level in self.lists:
            yield from level.all_fields()

    def all_lists(self) -> Iterator["Level"]:
        """The lists below, and theirs."""
        for level in self.lists:
            yield level
            yield from level.all_lists()


@cache
def whole() -> Level:
    """All fields of a filing, in the model's order."""
    return _level(Filing, "", ())


@cache
def every_path() -> frozenset[str]:
    """The paths of all fields."""
    return frozenset(field.path for field in whole().all_fields())


@cache
def shown_paths() -> frozenset[str]:
    """The paths of the fields that a rendering of a filing shows."""
    return frozenset(path for path in every_path() if HIDDEN.isdisjoint(path.replace("[]", "").split(".")))


@lru_cache(maxsize=64)
def level_of(paths: frozenset[str], *, merged: bool) -> Level:
    """The fields with these paths; merged: with what a page shows as one field taken together."""
    return _only(whole(), paths, merged)


def _only(level: Level, paths: frozenset[str], merged: bool) -> Level:
    lists = tuple(_only(one, paths, merged) for one in level.lists)
    return Level(
        level.path,
        level.steps,
        tuple(_merged(field) if merged else field for field in level.fields if field.path in paths),
        tuple(one for one in lists if one.fields or one.lists),
    )


def _merged(field: Field) -> Field:
    other = _SHOWN_WITH.get(field.steps[-1])
    also = (*field.steps[:-1], other) if other else ()
    return Field(field.path, field.steps, field.item, field.kind, field.question, field.tick, also)


def _level(part: type[Record], prefix: str, steps: tuple[str, ...]) -> Level:
    fields, lists = [], []
    for element, way, path in _elements(part, (), prefix):
        if element.record and element.many:
            lists.append(_level(element.record, f"{path}[].", way))
        else:
            fields.append(_field(element, way, path))
    return Level(prefix.removesuffix("."), steps, tuple(fields), tuple(lists))


def _elements(
    part: type[Record], steps: tuple[str, ...], prefix: str
) -> Iterator[tuple[FieldElement, tuple[str, ...], str]]:
    """The fields and lists of a part and of the single parts in it, with steps and path."""
    for element in elements_of(part):
        way, path = (*steps, element.name), prefix + element.name
        if element.record and not element.many:
            yield from _elements(element.record, way, f"{path}.")
        else:
            yield element, way, path


def _field(element: FieldElement, steps: tuple[str, ...], path: str) -> Field:
    item, question, boxes = _asked().get(path) or _asked().get(_list_of(path)) or (_item_near(path), "", frozenset())
    kind = _BY_NAME.get(element.name) or _BY_QUESTION.get(question) or ("text" if element.kind == "text" else "box")
    tick = element.kind == "presence" or (element.kind == "boolean" and boxes == {"true"})
    return Field(path, steps, item, kind, question, tick)


def _list_of(path: str) -> str:
    """The list that a path lies in, as the form's rules name it: item 12's states are one question."""
    return path.rpartition("[]")[0]


def _item_near(path: str) -> str:
    """The item that asks a neighbour of the field (the code beside the name of a state); "" if there is none."""
    beside = path.rpartition(".")[0]
    if not beside:
        return ""
    return next((item for other, (item, _, _) in _asked().items() if other.rpartition(".")[0] == beside), "")


@cache
def _asked() -> dict[str, tuple[str, str, frozenset[str]]]:
    """What the form asks: by path, the item's number, the kind of answer in text, and the values of the boxes."""
    asked: dict[str, tuple[str, str, frozenset[str]]] = {}
    for section in FORM:
        for part in section.parts():
            if not isinstance(part, (Question, Box)):
                continue
            for path in _full(section, part.path):
                item, question, boxes = asked.get(path, (section.number, "", frozenset()))
                if isinstance(part, Box):
                    asked[path] = (item, question, boxes | {part.value})
                else:
                    asked[path] = (item, question or part.kind, boxes)
    return asked


def _full(section: Section, path: str) -> list[str]:
    if section.prefix == "issuers[]":
        return [f"{issuer}.{path}" for issuer in _ISSUERS]
    return [f"{section.prefix}.{path}" if section.prefix else path]

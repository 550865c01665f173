"""EDGAR's full submission (`.txt`): its SGML header's facts, and the document of type D in it.

The header comes in two styles: labels with values behind them (`ACCESSION NUMBER:  0000919574-09-006093`, between
`<SEC-HEADER>` tags), and tags (`<ACCESSION-NUMBER>0001398344-24-000491`, as EDGAR sends it to its subscribers).
Until about 2013 some copies stand in a privacy-enhanced message (RFC 1421), which writes a line's first `-` as `- -`.
"""

import datetime

import regex

from extractor.errors import NotAFormD

_OPENINGS = ("<SEC-DOCUMENT>", "<SEC-HEADER>", "<IMS-DOCUMENT>", "<IMS-HEADER>", "<SUBMISSION>")
_DOCUMENT = regex.compile(r"<DOCUMENT>\s*+<TYPE>(?P<type>[^\s<]++)")
_LINE = regex.compile(
    r"""
    ^ [\ \t]*+
    (?: < (?P<tag> [A-Z][A-Z0-9-]*+ ) > [\ \t]*+ | (?P<label> [A-Z][A-Z0-9\ /&.()-]*+ ) : [\ \t]*+ )
    (?: <ITEMS> )?  # EDGAR writes ITEM INFORMATION: <ITEMS>06c
    (?P<value> [^\r\n]*+ )
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_DASHED = regex.compile(r"^- (?=-)", regex.MULTILINE)
_ENVELOPE = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_HEAD = 4096
"""Within how many characters a submission shows that it is one."""

_NAMES = {
    "type": "conformed_submission_type",
    "item_information": "items",
    "filed_as_of_date": "filing_date",
    "date_as_of_change": "date_of_change",
    "date_of_filing_date_change": "date_of_change",
    "company_conformed_name": "company_name",
    "conformed_name": "company_name",
    "central_index_key": "cik",
    "standard_industrial_classification": "sic_code",
    "assigned_sic": "sic_code",
    "act": "sec_act",
    "sec_file_number": "file_number",
    "former_conformed_name": "former_company_name",
    "date_of_name_change": "former_company_name_changed",
    "date_changed": "former_company_name_changed",
    "street1": "street_1",
    "street2": "street_2",
    "business_phone": "phone",
}
"""The facts whose name is not that of their label: the two styles name one thing differently."""

_ADDRESSES = {"business_address": "business_", "mail_address": "mail_"}
_IN_ADDRESS = frozenset({"street_1", "street_2", "city", "state", "zip", "phone"})
_NO_FACTS = frozenset({"sec_document", "sec_header", "ims_document", "ims_header", "submission"})


def primary_document(text: str) -> tuple[str, str]:
    """Return a submission's header and the XML of its document of type D or D/A; ("", the text) for other text.

    The XML is preceded by as many empty lines as stand before it, so that lines keep their numbers. Raises NotAFormD
    if the submission has no such document.
    """
    head = text[:_HEAD]
    if "<XML>" not in text and not any(tag in head for tag in _OPENINGS):
        return "", text
    if text.lstrip().startswith(_ENVELOPE):
        text = _DASHED.sub("", text)
    documents = list(_DOCUMENT.finditer(text))
    chosen = next((index for index, document in enumerate(documents) if document["type"] in ("D", "D/A")), None)
    if chosen is None:
        types = ", ".join(document["type"] for document in documents[:10]) or "no document"
        raise NotAFormD(f"expected a submission with a document of type D or D/A, saw {types}")
    begin = documents[chosen].end()
    end = documents[chosen + 1].start() if chosen + 1 < len(documents) else len(text)
    opening = text.find("<XML>", begin, end)
    if opening < 0:
        raise NotAFormD("the submission's Form D holds no XML; before September 2008 the form was filed otherwise")
    opening += len("<XML>")
    closing = text.find("</XML>", opening, end)
    xml = text[opening : end if closing < 0 else closing]
    return text[: documents[0].start()], "\n" * text.count("\n", 0, opening) + xml


def header_facts(header: str) -> dict[str, str]:
    r"""Return the facts of a submission's header, named by their labels in snake_case.

    Dates are ISO dates (`filing_date`), `acceptance_datetime` is an ISO time without zone (EDGAR's, Eastern), and
    `sic_code` the number alone; addresses begin with business_ and mail_. What the header says several times (items,
    former names, a second filer) is joined with "; ".

    >>> header_facts("<SUBMISSION>\n<FILING-DATE>20240111\n<ITEMS>06b\n<ITEMS>3C")
    {'filing_date': '2024-01-11', 'items': '06b; 3C'}
    """
    begin = min((at for tag in _OPENINGS if (at := header.find(tag)) >= 0), default=0)
    facts: dict[str, str] = {}
    prefix = ""
    for line in _LINE.finditer(header, begin):
        label = (line["tag"] or line["label"]).strip().lower()
        name = "_".join(label.replace("-", " ").split())
        name = _NAMES.get(name, name)
        value = line["value"].strip()
        if not value:  # the head of a section
            prefix = _ADDRESSES.get(name, "" if name not in _IN_ADDRESS else prefix)
        elif name not in _NO_FACTS:
            key = prefix + name if name in _IN_ADDRESS else name
            value = _fact(name, value)
            facts[key] = f"{facts[key]}; {value}" if key in facts else value
    return facts


def _fact(name: str, value: str) -> str:
    """Return a header's value in the form that `header_facts` promises."""
    if name == "sic_code":
        return value.rpartition("[")[2].rstrip("]")
    if name == "acceptance_datetime" or "date" in name or name.endswith("changed"):
        return _iso(value)
    return value


def _iso(value: str) -> str:
    """Return a date (20130214) or time (20130214091550) in ISO's form; the value as it stands if it is neither."""
    if not (value.isascii() and value.isdecimal() and len(value) in (8, 14)):
        return value
    try:
        moment = datetime.datetime.fromisoformat(f"{value[:8]}T{value[8:] or '000000'}")
    except ValueError:
        return value
    return moment.isoformat() if len(value) > 8 else moment.date().isoformat()

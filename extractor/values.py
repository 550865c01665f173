"""Text in, value out: one reader for each kind of answer that the form has.

Every reader takes the text as it stands, returns its value, or raises `ValueProblem`, which says what was expected.
None of them corrects or guesses: an O is no zero, and a comma in the wrong place makes no number.
"""

import datetime
from typing import Literal

import regex

from extractor.form.places import codes_of, solicitation_code_of


class ValueProblem(ValueError):
    """Text that is not of the kind the form asks for. expected: that kind, in words; seen: the text."""

    def __init__(self, expected: str, seen: str) -> None:
        super().__init__(f"expected {expected}, saw {seen!r}")
        self.expected = expected
        self.seen = seen


_AMOUNT = regex.compile(
    r"""
    (?: \\? \$ \s* )?
    (?P<dollars> [0-9]{1,3} (?: ,[0-9]{3} ){1,5}+ | [0-9]{1,18}+ )
    (?: \. (?P<cents> [0-9]{2} ) )?
    (?: \s* USD )?
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_COUNT = regex.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,5}+|[0-9]{1,18}+")
_DATES = tuple(
    regex.compile(pattern, regex.VERBOSE | regex.IGNORECASE)
    for pattern in (
        r"(?P<year>[0-9]{4}) - (?P<month>[0-9]{2}) - (?P<day>[0-9]{2}) (?: Z | [+-][0-9]{2}:[0-9]{2} )?",  # xs:date
        r"(?P<year>[0-9]{4}) (?:-\s?)? (?P<month>[0-9]{2}) (?:-\s?)? (?P<day>[0-9]{2})",  # wrapped at a hyphen
        r"(?P<month>[0-9]{1,2}) (?P<by>[/-]) (?P<day>[0-9]{1,2}) (?P=by) (?P<year>[0-9]{4})",
        r"(?P<name>[a-z]{3,9}) \.? \s+ (?P<day>[0-9]{1,2}) (?: ,\s* | \s+ ) (?P<year>[0-9]{4})",
    )
)
_PHONE = regex.compile(
    r"(?=[^0-9]*+[0-9]) [-+().,/*\#\s0-9]++ (?: (?:ext(?:ension)?+\.?|x) \s*+ [0-9]++ )?+",
    regex.VERBOSE | regex.IGNORECASE,
)
_ZIP = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{N}.–-]|\ (?![Xx](?:\ |$)))*")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_OF = {short: number for number, name in enumerate(_MONTHS, 1) for short in (name, name[:3])} | {"sept": 9}


def text(raw: str) -> str:
    r"""Return the text with its white space collapsed to single spaces.

    >>> text("  Jane \n\t Doe ")
    'Jane Doe'
    """
    collapsed = " ".join(raw.split())
    if not collapsed:
        raise ValueProblem("some text", raw)
    return collapsed


def amount(raw: str) -> int:
    r"""Return an amount of whole US dollars.

    >>> amount("$20,000,000 USD"), amount(r"\$0 USD"), amount("1000.00")
    (20000000, 0, 1000)
    >>> amount("$1,O00")
    Traceback (most recent call last):
    ...
    extractor.values.ValueProblem: expected an amount of whole US dollars like "$20,000,000 USD", saw '$1,O00'
    """
    match = _AMOUNT.fullmatch(raw.strip())
    if match is None or match["cents"] not in (None, "00"):
        raise ValueProblem('an amount of whole US dollars like "$20,000,000 USD"', raw)
    return int(match["dollars"].replace(",", ""))


def amount_or_indefinite(raw: str) -> int | Literal["Indefinite"]:
    """Return an amount of whole US dollars, or "Indefinite" (item 13).

    >>> amount_or_indefinite("Indefinite"), amount_or_indefinite("$5 USD")
    ('Indefinite', 5)
    """
    return "Indefinite" if raw.strip().casefold() == "indefinite" else amount(raw)


def count(raw: str) -> int:
    """Return a whole number from 0 (item 14).

    >>> count("1,024")
    1024
    """
    match = _COUNT.fullmatch(raw.strip())
    if match is None:
        raise ValueProblem('a whole number like "35"', raw)
    return int(match[0].replace(",", ""))


def date(raw: str) -> datetime.date:
    """Return a date; where only the order tells the month from the day, the month comes first (as in the US).

    >>> date("2013-11-19"), date("Nov. 9, 2013")
    (datetime.date(2013, 11, 19), datetime.date(2013, 11, 9))
    >>> date("2013-1119"), date("2013-11- 19")
    (datetime.date(2013, 11, 19), datetime.date(2013, 11, 19))
    >>> date("19/11/2013")
    Traceback (most recent call last):
    ...
    extractor.values.ValueProblem: expected a day of the calendar like "2013-11-19", saw '19/11/2013'
    """
    stripped = raw.strip()
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(stripped))), None)
    if match is None:
        raise ValueProblem('a date like "2013-11-19"', raw)
    parts = match.groupdict()
    month = _MONTH_OF.get(parts["name"].casefold(), 0) if "name" in parts else int(parts["month"])
    try:
        return datetime.date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        raise ValueProblem('a day of the calendar like "2013-11-19"', raw) from None


def year(raw: str) -> int:
    """Return a year of four digits (item 1).

    >>> year("2022")
    2022
    """
    stripped = raw.strip()
    if not (len(stripped) == 4 and _digits(stripped)):
        raise ValueProblem('a year of four digits like "2022"', raw)
    return int(stripped)


def cik(raw: str) -> str:
    """Return a Central Index Key with leading zeros to ten digits, as EDGAR shows it.

    >>> cik("1141240")
    '0001141240'
    """
    stripped = raw.strip()
    if not (len(stripped) <= 10 and _digits(stripped)):
        raise ValueProblem('a CIK of up to ten digits like "0001141240"', raw)
    return stripped.zfill(10)


def crd(raw: str) -> str:
    """Return a CRD number as it stands, or "None" (item 12).

    >>> crd("361"), crd("None")
    ('361', 'None')
    """
    stripped = raw.strip()
    if stripped.casefold() == "none":
        return "None"
    if not _digits(stripped):
        raise ValueProblem('a CRD number of digits like "1558158", or "None"', raw)
    return stripped


def phone(raw: str) -> str:
    """Return a phone number as it stands, with its white space collapsed: digits and signs, perhaps an extension.

    >>> phone(" (801)  419-0677 "), phone("8332776735 EXT 3")
    ('(801) 419-0677', '8332776735 EXT 3')
    """
    collapsed = " ".join(raw.split())
    if not _PHONE.fullmatch(collapsed):
        raise ValueProblem('a phone number like "949-635-2100"', raw)
    return collapsed


def zip_code(raw: str) -> str:
    """Return a ZIP or postal code as it stands, with its white space collapsed; any country's, so of many shapes.

    >>> zip_code("KY1-1104"), zip_code("HM 11")
    ('KY1-1104', 'HM 11')
    """
    collapsed = " ".join(raw.split())
    if not _ZIP.fullmatch(collapsed):
        raise ValueProblem("a ZIP or postal code", raw)
    return collapsed


def state_or_country(raw: str) -> str:
    """Return EDGAR's code of a state, province or country by its name or code.

    Two places are called GEORGIA on a page (`places.codes_of`); which one is not said by the name, so it raises.

    >>> state_or_country("CAYMAN ISLANDS")
    'E9'
    >>> state_or_country("GEORGIA")
    Traceback (most recent call last):
    ...
    extractor.values.ValueProblem: expected a name that one place has (not both GA and 2Q), saw 'GEORGIA'
    """
    codes = codes_of(raw)
    if len(codes) > 1:
        raise ValueProblem(f"a name that one place has (not both {' and '.join(codes)})", raw)
    if not codes:
        raise ValueProblem('a state or country of EDGAR\'s list like "CALIFORNIA"', raw)
    return codes[0]


def solicitation_state(raw: str) -> str:
    """Return EDGAR's code of a state of solicitation by its name or code (item 12; no countries, so GEORGIA is GA).

    >>> solicitation_state("GEORGIA")
    'GA'
    """
    code = solicitation_code_of(raw)
    if code is None:
        raise ValueProblem('a state of the United States like "CALIFORNIA"', raw)
    return code


def true_or_false(raw: str) -> bool:
    """Return a truth value of EDGAR's XML.

    >>> true_or_false("true"), true_or_false("0")
    (True, False)
    """
    stripped = raw.strip()
    if stripped in ("true", "1"):
        return True
    if stripped in ("false", "0"):
        return False
    raise ValueProblem('"true" or "false"', raw)


def _digits(stripped: str) -> bool:
    """Return whether there are only digits from 0 to 9, and at least one."""
    return stripped.isascii() and stripped.isdecimal()

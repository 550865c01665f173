"""EDGAR's states and countries (facts: the SEC's Form_D.definition.state.xsd X301 and .solicitation.xsd X0101).

The codes are EDGAR's own, not ISO's. A page of the form shows the names, in capitals; the XML holds the codes.
"""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

PLACES: Mapping[str, str] = MappingProxyType(
    {
        "AL": "ALABAMA",
        "AK": "ALASKA",
        "AZ": "ARIZONA",
        "AR": "ARKANSAS",
        "CA": "CALIFORNIA",
        "CO": "COLORADO",
        "CT": "CONNECTICUT",
        "DE": "DELAWARE",
        "DC": "DISTRICT OF COLUMBIA",
        "FL": "FLORIDA",
        "GA": "GEORGIA",
        "HI": "HAWAII",
        "ID": "IDAHO",
        "IL": "ILLINOIS",
        "IN": "INDIANA",
        "IA": "IOWA",
        "KS": "KANSAS",
        "KY": "KENTUCKY",
        "LA": "LOUISIANA",
        "ME": "MAINE",
        "MD": "MARYLAND",
        "MA": "MASSACHUSETTS",
        "MI": "MICHIGAN",
        "MN": "MINNESOTA",
        "MS": "MISSISSIPPI",
        "MO": "MISSOURI",
        "MT": "MONTANA",
        "NE": "NEBRASKA",
        "NV": "NEVADA",
        "NH": "NEW HAMPSHIRE",
        "NJ": "NEW JERSEY",
        "NM": "NEW MEXICO",
        "NY": "NEW YORK",
        "NC": "NORTH CAROLINA",
        "ND": "NORTH DAKOTA",
        "OH": "OHIO",
        "OK": "OKLAHOMA",
        "OR": "OREGON",
        "PA": "PENNSYLVANIA",
        "RI": "RHODE ISLAND",
        "SC": "SOUTH CAROLINA",
        "SD": "SOUTH DAKOTA",
        "TN": "TENNESSEE",
        "TX": "TEXAS",
        "X1": "UNITED STATES",
        "UT": "UTAH",
        "VT": "VERMONT",
        "VA": "VIRGINIA",
        "WA": "WASHINGTON",
        "WV": "WEST VIRGINIA",
        "WI": "WISCONSIN",
        "WY": "WYOMING",
        "A0": "ALBERTA, CANADA",
        "A1": "BRITISH COLUMBIA, CANADA",
        "A2": "MANITOBA, CANADA",
        "A3": "NEW BRUNSWICK, CANADA",
        "A4": "NEWFOUNDLAND, CANADA",
        "A5": "NOVA SCOTIA, CANADA",
        "A6": "ONTARIO, CANADA",
        "A7": "PRINCE EDWARD ISLAND, CANADA",
        "A8": "QUEBEC, CANADA",
        "A9": "SASKATCHEWAN, CANADA",
        "B0": "YUKON, CANADA",
        "Z4": "CANADA (FEDERAL LEVEL)",
        "B2": "AFGHANISTAN",
        "Y6": "ALAND ISLANDS",
        "B3": "ALBANIA",
        "B4": "ALGERIA",
        "B5": "AMERICAN SAMOA",
        "B6": "ANDORRA",
        "B7": "ANGOLA",
        "1A": "ANGUILLA",
        "B8": "ANTARCTICA",
        "B9": "ANTIGUA AND BARBUDA",
        "C1": "ARGENTINA",
        "1B": "ARMENIA",
        "1C": "ARUBA",
        "C3": "AUSTRALIA",
        "C4": "AUSTRIA",
        "1D": "AZERBAIJAN",
        "C5": "BAHAMAS",
        "C6": "BAHRAIN",
        "C7": "BANGLADESH",
        "C8": "BARBADOS",
        "1F": "BELARUS",
        "C9": "BELGIUM",
        "D1": "BELIZE",
        "G6": "BENIN",
        "D0": "BERMUDA",
        "D2": "BHUTAN",
        "D3": "BOLIVIA",
        "1E": "BOSNIA AND HERZEGOVINA",
        "B1": "BOTSWANA",
        "D4": "BOUVET ISLAND",
        "D5": "BRAZIL",
        "D6": "BRITISH INDIAN OCEAN TERRITORY",
        "D9": "BRUNEI DARUSSALAM",
        "E0": "BULGARIA",
        "X2": "BURKINA FASO",
        "E2": "BURUNDI",
        "E3": "CAMBODIA",
        "E4": "CAMEROON",
        "E8": "CAPE VERDE",
        "E9": "CAYMAN ISLANDS",
        "F0": "CENTRAL AFRICAN REPUBLIC",
        "F2": "CHAD",
        "F3": "CHILE",
        "F4": "CHINA",
        "F6": "CHRISTMAS ISLAND",
        "F7": "COCOS (KEELING) ISLANDS",
        "F8": "COLOMBIA",
        "F9": "COMOROS",
        "G0": "CONGO",
        "Y3": "CONGO, THE DEMOCRATIC REPUBLIC OF THE",
        "G1": "COOK ISLANDS",
        "G2": "COSTA RICA",
        "L7": "COTE D'IVOIRE",
        "1M": "CROATIA",
        "G3": "CUBA",
        "G4": "CYPRUS",
        "2N": "CZECH REPUBLIC",
        "G7": "DENMARK",
        "1G": "DJIBOUTI",
        "G9": "DOMINICA",
        "G8": "DOMINICAN REPUBLIC",
        "H1": "ECUADOR",
        "H2": "EGYPT",
        "H3": "EL SALVADOR",
        "H4": "EQUATORIAL GUINEA",
        "1J": "ERITREA",
        "1H": "ESTONIA",
        "H5": "ETHIOPIA",
        "H7": "FALKLAND ISLANDS (MALVINAS)",
        "H6": "FAROE ISLANDS",
        "H8": "FIJI",
        "H9": "FINLAND",
        "I0": "FRANCE",
        "I3": "FRENCH GUIANA",
        "I4": "FRENCH POLYNESIA",
        "2C": "FRENCH SOUTHERN TERRITORIES",
        "I5": "GABON",
        "I6": "GAMBIA",
        "2Q": "GEORGIA (COUNTRY)",
        "2M": "GERMANY",
        "J0": "GHANA",
        "J1": "GIBRALTAR",
        "J3": "GREECE",
        "J4": "GREENLAND",
        "J5": "GRENADA",
        "J6": "GUADELOUPE",
        "GU": "GUAM",
        "J8": "GUATEMALA",
        "Y7": "GUERNSEY",
        "J9": "GUINEA",
        "S0": "GUINEA-BISSAU",
        "K0": "GUYANA",
        "K1": "HAITI",
        "K4": "HEARD ISLAND AND MCDONALD ISLANDS",
        "X4": "HOLY SEE (VATICAN CITY STATE)",
        "K2": "HONDURAS",
        "K3": "HONG KONG",
        "K5": "HUNGARY",
        "K6": "ICELAND",
        "K7": "INDIA",
        "K8": "INDONESIA",
        "K9": "IRAN, ISLAMIC REPUBLIC OF",
        "L0": "IRAQ",
        "L2": "IRELAND",
        "Y8": "ISLE OF MAN",
        "L3": "ISRAEL",
        "L6": "ITALY",
        "L8": "JAMAICA",
        "M0": "JAPAN",
        "Y9": "JERSEY",
        "M2": "JORDAN",
        "1P": "KAZAKSTAN",
        "M3": "KENYA",
        "J2": "KIRIBATI",
        "M4": "KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF",
        "M5": "KOREA, REPUBLIC OF",
        "M6": "KUWAIT",
        "1N": "KYRGYZSTAN",
        "M7": "LAO PEOPLE'S DEMOCRATIC REPUBLIC",
        "1R": "LATVIA",
        "M8": "LEBANON",
        "M9": "LESOTHO",
        "N0": "LIBERIA",
        "N1": "LIBYAN ARAB JAMAHIRIYA",
        "N2": "LIECHTENSTEIN",
        "1Q": "LITHUANIA",
        "N4": "LUXEMBOURG",
        "N5": "MACAU",
        "1U": "MACEDONIA, THE FORMER YUGOSLAV REPUBLIC OF",
        "N6": "MADAGASCAR",
        "N7": "MALAWI",
        "N8": "MALAYSIA",
        "N9": "MALDIVES",
        "O0": "MALI",
        "O1": "MALTA",
        "1T": "MARSHALL ISLANDS",
        "O2": "MARTINIQUE",
        "O3": "MAURITANIA",
        "O4": "MAURITIUS",
        "2P": "MAYOTTE",
        "O5": "MEXICO",
        "1K": "MICRONESIA, FEDERATED STATES OF",
        "1S": "MOLDOVA, REPUBLIC OF",
        "O9": "MONACO",
        "P0": "MONGOLIA",
        "Z5": "MONTENEGRO",
        "P1": "MONTSERRAT",
        "P2": "MOROCCO",
        "P3": "MOZAMBIQUE",
        "E1": "MYANMAR",
        "T6": "NAMIBIA",
        "P5": "NAURU",
        "P6": "NEPAL",
        "P7": "NETHERLANDS",
        "P8": "NETHERLANDS ANTILLES",
        "1W": "NEW CALEDONIA",
        "Q2": "NEW ZEALAND",
        "Q3": "NICARAGUA",
        "Q4": "NIGER",
        "Q5": "NIGERIA",
        "Q6": "NIUE",
        "Q7": "NORFOLK ISLAND",
        "1V": "NORTHERN MARIANA ISLANDS",
        "Q8": "NORWAY",
        "P4": "OMAN",
        "R0": "PAKISTAN",
        "1Y": "PALAU",
        "1X": "PALESTINIAN TERRITORY, OCCUPIED",
        "R1": "PANAMA",
        "R2": "PAPUA NEW GUINEA",
        "R4": "PARAGUAY",
        "R5": "PERU",
        "R6": "PHILIPPINES",
        "R8": "PITCAIRN",
        "R9": "POLAND",
        "S1": "PORTUGAL",
        "PR": "PUERTO RICO",
        "S3": "QATAR",
        "S4": "REUNION",
        "S5": "ROMANIA",
        "1Z": "RUSSIAN FEDERATION",
        "S6": "RWANDA",
        "Z0": "SAINT BARTHELEMY",
        "U8": "SAINT HELENA",
        "U7": "SAINT KITTS AND NEVIS",
        "U9": "SAINT LUCIA",
        "Z1": "SAINT MARTIN",
        "V0": "SAINT PIERRE AND MIQUELON",
        "V1": "SAINT VINCENT AND THE GRENADINES",
        "Y0": "SAMOA",
        "S8": "SAN MARINO",
        "S9": "SAO TOME AND PRINCIPE",
        "T0": "SAUDI ARABIA",
        "T1": "SENEGAL",
        "Z2": "SERBIA",
        "T2": "SEYCHELLES",
        "T8": "SIERRA LEONE",
        "U0": "SINGAPORE",
        "2B": "SLOVAKIA",
        "2A": "SLOVENIA",
        "D7": "SOLOMON ISLANDS",
        "U1": "SOMALIA",
        "T3": "SOUTH AFRICA",
        "1L": "SOUTH GEORGIA AND THE SOUTH SANDWICH ISLANDS",
        "U3": "SPAIN",
        "F1": "SRI LANKA",
        "V2": "SUDAN",
        "V3": "SURINAME",
        "L9": "SVALBARD AND JAN MAYEN",
        "V6": "SWAZILAND",
        "V7": "SWEDEN",
        "V8": "SWITZERLAND",
        "V9": "SYRIAN ARAB REPUBLIC",
        "F5": "TAIWAN",
        "2D": "TAJIKISTAN",
        "W0": "TANZANIA, UNITED REPUBLIC OF",
        "W1": "THAILAND",
        "Z3": "TIMOR-LESTE",
        "W2": "TOGO",
        "W3": "TOKELAU",
        "W4": "TONGA",
        "W5": "TRINIDAD AND TOBAGO",
        "W6": "TUNISIA",
        "W8": "TURKEY",
        "2E": "TURKMENISTAN",
        "W7": "TURKS AND CAICOS ISLANDS",
        "2G": "TUVALU",
        "W9": "UGANDA",
        "2H": "UKRAINE",
        "C0": "UNITED ARAB EMIRATES",
        "X0": "UNITED KINGDOM",
        "2J": "UNITED STATES MINOR OUTLYING ISLANDS",
        "X3": "URUGUAY",
        "2K": "UZBEKISTAN",
        "2L": "VANUATU",
        "X5": "VENEZUELA",
        "Q1": "VIET NAM",
        "D8": "VIRGIN ISLANDS, BRITISH",
        "VI": "VIRGIN ISLANDS, U.S.",
        "X8": "WALLIS AND FUTUNA",
        "U5": "WESTERN SAHARA",
        "T7": "YEMEN",
        "Y4": "ZAMBIA",
        "Y5": "ZIMBABWE",
        "XX": "UNKNOWN",
    }
)
"""The 309 codes and their names, in the schema's order."""

SOLICITATION_STATES = frozenset(code for code in list(PLACES)[:52] if code != "X1") | {"PR"}
"""The 52 codes of item 12: the states, the District of Columbia and Puerto Rico."""

OTHER_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType({"2Q": ("GEORGIA",)})
"""Names that filings show for a code beside the schema's own.

2Q: EDGAR writes the country without "(COUNTRY)", just as it writes the state; the name alone does not tell which.
"""


def _key(name: str) -> str:
    """Return what is compared of a name: its letters and digits, without case, accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _by_key() -> dict[str, tuple[str, ...]]:
    """Return the codes by the keys of their names and by their own."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, name in PLACES.items():
        for known in (code, name, *OTHER_NAMES.get(code, ())):
            codes[_key(known)] = (*codes.get(_key(known), ()), code)
    return codes


_CODES = _by_key()


def codes_of(name: str) -> tuple[str, ...]:
    """Return every code that `name` may stand for: none, one, or both for GEORGIA (the state first).

    >>> codes_of("Georgia"), codes_of("Atlantis")
    (('GA', '2Q'), ())
    """
    return _CODES.get(_key(name), ())


def code_of(name: str) -> str | None:
    """Return EDGAR's code for a place's name or code; None if it has none, or if two places have the name.

    Case, accents, punctuation, spaces and `&` for `and` make no difference.

    >>> code_of("Ontario, Canada"), code_of("ANTIGUA & BARBUDA"), code_of("Cote d'Ivoire")
    ('A6', 'B9', 'L7')
    >>> code_of("ca"), code_of("GEORGIA (COUNTRY)"), code_of("GEORGIA"), code_of("Ontario")
    ('CA', '2Q', None, None)
    """
    codes = codes_of(name)
    return codes[0] if len(codes) == 1 else None


def solicitation_code_of(name: str) -> str | None:
    """Return the code of a state of solicitation (item 12) by its name or code; None if it is none of the 52.

    >>> solicitation_code_of("Georgia"), solicitation_code_of("GUAM")
    ('GA', None)
    """
    return next((code for code in codes_of(name) if code in SOLICITATION_STATES), None)


def name_of(code: str) -> str | None:
    """Return the name of a place by its code, as EDGAR writes it; None if there is no such code.

    >>> name_of("E9"), name_of("ZZ")
    ('CAYMAN ISLANDS', None)
    """
    return PLACES.get(code)

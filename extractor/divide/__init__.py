"""Where a line of words that lost its columns is cut into the answers of a row, by how names and addresses are built.

Each rule looks at the words themselves and at what else the document says, and names its reason. A line that no rule
divides, or that two readings of a rule fit alike, is not divided.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from extractor.divide.division import Divide, Divider, Division, Evidence, ends_name, may_be_names, said_words
from extractor.divide.names import divide_companies, divide_name
from extractor.divide.signatures import divide_signed, divide_signer, divide_signer_untitled
from extractor.divide.streets import ONE_LINE, divide_street
from extractor.divide.towns import divide_town, divide_town_with_phone

__all__ = ["ONE_LINE", "Divide", "Division", "Evidence", "divide", "ends_name", "may_be_names", "said_words"]

MOST_WORDS = 40
"""Words of a row of which more are not divided."""


def divide(asked: Sequence[str], words: Sequence[str], evidence: Evidence) -> Division | None:
    """The words of a row divided into the answers that are asked for; None where no rule divides them.

    >>> nothing = Evidence("", {})
    >>> divide(("street1", "street2"), "12 Elm Street Suite 4".split(), nothing)
    Division(parts=((0, 3), (3, 5)), rule='the word of a unit begins the second line')
    >>> divide(("last_name", "first_name", "middle_name"), "Roe Jane A.".split(), nothing).parts
    ((0, 1), (1, 2), (2, 3))
    """
    divider = _DIVIDERS.get(tuple(asked))
    return divider(words, evidence) if divider and words and len(words) <= MOST_WORDS else None


_SIGNATURE = ("issuer_name", "signature_name", "name_of_signer", "signature_title", "signature_date")

_DIVIDERS: Mapping[tuple[str, ...], Divider] = MappingProxyType(
    {
        ("street1", "street2"): divide_street,
        ("city", "state_or_country", "zip_code"): divide_town,
        ("city", "state_or_country", "zip_code", "issuer_phone_number"): divide_town_with_phone,
        ("last_name", "first_name", "middle_name"): divide_name,
        ("issuer_previous_names",): divide_companies,
        _SIGNATURE: divide_signed,
        _SIGNATURE[1:4]: divide_signer,
        _SIGNATURE[1:3]: divide_signer_untitled,
    }
)
"""Who divides which row."""

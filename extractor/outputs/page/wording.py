"""What differs between the editions of the form: the rules of item 6 and the third of the terms of submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extractor.errors import ExtractorError
from extractor.form.editions import SECTION_3C, EditionName, edition_of, exemptions_of
from extractor.model import Filing
from extractor.outputs.page.cells import PageOptions


@dataclass(frozen=True, slots=True)
class Wording:
    """The wording of one edition.

    rules: code and label of each box in the left column of item 6. rules_summary: how that column's table is called.
    certifying: the third of the terms of submission.
    """

    rules: tuple[tuple[str, str], ...]
    rules_summary: str
    certifying: str


SUMMARIES: Mapping[EditionName, str] = MappingProxyType(
    {
        "now": "Rule 504, 506 and Section 4(a)(5) Exemptions",
        "2013": "Rule 504, 505, 506 and Section 4(a)(5) Exemptions",
        "before": "Rule 504, 505, 506 and Section 4(6) Exemptions",
    }
)

CERTIFYING: Mapping[EditionName, str] = MappingProxyType(
    {
        "now": (
            "Certifying that, if the issuer is claiming a Regulation D exemption for the offering, the issuer is not "
            "disqualified from relying on Rule 504 or Rule 506 for one of the reasons stated in Rule 504(b)(3) or Rule "
            "506(d)."
        ),
        "2013": (
            "Certifying that, if the issuer is claiming a Regulation D exemption for the offering, the issuer is not "
            "disqualified from relying on Regulation D for one of the reasons stated in Rule 505(b)(2)(iii) or Rule "
            "506(d)."
        ),
        "before": (
            "Certifying that, if the issuer is claiming a Rule 505 exemption, the issuer is not disqualified from "
            "relying on Rule 505 for one of the reasons stated in Rule 505(b)(2)(iii)."
        ),
    }
)


def wording(filing: Filing, options: PageOptions) -> Wording:
    """The wording of the edition that the options ask for, or that fits the filing.

    ExtractorError: the edition has no box for an exemption that the filing claims, so its page would hide it.
    """
    edition = edition_of(filing) if options.edition == "auto" else options.edition
    printed = exemptions_of(edition)
    hidden = set(filing.federal_exemptions_exclusions or ()) - {box.code for box in printed}
    if hidden:
        raise ExtractorError(
            f"item 6: expected a box for each exemption that the filing claims, seen none for "
            f"{', '.join(sorted(hidden))} in the edition {edition!r}; choose another edition, or correct the filing"
        )
    rules = tuple((box.code, box.label) for box in printed if box not in SECTION_3C)
    return Wording(rules, SUMMARIES[edition], CERTIFYING[edition])

"""What every page of Form D shows beside the answers: its style, its head, the terms of submission, its end."""

from collections.abc import Iterator
from importlib import resources

from extractor.model import Filing
from extractor.outputs.page.cells import PageOptions, heading, row, values
from extractor.outputs.page.element import Element, element
from extractor.outputs.page.wording import Wording

DOCTYPE = '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">'

NOT_REVIEWED = (
    "The Securities and Exchange Commission has not necessarily reviewed the information in this filing and has not "
    "determined if it is accurate and complete."
)

NOT_ASSURED = "The reader should not assume that the information is accurate and complete."

VERIFY = (
    "Please verify the information you have entered and review the Terms of Submission below before signing and "
    "clicking SUBMIT below to file this notice."
)

NOTIFYING = (
    "Notifying the SEC and/or each State in which this notice is filed of the offering of securities described and "
    "undertaking to furnish them, upon written request, in the accordance with applicable law, the information "
    "furnished to offerees.*"
)

APPOINTING = (
    "Irrevocably appointing each of the Secretary of the SEC and, the Securities Administrator or other legally "
    "designated officer of the State in which the issuer maintains its principal place of business and any State in "
    "which this notice is filed, as its agents for service of process, and agreeing that these persons may accept "
    "service on its behalf, of any notice, process or pleading, and further agreeing that such service may be made "
    "by registered or certified mail, in any Federal or state action, administrative proceeding, or arbitration "
    "brought against the issuer in any place subject to the jurisdiction of the United States, if the action, "
    "proceeding or arbitration (a) arises out of any activity in connection with the offering of securities that is "
    "the subject of this notice, and (b) is founded, directly or indirectly, upon the provisions of: (i) the "
    "Securities Act of 1933, the Securities Exchange Act of 1934, the Trust Indenture Act of 1939, the Investment "
    "Company Act of 1940, or the Investment Advisers Act of 1940, or any rule or regulation under any of these "
    "statutes, or (ii) the laws of the State in which the issuer maintains its principal place of business or any "
    "State in which this notice is filed."
)

READ = (
    "Each Issuer identified above has read this notice, knows the contents to be true, and has duly caused this "
    "notice to be signed on its behalf by the undersigned duly authorized person."
)

SIGN = (
    "For signature, type in the signer's name or other letters or characters adopted or authorized as the signer's "
    "signature."
)

PERSONS = (
    "Persons who respond to the collection of information contained in this form are not required to respond unless "
    "the form displays a currently valid OMB number."
)

FOOTNOTE = (
    "* This undertaking does not affect any limits Section 102(a) of the National Securities Markets Improvement Act "
    'of 1996 ("NSMIA") [Pub. L. No. 104-290, 110 Stat. 3416 (Oct. 11, 1996)] imposes on the ability of States to '
    "require information. As a result, if the securities that are the subject of this Form D are "
    '"covered securities" for purposes of NSMIA, whether in all instances or due to the nature of the offering that '
    "is the subject of this Form D, States cannot routinely require offering materials under this undertaking or "
    "otherwise and can require offering materials only to the extent NSMIA permits them to do so under NSMIA's "
    "preservation of their anti-fraud authority."
)


def document_head() -> Element:
    """The head of the document, with the style of EDGAR's page, its slips included: prints look as they do by them."""
    style = resources.files("extractor.outputs.page").joinpath("style.css").read_text("utf-8")
    return element(
        "head",
        element("meta", http_equiv="Content-Type", content="text/html; charset=UTF-8"),
        element("title", "SEC FORM D"),
        element("style", f"\n{style}", type="text/css"),
    )


def form_head() -> Iterator[Element]:
    """The head of the form, down to the rule above item 1."""
    notice = element("p", NOT_REVIEWED, element("br"), NOT_ASSURED)
    yield element(
        "table",
        row(element("td", notice, colspan="4", style="border: solid;text-align: center;")),
        row(
            element("td", width="10%", colspan="2", valign="top", align="left"),
            element("td", *_titles(), rowspan="1", width="70%", valign="middle", align="center"),
            element("td", _approval(), rowspan="1", width="20%", valign="top", align="center"),
        ),
        width="100%",
        border="0",
        cellspacing="0",
        cellpadding="4",
        summary="Form D Header Information",
    )
    yield element("hr")


def _titles() -> Iterator[Element]:
    lines = (
        ("FormTitle", "UNITED STATES SECURITIES AND EXCHANGE COMMISSION", 1),
        ("FormText", "Washington, D.C. 20549", 1),
        ("FormTitle", "FORM D", 2),
        ("FormTitle", "Notice of Exempt Offering of Securities", 2),
    )
    for style, text, breaks in lines:
        yield element("span", text, class_=style)
        yield from (element("br") for _ in range(breaks))


def _approval() -> Element:
    """The box with the approval by the Office of Management and Budget."""
    inner = element(
        "table",
        row(_small("OMB Number:", 3), element("td", "3235-0076", class_="SmallFormTextR")),
        row(_small("Estimated average burden", 4)),
        row(_small("hours per response:", 3), element("td", "4.00", class_="SmallFormTextR")),
        width="100%",
        border="0",
        summary="OMB Interior Box",
    )
    title = row(element("td", "OMB APPROVAL", class_="FormTextC"))
    summary = "OMB Approval Status Box"
    return element("table", title, row(element("td", inner)), width="100%", border="1", summary=summary)


def _small(text: str, columns: int) -> Element:
    return element("td", text, class_="SmallFormText", colspan=str(columns))


def signature_and_submission(filing: Filing, wording: Wording, options: PageOptions) -> Iterator[Element]:
    """The terms of submission, the signatures, and the end of the page."""
    yield heading("Signature and Submission")
    yield element("p", VERIFY, class_="FormTitle2")
    yield element("p", "Terms of Submission", class_="FormTitle2")
    yield _terms(wording)
    yield element("p", READ, class_="FormText")
    yield element("p", SIGN, class_="FormText")
    yield _signatures(filing, options)
    yield element("p", PERSONS, class_="FormEMText")
    yield element("p", FOOTNOTE, class_="SmallFormText")
    yield element("hr")


def _terms(wording: Wording) -> Element:
    bullets = (element("ul", element("li", text)) for text in (NOTIFYING, APPOINTING, wording.certifying))
    rows = (
        row(element("td", "In submitting this notice, each issuer named above is:")),
        row(element("td", *bullets)),
    )
    body = element("tbody", *rows)
    return element("table", body, bgColor="#d5d5d5", border="0", summary="Signature and Submission", class_="FormText")


def _signatures(filing: Filing, options: PageOptions) -> Element:
    titles = ("Issuer", "Signature", "Name of Signer", "Title", "Date")
    rows = (
        values(
            (
                signed.issuer_name,
                signed.signature_name,
                signed.name_of_signer,
                signed.signature_title,
                signed.signature_date.isoformat() if signed.signature_date else None,
            ),
            options,
        )
        for signed in filing.signature_block.signatures
    )
    head = element("thead", row(*(element("th", title, class_="FormTextC") for title in titles)))
    return element("table", head, element("tbody", *rows), border="1", width="100%", summary="Signature Block")

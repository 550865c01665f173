"""Documents of EDGAR, made by hand: the XML of a filing, and submissions that hold it."""

import regex

from extractor.source import Source

ISSUER = """
    <primaryIssuer>
        <cik>0009900001</cik>
        <entityName>Kestrel &amp; Rook
            Partners, L.P.</entityName>
        <issuerAddress><street1>1 Quay</street1><street2></street2><stateOrCountry>E9</stateOrCountry></issuerAddress>
        <issuerPreviousNameList><value>None</value></issuerPreviousNameList>
        <yearOfInc><withinFiveYears>true</withinFiveYears><value>2022</value></yearOfInc>
    </primaryIssuer>"""

LABELLED = """-----BEGIN PRIVACY-ENHANCED MESSAGE-----
Proc-Type: 2001,MIC-CLEAR
Originator-Name: webmaster@www.sec.gov

<SEC-DOCUMENT>0009900001-13-000063.txt : 20130214
<SEC-HEADER>0009900001-13-000063.hdr.sgml : 20130214
<ACCEPTANCE-DATETIME>20130214091550
ACCESSION NUMBER:\t\t0009900001-13-000063
CONFORMED SUBMISSION TYPE:\tD
PUBLIC DOCUMENT COUNT:\t\t1
ITEM INFORMATION:\t\tRule 505
ITEM INFORMATION:\t\t<ITEMS>06c
FILED AS OF DATE:\t\t20130214

FILER:

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tKESTREL & ROOK PARTNERS, L.P.
\t\tCENTRAL INDEX KEY:\t\t\t0009900001
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tSERVICES-PREPACKAGED SOFTWARE [7372]

\tFILING VALUES:
\t\tFORM TYPE:\t\tD
\t\tSEC FILE NUMBER:\t021-000001
\t\tFILM NUMBER:\t\t13606741

\tBUSINESS ADDRESS:\t
\t\tCITY:\t\t\tBROOKLINE

\tMAIL ADDRESS:\t
\t\tCITY:\t\t\tBOSTON

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tKestrel One
\t\tDATE OF NAME CHANGE:\t20080521

\tFORMER COMPANY:\t
\t\tFORMER CONFORMED NAME:\tKestrel Zero
\t\tDATE OF NAME CHANGE:\t19981313
</SEC-HEADER>
<DOCUMENT>
<TYPE>COVER
<TEXT>
A letter.
</TEXT>
</DOCUMENT>
<DOCUMENT>
<TYPE>D
<SEQUENCE>1
<FILENAME>primary_doc.xml
<TEXT>
<XML>
%s
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
-----END PRIVACY-ENHANCED MESSAGE-----
"""

TAGGED = """<SUBMISSION>
<ACCESSION-NUMBER>0009900001-24-000491
<TYPE>D/A
<ITEMS>06b
<ITEMS>3C
<FILING-DATE>20240111
<FILER>
<COMPANY-DATA>
<CONFORMED-NAME>KESTREL FUND, LP
<CIK>0009900001
<ORGANIZATION-NAME>
</COMPANY-DATA>
<FILING-VALUES>
<FORM-TYPE>D/A
<FILE-NUMBER>021-67023
<FILM-NUMBER>24528538
</FILING-VALUES>
</FILER>
<DOCUMENT>
<TYPE>D/A
<TEXT>
<XML>
%s
</XML>
</TEXT>
</DOCUMENT>
</SUBMISSION>
"""


def document(inside: str = ISSUER, kind: str = "<submissionType>D</submissionType>") -> str:
    return f'<?xml version="1.0"?>\n<edgarSubmission>\n    {kind}{inside}\n</edgarSubmission>'


def offering(inside: str) -> str:
    return document(f"<offeringData>{inside}</offeringData>")


def prefixed(xml: str) -> str:
    named = regex.sub(r"<(/?)(?=\w)", r"<\1d:", xml)
    return named.replace("<d:edgarSubmission", '<d:edgarSubmission xmlns:d="urn:d"', 1)


def told(source: Source) -> dict[str, str]:
    return {path: cell.text for path, cell in source.answers}

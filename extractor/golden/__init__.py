"""Truth made by hand: drafts of it, in which a person confirms every answer, and the filings that it says."""

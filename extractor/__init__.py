"""Form D filings, read."""

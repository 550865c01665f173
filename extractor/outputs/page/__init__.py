"""EDGAR's page of a Form D, item by item."""

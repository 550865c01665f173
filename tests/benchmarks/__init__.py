"""Benchmarks; run them by hand, they are no tests of time."""

"""Packaging: slips in and out of stores and households."""

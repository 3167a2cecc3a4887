"""Copies of the database: made, kept by a rule, tried, put back; and anchors that lie outside it."""

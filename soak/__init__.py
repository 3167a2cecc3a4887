"""Trials that take minutes: what the office promises when things go wrong, with figures. `python -m soak` runs them."""

"""Public notices: what hangs on the wall, for how long, and what was said to it."""

"""The checker of an audit pack: standard library only, and nothing of the project it came from."""

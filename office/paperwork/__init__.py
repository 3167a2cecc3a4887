"""Papers: what stands on each, numbered, frozen and printed."""

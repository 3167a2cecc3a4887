"""What the office does: gather, decide, record. The only place where data/ and rules/ meet."""

"""Re-check: everything that was recorded is decided again, from its frozen facts and from the registers as of then."""

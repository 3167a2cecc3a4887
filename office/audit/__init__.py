"""What an auditor does: samples of recorded decisions, findings, acts against the rules and what came after them."""

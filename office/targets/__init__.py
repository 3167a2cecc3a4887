"""The plan's targets: where each stands on a day, the rows behind it, what was reported, and what would be if."""

"""What is personal: shown with a reason, handed to its household, corrected at its wish, and kept no longer than needed."""

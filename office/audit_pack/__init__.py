"""The audit pack: everything recorded in one zip, with a checker that needs nothing but Python."""

"""The registers as the office works with them: lists, single rows, entering, correcting, exporting, links between rows."""

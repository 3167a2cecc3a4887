"""The core: values in, values out. No database, no page, no clock, no files but its own."""

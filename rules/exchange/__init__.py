"""A programme in the words of other rule engines: values in, the text of a file out."""

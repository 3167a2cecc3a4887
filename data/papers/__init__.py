"""Papers as files: the only reading and writing of .docx, and the .xlsx of settlements, lists and notices."""

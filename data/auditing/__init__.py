"""Reading everything recorded as it lies in the database, for those who check it elsewhere."""

"""Rules as they are changed and confirmed, and decisions as they are audited: the tables and their readers."""

"""Accounts: who may come in, by what password, and who looks after the list. Demonstrations have none of it."""

"""The tables of casework and how they are read; written only through `ledger`."""

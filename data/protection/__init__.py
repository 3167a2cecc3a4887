"""What protects: accounts and sign-ins, who was shown what is personal, and copies of the database."""

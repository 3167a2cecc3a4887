"""Casework: what people do about decisions – acts, the path of taking away, what is in force, the desk."""

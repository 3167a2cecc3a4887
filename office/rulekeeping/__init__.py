"""Rules as they are changed: drafted, compared, published, confirmed."""

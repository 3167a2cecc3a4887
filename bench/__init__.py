"""The yardstick: how fast the office decides, side by side with others doing the same (`make bench`)."""

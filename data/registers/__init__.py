"""One file per register; each says `ABOUT` and its pandera model. `data/register.py` finds them."""

"""The installation looked over: what is fine, what to look at, what is wrong, and what to do, in plain words."""

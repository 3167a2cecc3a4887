"""统计通报 and 考核: the month in figures, the townships' points, issued and frozen."""

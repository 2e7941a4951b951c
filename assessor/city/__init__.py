"""A whole city in one run: find, score, archive, rank, report."""

"""Made-up cities: units, their figures, their reports and the files they send in."""

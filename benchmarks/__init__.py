"""Figures, as ratios within one run: `make bench`. No figure fails a build; query counts are asserted in tests."""

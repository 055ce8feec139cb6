"""Figures, as ratios within one run: `make bench`. A benchmark never fails a build; query counts are asserted in tests."""

"""The product measured beside something else, in turns."""

import math
import statistics
from dataclasses import dataclass

# How far apart the bounds may lie between which the ratio is known. More says that the machine was busy with
# something else. Single rounds may differ much further: only how sure their median is counts.
MOST_DOUBT = 1.1


@dataclass(frozen=True)
class Compared:
    """What each round measured, (the product's, the other's), in `unit`.

    A processor's speed may double within a minute: only what was measured within a moment of each other is compared.
    """

    rounds: list[tuple[float, float]]
    unit: str

    @property
    def ratio(self) -> float | None:
        """The product's to the other's, the median of the rounds. None where it is not known well enough to say."""
        ratios = sorted(ours / other for ours, other in self.rounds)
        low, high = _bounds(ratios)
        return statistics.median(ratios) if high <= low * MOST_DOUBT else None

    @property
    def medians(self) -> tuple[float, float]:
        """The product's, and the other's."""
        ours, others = zip(*self.rounds, strict=True)
        return statistics.median(ours), statistics.median(others)

    @property
    def parts(self) -> dict[str, object]:
        ours, other = self.medians
        return {"product": ours, "other": other, "unit": self.unit}


def _bounds(ordered: list[float]) -> tuple[float, float]:
    """Between which the true median lies, nineteen times in twenty, whatever the figures are spread like.

    How many of n fall below it is as heads and tails: n / 2, give or take 1.96 standard deviations of sqrt(n) / 2.
    """
    count = len(ordered)
    place = max(0, round((count - 1.96 * math.sqrt(count)) / 2))
    return ordered[place], ordered[-1 - place]

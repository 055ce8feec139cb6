"""The product measured beside something else, in turns."""

import statistics
from dataclasses import dataclass

# The middle half of the rounds may lie this far apart. More says that the machine was busy with something else.
MOST_NOISE = 1.25


@dataclass(frozen=True)
class Compared:
    """What each round measured, (the product's, the other's), in `unit`.

    A processor's speed may double within a minute: only what was measured within a moment of each other is compared.
    """

    rounds: list[tuple[float, float]]
    unit: str

    @property
    def ratio(self) -> float | None:
        """The product's to the other's, the median of the rounds. None where they differ too much to say."""
        low, middle, high = statistics.quantiles((ours / other for ours, other in self.rounds), n=4)
        return middle if high <= low * MOST_NOISE else None

    @property
    def parts(self) -> dict[str, object]:
        ours, others = zip(*self.rounds, strict=True)
        return {"product": statistics.median(ours), "other": statistics.median(others), "unit": self.unit}

"""The causes of a loss: their words and their order, for every section and figure that tells of them."""

from collections.abc import Mapping
from typing import Any

Holder = Mapping[str, Any]
AT_LEAST = 0.001
"""The chance from which a cause is worth a word."""
CAUSES: Mapping[str, str] = {
    "multiple": "a lower multiple than it paid",
    "business": "too small a business",
    "dilution": "dilution",
    "stack": "what is paid before its shares",
    "wind_down": "wind-down",
    "still_private": "still private, counted for nothing",
}
"""The causes of a loss in the order of the chart; what ends a company as a whole comes last."""


def chance_of(holder: Holder, cause: str) -> float:
    """The chance that a holder loses by one cause."""
    found = (holder.get("loss_causes") or {}).get(cause)
    return float(found["probability"]["mean"]) if found else 0.0


def main_causes(holder: Holder) -> list[tuple[str, float]]:
    """The causes of a holder's losses that are worth a word, the commonest first."""
    found = [(name, chance_of(holder, name)) for name in CAUSES]
    return sorted((each for each in found if each[1] >= AT_LEAST), key=lambda each: -each[1])

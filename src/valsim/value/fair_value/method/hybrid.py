"""A hybrid: several methods at once, each with a weight."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import numpy as np

from valsim.captable.curve import total
from valsim.core.block import Block
from valsim.core.errors import Problem
from valsim.core.parameter import Fraction, middle
from valsim.core.rows import Row
from valsim.value.fair_value.diagram import Exits
from valsim.value.fair_value.method.base import MeasureWord, Method

TWO_MEASURES = (
    "this hybrid adds up numbers of two kinds, risk-neutral present values and real-world payouts at a flat hurdle rate: the sum is "
    "neither. Practice does it; read it as a weighted opinion, not as a price"
)


class Part(Block):
    """One method of a hybrid, and what it counts for."""

    example = "{weight: 60%, method: {kind: option_pricing, volatility: 60%, risk_free: 4%, term: 3}}"

    weight: Fraction
    """What the method counts for; all weights add up to 100 %."""
    method: Method
    """The method, on its own terms."""


class Hybrid(Method):
    """Each class is worth what several methods give it, each by its weight.

    All methods value the same company: the company value that makes the class that was priced last worth its price goes into each.
    Stated outcomes whose ``calibration`` is ``none`` stay as they are, and the other methods make up for them: the classical hybrid of an
    option-pricing part and a listing. Source: AICPA, Valuation of privately-held-company equity securities issued as
    compensation, on hybrid methods.
    """

    example = (
        "{kind: hybrid, parts: {stays_private: {weight: 60%, method: {kind: option_pricing, volatility: 60%, risk_free: 4%, term: 3}}, "
        "goes_public: {weight: 40%, method: {kind: exit_mix, volatility: 60%, risk_free: 4%, exit_rate: 0.5}}}}"
    )

    kind: Literal["hybrid"]
    """Names this method."""
    parts: Mapping[str, Part]
    """The methods and their weights, by name."""

    @property
    def measure(self) -> MeasureWord:
        """What kind of number a present value is."""
        found = {part.method.measure for part in self.parts.values()}
        return found.pop() if len(found) == 1 else "mixed"

    def present_values(self, exits: Exits, company_value: Row) -> dict[str, Row]:
        """Add up what every part gives everybody, each by its weight."""
        each = [(float(part.weight), part.method.present_values(exits, company_value)) for part in self.parts.values()]
        return {name: total(weight * worth[name] for weight, worth in each) for name in each[0][1]}

    def noise(self, exits: Exits, company_value: float) -> Mapping[str, Row]:
        """Give the errors of the parts that draw, which are independent, one behind the other."""
        each = [(float(part.weight), part.method.noise(exits, company_value)) for part in self.parts.values()]
        drawn = [(weight, noise) for weight, noise in each if noise]
        names = drawn[0][1] if drawn else ()
        return {
            name: np.concatenate([weight * np.atleast_1d(noise[name]) for weight, noise in drawn]) for name in names
        }

    def stated_value(self, exits: Exits) -> float | None:
        """Give what the company is worth as stated, where no part gives way."""
        values = [(float(part.weight), part.method.stated_value(exits)) for part in self.parts.values()]
        known = [weight * value for weight, value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def calibrated(self, exits: Exits, company_value: float) -> tuple[str, ...]:
        """Say what gave way in each part, and which parts did not."""
        fixed = [name for name, part in self.parts.items() if part.method.stated_value(exits) is not None]
        others = f"what is stated in {' and '.join(fixed)} stays, and the other parts value the company at {company_value:,.0f}"
        notes = ((name, part.method.calibrated(exits, company_value)) for name, part in self.parts.items())
        told = tuple(f"part {name}: {note}" for name, found in notes for note in found)
        return (others, *told) if fixed and len(fixed) < len(self.parts) else told

    def about(self, exits: Exits) -> tuple[str, ...]:
        """Say what each part says about itself."""
        return tuple(f"part {name}: {note}" for name, part in self.parts.items() for note in part.method.about(exits))

    def cautions(self) -> tuple[str, ...]:
        """Warn of what each part warns of, and of two kinds of numbers in one sum."""
        own = (TWO_MEASURES,) if self.measure == "mixed" else ()
        return (*own, *dict.fromkeys(caution for part in self.parts.values() for caution in part.method.cautions()))

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report weights that do not add up, and what is wrong in a part."""
        yield from super().problems(context)
        weights = sum(middle(part.weight) for part in self.parts.values())
        if abs(weights - 1) > 1e-9:
            yield Problem(("parts",), f"the weights add up to 100 %, and these to {100 * weights:g} %", at="key")
        seeds = [getattr(part.method, "seed", None) for part in self.parts.values() if part.method.draws]
        if len(set(seeds)) < len(seeds):
            message = "parts that draw paths from one seed draw the same ones, and their errors add up unseen"
            yield Problem(("parts",), message, "give each a seed of its own", "key")
        for name, part in self.parts.items():
            yield from (problem.under(("parts", name, "method")) for problem in part.method.problems(context))

"""Effects: what an event does to a named row, at once or fading away."""

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Self

import numpy as np
from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from valsim.core.block import HOLDS, Block, custom_error, shown
from valsim.core.choose import choose
from valsim.core.parameter import EachTime, Factor, Level, Parameter, PositiveDuration
from valsim.core.replace import replace
from valsim.core.rows import Bools, Row

GONE = np.log(20.0)
"""An effect that recovers fades exponentially; at its ``recovery`` 95 % of it is gone, so its rate is log(20) / recovery.

Of a factor it is the logarithm that fades: at its ``recovery``, ``times^0.05`` is left.
"""

EXPECTED = 'expected an effect such as "* 0.7 decaying over 2 years" or "+ 5%"'

_SHORT = re.compile(r"\s*([*+-])\s*(.+?)(?:\s+decaying over\s+(.+?))?\s*$")


class Effect(Block):
    """What an event does to a row: ``times`` multiplies it, ``plus`` adds points; with a ``recovery`` it fades.

    Short forms: ``"* 1.1"``, ``"* 0.85 decaying over 3 years"``, ``"+ 5%"``, ``"- 200 ms"``.
    """

    example = "{times: 0.8, recovery: 2 years}"

    times: Factor | None = None
    """A factor on the row, above 0."""
    plus: Level | None = Field(default=None, examples=["5%"])
    """Points added to the row, in its unit."""
    recovery: PositiveDuration | None = None
    """The time after which 95 % of the effect is gone (it fades exponentially); without it the effect is permanent."""

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _long_form(value)
        if isinstance(value, bool | int | float | list):
            raise custom_error("effect", f"{EXPECTED}, got {shown(value)}")
        return value

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if (self.times is None) == (self.plus is None):
            raise custom_error("effect", "an effect either multiplies (times) or adds (plus)")
        return self

    def anew(self) -> Self:
        """Give the effect of an event whose size is drawn anew each time that it happens; of a document."""
        given = {size: getattr(self, size) for size in SIZES}
        return self.but(**{size: EachTime(**vars(number)) for size, number in given.items() if _is_drawn(number)})

    def sized(self, name: str, draw: Callable[[str], Row]) -> Self:
        """Give the effect of an event that happens now: ``draw`` gives uniform numbers for each size, by its dotted name."""
        waiting = {size: number for size in SIZES if isinstance(number := getattr(self, size), EachTime)}
        return (
            self.but(**{size: number.at(draw(f"{name}.{size}")) for size, number in waiting.items()})
            if waiting
            else self
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        short = {
            "pattern": r"^\s*[*+-]",
            "patternErrorMessage": EXPECTED,
            "examples": ["* 0.7 decaying over 2 years", "+ 5%"],
        }
        short[HOLDS] = "an effect, short or as a mapping of times or plus and recovery"
        return handler.resolve_ref_schema(handler(schema)) | {"type": ["object", "string"], **short}


SIZES = ("times", "plus")
"""The fields that say how large an effect is."""


def _is_drawn(number: Any) -> bool:
    return isinstance(number, Parameter) and not number.known


def _long_form(text: str) -> dict[str, str]:
    match = _SHORT.match(text)
    if match is None:
        raise custom_error("effect", f"{EXPECTED}, got {shown(text)}")
    sign, amount, recovery = match.groups()
    effect = {"times": amount} if sign == "*" else {"plus": amount if sign == "+" else f"-{amount}"}
    return effect | ({"recovery": recovery} if recovery else {})


@dataclass(frozen=True)
class Trace:
    """What is left of an effect: a log factor and points, shape ``(n_paths,)``, fading at ``rate`` per year."""

    log_factor: Row
    points: Row
    rate: Row

    @property
    def lasts(self) -> bool:
        """Whether it never fades, on any path."""
        return self.rate.ndim == 0 and self.rate == 0

    def later(self, dt: float) -> "Trace":
        """Give what is left ``dt`` years later."""
        if self.lasts:
            return self
        kept = np.exp(-self.rate * dt)
        return Trace(self.log_factor * kept, self.points * kept, self.rate)


@dataclass(frozen=True)
class Overlays:
    """All that events did to the rows so far: (event, target) to its trace. Processes never know of it."""

    traces: Mapping[tuple[str, str], Trace]
    known: dict[str, tuple[Row, Row]] = field(default_factory=dict, repr=False, compare=False)
    """The factor and the points on each row, as far as they were asked for: a row is read several times in a step."""

    def later(self, dt: float) -> "Overlays":
        """Let every effect fade for ``dt`` years."""
        fading = {target for (_, target), trace in self.traces.items() if not trace.lasts}
        return self._but(fading, {key: trace.later(dt) for key, trace in self.traces.items()})

    def hit(self, event: str, effects: Mapping[str, Effect], where: Bools) -> "Overlays":
        """Add the effects of an event on the paths where it happened."""
        if not np.any(where):
            return self
        new = {(event, target): self._added(event, target, effect, where) for target, effect in effects.items()}
        return self._but(effects, {**self.traces, **new})

    def _but(self, targets: Container[str], traces: Mapping[tuple[str, str], Trace]) -> "Overlays":
        """Give these traces; what is known of other rows than the targets stays known."""
        return Overlays(traces, {target: both for target, both in self.known.items() if target not in targets})

    def _added(self, event: str, target: str, effect: Effect, where: Bools) -> Trace:
        old = self.traces.get((event, target), NOTHING)
        rate = np.asarray(0.0) if effect.recovery is None else GONE / effect.recovery
        if effect.plus is not None:
            return replace(old, points=old.points + choose(where, effect.plus, 0.0), rate=rate)
        log_factor = np.log(np.asarray(effect.times))
        return replace(old, log_factor=old.log_factor + choose(where, log_factor, 0.0), rate=rate)

    def laid(self, cause: str, target: str, log_factor: Row) -> "Overlays":
        """Set the logarithm of the factor by which a cause that goes on, unlike an event, moves a row now."""
        if not np.any(self.traces.get((cause, target), NOTHING).log_factor != log_factor):
            return self
        return self._but((target,), {**self.traces, (cause, target): replace(NOTHING, log_factor=log_factor)})

    def on(self, target: str, level: Row) -> Row:
        """Give the level of a row with every effect on it: ``level exp(sum of log factors) + sum of points``."""
        if not self.traces:
            return level
        factor, points = self.known.get(target) or self._worked_out(target)
        return level if factor is ONE else level * factor + points

    def _worked_out(self, target: str) -> tuple[Row, Row]:
        # In the order of their names: the order in which they first happened differs with the paths that are played at a time.
        hits = [self.traces[key] for key in sorted(self.traces) if key[1] == target]
        factor = np.exp(reduce(np.add, (trace.log_factor for trace in hits))) if hits else ONE
        self.known[target] = factor, sum((trace.points for trace in hits), np.asarray(0.0))
        return self.known[target]

    @property
    def targets(self) -> frozenset[str]:
        """The rows that some effect has touched."""
        return frozenset(target for _, target in self.traces)


ONE = np.ones(())
NOTHING = Trace(np.asarray(0.0), np.asarray(0.0), np.asarray(0.0))
NO_OVERLAYS = Overlays({})

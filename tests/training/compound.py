"""An option on an option as a problem of decisions: pay or not, twice. A call on a call is a financing in two tranches."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.training.by_rule import FIRST, ByRule
from valsim.core.policy import Decided, Decision, Policy
from valsim.core.streams import BATCH, Streams
from valsim.scenario.choices import Overtaken
from valsim.training.problem import Played
from valsim.value.option.compound import Leg

SIGN = {"call": 1.0, "put": -1.0}
USE, LEAVE = 0, 1


def used_at(levels):
    """The policy that uses a right where the price times a sign is at least so much, by decision; 0 and infinity are levels too."""

    def rule(decision, rows):
        sign, level = levels[decision.closing]
        return np.where(sign * rows["price"] >= sign * level, USE, LEAVE)

    return ByRule(rule)


@dataclass(frozen=True)
class Compound:
    """The right ``first`` to buy or sell the right ``second``; who has sold it leaves the second decision to the buyer."""

    first: Leg
    second: Leg
    spot: float
    volatility: float
    rate: float
    payout: float
    explores: Policy = FIRST
    state: tuple[str, ...] = ("price",)
    overtaken: Overtaken = field(default_factory=dict)

    @property
    def decisions(self):
        names = ("first", "second") if self.first.right == "call" else ("first",)
        return tuple(Decision("option", "option", name, "met", ("use", "leave")) for name in names)

    def play(self, policies: Sequence[Policy], seed: int, paths: int):
        streams = Streams(seed, 0, -(-paths // BATCH), paths)
        then = self._moved(self.spot, streams, self.first.term)
        last = self._moved(then, streams, self.second.term - self.first.term)
        return [self._played(policy, then, last) for policy in policies]

    def _moved(self, price, streams, years):
        drift = self.rate - self.payout - self.volatility**2 / 2
        return price * np.exp(drift * years + self.volatility * years**0.5 * streams.normal("price"))

    def _played(self, policy, then, last):
        everywhere, decided = np.ones(then.size, dtype=bool), {}
        held = policy(self.decisions[0], {"price": then}, everywhere) == USE
        paid = SIGN[self.first.right] * self.first.strike * np.exp(-self.rate * self.first.term)
        gain = SIGN[self.second.right] * (last - self.second.strike) * np.exp(-self.rate * self.second.term)
        used = gain > 0
        notes = {"first": (everywhere, then), "second": (held, last)}
        if self.first.right == "call":
            used = policy(self.decisions[1], {"price": last}, held) == USE
        for decision in self.decisions:
            reached, price = notes[decision.closing]
            decided[decision.key] = Decided(reached, np.zeros(then.size, dtype=np.int8), {"price": price})
        value = np.where(held, SIGN[self.first.right] * np.where(used, gain, 0) - paid, 0)
        return Played(dict.fromkeys(decided, value), decided)

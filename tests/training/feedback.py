"""Two closings to which the company reacts: money makes it grow, and without money it may not survive.

Who decides has an old stake of a tenth, so that what walking away does to the company is part of what it costs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.training.by_rule import COIN, ByRule
from valsim.core.policy import Decided, Decision, Policy
from valsim.core.streams import BATCH, Streams
from valsim.scenario.choices import Overtaken
from valsim.training.fit import weighted_fit
from valsim.training.problem import Played

FUND, WALK = 0, 1
STEPS = ("first", "second")


def funded_at(first, second, alone):
    """The policy that funds where the company's value is at least so much: one level for the first closing, and for the second
    one where the first was funded and one where it was not.
    """

    def rule(decision, rows):
        later = np.where(rows["stake"] > TwoClosings.old_stake, second, alone)
        return np.where(rows["value"] >= (first if decision.closing == "first" else later), FUND, WALK)

    return ByRule(rule)


@dataclass(frozen=True)
class TwoClosings:
    """A company of geometric Brownian motion, in millions: sold after the last year, two closings before.

    A closing adds its money to the company's value and multiplies what was there by ``growth``; where it is not funded, the company
    is worth nothing with probability ``death``. Shares are bought at a price that was agreed: ``money / (pre_money + money)`` of
    the company. All present values are at the risk-free rate.
    """

    value: float = 300.0
    volatility: float = 0.8
    rate: float = 0.04
    money: tuple[float, ...] = (60.0, 150.0)
    pre_money: tuple[float, ...] = (400.0, 700.0)
    growth: float = 1.3
    death: float = 0.4
    times: tuple[float, ...] = (0.0, 1.0, 2.0, 4.0)
    old_stake = 0.1
    explores: Policy = COIN
    state: tuple[str, ...] = ("value", "stake")
    overtaken: Overtaken = field(default_factory=dict)

    @property
    def decisions(self):
        return tuple(Decision("round", "round", name, "met", ("fund", "walk")) for name in STEPS)

    def play(self, policies: Sequence[Policy], seed: int, paths: int):
        moves, luck, coins = self.draws(seed, paths)
        return [self._played(policy, moves, luck, coins) for policy in policies]

    def draws(self, seed, paths):
        streams = Streams(seed, 0, -(-paths // BATCH), paths)
        spans = np.diff(self.times)
        drifts = (self.rate - self.volatility**2 / 2) * spans
        moves = [
            np.exp(drift + self.volatility * span**0.5 * streams.normal("value"))
            for drift, span in zip(drifts, spans, strict=True)
        ]
        return (
            moves,
            [streams.uniform(f"luck {name}") for name in STEPS],
            [streams.uniform(f"coin {name}") for name in STEPS],
        )

    def discounted(self, money, years):
        return money * np.exp(-self.rate * years)

    def _played(self, policy, moves, luck, coins):
        value, stake = np.full(luck[0].size, self.value), np.full(luck[0].size, self.old_stake)
        paid, decided = np.zeros(stake.size), {}
        for k, decision in enumerate(self.decisions):
            value = value * moves[k]
            reached = value > 0
            chosen = policy(decision, {"value": value, "stake": stake, "coin": coins[k]}, reached)
            decided[decision.key] = Decided(reached, chosen, {"value": value, "stake": stake})
            funds = reached & (chosen == FUND)
            bought = self.money[k] / (self.pre_money[k] + self.money[k])
            paid = paid + np.where(funds, self.discounted(self.money[k], self.times[k + 1]), 0)
            stake = np.where(funds, stake * (1 - bought) + bought, stake)
            survives = np.where(luck[k] < self.death, 0, value)
            value = np.where(funds, value * self.growth + self.money[k], survives)
        worth = self.discounted(stake * value * moves[-1], self.times[-1]) - paid
        return Played(dict.fromkeys(decided, worth), decided)


def ordinary(problem: TwoClosings, paths: int, seed: int) -> ByRule:
    """Learn as for an American option: the company is drawn once, as if everything were funded, and every choice is valued along
    these prices. It is the usual algorithm, with the same fit, and its assumption is false here.
    """
    moves, _, _ = problem.draws(seed, paths)
    first = problem.value * moves[0]
    second = (first * problem.growth + problem.money[0]) * moves[1]
    last = (second * problem.growth + problem.money[1]) * moves[2]
    worth = problem.discounted(last, problem.times[-1])
    bought = [money / (before + money) for money, before in zip(problem.money, problem.pre_money, strict=True)]
    paid = [problem.discounted(money, years) for money, years in zip(problem.money, problem.times[1:], strict=False)]

    def ahead(stake):
        """The score of the second closing for a stake, and what that stake is then worth."""
        gain = (1 - stake) * bought[1] * worth - paid[1]
        score = weighted_fit({"value": second}, gain)
        return score, stake * worth + np.where(score({"value": second}, paths) > 0, gain, 0)

    less, more = problem.old_stake, problem.old_stake + (1 - problem.old_stake) * bought[0]
    (alone, worth_alone), (after, worth_after) = ahead(less), ahead(more)
    at_first = weighted_fit({"value": first}, worth_after - worth_alone - paid[0])

    def rule(decision, rows):
        size = rows["value"].size
        later = np.where(rows["stake"] > less, after(rows, size), alone(rows, size))
        return np.where((at_first(rows, size) if decision.closing == "first" else later) > 0, FUND, WALK)

    return ByRule(rule)

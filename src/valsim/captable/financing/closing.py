"""A closing: one payment of a round, with its date or window, its condition, its price and its investors."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, field_validator, model_validator

from valsim.captable.term.default import Default
from valsim.captable.term.followers import Followers
from valsim.captable.term.headline_price import HeadlinePrice
from valsim.captable.term.in_kind import InKind
from valsim.captable.term.tries_again import TriesAgain
from valsim.captable.term.waiver import Waiver
from valsim.core.amount import ChanceAmount, MoneyAmount
from valsim.core.block import READING, Block, custom_error, shown
from valsim.core.day import Day, LastDay
from valsim.core.effect import Effect
from valsim.core.errors import Problem
from valsim.core.expression import Expression
from valsim.core.parameter import Fraction, Parameter, PositiveDuration, PositiveMoney, middle
from valsim.core.quantity import format_quantity
from valsim.core.timeline import after
from valsim.core.unit import Unit

MOST_CONDITIONS = 14
"""How many conditions a closing may join by ``and``: which of them were missed is kept in the bits of a short integer."""
ROUNDING = 1e-9
"""How far, relatively, commitments may be above what a closing takes before they count as more."""


WaiverOrLapse: TypeAlias = Waiver | Literal["lapse"]
"""What a document writes."""


def _waiver(given: Any) -> Any:
    if not isinstance(given, str):
        return given
    if given != "lapse":
        message = f"expected lapse, or the chance of a waiver, got {shown(given)}"
        raise custom_error("closing", message, "e.g. if_not_met: {probability: 10%}")
    return None


class Closing(Block):
    """One payment of a round.

    It happens at a date (``at``) or in the first step of a window (``between``) in which its condition holds; without
    either, in the first step at all in which it holds. A later closing of a round follows its first one.
    """

    example = '{name: milestone closing, when: arr >= 10M USD/year and audit, between: [2026-07-01, 2027-03-31], new_money: 15M USD, pre_money_valuation: 120M USD, investors: {Lead Fund: 9M USD}, if_lapsed: {multiple: "* 0.9 decaying over 2 years"}}'

    name: str
    """What the closing is called."""
    at: Day | None = None
    """The date of the closing."""
    between: tuple[Day, LastDay] | None = Field(default=None, strict=False)
    """The first and the last date of the window; the tranche lapses at its end. ``[2026-Q3, 2027-Q1]`` lasts from 1 July to 31 March."""
    cure_period: PositiveDuration | None = Field(default=None, examples=["90 days"])
    """How long after its date or its window a condition may still come true, late; then the tranche lapses."""
    long_stop: LastDay | None = None
    """The date on which it lapses at the latest, whatever is left of a cure period; without one, it may be cured until then."""
    when: Expression | None = None
    """The condition, a milestone; conjuncts joined by ``and`` are reported one by one."""
    probability: ChanceAmount = Field(default=1.0, examples=["95%"])
    """The chance that a deal which could close does; one draw a path."""
    new_money: MoneyAmount
    """What the investors pay in all: money, or a formula such as ``18 months of burn``."""
    price_per_share: PositiveMoney | None = Field(default=None, examples=["4.25 USD"])
    """A fixed price per share."""
    pre_money_valuation: MoneyAmount | None = None
    """The value before the money that sets the price."""
    post_money_valuation: MoneyAmount | None = Field(default=None, examples=["135M USD"])
    """The value after the money that sets the price."""
    price: HeadlinePrice | None = None
    """A price off the path's own value. Without any price, the price per share of the round's earlier closing."""
    investors: Mapping[str, MoneyAmount] = {}
    """What named investors commit to; the rest comes from others."""
    in_kind: Mapping[str, InKind] = Field(
        default={}, examples=["{Lead Fund: {share: 45%, cost: 60%, expires_after: 3 years}}"]
    )
    """What named investors pay in compute credits and not in cash."""
    anchor: str | None = Field(default=None, examples=["Lead Fund"])
    """The named investor that the others follow: holders with a pro-rata right take its part last, and ``followers`` look at it."""
    followers: Followers | None = None
    """How likely the other investors pay; without it they do, unless they default."""
    others_pay: ChanceAmount = Field(default=None, examples=["80%"])
    """The part that others pay of what the named investors leave to them; without it, all."""
    at_least: Fraction | None = Field(default=None, examples=["60%"])
    """The part of the new money that has to be paid, or the closing fails; without it, any part will do."""
    adds_unraised: bool = False
    """Whether it asks, on top of its own, for what the closing listed before it asked for and did not raise."""
    use_of_proceeds: Mapping[str, Fraction] = Field(default={}, examples=["{research: 60%, runway: 40%}"])
    """A split of its own between the uses of the top level, in all 100 %; without it, that of their shares."""
    default: Default | None = None
    """How named investors may fail to pay."""
    tries_again: TriesAgain | None = None
    """When it is tried again after a failure; without it, never."""
    if_met: Literal["obligation", "option"] = Field(default="obligation", json_schema_extra={READING: True})
    """What a met condition is to those who committed: an ``obligation``, to fund or to default on, or an ``option``, to fund or to
    walk away at no cost. Who decides and how is said by ``decisions``; they do once, on the first day on which it may close."""
    if_not_met: Annotated[Waiver | None, BeforeValidator(_waiver, json_schema_input_type=WaiverOrLapse | None)] = None
    """What investors may do where the condition was missed and not cured; ``lapse``, or nothing, and the tranche lapses."""
    if_funded: Mapping[str, Effect] = {}
    """Effects by row, where the closing is funded."""
    if_failed: Mapping[str, Effect] = {}
    """Effects by row, where the deal failed, nobody paid or there was no price."""
    if_lapsed: Mapping[str, Effect] = {}
    """Effects by row, where the condition was missed and nobody waived it."""
    if_walked: Mapping[str, Effect] = {}
    """Effects by row, where the condition was met and the investors of an option walked away; ``if_lapsed`` does not count there."""

    @field_validator("between")
    @classmethod
    def _ends_after_it_starts(cls, window: tuple[date, date] | None) -> tuple[date, date] | None:
        if window is not None and window[0] >= window[1]:
            message = f"the window starts on {window[0]} and ends on {window[1]}: it has to end later"
            raise custom_error("closing", message, "write the earlier date first")
        return window

    @model_validator(mode="after")
    def _one_time_and_at_most_one_price(self) -> Self:
        if self.at is not None and self.between is not None:
            raise custom_error("closing", "a closing has a date (at) or a window (between), not both")
        if len(self.prices) > 1:
            raise custom_error("closing", f"expected one price, got {' and '.join(self.prices)}")
        return self

    @property
    def prices(self) -> tuple[str, ...]:
        """The ways in which the closing states a price of its own: none or one."""
        ways = ("price_per_share", "pre_money_valuation", "post_money_valuation", "price")
        return tuple(way for way in ways if getattr(self, way) is not None)

    @property
    def is_option(self) -> bool:
        """Whether those who committed may walk away from a met condition."""
        return self.if_met == "option"

    @property
    def has_own_price(self) -> bool:
        """Whether it may close at another price than that of the round's earlier closing, and so issues a series of its own."""
        return bool(self.prices) or (self.if_not_met is not None and self.if_not_met.reprice is not None)

    def last_day(self, window_ends: date) -> date:
        """Give the day on which it lapses: the end of its window, or that of the time in which its condition may be cured."""
        if self.cure_period is None:
            return max(window_ends, self.long_stop or window_ends)
        cured = after(window_ends, middle(self.cure_period))
        return max(window_ends, min(cured, self.long_stop or cured))

    @property
    def worth(self) -> tuple[float, float] | None:
        """The stated value before and after the money, medians where they are drawn; nothing where either is a formula."""
        stated = (self.new_money, self.pre_money_valuation, self.post_money_valuation)
        money, before, after = (getattr(number, "middle", None) for number in stated)
        if money is None:
            return None
        if before is not None:
            return before, before + money
        return None if after is None else (after - money, after)

    @property
    def is_stated(self) -> bool:
        """Whether its money and its value are each one known number."""
        stated = (self.new_money, self.pre_money_valuation, self.post_money_valuation)
        return all(getattr(number, "known", True) for number in stated)

    def step_down(self, later: "Closing") -> tuple[float, float] | None:
        """Give a later closing's value before its money and this one's after its own, where the later one is less."""
        if self.worth is None or later.worth is None or later.worth[0] >= self.worth[1] * (1 - ROUNDING):
            return None
        return later.worth[0], self.worth[1]

    def overdraft(self, commitments: Iterable[Any]) -> tuple[float, float] | None:
        """Give what is committed and what the closing takes, where all are known numbers and it is more; else nothing."""
        stated = (self.new_money, *commitments)
        if not all(getattr(money, "known", False) for money in stated):
            return None
        takes, *parts = (money.middle for money in stated)
        return (sum(parts), takes) if sum(parts) > takes * (1 + ROUNDING) else None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report formulas that do not fit, and investors who commit to more than the closing takes."""
        yield from context.condition(("when",), self.when)
        if self.when is not None and len(self.when.conjuncts) > MOST_CONDITIONS:
            message = f"at most {MOST_CONDITIONS} conditions are reported one by one, got {len(self.when.conjuncts)}"
            yield Problem(("when",), message, "join fewer")
        yield from context.amount(("probability",), self.probability, "1")
        for key in ("new_money", "pre_money_valuation", "post_money_valuation"):
            yield from context.amount((key,), getattr(self, key), context.currency)
        if self.price is not None:
            yield from context.formula(("price", "of"), self.price.of, context.currency)
        for name, commitment in self.investors.items():
            yield from context.amount(("investors", name), commitment, context.currency)
        if over := self.overdraft(self.investors.values()):
            committed, taken = (format_quantity(money, Unit.of(context.currency), digits=6) for money in over)
            message = f"the named investors commit {committed}, and the closing takes {taken}"
            yield Problem(("investors",), message, "lower a commitment, or raise new_money", "key")
        if self.default is not None:
            told = (*self.default.problems(context), *self.default.unknown(self.investors))
            yield from (problem.under(("default",)) for problem in told)
        if self.tries_again is not None:
            yield from (problem.under(("tries_again",)) for problem in self.tries_again.problems(context))
            if self.at is not None and self.cure_period is None and self.long_stop is None:
                message = "a closing on one day has no other day to be tried again on"
                yield Problem(("tries_again",), message, "give it a window (between), or neither", "key")
        yield from self._following(context)
        yield from self._lapsing(context)
        for key in ("if_funded", "if_failed", "if_lapsed", "if_walked"):
            yield from context.effects((key,), getattr(self, key))

    def _following(self, context: Any) -> Iterator[Problem]:
        """Report an anchor that is no investor, and chances that are none."""
        yield from context.amount(("others_pay",), self.others_pay, "1")
        if self.followers is not None:
            yield from (problem.under(("followers",)) for problem in self.followers.problems(context))
            if self.followers.if_anchor_defaults is not None and self.anchor is None:
                message = "the closing does not say which investor is its anchor"
                yield Problem(("followers", "if_anchor_defaults"), message, "name it, e.g. anchor: Lead Fund", "key")
        if self.anchor is not None and self.anchor not in self.investors:
            known = ", ".join(self.investors)
            message = f"the anchor is one of the investors of the closing, and {self.anchor!r} is not"
            yield Problem(("anchor",), message, f"there is {known}" if known else "name it under investors")

    def _lapsing(self, context: Any) -> Iterator[Problem]:
        """Report a time to cure that follows nothing, and chances of a waiver that are too much."""
        if self.if_not_met is not None:
            yield from (problem.under(("if_not_met",)) for problem in self.if_not_met.problems(context))
        if isinstance(self.cure_period, Parameter) and not self.cure_period.known:
            message = f"expected one duration, got a distribution: {self.cure_period.given!r}"
            yield Problem(("cure_period",), message, "the time grid is the same on every path")
        for key in ("cure_period", "long_stop"):
            if getattr(self, key) is not None and (self.when is None or self.window_ends is None):
                message = (
                    "what can be cured is a condition (when) that was missed at a date (at) or in a window (between)"
                )
                yield Problem((key,), message, at="key")
        if self.long_stop is not None and self.window_ends is not None and self.long_stop <= self.window_ends:
            message = f"{self.long_stop} is not after {self.window_ends}, when the condition is due"
            yield Problem(("long_stop",), message, "write a later date, or leave it out", code="date")

    @property
    def window_ends(self) -> date | None:
        """The day on which its condition is due, if there is one."""
        return self.at or (self.between and self.between[1])

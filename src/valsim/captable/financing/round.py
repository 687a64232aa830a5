"""A round: the class of shares it issues and its closings."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from valsim.captable.financing.closing import Closing
from valsim.captable.measure import Shares
from valsim.captable.security import Security
from valsim.captable.term.drawn_terms import DrawnTerms, combinations, with_terms
from valsim.core.block import LIKE, READING, Block, custom_error
from valsim.core.errors import Path, Problem
from valsim.core.parameter import DurationEachTime, Fraction
from valsim.core.quantity import format_quantity
from valsim.core.unit import Unit

MOST_SERIES = 8
"""How many series the drawn terms of a round may make: each is settled by itself at an exit."""

Included = Literal["pool_top_up", "convertibles", "anti_dilution"]
ConversionMethod = Literal["pre_money", "percent_ownership", "dollars_invested"]

_COUNTED_BY: Mapping[ConversionMethod | None, frozenset[str]] = {
    None: frozenset(),
    "pre_money": frozenset(),
    "percent_ownership": frozenset({"convertibles"}),
    "dollars_invested": frozenset({"convertibles", "dollars_invested"}),
}
"""What each method counts in the pre-money valuation, besides what the document names."""


class Round(Block):
    """A round of financing: the shares it issues, and the closings in which they are paid."""

    example = "{name: series_c, series: {like: series_b}, pre_money_includes: [pool_top_up, anti_dilution], option_pool: 12%, new_money_at_most: 40%, at_most: 1, closings: [{name: closing, when: runway < 12 months, new_money: 24 months of burn, price: {of: equity_value, discount: 20%}}]}"

    name: str
    """What the round is called; its shares are a series of this name."""
    series: Security = Field(json_schema_extra={LIKE: True})
    """The terms of the new shares, without an amount; ``like:`` takes them from a class."""
    pre_money_includes: tuple[Included, ...] = Field(default=(), strict=False)
    """What the pre-money share count holds besides the fully diluted shares: these dilute the old holders only."""
    conversion_method: ConversionMethod | None = Field(default=None, json_schema_extra={READING: True})
    """How SAFEs and notes share in the pre-money valuation. ``pre_money``: it pays for the shares before the round alone, and the
    convertibles dilute everybody, the new money too. ``percent_ownership``: it pays for the conversion shares as well, so that
    the new money gets the part it was promised; the same as ``convertibles`` in ``pre_money_includes``. ``dollars_invested``: as
    that, with the pre-money valuation raised by the money that converts, interest included. Needed where the cap table has a
    SAFE or a note, unless every price is a ``price_per_share``, which leaves nothing to share in."""
    option_pool: Fraction | None = None
    """The unissued pool after the money, a fraction of the fully diluted shares; the round tops it up to this."""
    pool_increase: Shares | None = Field(default=None, examples=["1.5M"])
    """How many shares the round adds to the unissued pool, instead of a fraction; whether the pre-money valuation pays for them
    is said by ``pool_top_up`` in ``pre_money_includes``."""
    new_money_at_most: Fraction | None = None
    """The largest part of pre-money valuation and new money together that the new money may be; above it there is no price."""
    at_most: int = Field(default=1, ge=1, le=12)
    """How often the round may be repeated."""
    time_between_rounds: DurationEachTime | None = Field(
        default=None, examples=["{family: lognormal, p10: 12 months, p90: 48 months}"]
    )
    """How long after the last closing of any round its first closing comes at the earliest, drawn anew for each time of the
    round; a condition has to hold besides. A span that had begun before the start is drawn given that it was not over by then."""
    drawn_terms: Mapping[str, DrawnTerms] = {}
    """Terms that are drawn once the price is known, by name: what investors ask for in a down round, or in any."""
    closings: tuple[Closing, ...] = Field(strict=False, min_length=1)
    """The closings, in order."""

    @model_validator(mode="after")
    def _first_closing_has_a_price(self) -> Self:
        if not self.closings[0].prices:
            message = "the first closing of a round states a price"
            raise custom_error("round", message, "e.g. post_money_valuation: 4.3B USD")
        if len({closing.name for closing in self.closings}) < len(self.closings):
            raise custom_error("round", "two closings of a round have the same name")
        return self

    @property
    def counted(self) -> frozenset[str]:
        """What the pre-money valuation pays for besides the fully diluted shares."""
        return frozenset[str](self.pre_money_includes) | _COUNTED_BY[self.conversion_method]

    @property
    def _is_valued(self) -> bool:
        """Whether some closing is priced off a valuation, which counts shares, and not by a price per share."""
        return any(way != "price_per_share" for closing in self.closings for way in closing.prices)

    @property
    def adds_to_pool(self) -> bool:
        """Whether the round adds to the unissued pool."""
        return self.option_pool is not None or self.pool_increase is not None

    def problems(self, context: Any) -> Iterator[Problem]:
        """Report a pool that does not exist, conversions without a method, and the problems of the new shares and of the closings."""
        if not self.series.is_equity:
            message = "a round prices a part of the company, and these shares are none"
            yield Problem(("series",), message, "list them in the cap table, or as debt", "key")
        for key in ("option_pool", "pool_increase"):
            if getattr(self, key) is not None and not context.has_pool:
                yield Problem((key,), "the cap table has no class of kind option_pool to top up")
        if self.option_pool is not None and self.pool_increase is not None:
            message = "the pool is topped up to a fraction, or by a number of shares"
            yield Problem(("pool_increase",), message, "leave one out", "key")
        yield from self._drawn_problems(context)
        yield from self._conversion_problems(context.convertibles)
        yield from (problem.under(("series",)) for problem in self.series.problems({}))
        for i, closing in enumerate(self.closings):
            yield from (problem.under(("closings", i)) for problem in closing.problems(context))
        if self.closings[0].adds_unraised:
            message = "no closing stands before the first one of a round"
            yield Problem(("closings", 0, "adds_unraised"), message, "leave it out", "key")
        if self.time_between_rounds is not None and (self.closings[0].window_ends is not None):
            message = "its first closing has a date or a window, and time_between_rounds says when it comes"
            yield Problem(("time_between_rounds",), message, "leave out one of the two", "key")
        if self.pre_money_includes and not self._is_valued:
            message = (
                "without effect: at a stated price per share there is no pre-money valuation that could pay for it"
            )
            yield Problem(("pre_money_includes",), message, "leave it out", "key", "no_effect", severity="warning")
        yield from self._out_of_order()
        yield from self._steps_down(context.currency)

    def _drawn_problems(self, context: Any) -> Iterator[Problem]:
        """Report drawn terms that the shares of the round cannot have, or not together, and too many of them."""
        for name, drawn in self.drawn_terms.items():
            path: Path = ("drawn_terms", name)
            yield from (problem.under(path) for problem in drawn.problems(context))
            if name in (closing.name for closing in self.closings):
                yield Problem(
                    path, f"a closing is called {name!r} already", "give the terms another name", "key", "name"
                )
            for term in () if drawn.series is None else drawn.series.stated:
                if term not in type(self.series).model_fields:
                    message = f"shares of kind {getattr(self.series, 'kind', '')} have no {term}"
                    yield Problem((*path, "series", term), message, "leave it out", "key")
                    return
        sets = combinations(self.drawn_terms)
        if len(sets) > MOST_SERIES:
            message = f"each set of terms is a series of its own: {len(sets)} in all, at most {MOST_SERIES}"
            yield Problem(("drawn_terms",), message, "put terms that come together into one entry", "key")
            return
        for names in [names for names in sets.values() if names]:
            told = with_terms(self.series, self.drawn_terms, names).problems({})
            own = [problem.message for problem in self.series.problems({})]
            for problem in (each for each in told if each.message not in own):
                yield problem.under(("drawn_terms", names[-1], "series"))

    def _conversion_problems(self, convertibles: tuple[str, ...]) -> Iterator[Problem]:
        """Report convertibles that nobody says how to price, and two ways that contradict each other."""
        included = "convertibles" in self.pre_money_includes
        if convertibles and self._is_valued and self.conversion_method is None and not included:
            message = f"the round does not say whether its pre-money valuation pays for the conversion of {', '.join(convertibles)}"
            advice = "e.g. conversion_method: percent_ownership, pre_money or dollars_invested"
            yield Problem((), message, advice, "key")
        if included and self.conversion_method == "pre_money":
            message = "by the pre_money method the convertibles are not in the pre-money valuation, and pre_money_includes names them"
            yield Problem(("conversion_method",), message, "leave one out", "key")

    def _out_of_order(self) -> Iterator[Problem]:
        """Report a closing whose date is before that of one listed before it."""
        dated = [(i, closing.name, closing.at) for i, closing in enumerate(self.closings) if closing.at is not None]
        for (_, name, earlier), (i, _, later) in pairwise(dated):
            if later < earlier:
                message = f"{later} is before the closing {name!r} of {earlier}"
                advice = "list the closings in the order of their dates"
                yield Problem(("closings", i, "at"), message, advice, code="date")

    def _steps_down(self, currency: str) -> Iterator[Problem]:
        """Warn of a closing that is priced below an earlier one: less before its money than that one's value after its own."""
        priced = [(i, closing) for i, closing in enumerate(self.closings) if closing.prices]
        for (_, earlier), (i, later) in pairwise(priced):
            if step := earlier.step_down(later):
                before, after = (format_quantity(money, Unit.of(currency)) for money in step)
                medians = "" if earlier.is_stated and later.is_stated else " (medians)"
                message = (
                    f"a step down: {before} before the money, after {after} at the closing {earlier.name!r}{medians}"
                )
                advice = "anti-dilution rights will lower conversion prices; state a higher price if this is not meant"
                path: Path = ("closings", i, later.prices[0])
                yield Problem(path, message, advice, code="step_down", severity="warning")

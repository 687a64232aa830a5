"""What becomes of a tranche on every path, and the words for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from valsim.captable.curve import total
from valsim.captable.financing.last_round import LastRound
from valsim.captable.financing.tranche import Tranche
from valsim.captable.merge import filled
from valsim.core.replace import replace
from valsim.core.rows import EVERYWHERE, NOWHERE, Bools, Row, Rows

OPEN, FUNDED, WAIVED = 0, 1, 2
"""The codes of a tranche that may still close, that was funded, and that was funded though its condition was missed."""
REPRICED, LATE = -3, -4
"""The codes of one that was funded at a lower price because its condition was missed, and whose condition came true late."""
DONE = (FUNDED, WAIVED, REPRICED, LATE)
"""The codes of a tranche that was funded."""

DEAL_FAILED, NO_PRICE, DEFAULTED, NOT_FOLLOWED, ENDED, MISSED = 3, 4, 5, 6, 7, 8
"""The codes of the reasons why it was not funded; to MISSED a bit is added for each condition that was missed."""
TOO_LITTLE, WALKED = -1, -2
"""The codes of a closing that failed because less was paid than it takes at least, and of one that nobody had to pay for and
nobody paid for."""

REASONS = {
    DEAL_FAILED: "the deal failed before closing",
    NO_PRICE: "no price satisfies the terms",
    DEFAULTED: "every investor defaulted",
    NOT_FOLLOWED: "the closing before it was not funded",
    ENDED: "the company had ended before",
    TOO_LITTLE: "too little was paid",
    WALKED: "its investors walked away",
}


Event: TypeAlias = tuple[str, str]
"""What a closing did besides raising money, and to whom: a holder, or a convertible."""
CONVERTED, BY_RIGHT, PAY_TO_PLAY, CONSEQUENCE = "converted", "by right", "pay to play", "consequence"
"""Where a convertible became shares; the money that a holder paid by a pro-rata right; where a holder lost by pay-to-play, or by
the consequence of a default."""


@dataclass(frozen=True)
class Outcome:
    """What became of a tranche so far; rows of shape ``(n_paths,)``, zero where it was not funded.

    ``defaults`` says for each investor that may default where it did not pay what it had committed to, ``unraised`` is what a
    closing that was funded asked for and did not get. ``events`` holds what else it did, by what and to whom.
    ``drawn`` holds the drawn terms that it has, the sum of ``2^place`` of each. After ``tries`` failures it
    is tried again from the day ``again_from`` on, a proleptic ordinal. ``step_up`` is the price per share over that of the last closing before it, of any round, and ``time_since_last_round`` how many years that was
    before; NaN where there was none.
    """

    code: Any
    new_money: Row
    price_per_share: Row
    post_money_valuation: Row
    dilution: Row
    time: Row
    defaults: Mapping[str, Bools] = field(default_factory=dict)
    unraised: Row = field(default_factory=lambda: np.zeros(()))
    drawn: Row = field(default_factory=lambda: np.zeros(()))
    tries: Row = field(default_factory=lambda: np.zeros(()))
    again_from: Row = field(default_factory=lambda: np.asarray(np.inf))
    step_up: Row = field(default_factory=lambda: np.zeros(()))
    time_since_last_round: Row = field(default_factory=lambda: np.zeros(()))
    events: Mapping[Event, Row] = field(default_factory=dict)

    @classmethod
    def still_open(cls, paths: int, may_default: Iterable[str] = ()) -> "Outcome":
        """Give the outcome of a tranche that nothing has happened to."""
        defaults = {name: np.zeros(paths, dtype=np.bool_) for name in may_default}
        zero = np.zeros(paths)
        return cls(np.zeros(paths, dtype=np.int16), zero, zero, zero, zero, zero, defaults)

    def closed(self, where: Bools, code: Any) -> "Outcome":
        """Give the outcome with a code set on some paths."""
        return replace(self, code=np.where(where, code, self.code).astype(np.int16))

    def dated(self, where: Bools, time: float, last: LastRound) -> "Outcome":
        """Give the outcome with the time of its funding, in years from the start, set on some paths, and compared to the last round."""
        step_up = np.where(where, self.price_per_share / last.price_per_share, self.step_up)
        since = np.where(where, time - last.time, self.time_since_last_round)
        return replace(self, time=np.where(where, time, self.time), step_up=step_up, time_since_last_round=since)

    def may_close(self, day: int) -> Bools:
        """Say where it may close today: it is open, or it failed and is tried again."""
        return self.open | (self.again_from <= day)

    def reopened(self, where: Bools) -> "Outcome":
        """Give the outcome before it is tried, again where it had failed."""
        again = where & ~self.open
        if not again.any():
            return self
        again_from = np.where(again, np.inf, self.again_from)
        return replace(self.closed(again, OPEN), tries=self.tries + again, again_from=again_from)

    def waiting(self, where: Bools, at_most: int, day: int) -> "Outcome":
        """Give the outcome that is tried again from a day on where it failed and was not tried as often as may be."""
        return replace(self, again_from=np.where(where & (self.tries < at_most), float(day), self.again_from))

    def with_codes(self, paths: Any, code: Any) -> "Outcome":
        """Give the outcome with a code set on some paths, by index."""
        codes = self.code.copy()
        codes[paths] = code
        return replace(self, code=codes)

    def defaulted(self, paths: Any, defaults: Mapping[str, Bools]) -> "Outcome":
        """Give the outcome with those who did not pay set on some paths, by index."""
        # Whoever defaults by its own choice need not be one of those whom the document draws a chance for.
        known = {name: np.zeros(len(self.code), dtype=np.bool_) for name, row in defaults.items() if np.any(row)}
        told = {name: row.copy() for name, row in {**known, **self.defaults}.items()}
        for name, row in told.items():
            row[paths] |= defaults.get(name, NOWHERE)
        return replace(self, defaults=told)

    def with_events(self, paths: Any, events: Mapping[Event, Row]) -> "Outcome":
        """Give the outcome with what else it did set on some paths, by index."""
        size = len(self.code)
        told = {
            event: filled(row, paths, size, self.events.get(event, 0.0)) for event, row in events.items() if np.any(row)
        }
        return replace(self, events={**self.events, **told}) if told else self

    @property
    def open(self) -> Bools:
        """Where it may still close."""
        still: Bools = self.code == OPEN
        return still

    @property
    def funded(self) -> Bools:
        """Where it was funded."""
        return is_done(self.code)


def is_done(code: Any) -> Bools:
    """Say where codes are those of a tranche that was funded."""
    # Three comparisons, as this is asked in every step: np.isin takes ten times as long.
    done: Bools = (code == FUNDED) | (code == WAIVED) | (code <= REPRICED)
    return done


@dataclass(frozen=True)
class Funding:
    """What became of every tranche so far."""

    outcomes: Mapping[tuple[str, str], Outcome] = field(default_factory=dict)

    def but(self, tranche: Tranche, outcome: Outcome) -> "Funding":
        """Give the same with the outcome of one tranche replaced."""
        return Funding({**self.outcomes, tranche.key: outcome})

    def __getitem__(self, tranche: Tranche) -> Outcome:
        return self.outcomes[tranche.key]

    def split(self, factor: float) -> "Funding":
        """Give the same after one share became ``factor`` shares."""
        told = self.outcomes.items()
        return Funding({key: replace(each, price_per_share=each.price_per_share / factor) for key, each in told})

    def may_follow(self, tranche: Tranche) -> Bools:
        """Say where the closing that a tranche follows was funded."""
        return EVERYWHERE if tranche.after is None else self.outcomes[tranche.after].funded

    def unraised_before(self, tranche: Tranche) -> Row:
        """Give what a tranche asks for on top of its own: what the closing before it did not raise, where it takes that up."""
        return np.zeros(()) if tranche.takes_up is None else self.outcomes[tranche.takes_up].unraised

    def raised_before(self, tranche: Tranche) -> Row:
        """Give the money that the closings of a tranche's round have raised so far."""
        others = {key: each for key, each in self.outcomes.items() if key[0] == tranche.round and key != tranche.key}
        return total(each.new_money for each in others.values())

    def drawn_before(self, tranche: Tranche) -> Row:
        """Give the terms that the first closing of a tranche's round has drawn; of that closing itself, none yet."""
        return self.outcomes[tranche.after].drawn if tranche.after is not None and tranche.is_later else np.zeros(())

    def agreed_price(self, tranche: Tranche) -> Row:
        """Give the price per share of the closing that a tranche follows; NaN where there is none."""
        return np.asarray(np.nan) if tranche.after is None else self.outcomes[tranche.after].price_per_share


def met(tranche: Tranche, rows: Rows) -> Bools:
    """Say where the condition of a tranche holds now."""
    when = tranche.closing.when
    return EVERYWHERE if when is None else np.asarray(when(rows))


def missed(tranche: Tranche, rows: Rows) -> Any:
    """Give the code of the conditions that do not hold now, one bit each, shape ``(n_paths,)``."""
    failed = {} if tranche.closing.when is None else tranche.closing.when.why_not(rows)
    bits = (np.asarray(false).astype(np.int16) << i for i, false in enumerate(failed.values()))
    return sum(bits, np.asarray(MISSED, dtype=np.int16))


def conditions(tranche: Tranche) -> tuple[str, ...]:
    """Name the conditions of a tranche as the document writes them."""
    return () if tranche.closing.when is None else tranche.closing.when.conjuncts


def reason(tranche: Tranche, code: int) -> str:
    """Say in words why a tranche was not funded."""
    if code in REASONS:
        return REASONS[code]
    names = [name for i, name in enumerate(conditions(tranche)) if (code - MISSED) >> i & 1]
    return "missed " + "; ".join(names)

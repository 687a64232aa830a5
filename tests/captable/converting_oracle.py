"""A slow, obvious exit with SAFEs to test the fast one against: exact fractions, every set of classes that convert."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

LAST = -1
"""The rank behind all others."""


@dataclass(frozen=True)
class Deciding:
    """A class that is paid money or takes shares: preferred with a number of shares, or a SAFE with a cap, a discount or both."""

    name: str
    money: Fraction
    seniority: int
    shares: Fraction = Fraction(0)
    cap: Fraction | None = None
    post_money: bool = False
    discount: Fraction | None = None

    @property
    def discounted(self) -> Fraction:
        return Fraction(0) if self.discount is None else self.money / (1 - self.discount)

    @property
    def is_safe(self) -> bool:
        return not self.shares

    @property
    def may_convert(self) -> bool:
        return not self.is_safe or self.cap is not None


Converting = frozenset[str]


def paid_with(
    common: Fraction, classes: list[Deciding], proceeds: Fraction, converting: Converting
) -> dict[str, Fraction]:
    """Pay out where just these convert: nobody is asked whether that is good for them."""
    keeping = [c for c in classes if c.name not in converting]
    sharing = [c for c in classes if c.name in converting]
    outstanding = common + sum(c.shares for c in classes)
    shares = {"common": common} | {c.name: c.shares for c in sharing if not c.is_safe}
    shares |= {c.name: c.money * outstanding / c.cap for c in sharing if c.is_safe and not c.post_money}
    parts = {c.name: c.money / c.cap for c in sharing if c.post_money}
    free = 1 - sum(parts.values())
    assert free > 0
    counted, discounted = sum(shares.values()), sum(c.discounted for c in keeping)
    shares |= {name: part * counted / free for name, part in parts.items()}
    claims = [(c.seniority, c.name, c.money) for c in keeping]
    claims += [(LAST, c.name, max(c.discounted - c.money, Fraction(0))) for c in keeping]
    claims += [(LAST, name, part * discounted / free) for name, part in parts.items()]
    paid, left = by_rank(claims, proceeds)
    return {
        name: paid.get(name, 0) + left * shares.get(name, 0) / sum(shares.values())
        for name in {"common", *paid, *shares}
    }


def by_rank(claims: list[tuple[int, str, Fraction]], left: Fraction) -> tuple[dict[str, Fraction], Fraction]:
    """Pay claims by rank, equal ones pro rata."""
    paid: dict[str, Fraction] = {}
    for rank in sorted({rank for rank, _, _ in claims}, reverse=True):
        due = [(name, amount) for at, name, amount in claims if at == rank]
        whole = sum(amount for _, amount in due)
        part = min(left / whole, Fraction(1)) if whole else Fraction(0)
        for name, amount in due:
            paid[name] = paid.get(name, Fraction(0)) + amount * part
        left -= whole * part
    return paid, left


def stable(common: Fraction, classes: list[Deciding], proceeds: Fraction) -> dict[Converting, Mapping[str, Fraction]]:
    """Give every set of converting classes that none would leave or join alone, with what it pays."""
    able = [c.name for c in classes if c.may_convert]
    sets = [frozenset(s) for n in range(len(able) + 1) for s in combinations(able, n)]
    paid = {s: paid_with(common, classes, proceeds, s) for s in sets}
    return {s: payouts for s, payouts in paid.items() if not any(better(paid, s, able))}


def better(paid: Mapping[Converting, Mapping[str, Fraction]], chosen: Converting, able: list[str]) -> Iterator[bool]:
    """Say for each class whether it alone would rather do otherwise."""
    return (paid[chosen ^ {name}][name] > paid[chosen][name] for name in able)

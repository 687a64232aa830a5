"""A slow, obvious waterfall to test the fast one against: exact fractions, every profile of decisions, best responses."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

Names = frozenset[str]


@dataclass(frozen=True)
class Class:
    """A class of shares: common unless it has an exercise price or a preference."""

    name: str
    shares: Fraction
    exercise_price: Fraction | None = None
    preference: Fraction | None = None
    participation: str = "none"
    cap: Fraction | None = None
    seniority: int = 0
    as_converted: Fraction = Fraction(0)

    @property
    def decides(self) -> bool:
        return self.exercise_price is not None or self.preference is not None


def payouts(classes: list[Class], proceeds: Fraction) -> dict[str, Fraction]:
    """Pay out where every decision is a best response to all others; asserts that all such profiles pay the same."""
    decisions = [c.name for c in classes if c.decides]
    profiles = {acting: paid_with(classes, proceeds, acting) for acting in subsets(decisions)}
    stable = [paid for acting, paid in profiles.items() if all(not better(profiles, acting, n) for n in decisions)]
    assert stable, "no profile of decisions is stable"
    assert all(paid == stable[0] for paid in stable), "two stable profiles pay differently"
    return stable[0]


def subsets(names: list[str]) -> Iterator[Names]:
    for size in range(len(names) + 1):
        yield from map(frozenset, combinations(names, size))


def better(profiles: dict[Names, dict[str, Fraction]], acting: Names, name: str) -> bool:
    """Say whether a class would rather decide the other way, all others as they are."""
    return profiles[acting ^ {name}][name] > profiles[acting][name]


def paid_with(classes: list[Class], proceeds: Fraction, acting: Names) -> dict[str, Fraction]:
    """Pay out where exactly the classes of ``acting`` convert or exercise; what an exercise costs is taken off."""
    paid = {c.name: Fraction(0) for c in classes}
    spent = {c.name: c.exercise_price * c.shares for c in classes if c.exercise_price is not None and c.name in acting}
    left = proceeds + sum(spent.values())
    holding = [c for c in classes if c.preference is not None and c.name not in acting]
    for rank in sorted({c.seniority for c in holding}, reverse=True):
        due = {c.name: c.preference for c in holding if c.seniority == rank}
        covered = min(left, sum(due.values()))
        for name, amount in due.items():
            paid[name] += amount * covered / sum(due.values()) if covered else 0
        left -= covered
    for name, amount in residual(classes, acting, left).items():
        paid[name] += amount
    return {name: amount - spent.get(name, 0) for name, amount in paid.items()}


def residual(classes: list[Class], acting: Names, left: Fraction) -> dict[str, Fraction]:
    """Share what is left by common shares, filling up the capped ones as their caps are reached."""
    sharing = {c.name: shares for c in classes if (shares := sharing_shares(c, acting)) > 0}
    room = {
        c.name: c.cap - c.preference
        for c in classes
        if c.name in sharing and c.cap is not None and c.name not in acting
    }
    paid = dict.fromkeys(sharing, Fraction(0))
    while left > 0 and sharing:
        step = min([left / sum(sharing.values()), *(room[n] / sharing[n] for n in sharing if n in room)])
        for name, shares in sharing.items():
            paid[name] += step * shares
            if name in room:
                room[name] -= step * shares
        left -= step * sum(sharing.values())
        sharing = {name: shares for name, shares in sharing.items() if room.get(name) != 0}
    return paid


def sharing_shares(c: Class, acting: Names) -> Fraction:
    if c.name in acting:
        return c.shares if c.preference is None else c.as_converted
    if c.preference is not None:
        return Fraction(0) if c.participation == "none" else c.as_converted
    return Fraction(0) if c.exercise_price is not None else c.shares

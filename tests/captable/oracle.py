"""A slow, obvious waterfall to test the fast one against: exact fractions, every profile of decisions, best responses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

Profile = tuple[str, ...]
"""What each class decides, in their order: to ``keep`` its shares, to ``convert`` them, or to ``leave`` a right unused."""


@dataclass(frozen=True)
class Class:
    """A class of shares: common, preferred with a preference, options and warrants with an exercise price.

    With both it is warrants on preferred shares, and its preference, its cap and its common shares are those it may buy.
    """

    name: str
    shares: Fraction
    exercise_price: Fraction | None = None
    preference: Fraction | None = None
    participation: str = "none"
    cap: Fraction | None = None
    seniority: int = 0
    as_converted: Fraction = Fraction(0)
    only_to_convert: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        if self.preference is None:
            return ("keep",) if self.exercise_price is None else ("leave", "convert")
        if self.exercise_price is None:
            return "keep", "convert"
        return ("leave", "convert") if self.only_to_convert else ("leave", "keep", "convert")

    def spent(self, choice: str) -> Fraction:
        """What it pays to exercise."""
        unused = choice == "leave" or self.exercise_price is None
        return Fraction(0) if unused else self.exercise_price * self.shares

    def sharing(self, choice: str) -> Fraction:
        """The common shares with which it shares in what is left after the preferences."""
        if choice == "leave" or (choice == "keep" and self.preference is not None and self.participation == "none"):
            return Fraction(0)
        return self.shares if self.preference is None else self.as_converted


def payouts(classes: list[Class], proceeds: Fraction) -> dict[str, Fraction]:
    """Pay out where every decision is a best response to all others; asserts that all such profiles pay the same."""
    profiles = {profile: paid_with(classes, proceeds, profile) for profile in product(*(c.choices for c in classes))}
    stable = [paid for profile, paid in profiles.items() if not any(better(classes, profiles, profile))]
    assert stable, "no profile of decisions is stable"
    assert all(paid == stable[0] for paid in stable), "two stable profiles pay differently"
    return stable[0]


def better(classes: list[Class], profiles: Mapping[Profile, dict[str, Fraction]], profile: Profile) -> Iterator[bool]:
    """Say for each other decision of each class whether it would rather take it, all others as they are."""
    for i, c in enumerate(classes):
        for choice in c.choices:
            changed = (*profile[:i], choice, *profile[i + 1 :])
            yield profiles[changed][c.name] > profiles[profile][c.name]


def paid_with(classes: list[Class], proceeds: Fraction, profile: Profile) -> dict[str, Fraction]:
    """Pay out where the classes decide so; what an exercise costs joins the proceeds and is taken off."""
    deciding = list(zip(classes, profile, strict=True))
    paid = {c.name: -c.spent(choice) for c, choice in deciding}
    left = proceeds - sum(paid.values())
    keeping = [c for c, choice in deciding if c.preference is not None and choice == "keep"]
    for rank in sorted({c.seniority for c in keeping}, reverse=True):
        due = {c.name: c.preference for c in keeping if c.seniority == rank}
        covered = min(left, sum(due.values()))
        for name, amount in due.items():
            paid[name] += amount * covered / sum(due.values()) if covered else 0
        left -= covered
    room = {c.name: c.cap - c.preference for c in keeping if c.cap is not None}
    for name, amount in shared(left, {c.name: c.sharing(choice) for c, choice in deciding}, room).items():
        paid[name] += amount
    return paid


def shared(left: Fraction, shares: Mapping[str, Fraction], room: dict[str, Fraction]) -> dict[str, Fraction]:
    """Share what is left by common shares, filling up the capped ones as their caps are reached."""
    sharing = {name: number for name, number in shares.items() if number > 0}
    paid = dict.fromkeys(sharing, Fraction(0))
    while left > 0 and sharing:
        step = min([left / sum(sharing.values()), *(room[n] / sharing[n] for n in sharing if n in room)])
        for name, number in sharing.items():
            paid[name] += step * number
            if name in room:
                room[name] -= step * number
        left -= step * sum(sharing.values())
        sharing = {name: number for name, number in sharing.items() if room.get(name) != 0}
    return paid

"""What convertibles turn into when a round is priced: SAFEs and notes, each at the lowest price that its terms give.

A capitalisation that holds the conversion shares themselves makes all of them one system:

    capitalisation = shares before + sum over i of max over its terms (constant + slope x capitalisation)

Its right-hand side is convex and rises with the capitalisation, so walking up from below finds the least solution, exactly,
in as many steps as there are terms to switch.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from valsim.captable.curve import ZERO, ratio, stacked, total
from valsim.captable.ledger import Ledger
from valsim.captable.security.base import CAPS, Conversion
from valsim.captable.term.anti_dilution import Before, Issue, Source
from valsim.core.errors import Problem
from valsim.core.replace import replace
from valsim.core.rows import Row


class Line(NamedTuple):
    """A number of shares as a straight line of the capitalisation: ``constant + slope x capitalisation``."""

    constant: Row
    slope: Row


class Converted(NamedTuple):
    """What a convertible turned into: shares, and the money that it paid for each; 0 where it did not convert."""

    shares: Row
    price: Row


@dataclass(frozen=True)
class Convertibles:
    """What a round converts: money, discounts and caps, shape ``(convertibles, n_paths)``, or ``(convertibles, 1)``."""

    series: tuple[str, ...]
    amount: Row
    discount: Row
    pre_money_cap: Row
    post_money_cap: Row
    outstanding_cap: Row
    fully_diluted_cap: Row

    @property
    def dollars(self) -> Row:
        """The money that converts, interest included."""
        return total(self.amount)

    def at(self, paths: npt.NDArray[np.intp]) -> "Convertibles":
        """Give the same convertibles on some paths."""
        names = ("amount", "discount", *CAPS)
        rows = {name: row if row.shape[1] == 1 else row[:, paths] for name in names for row in (getattr(self, name),)}
        return replace(self, **rows)

    def shares(self, price: Row, shares_before: Before, pool: Sequence[Line]) -> Row:
        """Give the shares of each convertible at a price per share, shape ``(convertibles, n_paths)``.

            shares = amount / min(price (1 - discount), pre-money cap / (before + pool), post-money cap / capitalisation,
                                  outstanding cap / (before - unissued), fully diluted cap / (capitalisation + pool))

        ``before`` counts the fully diluted shares before the round, ``unissued`` the pool among them, ``pool`` what the round
        adds to it, the largest of some lines. The capitalisation is ``before`` and all conversion shares, those of the cap
        itself included. Infinite where the caps together take all of it.
        """
        before = shares_before.fully_diluted
        lines = [
            Line(self.amount / ((1 - self.discount) * price), np.zeros(1)),
            Line(np.zeros(1), self.amount / self.post_money_cap),
        ]
        each_share = self.amount / self.pre_money_cap
        lines += [Line(each_share * (before + line.constant), each_share * line.slope) for line in pool]
        lines += self._rarer(before - shares_before.unissued, pool)
        size = capitalisation(before, lines)
        constants, slopes = _stacks(lines)
        with np.errstate(invalid="ignore"):
            shares = np.max(constants + slopes * size, axis=0)
        return np.where(np.isfinite(size), shares, np.inf)

    def _rarer(self, outstanding: Row, pool: Sequence[Line]) -> Iterator[Line]:
        """Give the lines of the caps that few documents have, where one does."""
        if np.any(np.isfinite(self.outstanding_cap)):
            yield Line(self.amount / self.outstanding_cap * outstanding, np.zeros(1))
        if np.any(np.isfinite(self.fully_diluted_cap)):
            part = self.amount / self.fully_diluted_cap
            yield from (Line(part * line.constant, part * (1 + line.slope)) for line in pool)

    def issues(self, shares: Row, source: Source) -> tuple[Issue, ...]:
        """Give the shares of each convertible, shape ``(convertibles, n_paths)``, as an issue at its conversion price."""
        converting = source._replace(name="convertibles", already=ZERO)
        amounts = (row if row.size > 1 else row[0] for row in self.amount)
        pairs = zip(amounts, shares, strict=True)
        return tuple(Issue(ratio(amount, number), number, converting) for amount, number in pairs)

    def converted(self, shares: Row) -> dict[str, Converted]:
        """Name the shares of each convertible, shape ``(convertibles, n_paths)``, and give their conversion prices."""
        amounts = (
            row.reshape(np.shape(of) if row.size > 1 else ()) for row, of in zip(self.amount, shares, strict=True)
        )
        return {
            name: Converted(number, ratio(amount, number))
            for name, number, amount in zip(self.series, shares, amounts, strict=True)
        }


def _stacks(lines: Iterable[Line]) -> tuple[Row, Row]:
    """Give constants and slopes, each of shape ``(lines, convertibles, n_paths)``."""
    lines = list(lines)
    rows = np.broadcast_arrays(*(line.constant for line in lines), *(line.slope for line in lines))
    return np.stack(rows[: len(lines)]), np.stack(rows[len(lines) :])


def capitalisation(before: Row, lines: Iterable[Line]) -> Row:
    """Give the least capitalisation that holds ``before`` and all shares, each convertible's the largest of its lines.

    Lines have the shape ``(convertibles, n_paths)``. Infinite where there is none, because the caps together take all of it.
    """
    constants, slopes = _stacks(lines)
    size = before + total(np.max(constants, axis=0))
    for _ in range(constants.shape[0] * constants.shape[1] + 1):
        which = np.argmax(constants + slopes * size, axis=0)[np.newaxis]
        constant, slope = (total(np.take_along_axis(rows, which, axis=0)[0]) for rows in (constants, slopes))
        larger = np.divide(before + constant, 1 - slope, out=np.full(size.shape, np.nan), where=slope < 1)
        if not np.any((larger > size) | (np.isnan(larger) & ~np.isnan(size))):
            break
        # A path that has arrived stays where it is, so that no path's capitalisation depends on the others.
        size = np.where(larger <= size, size, larger)
    return np.where(np.isnan(size), np.inf, size)


def convertibles(ledger: Ledger, new_money: Row) -> Convertibles | None:
    """Give what a round that has raised so much converts, or nothing where the cap table has no convertible."""
    found = conversions(ledger)
    if not found:
        return None
    amounts = (
        ledger.outstanding(name) * terms.amount * (np.asarray(new_money) >= terms.qualified_financing_at_least)
        for name, terms in found.items()
    )
    names = ("discount", *CAPS)
    rows = {name: stacked(getattr(terms, name) for terms in found.values()) for name in names}
    return Convertibles(tuple(found), stacked(amounts), **rows)


def conversions(ledger: Ledger) -> Mapping[str, Conversion]:
    """Give the terms of each convertible by series; a most favoured one has the best of those issued later besides its own."""
    found = {name: terms for name, security in ledger.series.items() if (terms := security.conversion()) is not None}
    return {
        name: _favoured(
            terms, [(found[later], ledger.outstanding(later)) for later in _later(name, tuple(found), ledger)]
        )
        if terms.most_favoured_nation
        else terms
        for name, terms in found.items()
    }


def convertible_problems(ledger: Ledger) -> Iterator[Problem]:
    """Report what the convertibles of a cap table leave open together; paths start at ``classes``."""
    found = conversions(ledger)
    for name, terms in found.items():
        holders = [holder for (holder, of), held in ledger.lots.items() if of == name and np.any(held > 0)]
        if terms.converting is None and len(holders) > 1 and np.any(np.isfinite(terms.cap_together)):
            listed = ", ".join(holders)
            message = f"its own shares share its cap, it has several holders ({listed}), and it does not say who decides at an exit"
            yield Problem(("classes", name), message, "state converting: per_class, or converting: per_holder", "key")
        later = [other for other in _later(name, tuple(found), ledger) if terms.most_favoured_nation]
        if later and _is_bare(terms) and all(found[other].most_favoured_nation for other in later):
            message = f"it takes the best terms of those issued later, and so does each of them: {', '.join(later)}"
            yield Problem(
                ("classes", name, "most_favoured_nation"), message, "state a cap or a discount of one of them", "key"
            )


def _is_bare(terms: Conversion) -> bool:
    """Say whether a convertible has neither a cap nor a discount, its own or another's."""
    caps = np.isfinite(terms.cap_alone) | np.isfinite(terms.cap_together)
    return not np.any(caps | (terms.discount > 0))


def _later(name: str, names: tuple[str, ...], ledger: Ledger) -> Iterator[str]:
    """Name what was issued later: by date, or by the order of the document where one has none."""
    mine = ledger.series[name].issued
    for position, other in enumerate(names):
        theirs = ledger.series[other].issued
        dated = mine is not None and theirs is not None and mine != theirs
        if other != name and (theirs > mine if dated else position > names.index(name)):  # type: ignore[operator]
            yield other


def _favoured(own: Conversion, later: Iterable[tuple[Conversion, Row]]) -> Conversion:
    # The lowest price of any of them is the one of the largest discount and the lowest caps.
    for terms, held in later:
        there = held > 0
        caps = {cap: np.minimum(getattr(own, cap), np.where(there, getattr(terms, cap), np.inf)) for cap in CAPS}
        own = own._replace(discount=np.maximum(own.discount, np.where(there, terms.discount, 0.0)), **caps)
    return own

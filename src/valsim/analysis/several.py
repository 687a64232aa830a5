"""Several scenarios at once: what they are called, and whether their amounts can be compared."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from valsim.core.errors import ValsimError

T = TypeVar("T")


def by_name(names: Sequence[str], scenarios: Sequence[T]) -> dict[str, T]:
    """Give scenarios by what they are called, or counted where two are called alike.

    >>> by_name(["ours", "theirs"], [1, 2]), by_name(["ours", "ours"], [1, 2])
    ({'ours': 1, 'theirs': 2}, {'1': 1, '2': 2})
    """
    counted = [str(number) for number in range(1, len(names) + 1)]
    return dict(zip(names if len({*names}) == len(names) else counted, scenarios, strict=True))


def expect_one_currency(named: Iterable[tuple[str, str]]) -> None:
    """Raise :class:`~valsim.core.errors.ValsimError` where scenarios, each with its name and its currency, differ in it.

    >>> expect_one_currency([("ours", "USD"), ("theirs", "USD")])
    """
    first = dict[str, str]()
    for name, currency in named:
        first.setdefault(currency, name)
    if len(first) > 1:
        told = ", ".join(f"{name} in {currency}" for currency, name in first.items())
        raise ValsimError(
            f"amounts in different currencies cannot be compared: {told}; write one of them in the other's currency"
        )

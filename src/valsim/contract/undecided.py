"""Rights that a round alone cannot decide: whether they are used hangs on rows, which only a simulation has."""

from collections.abc import Iterable, Iterator

from valsim.captable.ledger import Ledger
from valsim.core.errors import Problem
from valsim.core.expression import Expression


def undecided(ledger: Ledger) -> tuple[str, ...]:
    """Name the series whose rights to follow on hang on a formula."""
    return tuple(name for name, terms in ledger.series.items() if _reads_rows(getattr(terms, "pro_rata", None)))


def _reads_rows(right: object) -> bool:
    return any(isinstance(getattr(right, key, None), Expression) for key in ("when", "probability"))


def without(ledger: Ledger, series: Iterable[str]) -> Ledger:
    """Give the ledger in which some series have no right to follow on."""
    for name in series:
        ledger = ledger.with_terms(name, pro_rata=None)
    return ledger


def undecided_problems(series: Iterable[str]) -> Iterator[Problem]:
    """Warn of rights that are left out of a round alone."""
    for name in series:
        message = "without effect: it hangs on a formula, and a round alone has nothing that it could read"
        advice = "state a probability without a condition; valsim run plays it"
        yield Problem(("classes", name, "pro_rata"), message, advice, "key", "no_effect", severity="warning")

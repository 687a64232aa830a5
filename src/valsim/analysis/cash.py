"""Cash by date: when each holder has which money."""

import math
from collections.abc import Iterator

import numpy as np

from valsim.analysis.spread import Plain
from valsim.analysis.spread import number as known
from valsim.captable.curve import total
from valsim.core.rows import Row
from valsim.core.streams import BATCH, FEWEST_BATCHES
from valsim.outcome.payments import slots
from valsim.result import Result

DIRECTIONS = ("received", "paid")


def cash_by_year(result: Result, holder: str) -> list[Plain]:
    """Give what a holder receives and pays in each calendar year, means over all paths, and what it has got back by its end.

    Companies that are still private at the horizon bring no cash. ``cumulative`` is what was received less what was paid so far, and
    ``dpi`` what was received so far over all that is invested; the standard errors of both are from how they differ among the
    batches of paths, so a run of fewer than eight batches knows none.
    """
    years = sorted({key[1] for key in result.cash if key[0] == holder})
    put_in = result.outcomes["holder", holder, "invested"]
    invested, sizes = np.add.reduceat(put_in, np.arange(0, put_in.size, BATCH)), _sizes(result)
    found, so_far, paid = [], np.zeros(invested.size), np.zeros(invested.size)
    for year in years:
        flows = {what: _mean(result, (holder, year, what)) for what in DIRECTIONS}
        so_far = so_far + result.cash.get((holder, year, "received", "sum"), 0.0)
        paid = paid + result.cash.get((holder, year, "paid", "sum"), 0.0)
        net, net_error = _over(so_far - paid, sizes)
        part, error = _over(so_far, invested)
        cumulative = {"mean": net, "standard_error": net_error}
        found.append({"year": int(year), **flows, "cumulative": cumulative, "dpi": part, "dpi_standard_error": error})
    return found


def _over(above: Row, below: Row) -> tuple[float | None, float | None]:
    """Give the ratio of two sums over batches of paths with its standard error (delta method), shapes ``(batches,)``; few tell none."""
    whole, count = math.fsum(below), below.size
    if not whole > 0:
        return None, None
    ratio = math.fsum(above) / whole
    apart = math.fsum((above - ratio * below) ** 2)
    error = np.sqrt(apart * count / (count - 1)) / whole if count >= FEWEST_BATCHES else np.nan
    return known(ratio), known(error)


def _mean(result: Result, key: tuple[str, str, str]) -> Plain:
    if not result.clusters.are_alone:
        return _mean_of_batches(result, key)
    sums, squares = (math.fsum(result.cash.get((*key, what), ())) for what in ("sum", "squares"))
    paths = result.manifest.paths
    mean = sums / paths
    variance = max(squares - paths * mean**2, 0.0) / (paths - 1) if paths > 1 else np.nan
    return {"mean": mean, "standard_error": known(np.sqrt(variance / paths))}


def _mean_of_batches(result: Result, key: tuple[str, str, str]) -> Plain:
    """Give the mean over paths of which some depend on each other; batches are independent whatever the sampler."""
    sizes = _sizes(result)
    mean, error = _over(np.asarray(result.cash.get((*key, "sum"), np.zeros(sizes.size))), sizes)
    return {"mean": mean, "standard_error": error}


def _sizes(result: Result) -> Row:
    """Count the paths of each batch."""
    edges = np.arange(0, result.manifest.paths, BATCH)
    return np.diff(edges, append=result.manifest.paths).astype(float)


def receipts(result: Result, holder: str) -> Iterator[tuple[Row, Row]]:
    """Give all that the end of a path brings a holder, as times in years and amounts, shape ``(paths,)``, one after the other."""
    for time, part in parts(result, holder):
        yield result.outcomes[time], part


def parts(result: Result, holder: str) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Give the same as the names of the columns of the times and amounts."""
    for number in _numbers(result):
        times = _dates(result, number)
        part = payment(result, holder, number) / len(times)
        yield from ((time, part) for time in times)


def pay_dates(result: Result) -> Iterator[Row]:
    """Give the times of all that :func:`receipts` gives; they are the same for every holder."""
    yield from (result.outcomes[time] for number in _numbers(result) for time in _dates(result, number))


def _numbers(result: Result) -> range:
    return range(1, len(slots(result.scenario)) + 1)


def dates(result: Result, number: int) -> Iterator[Row]:
    """Give the times of the equal parts of a payment, counted from 1, in years from the start, shape ``(paths,)``."""
    yield from (result.outcomes[time] for time in _dates(result, number))


def _dates(result: Result, number: int) -> list[tuple[str, ...]]:
    return [key for key in result.outcomes if key[:2] == ("paid at", str(number))] or [("paid at",)]


def payment(result: Result, holder: str, number: int) -> Row:
    """Give what a holder gets by one of the payments of an exit, counted from 1, shape ``(paths,)``."""
    if number > 1:
        return result.outcomes["holder", holder, f"payment {number}"]
    later = (payment(result, holder, other) for other in range(2, len(slots(result.scenario)) + 1))
    return result.outcomes["holder", holder, "at exit"] - total(later)

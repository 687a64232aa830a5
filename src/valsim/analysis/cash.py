"""Cash by date: when each holder has which money."""

import math
from collections.abc import Iterator

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.core.rows import Row
from valsim.result import Result

DIRECTIONS = ("received", "paid")


def cash_by_year(result: Result, holder: str) -> list[Plain]:
    """Give what a holder receives and pays in each calendar year, means over all paths, and what it has got back by its end.

    Companies that are still private at the horizon bring no cash. ``dpi`` is what was received so far over all that is invested.
    """
    years = sorted({key[1] for key in result.cash if key[0] == holder})
    invested = float(np.mean(result.outcomes["holder", holder, "invested"]))
    found, so_far = [], 0.0
    for year in years:
        flows = {what: _mean(result, (holder, year, what)) for what in DIRECTIONS}
        so_far += flows["received"]["mean"]
        found.append({"year": int(year), **flows, "dpi": number(so_far / invested) if invested > 0 else None})
    return found


def _mean(result: Result, key: tuple[str, str, str]) -> Plain:
    sums, squares = (math.fsum(result.cash.get((*key, what), ())) for what in ("sum", "squares"))
    paths = result.manifest.paths
    mean = sums / paths
    variance = max(squares - paths * mean**2, 0.0) / (paths - 1) if paths > 1 else np.nan
    return {"mean": mean, "standard_error": number(np.sqrt(variance / paths))}


def receipts(result: Result, holder: str) -> Iterator[tuple[Row, Row]]:
    """Give all that the end of a path brings a holder, as times in years and amounts, shape ``(paths,)``."""
    at_exit = result.outcomes["holder", holder, "at exit"]
    dated = [key for key in result.outcomes if key[0] == "paid at" and len(key) > 1]
    if not dated:
        yield result.outcomes["paid at",], at_exit
    for key in dated:
        parts = sum(other[1] == key[1] for other in dated)
        yield result.outcomes[key], _payment(result, holder, key[1]) / parts


def _payment(result: Result, holder: str, payment: str) -> Row:
    mine = {key[2]: row for key, row in result.outcomes.items() if key[:2] == ("holder", holder)}
    later = {what: row for what, row in mine.items() if what.startswith("payment ")}
    return later[f"payment {payment}"] if payment != "1" else mine["at exit"] - sum(later.values())

"""What became of each tranche: the chance that it is funded, and the reasons why not."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from valsim.analysis.spread import Plain, chance, quantiles, spread
from valsim.captable.financing.outcome import (
    DEAL_FAILED,
    DEFAULTED,
    DONE,
    ENDED,
    FUNDED,
    LATE,
    MISSED,
    NO_PRICE,
    NOT_FOLLOWED,
    OPEN,
    REPRICED,
    TOO_LITTLE,
    WAIVED,
    WALKED,
    conditions,
    reason,
)
from valsim.captable.financing.tranche import Tranche
from valsim.core.clusters import Clusters
from valsim.core.rows import Bools
from valsim.result import Result, under

Codes: TypeAlias = npt.NDArray[np.int16]
"""What became of a tranche on each path, shape ``(paths,)``."""
ALL_MET = (FUNDED, LATE, DEAL_FAILED, NO_PRICE, DEFAULTED, TOO_LITTLE, WALKED)
"""The codes of a tranche whose conditions all held, funded or not."""

BECAME = {
    "funded": FUNDED,
    "late": LATE,
    "waived": WAIVED,
    "repriced": REPRICED,
    "walked": WALKED,
    "defaulted": DEFAULTED,
    "deal_failed": DEAL_FAILED,
    "no_price": NO_PRICE,
    "too_little_paid": TOO_LITTLE,
    "not_followed": NOT_FOLLOWED,
    "company_ended": ENDED,
}
"""What becomes of a tranche besides lapsing, each with its code: ``funded`` as its condition came true in time, ``late`` while it
could be cured, ``waived`` and ``repriced`` though it was missed."""


def tranches(result: Result) -> list[Plain]:
    """Give each tranche in the order of the document; the reasons and the chance of funding add up to 1."""
    return [_tranche(result, tranche) for tranche in result.scenario.tranches]


def settled_codes(result: Result, tranche: Tranche) -> Codes:
    """Give the final code of a tranche on every path: one left open was not followed up, or the company had ended."""
    codes = result.outcomes["tranche", *tranche.key, "code"]
    if tranche.after is not None:
        before = result.outcomes["tranche", *tranche.after, "code"]
        codes = np.where((codes == OPEN) & ~among(before, DONE), NOT_FOLLOWED, codes)
    return np.where(codes == OPEN, ENDED, codes)


def funded(result: Result, tranche: Tranche) -> Bools:
    """Say on which paths a tranche was funded, a missed condition waived or not, shape ``(paths,)``."""
    return among(settled_codes(result, tranche), DONE)


def among(codes: Codes, kinds: Iterable[int]) -> Bools:
    """Say where a code is one of a few kinds, shape of ``codes``; many times as fast as ``np.isin``, which looks at the values first."""
    return np.asarray(np.logical_or.reduce([codes == kind for kind in kinds]))


def became(result: Result, tranche: Tranche, what: str) -> Bools:
    """Say on which paths this became of a tranche, ``lapsed`` or a name of :data:`BECAME`, shape ``(paths,)``."""
    return _became(settled_codes(result, tranche), what)


def _tranche(result: Result, tranche: Tranche) -> Plain:
    codes = settled_codes(result, tranche)
    done = among(codes, DONE)
    where = np.flatnonzero(done)
    found = {
        name: result.outcomes["tranche", *tranche.key, name][where]
        for name in ("new_money", "price_per_share", "post_money_valuation", "dilution")
    }
    of = result.clusters
    how_often = chance(done, of)
    return {
        "round": tranche.round,
        "tranche": tranche.name,
        "window": [tranche.first.isoformat(), tranche.last.isoformat()],
        "probability_funded": how_often["mean"],
        "standard_error": how_often["standard_error"],
        "probability_waived": float(np.mean(codes == WAIVED)),
        "probability_repriced": float(np.mean(codes == REPRICED)),
        "probability_late": float(np.mean(codes == LATE)),
        "outcomes": _outcomes(codes, of),
        "not_funded_because": _reasons(tranche, codes[~done], codes.size),
        "milestones": _milestones(tranche, codes),
        "at_any_time": tranche.at_any_time,
        **_defaults(result, tranche, done),
        "new_money": spread(found["new_money"], of[where]),
        "price_per_share": {"quantiles": quantiles(found["price_per_share"])},
        "post_money_valuation": {"quantiles": quantiles(found["post_money_valuation"])},
        "dilution": {"quantiles": quantiles(found["dilution"])},
    }


def _defaults(result: Result, tranche: Tranche, done: Bools) -> Plain:
    """Give the chances, where the closing was funded, that it was paid short and that each investor defaulted."""
    told, of = under(result.outcomes, "default", *tranche.key), result.clusters[done]
    rows = {name: row[done] for (name,), row in told.items() if name in tranche.may_default or row.any()}
    short = chance(np.any(list(rows.values()), axis=0), of) if rows else None
    return {"paid_short_if_funded": short, "defaults_if_funded": {name: chance(row, of) for name, row in rows.items()}}


def _outcomes(codes: Codes, clusters: Clusters) -> Plain:
    """Give the chance of everything that may become of a tranche; together they are 1."""
    return {name: chance(_became(codes, name), clusters) for name in ("lapsed", *BECAME)}


def _became(codes: Codes, what: str) -> Bools:
    return np.asarray(codes >= MISSED if what == "lapsed" else codes == BECAME[what])


def _reasons(tranche: Tranche, codes: Codes, paths: int) -> dict[str, float]:
    kinds, counts = np.unique(codes, return_counts=True)
    ordered = sorted(zip(counts.tolist(), kinds.tolist(), strict=True), reverse=True)
    return {reason(tranche, code): count / paths for count, code in ordered}


def _milestones(tranche: Tranche, codes: Codes) -> dict[str, float]:
    """Give, for each condition, how often it was met where the tranche came to be decided by its conditions.

    Where a missed condition was waived it is not known which one it was: waivers do not look at it, so those paths have
    missed the same conditions as those that lapsed.
    """
    lapsed = codes[codes > MISSED] - MISSED
    met, waived = np.sum(among(codes, ALL_MET)), np.sum(among(codes, (WAIVED, REPRICED)))
    decided = met + lapsed.size + waived
    if not decided or (waived and not lapsed.size):
        return {}
    for_each = 1 + waived / max(lapsed.size, 1)
    held = {name: np.sum((lapsed >> i & 1) == 0) for i, name in enumerate(conditions(tranche))}
    return {name: float((met + for_each * count) / decided) for name, count in held.items()}

"""What holders do with their rights in later closings: who takes its part, and who is struck for not paying."""

from collections.abc import Iterator

from valsim.analysis.spread import Plain, chance, spread
from valsim.analysis.tranches import funded
from valsim.captable.financing.outcome import BY_RIGHT, CONSEQUENCE, PAY_TO_PLAY
from valsim.captable.financing.tranche import Tranche
from valsim.core.clusters import Clusters
from valsim.core.rows import Row
from valsim.result import Result, under


def pro_rata(result: Result) -> list[Plain]:
    """Give, by closing and holder, how often a part is taken by right where the closing is funded, and for what money."""
    of = result.clusters
    return [
        {"round": tranche.round, "tranche": tranche.name, "holder": holder, **_taken(money[done], of[done])}
        for tranche, holder, money in _events(result, BY_RIGHT)
        for done in [funded(result, tranche)]
    ]


def penalties(result: Result) -> list[Plain]:
    """Give, by closing and holder, how often shares are struck for what is not paid; chances are over all paths."""
    return [
        {
            "round": tranche.round,
            "tranche": tranche.name,
            "holder": holder,
            "because": because.replace(" ", "_"),
            **_struck(row, result.clusters),
        }
        for because in (PAY_TO_PLAY, CONSEQUENCE)
        for tranche, holder, row in _events(result, because)
    ]


def _events(result: Result, what: str) -> Iterator[tuple[Tranche, str, Row]]:
    """List what happened on some path at least."""
    for tranche in result.scenario.tranches:
        for (holder,), row in under(result.outcomes, "event", *tranche.key, what).items():
            if row.any():
                yield tranche, holder, row


def _taken(money: Row, of: Clusters) -> Plain:
    return {"taken_if_funded": chance(money > 0, of), "money": spread(money[money > 0], of[money > 0])}


def _struck(row: Row, clusters: Clusters) -> Plain:
    found = chance(row > 0, clusters)
    return {"probability": found["mean"], "standard_error": found["standard_error"]}

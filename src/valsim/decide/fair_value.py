"""Fair value by class, of a cap table by a model of its exits or of a whole scenario by playing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from valsim.anchor import Paid
from valsim.captable.ledger import Ledger
from valsim.contract.contract import CapTableSource, Contract, document_of
from valsim.contract.fair_value import Asked, fair_value_of, priced_at
from valsim.contract.method import MethodSource, method_of
from valsim.core.errors import ValuationError
from valsim.core.progress import Progress, untold
from valsim.decide.root import Paths, Root, a_class, a_share, all_classes, solved
from valsim.execution.team import processors
from valsim.result import Anchor
from valsim.scenario.check import warnings
from valsim.scenario.choices import choices
from valsim.scenario.holds import stands_alone
from valsim.scenario.load import scenario_of
from valsim.scenario.load_method import JudgedMethod
from valsim.scenario.model import Scenario
from valsim.scenario.text.document import Document
from valsim.value.fair_value.by_class import ClassValue, FairValue, class_value, headline_of
from valsim.value.fair_value.method import Method

OF_PLAYING = ("paths", "seed")
"""The numbers of a method that say how a scenario is played; what happens is for its own drivers to say."""


def fair_value(
    captable: CapTableSource,
    price: Mapping[str, float] | None = None,
    method: MethodSource = "exit_mix",
    on: date | str | None = None,
    company_value: float | None = None,
) -> FairValue:
    """Value every class of a cap table today: find the company value at which the last price paid is fair, and value all at it.

    ``captable`` is the path of a cap table or of a scenario, a text or a mapping that says the same, or one that was read.
    ``price`` is what one share of a class cost, ``{"series_b": 1.0}``; without it, the price of the class that was issued last.
    ``method`` is the name of a method, a mapping with its numbers, ``{"kind": "exit_mix", "volatility": 0.6}``, or the path of a file
    that says the same, ``"hybrid.yaml"``; numbers that are left out are those of the published model, and the result lists them
    as ``assumed``. Where the method draws paths, as ``simulation`` does, a whole scenario is played: its own drivers, rounds,
    terms and exits make the values. ``on`` is the day of a cap table, needed only where something grows with time and it has no
    ``as_of``. With a ``company_value``, classes are valued at that, and a price, if one is stated, gives the headline only.

    Raises :class:`~valsim.core.errors.ScenarioError` for a wrong cap table or scenario, :class:`~valsim.core.errors.ValuationError`
    for a class, a method or a number that there is not, and for a price that no company value gives, and
    :class:`~valsim.core.errors.SimulationError` for one that no opening multiple gives.

    >>> table = '''
    ... classes:
    ...   common: {kind: common, shares: 8M}
    ...   series_a: {kind: preferred, shares: 2M, original_issue_price: 2.5, liquidation_preference_multiple: 1,
    ...     participation: none, seniority: 1}
    ... '''
    >>> found = fair_value(table)
    >>> round(found.fair_value / 1e6, 2), found.post_money_valuation / 1e6, round(found.overvaluation, 3)
    (17.83, 25.0, 0.402)
    >>> round(found.classes["common"].per_share, 3), round(found.classes["series_a"].per_share, 9)
    (1.603, 2.5)
    """
    text = document_of(captable)
    asked = Asked(price, company_value, on)
    return fair_value_in(text, asked, method_of(method, Contract.of(text).document.currency))


def fair_value_in(text: Document, asked: Asked, judged: JudgedMethod, progress: Progress = untold) -> FairValue:
    """Value every class of a document that was read (see :func:`fair_value`); ``progress`` is told how far a simulation is."""
    if stands_alone(text) or not judged.method.draws:
        return fair_value_of(Contract.of(text), asked, judged)
    if asked.company_value is not None:
        raise ValuationError("a whole scenario finds what the company is worth itself: leave it out", "company_value")
    if asked.on is not None:
        raise ValuationError("a whole scenario is valued as of its own date: leave the day out", "on")
    return played(text, asked.price, judged.method, progress)


@dataclass(frozen=True, kw_only=True)
class PlayedValue(FairValue):
    """A fair value by class of a whole scenario, played along ``paths`` of a ``seed``.

    The opening multiple is scaled by the ``anchor`` so that the class that was priced is worth its price. The document is carried
    out as it is written. ``company_value`` is that of all classes: what is paid before them is none of it.
    """

    paths: int
    seed: int
    anchor: Anchor

    @property
    def how(self) -> dict[str, Any]:
        """How the scenario was played, and at which scale of the opening multiple."""
        return {
            "model": "scenario",
            "solved": True,
            "method": "simulation",
            "parameters": {"paths": self.paths, "seed": self.seed},
            "assumed": [],
            "anchor_scale": self.anchor.scale,
            "anchor_standard_error": self.anchor.standard_error,
        }


def played(text: Document, price: Mapping[str, float] | None, method: Method, progress: Progress) -> PlayedValue:
    """Value every opening class of a scenario that was read, by playing it."""
    scenario, contract = scenario_of(text), Contract.of(text)
    priced, remarks = priced_at(contract, price)
    paths = _paths(scenario, method, progress)
    ledger = contract.table.ledger.accrued_to(contract.day(None))
    headline = headline_of(ledger, priced)
    paid = Paid(priced.name, priced.price, scenario.currency, otherwise="ask for another price")
    root = solved(scenario, paid, paths)
    classes = {name: _class(root, ledger, name, headline) for name in ledger.series}
    whole, post_money = root.worth(all_classes), headline * float(ledger.fully_diluted())
    return PlayedValue(
        priced=priced,
        fair_value=whole.mean,
        company_value=whole.mean,
        post_money_valuation=post_money,
        overvaluation=post_money / whole.mean - 1,
        classes=classes,
        paid_first={},
        roots=(whole.mean,),
        standard_error=whole.standard_error,
        measure="risk_neutral",
        notes=(*remarks, *_notes(scenario, root)),
        name=scenario.name,
        currency=scenario.currency,
        on=scenario.as_of,
        warnings=(*_lost(classes), *(problem.sentence for problem in warnings(scenario))),
        paths=paths.count,
        seed=paths.seed,
        anchor=root.anchor,
    )


def _paths(scenario: Scenario, method: Method, progress: Progress) -> Paths:
    stated = {name: getattr(method, name) for name in method.model_fields_set - {method.tag}}
    if others := sorted(stated.keys() - set(OF_PLAYING)):
        message = (
            f"the drivers of a scenario say how its value moves: leave {' and '.join(others)} out, or change them there"
        )
        raise ValuationError(message, others[0])
    simulation = scenario.simulation
    return Paths(
        stated.get("paths", simulation.paths), stated.get("seed", simulation.seed), processors(), progress=progress
    )


def _class(root: Root, ledger: Ledger, name: str, headline: float) -> ClassValue:
    value = root.worth(partial(a_class, name))
    found = class_value(ledger, name, value.mean, headline, value.standard_error)
    per_share = root.worth(partial(a_share, name)).mean
    if not np.isfinite(per_share):
        return found._replace(per_share=None)
    # Shares of other classes may turn into these on the way, so that the gap is told of one share and not of the whole class.
    held = found.shares * per_share
    over = found.headline / held - 1 if found.headline is not None and held > 0 else None
    return found._replace(per_share=per_share, overvaluation=over)


def _lost(classes: Mapping[str, ClassValue]) -> Iterator[str]:
    """Warn of classes that somebody holds and whose shares cannot be followed."""
    for name, each in classes.items():
        if each.shares and each.per_share is None:
            yield f"{name} becomes shares of a round that cannot be told from the others: what they are worth is left out"


def _notes(scenario: Scenario, root: Root) -> Iterator[str]:
    """Say what was done that a reader would want to know."""
    scale, error = root.anchor.scale, root.anchor.standard_error
    yield f"the opening multiple is scaled by {scale:.3g}{f' ± {error:.1g}' if error else ''} to meet the price"
    if root.plain_over_weighted != 1:
        times = f"as many paths drawn as ever would have {root.plain_over_weighted:.1f} times the standard error"
        yield f"parameters that carry value are drawn more often, and each path counts by its weight: {times}"
    if any(scenario.decisions.decides(choice.decision) for choice in choices(scenario) if scenario.decisions):
        yield "the document is carried out as it is written: its policy of decisions is left aside"

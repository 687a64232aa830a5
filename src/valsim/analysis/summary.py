"""The summary of a result: plain data, which JSON, the report and the terminal are made of."""

from collections.abc import Iterable

from valsim.analysis.assumptions import assumptions, sources
from valsim.analysis.base_rates import base_rates
from valsim.analysis.classes import classes
from valsim.analysis.compute_credits import compute_credits, paid_in_kind
from valsim.analysis.convertibles import convertibles
from valsim.analysis.decisions import decisions
from valsim.analysis.distributions import distributions
from valsim.analysis.exchange_rates import exchange_rates
from valsim.analysis.exit_kinds import exit_kinds
from valsim.analysis.exit_payments import money_of_exits
from valsim.analysis.exits import exit_standard_errors, exits, horizons
from valsim.analysis.fair_value import fair_value
from valsim.analysis.health import health
from valsim.analysis.holders import holders
from valsim.analysis.hurdle import hurdle
from valsim.analysis.investor_rights import penalties, pro_rata
from valsim.analysis.listings import ipo_ratchets, vetoes
from valsim.analysis.ownership import ownership
from valsim.analysis.payoffs import payoffs
from valsim.analysis.precision.told import precision
from valsim.analysis.redemptions import redemptions
from valsim.analysis.sectors import sectors
from valsim.analysis.senior_claims import senior_claims
from valsim.analysis.shared_out import shared_out
from valsim.analysis.signals import risks, signals
from valsim.analysis.spread import Plain
from valsim.analysis.step_ups import step_ups
from valsim.analysis.stories.stories import stories
from valsim.analysis.tranches import tranches
from valsim.analysis.use_of_proceeds import use_of_proceeds
from valsim.analysis.valuation_adjustments import valuation_adjustments
from valsim.analysis.values import values
from valsim.core.errors import Problem
from valsim.core.parameter import at_medians
from valsim.result import Manifest, Result
from valsim.scenario.check import warnings
from valsim.scenario.model import Scenario

LONGEST = (
    holders,
    values,
    stories,
    base_rates,
    ownership,
    distributions,
    tranches,
    step_ups,
    fair_value,
    money_of_exits,
    health,
)
"""What takes nearly all of the time of a summary, the longest first."""


def summary(result: Result, warned: Iterable[Problem] | None = None) -> Plain:
    """Summarise a result; money is in units of the currency, and nothing is NaN or infinite.

    ``warned`` is what is suspicious in its scenario, where somebody has checked that already.
    """
    found = shared_out(LONGEST, result)
    return {
        **about(result),
        "measure": _measure(result),
        "health": found[health],
        "values": found[values],
        "sectors": sectors(result),
        "tranches": found[tranches],
        "decisions": decisions(result),
        "step_ups": found[step_ups],
        "splits": [{"at": each.at.isoformat(), "ratio": each.ratio} for each in result.scenario.captable.splits],
        "fair_value": found[fair_value],
        "classes": classes(result),
        "holders": found[holders],
        "distributions": found[distributions],
        "ownership": found[ownership],
        "exits": exits(result),
        "exit_standard_errors": exit_standard_errors(result),
        "exit_kinds": exit_kinds(result),
        **found[money_of_exits],
        "horizons": horizons(result),
        "hurdle": hurdle(result),
        "use_of_proceeds": use_of_proceeds(result),
        "compute_credits": compute_credits(result),
        "paid_in_kind": paid_in_kind(result),
        "signals": signals(result),
        "risks": risks(result),
        **_contracts(result),
        "payoffs": payoffs(result),
        "stories": found[stories],
        "base_rates": found[base_rates],
        **_inputs(result.scenario),
        "warnings": [each.sentence for each in (warnings(result.scenario) if warned is None else warned)],
        "reproduce": {"versions": dict(result.manifest.versions)},
    }


def about(result: Result) -> Plain:
    """Say what a result is of: the version, the scenario and the run."""
    return {"valsim": result.manifest.valsim, "scenario": _scenario(result), "run": _run(result)}


def _contracts(result: Result) -> Plain:
    return {
        "redemptions": redemptions(result),
        "valuation_adjustments": valuation_adjustments(result),
        "senior_claims": senior_claims(result),
        "convertibles": convertibles(result),
        "vetoes": vetoes(result),
        "ipo_ratchets": ipo_ratchets(result),
        "pro_rata": pro_rata(result),
        "penalties": penalties(result),
    }


def _inputs(scenario: Scenario) -> Plain:
    return {
        "exchange_rates": exchange_rates(scenario),
        "assumptions": assumptions(scenario),
        "sources": sources(scenario),
    }


def _scenario(result: Result) -> Plain:
    scenario = result.scenario
    return {
        "name": scenario.name,
        "company": scenario.company.name,
        "description": scenario.description,
        "as_of": scenario.as_of.isoformat(),
        "currency": scenario.currency,
        "input_hash": result.manifest.input_hash,
    }


def _run(result: Result) -> Plain:
    manifest = result.manifest
    return {
        "paths": manifest.paths,
        "seed": manifest.seed,
        "sampler": manifest.sampler,
        "paths_together": manifest.clusters.size,
        "measure_note": measures(result),
        "until": precision(result),
        **_played(manifest),
    }


def _played(manifest: Manifest) -> Plain:
    """Say how the paths were played: all that another run of the same input may have otherwise."""
    executor = {} if manifest.executor is None else {"executor": manifest.executor}
    return {
        "threads": manifest.threads,
        **executor,
        "seconds": manifest.seconds,
        "bytes_on_disk": manifest.bytes_on_disk,
    }


def _measure(result: Result) -> Plain:
    measure = at_medians(result.scenario.measure)
    rates = {name: float(getattr(measure, name)) for name in ("risk_free", "equity_premium", "beta")}
    parts = {name: float(part) for name, part in measure.parts.items()}
    return {**rates, "sector_linked": parts, "text": measures(result)}


def measures(result: Result) -> str:
    """Say under which measure each number is."""
    parts = at_medians(result.scenario.measure).parts
    carried = " and ".join(f"{name} ({float(part):.0%})" for name, part in parts.items())
    return (
        "Present values are risk-neutral: the drifts of the sector-linked shocks, those of "
        f"{carried}, are lowered by beta times the equity premium in all, and cash is discounted at the risk-free rate. "
        "Probabilities, proceeds, MOIC, IRR and losses are real-world."
    )

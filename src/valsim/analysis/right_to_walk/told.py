"""What a decision analysis says, as plain data: in money today by holder, in chances by tranche, as rules and as pictures."""

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np
import yaml

from valsim.analysis.right_to_walk.decide import RightToWalk
from valsim.analysis.right_to_walk.learn import units_of
from valsim.analysis.right_to_walk.region import formula, picture
from valsim.analysis.spread import Plain, chance, number
from valsim.analysis.tranches import tranches
from valsim.captable.curve import total
from valsim.core.clusters import ALONE, Clusters
from valsim.core.rows import Row
from valsim.result import Result, estimate
from valsim.scenario.choices import choices
from valsim.scenario.names import holder_names

POLICIES = ("myopic", "trained", "rule")
"""The policies that are set beside the contract."""
SEEN = 2.0
"""A gain of fewer standard errors is not told from nothing."""


def told(found: RightToWalk) -> Plain:
    """Give all numbers by name: present values are risk-neutral, chances real-world."""
    result = found.results["trained"]
    scenario, manifest, decisions = result.scenario, result.manifest, result.scenario.decisions
    return {
        "valsim": manifest.valsim,
        "scenario": {
            "name": scenario.name,
            "company": scenario.company.name,
            "as_of": scenario.as_of.isoformat(),
            "currency": scenario.currency,
        },
        "run": {
            "paths": manifest.paths,
            "seed": manifest.seed,
            "training_paths": getattr(decisions, "training_paths", 0),
            "seconds": found.seconds,
            "anchor_scale": manifest.anchor_scale,
        },
        "decided_by": found.learned.rule["decide_for"],
        "deciders": list(found.deciders),
        **_together(found),
        "holders": list(_holders(found)),
        "tranches": list(_tranches(found)),
        "rule": _rule(found),
        "regions": list(_regions(found)),
    }


def _net(result: Result, holders: tuple[str, ...]) -> Row:
    """Give the present value of some holders together less all that they pay, shape ``(paths,)``."""
    rows = result.valued
    return total(rows["holder", each, "present value"] - rows["holder", each, "paid today"] for each in holders)


def _measured(row: Row, clusters: Clusters) -> Plain:
    found = estimate(row, clusters)
    return {"mean": number(found.mean), "standard_error": number(found.standard_error)}


def _compared(found: RightToWalk, holders: tuple[str, ...]) -> Plain:
    """Give what some holders together have under the contract, and how much more under each other policy, on the same paths."""
    base = _net(found.results["contractual"], holders)
    of = found.results["contractual"].clusters
    more = {name: _measured(_net(found.results[name], holders) - base, of) for name in POLICIES}
    return {"contractual": _measured(base, of), "more": more}


def _together(found: RightToWalk) -> Plain:
    deciders = _compared(found, found.deciders)
    everybody = tuple(holder_names(found.scenario))
    return {
        "right_to_walk": deciders["more"]["trained"],
        "deciders_together": deciders,
        "everybody": _compared(found, everybody),
    }


def _holders(found: RightToWalk) -> Iterator[Plain]:
    for name in holder_names(found.scenario):
        compared = _compared(found, (name,))
        if compared["contractual"]["mean"] or any(each["mean"] for each in compared["more"].values()):
            yield {"holder": name, "decides": name in found.deciders, **compared}


def _tranches(found: RightToWalk) -> Iterator[Plain]:
    """Give the chance of everything that becomes of each tranche, by policy."""
    by_policy = {name: tranches(result) for name, result in found.results.items()}
    asked = {(choice.decision.round, choice.decision.closing) for choice in choices(found.scenario)}
    for place, each in enumerate(by_policy["contractual"]):
        outcomes = {name: listed[place]["outcomes"] for name, listed in by_policy.items()}
        yield {
            "round": each["round"],
            "tranche": each["tranche"],
            "decided": (each["round"], each["tranche"]) in asked,
            "outcomes": outcomes,
        }


def _rule(found: RightToWalk) -> Plain:
    """Give the rule as a document writes it, and the part of the right to walk that it keeps, where there is one to keep."""
    base, trained, rule = (_net(found.results[name], found.deciders) for name in ("contractual", "trained", "rule"))
    of = found.results["contractual"].clusters
    gain = estimate(trained - base, of)
    worth_it = gain.mean > SEEN * gain.standard_error
    keeps = float(np.mean(rule - base) / gain.mean) if worth_it else None
    lost = _measured(rule - trained, of)
    written = yaml.safe_dump({"decisions": dict(found.learned.rule)}, sort_keys=False, allow_unicode=True, width=120)
    return {"document": written, "decisions": dict(found.learned.rule), "keeps": keeps, "less_than_trained": lost}


def _regions(found: RightToWalk) -> Iterator[Plain]:
    """Give each decision as the trained policy met it: how often it pays there, risk-neutral, the rule, and what a picture shows."""
    units = units_of(found.scenario)
    for met, rules in zip(found.learned.met, found.learned.rules, strict=True):
        decision = met.decision
        yield {
            "round": decision.terms,
            "tranche": decision.closing,
            "question": decision.question,
            "alternatives": list(decision.alternatives),
            "refusal": decision.refusal,
            "paid": chance(met.pays, ALONE),
            "rules": {name: {"formula": formula(rule, units), **asdict(rule)} for name, rule in rules.items()},
            "rows": list(met.telling),
            "picture": picture(met, found.learned.policy, units, found.scenario.currency),
        }

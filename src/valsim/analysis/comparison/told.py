"""A comparison as plain data, of which the terminal, the page and the JSON are made."""

from collections.abc import Iterator, Mapping

from valsim.analysis.comparison.compare import Case, Comparison
from valsim.analysis.comparison.explain import Explanation
from valsim.analysis.comparison.verdict import Verdict, plain
from valsim.analysis.formula import Formula
from valsim.analysis.health import anchored_by
from valsim.analysis.spread import Plain
from valsim.core.errors import Path, dotted
from valsim.scenario.difference import Difference

TERMS = frozenset({"captable", "rounds", "positions", "exits", "at_horizon"})
"""The rooms of a document that a contract fills; all others are about the company and its world."""


def told(comparison: Comparison) -> Plain:
    """Give a comparison as plain data; no number is NaN or infinite."""
    first, request = comparison.cases[0], comparison.request
    return {
        "valsim": first.manifest.valsim,
        "currency": first.scenario.currency,
        "run": {
            "paths": first.manifest.paths,
            "seed": first.manifest.seed,
            "seconds": sum(case.manifest.seconds for case in comparison.cases),
            "anchor": request.anchor,
            "same_days": all(case.scenario.steps == first.scenario.steps for case in comparison.cases),
        },
        "cases": [_case(case) for case in comparison.cases],
        "measures": [_measure(comparison, formula) for formula in comparison.formulas],
        "inputs": _inputs(comparison),
        "explained": {
            name: _explained(comparison, each) for name, each in comparison.explanations.items() if each.factors
        },
        "received": {
            holder: {case.name: case.received[holder] for case in comparison.cases if holder in case.received}
            for holder in dict.fromkeys(holder for case in comparison.cases for holder in case.received)
        },
    }


def _case(case: Case) -> Plain:
    scenario, manifest = case.scenario, case.manifest
    return {
        "name": case.name,
        "scenario": scenario.name,
        "company": scenario.company.name,
        "as_of": scenario.as_of.isoformat(),
        "input_hash": manifest.input_hash,
        "anchor": anchored_by(scenario),
        "anchor_scale": manifest.anchor_scale,
        "anchor_standard_error": manifest.anchor_standard_error,
    }


def _measure(comparison: Comparison, formula: Formula) -> Plain:
    verdicts = {case.name: comparison.verdict(formula.text, case.name) for case in comparison.cases[1:]}
    return {
        "formula": formula.text,
        **about(formula, comparison.cases[0].scenario.currency),
        "cases": {case.name: plain(case.values[formula.text]) for case in comparison.cases},
        "differences": {name: verdict and verdict.as_dict() for name, verdict in verdicts.items()},
        "order": [_place(*each) for each in comparison.order(formula.text)],
    }


def about(formula: Formula, currency: str) -> Plain:
    """Say what a formula is: one measure and of whom it is asked or neither, what it counts, and under which probabilities."""
    asked = [*formula.questions.values()]
    alone = asked[0] if formula.is_one_measure else None
    return {
        "measure": alone and alone.measure.name,
        "of": alone and alone.whom,
        "counts": formula.counts(currency),
        "under": sorted({each.measure.under for each in asked}),
    }


def _place(name: str, below: Verdict | None) -> Plain:
    return {"case": name, "below_the_one_before": below and below.as_dict()}


def _inputs(comparison: Comparison) -> list[Plain]:
    """Give every place at which some case differs from the first, with what stands there in each case."""
    found: dict[Path, dict[str, Difference]] = {}
    for name, between in comparison.between.items():
        for each in between.differences:
            found.setdefault(each.path, {})[name] = each
    return [_input(path, of_case, comparison) for path, of_case in found.items()]


def _input(path: Path, found: Mapping[str, Difference], comparison: Comparison) -> Plain:
    stated = next(iter(found.values())).old
    values = {case.name: found[case.name].new if case.name in found else stated for case in comparison.cases}
    return {"path": dotted(path), "is_term": path[0] in TERMS, "cases": values}


def _explained(comparison: Comparison, found: Explanation) -> Plain:
    return {
        "paths": min(comparison.request.paths, comparison.request.explained_on),
        "method": found.method,
        "factors": [each.name for each in found.factors],
        "measures": dict(_parts(found)),
    }


def _parts(found: Explanation) -> Iterator[tuple[str, Plain]]:
    for measure, parts in found.parts.items():
        yield (
            measure,
            {
                "difference": Verdict(found.totals[measure]).as_dict(),
                "parts": {name: Verdict(part).as_dict() for name, part in parts.items()},
                "together": Verdict(found.together(measure)).as_dict(),
            },
        )

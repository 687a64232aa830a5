"""A sweep as plain data, of which the terminal, the page, the table and the JSON are made."""

from collections.abc import Iterable

from valsim.analysis.comparison.told import about
from valsim.analysis.comparison.verdict import TELLS
from valsim.analysis.health import anchored_by
from valsim.analysis.spread import Plain, number
from valsim.analysis.sweep.cases import briefly
from valsim.analysis.sweep.play import Swept
from valsim.analysis.sweep.sweep import Sweep
from valsim.core.quantity import QuantityError, parse_quantity
from valsim.core.versions import version
from valsim.result import Estimate


def told(sweep: Sweep, order: str = "") -> Plain:
    """Give a sweep as plain data, its cases in the order of the grid; no number is NaN or infinite.

    ``order`` is the measure by which they are to be shown, the largest first, or nothing for the order of the grid.
    """
    first, plan = sweep.first, sweep.plan
    return {
        "valsim": version("valsim"),
        "currency": first.currency,
        "scenario": {"name": first.name, "company": first.company.name, "as_of": first.as_of.isoformat()},
        "run": {
            "paths": plan.paths,
            "seed": plan.seed,
            "seconds": sweep.seconds,
            "anchor": "none" if first.valuation.anchor == "none" else plan.anchor,
            "anchored_by": anchored_by(first),
        },
        "base": sweep.base.number,
        "inputs": [_input(*each, sweep.cases) for each in zip(sweep.inputs, briefly(sweep.inputs), strict=True)],
        "measures": [{"formula": each.text, **about(each, first.currency)} for each in sweep.measures],
        "cases": [_case(case) for case in sweep.cases],
        "order": [case.case.number for case in (sweep.order(order) if order else sweep.cases)],
    }


def _input(path: str, called: str, cases: Iterable[Swept]) -> Plain:
    """Give an input: its path, the few parts of it that tell it from the others, and the unit of its values where all of them are numbers of one unit."""
    given = [case.case.values[path] for case in cases if path in case.case.values]
    numbers = {text: _quantity(text) for text in given}
    units = {found and found[1] for found in numbers.values()}
    one = next(iter(units)) if len(units) == 1 else None
    values = {text: found[0] for text, found in numbers.items() if found} if one is not None else {}
    return {"path": path, "called": called, "unit": one, "numbers": values}


def _quantity(text: str) -> tuple[float, str] | None:
    try:
        found = parse_quantity(text)
    except QuantityError:
        return None
    return found.value, "%" if text.strip().endswith("%") else str(found.unit)


def _case(swept: Swept) -> Plain:
    case, anchor = swept.case, swept.anchor
    return {
        "number": case.number,
        "name": case.name,
        "source": case.start.source,
        "variant": case.start.variant,
        "values": {**case.values},
        "measures": {
            text: {**_estimate(value), "difference": _difference(swept.differences[text])}
            for text, value in swept.values.items()
        },
        "anchor_scale": anchor and anchor.scale,
        "anchor_standard_error": anchor and anchor.standard_error,
        "input_hash": swept.input_hash,
        "seconds": swept.seconds,
        "failed": swept.failed,
    }


def _estimate(found: Estimate | None) -> Plain:
    if found is None:
        return {"mean": None, "standard_error": None}
    return {"mean": number(found.mean), "standard_error": number(found.standard_error)}


def _difference(found: Estimate | None) -> Plain | None:
    """Give how far a number is from that of the base, and whether that is told apart from nothing."""
    if found is None or number(found.mean) is None or number(found.standard_error) is None:
        return None
    apart = found.mean != 0 and abs(found.mean) >= TELLS * found.standard_error
    return {**_estimate(found), "told_apart": apart}

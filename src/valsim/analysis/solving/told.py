"""A solution as plain data, of which the terminal and the JSON are made."""

from valsim.analysis.comparison.verdict import plain
from valsim.analysis.solving.search import Spot
from valsim.analysis.solving.solve import Solution
from valsim.analysis.spread import Plain, number


def told(solution: Solution) -> Plain:
    """Give a solution as plain data; numbers of the input are in the unit of the document, and as it writes them."""
    unknown = solution.unknown
    return {
        "for": unknown.path,
        "name": unknown.name,
        "target": solution.target.text,
        "sides": [solution.target.left.text, solution.target.right.text],
        "counts": solution.target.counts(solution.currency),
        "currency": solution.currency,
        "found": solution.is_found,
        "value": None if solution.place is None else number(solution.place),
        "standard_error": number(solution.standard_error),
        "written": solution.written or None,
        "set": None if solution.place is None else unknown.setting(solution.place),
        "before": unknown.before,
        "unit": unknown.behind,
        "was": unknown.was or unknown.written(unknown.start),
        "holds": _side(solution),
        "at": solution.at and _spot(solution.at, solution),
        "jumps_between": solution.between and [_spot(spot, solution) for spot in solution.between],
        "others": [*solution.others],
        "now": solution.now and _spot(solution.now, solution),
        "searched": [*solution.ends],
        "scanned": [_spot(spot, solution) for spot in solution.scanned],
        "anchor": solution.anchor,
        "anchor_scale": solution.scale.scale,
        "run": {"paths": solution.paths, "seed": solution.seed},
    }


def _spot(spot: Spot, solution: Solution) -> Plain:
    sides = {"left": plain(spot.left), "right": plain(spot.right), "gap": plain(spot.gap)}
    return {"value": spot.place, "written": solution.unknown.written(spot.place), **sides}


def _side(solution: Solution) -> str | None:
    """Say on which side of the number an inequality holds: ``above``, ``below``, or nothing where that is not known."""
    if solution.target.is_equation or not solution.slope:
        return None
    return "above" if solution.target.holds(solution.slope) else "below"

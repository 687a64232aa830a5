"""What a comparison says in sentences: the answer, the scales, and what is not told apart."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.section.measures import called, change, distinct, paths_needed, shown

Told = Mapping[str, Any]
MEASURES = (
    "Present values and prices per share of a class are risk-neutral, all else is real-world. Behind ± stands one standard error; "
    "differences are paired: every case is played on the same random numbers. Less than two standard errors is not told apart."
)
NOT_SHARED_OUT = {
    "together": "What differs hangs together: no part of it fits without the rest, so the difference is not shared out.",
    "unplayable": "The difference is not shared out: what differs cannot be played in part.",
}
"""What is said of a difference that is not shared out, by the method."""
ONLY_NOISE = "The errors are those of the paths; each opening multiple counts as known."


def answer(told: Told) -> str:
    """Say what the first measure that tells the cases apart says of them, and that those before it do not."""
    for place, measure in enumerate(told["measures"]):
        for name, verdict in measure["differences"].items():
            if verdict and verdict["told_apart"]:
                alike = [called(each) for each in told["measures"][:place]]
                refused = f"The cases are not told apart by {labels.listed(alike)}. " if alike else ""
                return refused + _apart(told, measure, name, verdict)
    verdicts = [verdict for measure in told["measures"] for verdict in measure["differences"].values()]
    if all(distinct(verdict) == "the same" for verdict in verdicts):
        return "The cases are the same by every one of these measures, on every path."
    return "By none of these measures are the cases told apart."


def _apart(told: Told, measure: Told, name: str, verdict: Told) -> str:
    first, counts, currency = told["cases"][0]["name"], measure["counts"], told["currency"]
    by = " ".join(filter(None, change(verdict, counts, currency)))
    values = [shown(measure["cases"][case], counts, currency)[0] for case in (name, first)]
    way = "higher" if verdict["mean"] > 0 else "lower"
    return f"{called(measure)} is {way} in {name}: {values[0]} against {values[1]} in {first}, {by}."


def ranking(measure: Told) -> str:
    """Rank the cases by a measure, the largest first; those within the noise of each other stand beside an ``≈``.

    >>> ranking({"order": [{"case": "a", "below_the_one_before": None}]})
    'a'
    """
    parts: list[str] = []
    for place in measure["order"]:
        verdict = place["below_the_one_before"]
        parts += [">" if not distinct(verdict) else "≈"] * bool(parts) + [place["case"]]
    return " ".join(parts)


def scales(told: Told) -> str:
    """Say at which scale of its opening multiple each case is played, and what that may hide."""
    scaled = [case for case in told["cases"] if case["anchor"] != "none"]
    said = labels.listed([f"{case['name']} {case['anchor_scale']:.3g}" for case in scaled])
    first = told["cases"][0]["name"]
    if not scaled:
        return "No case is scaled to its last price (valuation.anchor: none)."
    if told["run"]["anchor"] == "first":
        return f"All cases are played at the scale of {first}: its opening multiple times {scaled[0]['anchor_scale']:.3g}. What differs in the company shows in its value."
    if len({case["anchor_scale"] for case in told["cases"]}) == 1:
        return f"The cases share one scale of the opening multiple, {scaled[0]['anchor_scale']:.3g}, which meets the last price."
    return (
        f"Each case is scaled to its own last price (opening multiple times: {said}). A better company at the same price is scaled "
        f"down to it, so that part of a difference is hidden; --anchor first plays all at the scale of {first}."
    )


def days(told: Told) -> str:
    """Say where the cases have other days on their time grids, which parts their random numbers; nothing where they have the same."""
    if told["run"]["same_days"]:
        return ""
    return (
        "The cases have other days on their time grids, so that after the first such day their random numbers part and the errors of "
        "differences are larger. Keep a closing that is left out at a probability of 0 %, and a horizon and dates that are the same."
    )


def unresolved(told: Told) -> Iterator[str]:
    """Say which differences are not told apart, and how many paths would tell them if they are what they look like."""
    for measure in told["measures"]:
        for name, verdict in measure["differences"].items():
            if distinct(verdict) == "not told apart":
                needed = paths_needed(verdict)
                yield f"{called(measure)}, {name}: " + (f"some {needed} would tell" if needed else "no difference seen")


def worth_explaining(told: Told, found: Told) -> list[Told]:
    """Give the measures that are told apart, one of several whose difference is the same."""
    shown: dict[str, Told] = {}
    for measure in told["measures"]:
        of = found["measures"].get(measure["formula"])
        if of is not None and of["difference"]["told_apart"]:
            shown.setdefault(f"{of['difference']['mean']:.6g}", measure)
    return [*shown.values()]


def not_shared_out(found: Told) -> str:
    """Say why a difference is not shared out, nothing where it is or where one input is all that differs."""
    return NOT_SHARED_OUT.get(found["method"], "")


def how_explained(found: Told) -> str:
    """Say how the parts of a difference were found."""
    on = f"on {labels.paths(found['paths'])}"
    if found["method"] == "shapley":
        return f"Each input's part is what swapping it adds, over all orders of swapping ({on}); the parts add up."
    return (
        f"Each input's part is the mean of what it adds alone and of what is lost when it alone is taken back ({on}); the rest is what "
        "inputs do only together."
    )

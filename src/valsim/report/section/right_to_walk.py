"""The right to walk away: its worth by holder, what becomes of each tranche, and when to pay."""

from collections.abc import Iterator, Mapping
from typing import Any

from valsim.report import labels
from valsim.report.figures.region import exercise_region
from valsim.report.section.decisions import CHOSEN, SAID
from valsim.report.section.parts import (
    REAL_WORLD,
    RISK_NEUTRAL,
    Cell,
    Chart,
    Code,
    Part,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
    numbers,
    words,
)

Told = Mapping[str, Any]
POLICIES = {"contractual": "As written", "myopic": "By the price alone", "trained": "Trained", "rule": "By the rule"}
"""How policies are called in tables."""
SMALLEST = 0.0005
"""An outcome that is rarer is left out of a line of words."""
CERTAIN = 2.0
"""A gain of fewer standard errors is not told from nothing."""


def lead(told: Told) -> str:
    """Who decides, what that is worth to them, and what it costs everybody else."""
    who = "All investors of a closing, as one," if len(told["deciders"]) > 1 else labels.name(told["deciders"][0])
    gain, everybody = told["right_to_walk"], told["everybody"]["more"]["trained"]
    currency = told["scenario"]["currency"]
    if gain["standard_error"] is None or gain["mean"] <= CERTAIN * gain["standard_error"]:
        return f"{who} gain nothing that can be told from zero by deciding ({_money(gain, currency)})."
    rest = everybody["mean"] - gain["mean"]
    side = "cost" if rest < 0 else "bring"
    others = labels.money(abs(rest), currency) if abs(rest) > labels.ROUNDING * gain["mean"] else "nothing"
    return (
        f"{who} gain {_money(gain, currency)} today by deciding well, over paying whenever the contract asks for it; "
        f"their decisions {side} everybody else {others}."
    )


def _money(estimate: Told, currency: str) -> str:
    return " ".join(labels.with_error(estimate["mean"], estimate["standard_error"], currency)).strip()


def worth(told: Told) -> Section:
    """The right to walk, by holder."""
    parts: list[Part] = [_tiles(told), holder_table(told)]
    return Section("right-to-walk", "The right to walk away", lead(told), parts, "Right to walk")


def _tiles(told: Told) -> Tiles:
    currency, more = told["scenario"]["currency"], told["deciders_together"]["more"]
    base = told["deciders_together"]["contractual"]
    shown = [
        Tile("Net worth of those who decide, as written", *_cells(base, currency), measure=RISK_NEUTRAL),
        Tile("The right to walk, trained", *_cells(more["trained"], currency), measure=RISK_NEUTRAL),
        Tile("By the price alone", *_cells(more["myopic"], currency), measure=RISK_NEUTRAL),
    ]
    keeps = told["rule"]["keeps"]
    if keeps is not None:
        shown.append(Tile("The rule keeps", labels.percent(keeps), note="of the trained right, on fresh paths"))
    return Tiles(tuple(shown))


def _cells(estimate: Told, currency: str) -> tuple[str, str]:
    text, error = labels.with_error(estimate["mean"], estimate["standard_error"], currency)
    return text, error


def holder_table(told: Told) -> Table:
    """Who gains and who pays: net present values as written, and how much more under each other policy."""
    together = {"holder": "those who decide, together", **told["deciders_together"]}
    rows = [*told["holders"], together, {"holder": "everybody together", **told["everybody"]}]
    currency = told["scenario"]["currency"]
    columns = (
        *words("Holder"),
        *numbers("As written", *(f"{POLICIES[name]}|more" for name in ("myopic", "trained", "rule"))),
    )
    cells = tuple(
        (
            Cell(labels.name(row["holder"]) + (" (decides)" if row.get("decides") else "")),
            Cell(*_cells(row["contractual"], currency)),
            *(Cell(*_cells(row["more"][name], currency)) for name in ("myopic", "trained", "rule")),
        )
        for row in rows
    )
    note = (
        "Risk-neutral present values of all that a holder receives less all that it pays, old stakes and later payments included. What is more is "
        "of the same paths, so its error is that of the difference. The trained policy is a lower bound of what deciding is worth."
    )
    return Table("Who gains, and who pays for it", columns, cells, RISK_NEUTRAL, note)


def tranches(told: Told) -> Section:
    """What becomes of each tranche under each policy."""
    words = "What is decided about one tranche changes what becomes of those after it."
    return Section("outcomes", "What becomes of the tranches", words, [outcome_table(told)], "Tranches")


def outcome_table(told: Told) -> Table:
    """A row for each tranche and policy."""
    listed = _outcomes(told)
    there = [name for name in SAID if any(chances[name]["mean"] for *_, chances in listed)]
    rows = tuple(
        (
            Cell(labels.tranche_name(each) if name == "contractual" else ""),
            Cell(POLICIES[name]),
            *(Cell(*labels.percent_with_error(chances[one]["mean"], chances[one]["standard_error"])) for one in there),
        )
        for each, name, chances in listed
    )
    columns = (*words("Tranche", "Policy"), *numbers(*(SAID[name] for name in there)))
    return Table("What becomes of each tranche", columns, rows, REAL_WORLD)


def _outcomes(told: Told) -> list[tuple[Told, str, Told]]:
    """The chances of each tranche by policy; the rule does nearly what was learned, and is left out."""
    policies = [name for name in POLICIES if name != "rule"]
    return [(each, name, each["outcomes"][name]) for each in told["tranches"] for name in policies]


def outcome_words(told: Told) -> Iterator[tuple[str, str]]:
    """The same in a line for each policy and tranche that is decided about, the likeliest first, with what heads it."""
    for each, name, chances in _outcomes(told):
        if not each["decided"]:
            continue
        ordered = sorted(chances.items(), key=lambda one: -one[1]["mean"])
        said = [f"{labels.percent(one['mean'])} {_plain(what)}" for what, one in ordered if one["mean"] >= SMALLEST]
        yield f"{labels.tranche_name(each)}, {POLICIES[name].lower()}: ", labels.listed(said)


def _plain(outcome: str) -> str:
    head, _, _ = SAID[outcome].lower().partition("|")
    return SAID[outcome].lower().replace("|", " ") if head == "funded" else head


def when(told: Told) -> Section:
    """The exercise region of each decision, and the rule to type back."""
    charts = [_chart(region, told) for region in told["regions"] if region["picture"] is not None]
    parts: list[Part] = [*(Text(text) for text in rule_words(told)), *charts]
    parts.append(Code("The rule, to paste into the document", told["rule"]["document"]))
    return Section("when", "When to pay", kept(told), parts, "When to pay")


def kept(told: Told) -> str:
    """How much of what was learned the rule keeps."""
    if told["rule"]["keeps"] is None:
        return "No rule is needed where there is no gain to keep."
    return f"One or two thresholds a decision keep {labels.percent(told['rule']['keeps'])} of the trained right to walk, on fresh paths."


def rule_words(told: Told) -> Iterator[str]:
    """A sentence a decision."""
    for region in told["regions"]:
        when = {"met": "is met", "missed": "was missed"}[region["question"]]
        yield (
            f"{labels.tranche_name(region)}, when its condition {when}: {', else '.join(_clauses(region))}. Trained, they pay on "
            f"{labels.percent(region['paid']['mean'])} of the risk-neutral paths that come to it."
        )


def _clauses(region: Told) -> Iterator[str]:
    """What to do, one after another until something applies."""
    for name, rule in region["rules"].items():
        if rule["conditions"]:
            yield f"{CHOSEN[name]} where {rule['formula']}"
        elif rule["join"] == "and":
            yield f"{CHOSEN[name]}, always"
            return
    yield CHOSEN[region["refusal"]]


def _chart(region: Told, told: Told) -> Chart:
    paid, refused = "pays", CHOSEN[region["refusal"]]
    figure = exercise_region(region, told["scenario"]["currency"], "pay", refused)
    across, up = (labels.name(region["picture"][side]["row"]) for side in ("across", "up"))
    line = (
        "The line is its boundary with all other rows at their medians; dotted"
        if region["picture"]["boundary"]
        else "Dotted"
    )
    finding = (
        f"Some of the paths that come to the decision, by {across} and {up}: where the trained policy {paid}, and where not. "
        f"{line} is the rule."
    )
    name = f"region-{region['round']}-{region['tranche']}-{region['question']}".replace(" ", "-")
    return Chart(name, labels.tranche_name(region), figure, finding, measure=RISK_NEUTRAL)

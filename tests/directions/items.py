"""What the articles say that Moonshot's value hangs on, item by item: how each is turned in the shipped scenario, and held
against what.

The tests of this folder play them, and the page beside the scenario tells what they move.
"""

from dataclasses import dataclass

RIVAL = 'risks.rival_price_cut={hazard: 100% per year, effect: {closed_price: "* 0.7"}}'
FOOLED = ("signals.benchmark_audit.probability=0%", "signals.benchmark_audit.false_positive=100%")
LEARNING = "drivers.cost_per_inference.learning_rate"
ANCHOR = "rounds.follow_on.closings.anchor closing"


@dataclass(frozen=True)
class Item:
    """A thing that is turned: the words of the page, the changes, and those of the scenario that it is held against."""

    turned: str
    changes: tuple[str, ...]
    against: tuple[str, ...] = ()


def shares(training: int, optimisation: int, sales: int, runway: int) -> tuple[str, ...]:
    """A split of what is raised, in percent."""
    split = {"training_runs": training, "inference_optimisation": optimisation, "sales": sales, "runway": runway}
    return tuple(f"use_of_proceeds.{use}.share={share}%" for use, share in split.items())


def recalibrated(factor: str) -> tuple[str, ...]:
    """A sector that the market prices anew once it has seen what becomes of the deal."""
    return (f'signals.recalibration={{at: 2026-11-30, probability: 100%, if_true: {{ai_labs: "{factor}"}}}}',)


BOOK = (f"{ANCHOR}.in_kind={{}}", f"{ANCHOR}.at_least=60%", f"{ANCHOR}.followers={{probability: 75%}}")
"""Cash alone, from investors of whom each follows on three paths in four; with less than 60 % of it nothing is closed."""

ITEMS = {
    "audit fails": Item(
        "the audit of K2.5's benchmarks never confirms them", ("signals.benchmark_audit.probability=0%",)
    ),
    "claims come out": Item(
        "the claims are untrue and fool the audit; that comes out after a year, instead of never",
        FOOLED,
        (*FOOLED, 'signals.benchmark_audit.if_disappointed={multiple: "* 1"}'),
    ),
    "procurement": Item("large buyers do not sign", ("signals.enterprise_procurement.probability=0%",)),
    "partnership": Item("no cloud partnership", ("signals.cloud_partnership.probability=0%",)),
    "unit cost": Item(
        "cost per inference falls by 32 % at each doubling of volume, not by some 20 %", (f"{LEARNING}=32%",)
    ),
    "rival's price": Item("the closed laboratories cut their prices by 30 %, once a year on average", (RIVAL,)),
    "frontier closing": Item(
        "the lag behind the best closed model closes to one month, not five", ("drivers.frontier_lag.long_run=1 month",)
    ),
    "licence": Item("no large deployer displays the name, instead of most", ("drivers.displays_the_name.value=0%",)),
    "licence dispute": Item("a licence dispute a year on average", ("risks.licence_dispute.hazard=100% per year",)),
    "export control": Item(
        "chips are controlled three times a year, each time for 40 % of the unit cost",
        ("risks.export_control.hazard=300% per year", "risks.export_control.effect.cost_per_inference.times=1.4"),
    ),
    "safety": Item("safety incidents at 40 % a year, not 8 %", ("risks.safety_incident.probability_per_year=40%",)),
    "strong rival": Item(
        "a competitor's shock 1.5 times a year, not 0.45", ("risks.competitor_shock.hazard=150% per year",)
    ),
    "all in runway": Item("all that is raised is kept for the plan of research", shares(0, 0, 0, 100)),
    "more optimisation": Item(
        "30 % of what is raised goes into inference optimisation, not 5 %", shares(15, 30, 10, 45)
    ),
    "sector up": Item("the sector is priced half higher from December 2026 on", recalibrated("* 1.5")),
    "sector down": Item("it is priced by a third lower", recalibrated("* 0.67")),
    "anchors": Item(
        "the named investors carry the anchor closing, instead of a book of others who each come on three paths in four",
        BOOK,
        (*BOOK, f"{ANCHOR}.investors={{}}", f"{ANCHOR}.anchor=null"),
    ),
}

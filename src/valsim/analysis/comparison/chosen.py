"""Which measures a comparison shows where none are asked for: those of the reader's position, and of the company."""

from collections.abc import Iterable, Iterator, Sequence

from valsim.analysis.formula import Formula
from valsim.core.block import nearest_help
from valsim.core.errors import ExpressionError, ValsimError
from valsim.run import last_round
from valsim.scenario.model import Scenario
from valsim.scenario.names import holder_names

OF_HOLDER = (
    "net_present_value",
    "present_value",
    "paid_today",
    "moic",
    "irr_of_expected_cash_flows",
    "probability_of_loss",
    "ownership_at_exit",
)
OF_CLOSING = ("probability_funded", "post_money_valuation", "dilution")
MOST_HOLDERS = 2
"""So many holders are shown where none is asked for and nobody is called me."""
ME = "me"


def formulas(scenarios: Sequence[Scenario], texts: Sequence[str], holder: str) -> tuple[Formula, ...]:
    """Give what is asked for, or what is shown where nothing is; each fits at least one of the scenarios.

    Raises :class:`ExpressionError` where a formula fits none, :class:`ValsimError` where the holder is in none.
    """
    if texts:
        return tuple(_fitting(Formula.parse(text), scenarios) for text in texts)
    known = dict.fromkeys(name for scenario in scenarios for name in holder_names(scenario))
    if holder and holder not in known:
        near = nearest_help(holder, known) or f"known are {', '.join(known)}"
        raise ValsimError(f"there is no holder '{holder}': {near}")
    shown = dict.fromkeys(text for scenario in scenarios for text in _shown(scenario, holder))
    return tuple(map(Formula.parse, shown))


def _fitting(formula: Formula, scenarios: Sequence[Scenario]) -> Formula:
    if not any(fits(formula, scenario) for scenario in scenarios):
        formula.unit(scenarios[0])
    return formula


def fits(formula: Formula, scenario: Scenario) -> bool:
    """Say whether a formula can be asked of a scenario."""
    try:
        formula.unit(scenario)
    except ExpressionError:
        return False
    return True


def _shown(scenario: Scenario, holder: str) -> Iterator[str]:
    for name in [holder] if holder else main_holders(scenario):
        yield from (asked(measure, name) for measure in OF_HOLDER)
    yield "present_value_of_opening_classes"
    yield asked("present_value_per_share", last_round(scenario).name)
    for tranche in (each for each in scenario.tranches if not each.repeats and not each.at_any_time):
        yield from (asked(measure, "/".join(tranche.key)) for measure in OF_CLOSING)
    yield from (asked("probability_of_exit", way) for way in scenario.exits)


def main_holders(scenario: Scenario) -> tuple[str, ...]:
    """Name the buyers of the document; where it has none the named investors of its last closing that names any, or who owns it."""
    positions = tuple(scenario.positions)
    if positions:
        return (ME,) if ME in positions else positions[:MOST_HOLDERS]
    named = [tuple(tranche.closing.investors) for tranche in scenario.tranches if tranche.closing.investors]
    return (named[-1] if named else tuple(scenario.captable.positions))[:MOST_HOLDERS]


def asked(measure: str, whom: str) -> str:
    """Write a measure as a formula asks for it, a name with parentheses or quotes in quotes.

    >>> asked("moic", "me"), asked("moic", "Fund (II)")
    ('moic(me)', 'moic("Fund (II)")')
    """
    quote = "'" if '"' in whom else '"'
    return f"{measure}({quote}{whom}{quote})" if set(whom) & set("()\"'") else f"{measure}({whom})"


def of_holders(formulas: Iterable[Formula]) -> tuple[str, ...]:
    """Name the holders that formulas ask about, each once."""
    questions = (each for formula in formulas for each in formula.questions.values())
    return tuple(dict.fromkeys(each.whom for each in questions if each.measure.of.noun == "holder"))

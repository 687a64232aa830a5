"""Cards: what a notebook shows of a scenario and of every answer, in HTML that needs no script, and in lines of text."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rich.console import Console

from valsim.report import terminal
from valsim.report.notebook.scenario_card import scenario_lines, scenario_sections
from valsim.report.page import asset, environment
from valsim.report.section import classes, headline, holders, tranches
from valsim.report.section.parts import Chart, Code, Control, Folded, Grid, Part, Section, Table

Told = Mapping[str, Any]
WIDTH = 80
"""How wide the lines of text are."""


@dataclass(frozen=True)
class Card:
    """A name, facts about it, and sections, of which the first stands open and the others unfold."""

    name: str
    facts: str
    sections: list[Section]
    made: str = ""


@dataclass(frozen=True)
class View:
    """How something shows itself: what is told of it, and that as a card and as lines on a console."""

    told: Callable[[Any], Any]
    card: Callable[[Any], Card]
    lines: Callable[[Any, Console], None]


def bundle(shown: Any) -> dict[str, str]:
    """Give the card and the lines of something, as a notebook asks for them."""
    view = view_of(type(shown))
    told = view.told(shown)
    return {"text/html": html(view.card(told)), "text/plain": _printed(view, told)}


def lines(shown: Any) -> str:
    """Give something as lines of text."""
    view = view_of(type(shown))
    return _printed(view, view.told(shown))


def _printed(view: View, told: Any) -> str:
    # In a notebook rich would show what it prints in the cell, and leave the file empty.
    console = Console(file=io.StringIO(), width=WIDTH, color_system=None, force_jupyter=False)
    view.lines(told, console)
    assert isinstance(console.file, io.StringIO)  # noqa: S101 - as made above
    return "\n".join(line.rstrip() for line in console.file.getvalue().rstrip().splitlines())


def html(card: Card) -> str:
    """Give a card as HTML; charts are left out, as a card holds no script, and their tables stay."""
    first, *others = [replace(each, parts=list(static(each.parts))) for each in card.sections]
    template = environment().get_template("notebook/card.html")
    return template.render(card=card, first=first, others=others, style=asset("notebook/card.css"))


def static(parts: Any) -> Iterator[Part]:
    """Give what needs no script of some parts: of a chart its table, of a control what its charts have.

    >>> [part.kind for part in static([Chart("exits", "How paths end", {}, "Most are sold.", Table("Ends", (), ()))])]
    ['folded']
    """
    for part in parts:
        match part:
            case Chart(title=title, table=Table() as table, measure=measure):
                yield Folded(title, table, measure)
            case Grid(charts=charts) | Control(charts=charts):
                yield from static(charts)
            case Folded(inside=Table()):
                yield part
            case Chart() | Folded():
                pass
            case _:
                yield part


def view_of(kind: type) -> View:
    """Find how a type shows itself, or the nearest type that it is one of."""
    return next(VIEWS[each.__name__]() for each in kind.__mro__ if each.__name__ in VIEWS)


def _scenario() -> View:
    def card(told: Told) -> Card:
        return Card(told["name"], told["facts"], scenario_sections(told))

    from valsim.report.notebook.scenario_card import scenario_told

    return View(scenario_told, card, scenario_lines)


def _result() -> View:
    return View(lambda result: result.summary, _of_summary, _answered)


def _of_summary(summary: Told) -> Card:
    scenario, run = summary["scenario"], summary["run"]
    facts = f"as of {scenario['as_of']} · {run['paths']:,} paths · seed {run['seed']}"
    found = (build(summary) for build in (classes.section, tranches.section, holders.section))
    sections = [headline.section(summary), *(_tables(each) for each in found if each is not None)]
    return Card(scenario["name"], facts, sections, f"{terminal.MEASURES} ± is one Monte Carlo standard error.")


def _tables(section: Section) -> Section:
    """The tables of a section that stand open in the report."""
    return replace(section, parts=[part for part in section.parts if isinstance(part, Table)][:2])


def _answered(summary: Told, console: Console) -> None:
    terminal.print_items(terminal.heading(summary), console)


def _fair_value() -> View:
    from importlib.metadata import version

    from valsim.report.fair_value_page import contents
    from valsim.report.fair_value_terminal import print_fair_value

    return View(
        lambda value: value.as_dict(), lambda told: _of_page(contents(told, version("valsim"))), print_fair_value
    )


def _comparison() -> View:
    from valsim.analysis.comparison.told import told
    from valsim.report.comparison_page import contents
    from valsim.report.comparison_terminal import print_comparison

    return View(told, lambda found: _of_page(contents(found)), print_comparison)


def _right_to_walk() -> View:
    from valsim.report.right_to_walk_page import contents
    from valsim.report.right_to_walk_terminal import print_right_to_walk

    return View(lambda found: found.as_dict(), lambda told: _of_page(contents(told)), print_right_to_walk)


def _sweep() -> View:
    from valsim.analysis.sweep.told import told
    from valsim.report.sweep_page import contents
    from valsim.report.sweep_terminal import print_sweep

    return View(told, lambda found: _of_page(contents(found)), print_sweep)


def _waterfall() -> View:
    from valsim.report.section import waterfall
    from valsim.report.waterfall_terminal import print_waterfall

    def card(told: Told) -> Card:
        facts = f"{waterfall.EXITS[told['exit']]}{' on ' + told['on'] if told['on'] else ''}"
        sections = [waterfall.paid(told), waterfall.next_dollar(told)]
        return Card(told["name"] or "Waterfall", facts, sections, "What the contract pays, with no probability.")

    return View(lambda paid: paid.as_dict(), card, print_waterfall)


def _solution() -> View:
    from valsim.analysis.solving.told import told
    from valsim.report.solution_terminal import print_solution

    return View(told, lambda found: _as_printed("Solution", found, print_solution), print_solution)


def _closed_round() -> View:
    from valsim.report.round_terminal import print_round

    return View(lambda done: done.as_dict(), lambda told: _as_printed("Round", told, print_round), print_round)


def _of_page(contents: tuple[Any, list[Section]]) -> Card:
    head, sections = contents
    return Card(head.name, head.facts, sections, head.made)


def _as_printed(name: str, told: Told, show: Callable[[Any, Console], None]) -> Card:
    """A card of the lines themselves, for what has no page."""
    text = _printed(View(dict, lambda _: Card("", "", []), show), told)
    return Card(name, "", [Section(name, "", "", [Code("", text)])])


VIEWS: Mapping[str, Callable[[], View]] = {
    "ClosedRound": cache(_closed_round),
    "Comparison": cache(_comparison),
    "FairValue": cache(_fair_value),
    "Result": cache(_result),
    "RightToWalk": cache(_right_to_walk),
    "SavedRun": cache(_result),
    "Scenario": cache(_scenario),
    "Solution": cache(_solution),
    "Sweep": cache(_sweep),
    "Waterfall": cache(_waterfall),
}
"""How each public type shows itself; what one needs is imported when it is shown."""

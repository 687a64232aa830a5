"""The right to walk away on a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from valsim.report.section import right_to_walk as section
from valsim.report.terminal import Words, print_items
from valsim.report.waterfall_terminal import laid_out

Told = Mapping[str, Any]


def print_right_to_walk(told: Told, console: Console) -> None:
    """Print who gains what, what becomes of the tranches, and the rule; names are text, never markup."""
    print_items(_items(told), console)


def _items(told: Told) -> Iterator[Any]:
    scenario, run = told["scenario"], told["run"]
    yield Text(scenario["name"], style="bold")
    facts = f"as of {scenario['as_of']}, {run['paths']:,} paths, seed {run['seed']}, trained on {run['training_paths']:,} others"
    yield Text(facts, style="dim")
    yield ""
    yield Words(section.lead(told))
    table = section.holder_table(told)
    yield from ("", laid_out(table), Words(table.note, style="dim"), "")
    yield Text("What becomes of each tranche (real-world)", style="bold")
    for head, words in section.outcome_words(told):
        yield Words(words, head)
    yield ""
    yield Words(section.kept(told))
    for words in section.rule_words(told):
        yield Words(words, "  ")
    yield ""
    yield Text(told["rule"]["document"].rstrip(), style="dim")

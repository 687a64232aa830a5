"""The command ``check``: every problem of a document at once, or what it says."""

from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from valsim.core.errors import ScenarioError
from valsim.report.problems import tell
from valsim.scenario.cases import case_names, checked
from valsim.scenario.compose.variant import ALL
from valsim.scenario.holds import is_method, is_round, stands_alone
from valsim.scenario.load import as_played, read_file
from valsim.scenario.report_problems import Report, counted, report
from valsim.scenario.text.document import Document


@dataclass(frozen=True)
class Check:
    """What was asked for on the command line."""

    scenario: Path
    overrides: tuple[str, ...]
    variant: str
    form: str
    strict: bool
    quiet: bool


def check_scenario(asked: Check) -> None:
    """Check every case of a scenario, or the one asked for, a cap table or a round; tell its warnings, and in a line what it holds."""
    document = read_file(asked.scenario)
    told, name, held = _checking(document)(document, asked)
    found = tuple(placed.problem for placed in told.placed)
    if found and asked.strict:
        raise ScenarioError(found, told)
    if asked.form != "text" or (found and not asked.quiet):
        tell(told, asked.form)
    if asked.form == "text" and not asked.quiet:
        about = f"{asked.scenario}: {name}" if name else str(asked.scenario)
        print(f"{about}: {counted(found) or 'no problems'} ({held})")


def _checking(document: Document) -> "Callable[[Document, Check], _Checked]":
    if is_round(document):
        return _round
    if is_method(document):
        return _method
    return _cap_table if stands_alone(document) else _scenario


class _Checked(NamedTuple):
    """What is suspicious in a document, what it is called and what it holds."""

    warnings: Report
    name: str
    held: str


def _scenario(document: Document, asked: Check) -> _Checked:
    names = case_names(document) if asked.variant in {"", ALL} else (asked.variant,)
    found = checked(document, asked.overrides, names)
    scenario = found.scenarios[names[0]]
    held = {"driver": scenario.drivers, "tranche": scenario.tranches, "step": scenario.steps}
    held |= {"variant": scenario.variants} if scenario.variants else {}
    held |= {"exchange rate": scenario.exchange_rates} if scenario.exchange_rates else {}
    return _Checked(found.warnings, scenario.name, _counted(held))


def _cap_table(document: Document, asked: Check) -> _Checked:
    played = as_played(document, asked.overrides, asked.variant)
    from valsim.scenario.load_captable import judged_captable

    found = judged_captable(played)
    held = _counted({"class": found.document.classes, "holder": found.document.positions})
    return _Checked(report(found.warnings, played), found.document.name, held)


def _round(document: Document, asked: Check) -> _Checked:
    played = as_played(document, asked.overrides, asked.variant)
    from valsim.scenario.load_round import judged_alone

    found = judged_alone(played)
    held = _counted({"closing": found.document.closings})
    to_do = f"{held}; valsim round CAPTABLE {asked.scenario} looks at it with its cap table"
    return _Checked(report(found.warnings, played), found.document.name, to_do)


def _method(document: Document, asked: Check) -> _Checked:
    played = as_played(document, asked.overrides, asked.variant)
    kind = played.data["kind"]
    from valsim.scenario.load_method import judged_method

    found = judged_method(played)
    held = f"the method {kind}; valsim fair-value CAPTABLE --method {asked.scenario} values a cap table by it"
    return _Checked(report(found.warnings, played), "", held)


def _counted(held: Mapping[str, Sized]) -> str:
    plurals = {"class": "classes"}
    return ", ".join(
        f"{len(each)} {word if len(each) == 1 else plurals.get(word, word + 's')}" for word, each in held.items()
    )

"""The command ``break-even``: read a cap table, find where a holder breaks even, write it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from valsim.cli.amounts import day, money
from valsim.cli.answer import answer
from valsim.cli.methods import method
from valsim.cli.target import check_targets, named_files
from valsim.contract.break_even import break_even_at, fund_of
from valsim.contract.contract import Contract
from valsim.core.errors import ValuationError
from valsim.report.break_even_terminal import print_break_even
from valsim.report.files import json_text
from valsim.scenario.load import read_document


@dataclass(frozen=True)
class Question:
    """What was asked for on the command line; ``method`` holds the kind and the numbers that were given."""

    captable: Path
    holder: str
    investment: str
    fund: Path | None
    method: Mapping[str, Any]
    on: str
    overrides: tuple[str, ...]
    variant: str
    json: str | None
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json)


def solve(asked: Question) -> None:
    """Solve and write what was asked for; nothing is written unless everything before it worked."""
    text = read_document(asked.captable, asked.overrides, asked.variant)
    check_targets(asked.files, text.files)
    told = _told(asked, Contract.of(text))
    answer(asked, {"--json": lambda: json_text(told)}, lambda console: print_break_even(told, console))


def _told(asked: Question, contract: Contract) -> dict[str, Any]:
    currency = contract.document.currency
    bought = asked.holder, money(asked.investment, currency, "--investment", "5M")
    try:
        found = break_even_at(
            contract, bought, method(asked.method, currency), fund_of(asked.fund, currency), day(asked.on)
        )
    except ValuationError as error:
        raise typer.BadParameter(str(error), param_hint=f"--{error.about.replace('_', '-')}") from None
    return {"name": contract.document.name, "currency": currency, "holder": asked.holder, **found.as_dict()}

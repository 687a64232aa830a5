"""The command ``fair-value``: read a cap table, value its classes at the last price paid, write what they are worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

import valsim
from valsim.cli.amounts import day, money, price
from valsim.cli.answer import answer
from valsim.cli.methods import method
from valsim.cli.running import placed
from valsim.cli.target import check_targets, named_files
from valsim.contract.contract import Contract
from valsim.contract.fair_value import Asked
from valsim.core.errors import ValuationError
from valsim.core.heap import hold_memory
from valsim.decide.fair_value import fair_value_in
from valsim.report.console import meanwhile, progress
from valsim.report.fair_value_terminal import print_fair_value
from valsim.report.files import json_text
from valsim.scenario.load import read_document
from valsim.scenario.text.document import Document


@dataclass(frozen=True)
class Question:
    """What was asked for on the command line; ``method`` holds the kind and the numbers that were given."""

    captable: Path
    price: tuple[str, ...]
    company_value: str
    method: Mapping[str, Any]
    on: str
    overrides: tuple[str, ...]
    variant: str
    json: str | None
    html: Path | None
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json, html=self.html)


def value(asked: Question) -> None:
    """Value and write what was asked for; nothing is written unless everything before it worked."""
    text = read_document(asked.captable, asked.overrides, asked.variant)
    check_targets(asked.files, text.files)
    told = _told(asked, text)
    texts = {"--json": lambda: json_text(told), "--html": lambda: _html(told)}
    answer(asked, texts, lambda console: print_fair_value(told, console))


def _told(asked: Question, text: Document) -> dict[str, Any]:
    hold_memory()  # before workers are forked, which then have it too
    currency = Contract.of(text).document.currency
    with progress(meanwhile(asked.quiet)) as tell, placed(text):
        try:
            return fair_value_in(text, _at(asked, currency), method(asked.method, currency), tell).as_dict()
        except ValuationError as error:
            raise typer.BadParameter(str(error), param_hint=f"--{error.about.replace('_', '-')}") from None


def _at(asked: Question, currency: str) -> Asked:
    paid = price(asked.price, currency) if asked.price else None
    worth = money(asked.company_value, currency, "--company-value", "50M") if asked.company_value else None
    return Asked(paid, worth, day(asked.on))


def _html(told: dict[str, Any]) -> str:
    from valsim.report.fair_value_page import render_fair_value

    return render_fair_value(told, valsim.__version__)

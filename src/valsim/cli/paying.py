"""The command ``waterfall``: read a cap table, pay out an exit, write who is paid what."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import valsim
from valsim.cli.amounts import day, proceeds
from valsim.cli.answer import answer
from valsim.cli.target import check_targets, named_files
from valsim.contract.contract import Contract
from valsim.contract.curve import payoff_curve
from valsim.contract.readings import readings
from valsim.contract.waterfall import Waterfall, waterfall_of
from valsim.core.liquidity import LiquidityKind
from valsim.core.rows import Row
from valsim.report.files import json_text
from valsim.report.waterfall_terminal import print_waterfall
from valsim.scenario.load import read_document


@dataclass(frozen=True)
class Payment:
    """What was asked for on the command line."""

    captable: Path
    proceeds: str
    exit: LiquidityKind
    on: str
    later: str
    overrides: tuple[str, ...]
    variant: str
    json: str | None
    html: Path | None
    readings: bool
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json, html=self.html)


def pay(asked: Payment) -> None:
    """Pay out and write what was asked for; nothing is written unless everything before it worked."""
    text = read_document(asked.captable, asked.overrides, asked.variant)
    check_targets(asked.files, text.files)
    contract, on = Contract.of(text), day(asked.on)
    values = np.asarray(proceeds(asked.proceeds, contract.document.currency))
    later = proceeds(asked.later, contract.document.currency, "--later") if asked.later else []
    paid = waterfall_of(contract, values, asked.exit, on, later)
    told = {**paid.as_dict(), **_readings(asked, contract, values, on)}
    texts = {"--json": lambda: json_text(told), "--html": lambda: _html(told, contract, paid)}
    answer(asked, texts, lambda console: print_waterfall(told, console))


def _readings(asked: Payment, contract: Contract, values: Row, on: date | None) -> dict[str, Any]:
    if not asked.readings:
        return {}
    return {"readings": [clause.as_dict() for clause in readings(contract, values, asked.exit, on)]}


def _html(told: dict[str, Any], contract: Contract, paid: Waterfall) -> str:
    from valsim.report.waterfall_page import render_waterfall

    return render_waterfall(told, payoff_curve(contract, paid), valsim.__version__)

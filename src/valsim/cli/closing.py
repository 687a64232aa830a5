"""The command ``round``: read a cap table and a round, close it, write what it does."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from valsim.cli.amounts import day
from valsim.cli.target import check_targets
from valsim.contract.close_round import closed
from valsim.contract.contract import Contract
from valsim.report.files import write_whole
from valsim.report.round_terminal import print_round
from valsim.scenario.load import read_document
from valsim.scenario.load_round import judged_round


@dataclass(frozen=True)
class RoundAsked:
    """What was asked for on the command line."""

    captable: Path
    round: Path
    on: str
    overrides: tuple[str, ...]
    variant: str
    json: str | None
    quiet: bool


def close(asked: RoundAsked) -> None:
    """Close a round and write what was asked for; nothing is written unless everything before it worked."""
    table = read_document(asked.captable, (), asked.variant)
    terms = read_document(asked.round, asked.overrides)
    files = {"--json": Path(asked.json)} if asked.json not in {None, "-"} else {}
    check_targets(files, (*table.files, *terms.files))
    contract, on = Contract.of(table), day(asked.on)
    told = closed(contract, terms, judged_round(terms, contract.document), on).as_dict()
    text = json.dumps(told, allow_nan=False, ensure_ascii=False, indent=1) + "\n"
    for path in files.values():
        write_whole(path, text)
    if asked.json == "-":
        sys.stdout.write(text)
    elif not asked.quiet:
        print_round(told, Console())

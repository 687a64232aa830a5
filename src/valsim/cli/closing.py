"""The command ``round``: read a cap table and a round, close it, write what it does."""

from dataclasses import dataclass
from pathlib import Path

from valsim.cli.amounts import day
from valsim.cli.answer import answer
from valsim.cli.target import check_targets, named_files
from valsim.contract.close_round import closed
from valsim.contract.contract import Contract
from valsim.report.files import json_text
from valsim.report.round_terminal import print_round
from valsim.scenario.dump import dump
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
    yaml: Path | None
    quiet: bool

    @property
    def files(self) -> dict[str, Path]:
        """The files to write, by the option that names them."""
        return named_files(self.json, yaml=self.yaml)


def close(asked: RoundAsked) -> None:
    """Close a round and write what was asked for; nothing is written unless everything before it worked."""
    table = read_document(asked.captable, (), asked.variant)
    terms = read_document(asked.round, asked.overrides)
    check_targets(asked.files, (*table.files, *terms.files))
    contract, on = Contract.of(table), day(asked.on)
    done = closed(contract, terms, judged_round(terms, contract.document), on)
    told = done.as_dict()
    texts = {"--json": lambda: json_text(told), "--yaml": lambda: dump(done.captable)}
    answer(asked, texts, lambda console: print_round(told, console))

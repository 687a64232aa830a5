"""The command ``sanity``: a run, and its figures beside usual values."""

import sys

import typer

from valsim.analysis.base_rates import base_rates
from valsim.analysis.summary import about
from valsim.cli.request import Request
from valsim.cli.running import placed, simulated
from valsim.cli.target import check_targets
from valsim.report.base_rates_text import as_markdown, print_base_rates
from valsim.report.console import answers
from valsim.report.files import json_text, write_whole
from valsim.scenario.cases import checked
from valsim.scenario.compose.variant import BASE
from valsim.scenario.load import read_file


def compare_with_base_rates(request: Request, *, markdown: bool) -> None:
    """Simulate and set the figures beside usual values.

    Raises:
        typer.BadParameter: for a document that does not name its peers.
    """
    written = read_file(request.scenario)
    check_targets(request.files, written.files)
    name = request.variant or BASE
    found = checked(written, request.overrides, (name,))
    if found.scenarios[name].base_rates is None:
        message = "the file does not say which companies it is like: add base_rates: {peers: venture}, or --set base_rates='{peers: venture}'"
        raise typer.BadParameter(message, param_hint="SCENARIO")
    with placed(found.documents[name]):
        result = simulated(request, found.scenarios[name], "simulating")
    told = {**about(result), "base_rates": base_rates(result)}
    for path in request.files.values():
        write_whole(path, json_text(told))
    if request.json == "-":
        sys.stdout.write(json_text(told))
    elif markdown:
        sys.stdout.write(as_markdown(told))
    elif not request.quiet:
        print_base_rates(told, answers())

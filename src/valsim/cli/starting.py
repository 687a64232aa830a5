"""The command ``init``: a commented scenario to begin with, and the schema that helps an editor with it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from valsim.cli.target import check_targets
from valsim.core.block import nearest_help
from valsim.core.quantity import QuantityError, parse_date
from valsim.core.unit import CURRENCIES
from valsim.manual.schema import FILE, scenario_schema_text
from valsim.manual.starters import CURRENCY, starter, starters
from valsim.manual.wording import with_article
from valsim.report.files import write_whole
from valsim.scenario.compose.template import templates


@dataclass(frozen=True)
class Beginning:
    """What was asked for on the command line."""

    template: str
    out: Path
    as_of: str
    currency: str
    force: bool


def list_starters() -> None:
    """Say what each starter is about."""
    known = starters()
    width = max(map(len, known))
    for name, about in known.items():
        print(f"{name:{width}}  {about}")


def write_starter(asked: Beginning) -> None:
    """Write a starter, and the schema beside it; nothing that is there already is replaced without ``force``.

    Raises:
        typer.BadParameter: for an unknown template or currency, a currency that it is not in, a date that is none, or a file
            that is there or cannot be written.
    """
    template, out, force, currency = asked.template, asked.out, asked.force, asked.currency.upper()
    _expect_one_of(starters(), template, "template", "TEMPLATE")
    _expect_one_of(sorted(CURRENCIES), currency, "currency", "--currency")
    if currency != CURRENCY and template in templates():
        advice = f"{template} counts in {CURRENCY}, as its sources do; 'starter' begins a scenario in {currency}"
        raise typer.BadParameter(advice, param_hint="--currency")
    text = starter(template, _day(asked.as_of), currency)
    schema = out.parent / FILE
    check_targets({"--out": out, f"{FILE} beside it": schema})
    if out.exists() and not force:
        raise typer.BadParameter(f"{out} is there already; --force replaces it", param_hint="--out")
    kept = schema.exists() and not force
    if not kept:
        write_whole(schema, scenario_schema_text())
    write_whole(out, text)
    print(
        f"{out}: {with_article(template)} scenario to fill in; its numbers are assumptions for a company that does not exist"
    )
    if currency != CURRENCY:
        print(f"Its amounts are the figures of the starter in {currency}: nothing was converted from {CURRENCY}")
    told = (
        f"kept as it is; valsim schema --out {schema} renews it"
        if kept
        else "lets an editor complete, explain and check it"
    )
    print(f"{schema}: {told}")
    print(f"Next: valsim check {out}, valsim run {out}")


def _expect_one_of(known: Collection[str], given: str, what: str, hint: str) -> None:
    if given not in known:
        advice = nearest_help(given, known) or f"there is {', '.join(known)}"
        raise typer.BadParameter(f"no {what} {given!r}: {advice}", param_hint=hint)


def _day(text: str) -> date:
    try:
        return parse_date(text) if text else date.today()  # noqa: DTZ011 - the day of the person at the keyboard
    except QuantityError as error:
        raise typer.BadParameter(error.message, param_hint="--as-of") from None

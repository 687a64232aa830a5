"""What each holder puts in, gets and holds."""

from collections.abc import Sequence
from typing import Any

from valsim.report import labels
from valsim.report.figures.style import BLUE, SKY
from valsim.report.section import choice, holders
from valsim.report.section.parts import REAL_WORLD, RISK_NEUTRAL
from valsim.report.workbook.parts import Chart, Column, Line, Sheet, Summary, beside, estimated, key, percentiles


def sheet(summary: Summary) -> Sheet | None:
    """A row a holder."""
    found = summary.get("holders")
    if not found:
        return None
    lead = [holders.lead(summary, choice.paid_holders(summary)), holders.NOTE]
    return Sheet.of(
        "Holders", "Who puts in and who gets what", lead, columns(choice.currency(summary)), found, charts(found)
    )


def columns(currency: str) -> tuple[Column, ...]:
    """Means with their errors, and percentiles."""
    return (
        Column("Holder", "text", lambda each: labels.name(each["name"])),
        *estimated(f"Invested ({currency}), mean", "money", REAL_WORLD, key("invested")),
        *estimated(f"Worth today ({currency})", "money", RISK_NEUTRAL, key("present_value")),
        *estimated(f"Proceeds ({currency}), mean", "money", REAL_WORLD, key("proceeds")),
        *percentiles(f"Proceeds ({currency})", "money", REAL_WORLD, key("proceeds")),
        *estimated(f"Realised ({currency}), mean", "money", REAL_WORLD, key("realised")),
        *estimated(f"Unrealised ({currency}), mean", "money", REAL_WORLD, key("unrealised")),
        *estimated("MOIC, mean", "multiple", REAL_WORLD, returns("moic")),
        *percentiles("MOIC", "multiple", REAL_WORLD, returns("moic")),
        *percentiles("IRR", "percent", REAL_WORLD, returns("irr")),
        *(
            Column(each.title, "percent", lambda item, read=each.read: read(returns("irr")(item) or {}), REAL_WORLD)  # type: ignore[misc]
            for each in beside(
                "IRR of expected cash flows",
                "percent",
                REAL_WORLD,
                "of_expected_cash_flows",
                "of_expected_cash_flows_standard_error",
            )
        ),
        *estimated("Chance of loss", "percent", REAL_WORLD, lambda each: choice.loss(each).__dict__),
        *estimated("Stake at exit, mean", "percent", REAL_WORLD, key("ownership_at_exit")),
        *percentiles("Years to cash", "years", REAL_WORLD, key("liquidity_years")),
        Column("Never invests", "percent", key("never_invested"), REAL_WORLD),
    )


def returns(name: str) -> Any:
    """Read what is of the money a holder put in; nothing where it did not pay for all it has."""
    return lambda each: each.get(name) if choice.has_returns(each) else None


def charts(found: Sequence[Any]) -> tuple[Chart, ...]:
    """Who owns what at the end."""
    finding = labels.listed(
        [
            f"{labels.name(each['name'])} {labels.percent(labels.estimate(each.get('ownership_at_exit')).mean)}"
            for each in sorted(found, key=lambda each: -(labels.estimate(each.get("ownership_at_exit")).mean or 0))[:6]
        ]
    )
    stake = Chart(
        "Stake at exit by holder",
        "bars",
        "Holder",
        [Line("Stake at exit, mean", BLUE)],
        f"Mean over paths: {finding}.",
        "Holder",
        "Stake at exit, real-world mean",
        "text",
        "percent",
    )
    returned = Chart(
        "Multiple of money by holder",
        "bars",
        "Holder",
        [Line("MOIC, mean", BLUE), Line("MOIC, median", SKY)],
        holders.finding(list(found)).partition(" Box:")[0],
        "Holder",
        "MOIC, real-world",
        "text",
        "multiple",
    )
    return stake, returned

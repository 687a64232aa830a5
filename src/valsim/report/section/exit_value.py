"""The slider over exit values: who is paid what out of a sale for any amount, from the lines of the contract."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Any, NamedTuple

from valsim.report import labels
from valsim.report.section import choice
from valsim.report.section.parts import Chart, Control

Summary = Mapping[str, Any]
Payoffs = Mapping[str, Any]
Row = Mapping[str, Any]
FIRST = ("transaction_costs", "debt", "carve_out")
NOTHING = 1e-9
"""The part of an exit, and of the next dollar, below which a payout is rounding."""
MOST = 3
"""So many of those who share the next dollar are named."""
EXACT = 15
"""Digits with which lines are handed to the page, so that it works out the same numbers."""
STEPS = 400
"""Steps of the slider from nothing to the largest exit value; each is the same part more than the one before."""
SHOWN = 6
"""Digits of an exit value that a reader may type or jump to."""


class Asked(NamedTuple):
    """Where a slider stands before it is moved, what else a reader may jump to, and the measure of its numbers.

    ``known`` holds a word, the value as it is shown, and the value.
    """

    currency: str
    at: float
    known: Sequence[tuple[str, str, float]]
    measure: str


def control(payoffs: Payoffs, asked: Asked, charts: tuple[Chart, ...], folded: tuple[Chart, ...] = ()) -> Control:
    """A slider over exit values with the payouts at one of them before it is moved, and charts that get a line there."""
    from valsim.report.figures import style

    currency, at = asked.currency, asked.at
    rows = {kind: list(rows_of(payoffs, kind)) for kind in ("classes", "holders")}
    every = [*rows["classes"], *rows["holders"]]
    starts = payoffs["lines"]["starts"]
    least, most = ends(payoffs)
    data = {
        "sign": labels.symbol(currency),
        "starts": starts,
        "rows": [{key: row[key] for key in ("name", "levels", "slopes", "shares", "paid_in")} for row in every],
        "sharing": len(rows["classes"]),
        "range": [least, most],
        "steps": STEPS,
        "at": at,
        "marked": [chart.name for chart in (*charts, *folded)],
        "drawn": [payoffs["exit_values"][0], payoffs["exit_values"][-1]],
        "line": style.vertical(at, style.INK, "above") | {"line": {"color": style.INK, "width": 2}},
    }
    form = {
        "measure": asked.measure,
        "step": round(1 + (STEPS - 1) * log(max(at, least) / least) / log(most / least)),
        "shown": labels.money(at, currency, SHOWN),
        "said": next_dollar(rows["classes"], starts, at, currency),
        "told": {
            kind: [(row["name"], cells(row, starts, at, currency)) for row in told] for kind, told in rows.items()
        },
        "known": asked.known,
        "marks": list(marks(payoffs, currency)),
    }
    return Control("exit-value", "payoff", data, charts, EXACT, form)


def ends(payoffs: Payoffs) -> tuple[float, float]:
    """The first step of the slider above nothing, and its last one: beyond everything that is drawn and that happens."""
    starts, values = payoffs["lines"]["starts"], payoffs["exit_values"]
    most = max(values[-1], 1.25 * starts[-1])
    return min([max(values[0], most / 1000), *(start / 2 for start in starts[1:2])]), most


def rows_of(payoffs: Payoffs, kind: str) -> Iterator[dict[str, Any]]:
    """The lines of the classes, behind those who are paid first, or of the holders; who is never paid has none."""
    lines = payoffs["lines"]
    first = {name: lines[name] for name in FIRST} if kind == "classes" else {}
    shares, paid_in = payoffs["shares"] if kind == "classes" else {}, payoffs["paid_in"][kind]
    for place, (name, line) in enumerate([*first.items(), *lines[kind].items()]):
        if any(line["levels"]) or any(line["slopes"]):
            known = name if place >= len(first) else None
            yield {"name": labels.name(name), **line, "shares": shares.get(known), "paid_in": paid_in.get(known)}


def line_at(row: Row, starts: Sequence[float], at: float) -> tuple[float, float]:
    """What a payee is paid out of an exit and its part of the next dollar: ``level + slope (exit value - start)``.

    >>> line_at({"levels": [0.0, 5e6, 5e6], "slopes": [1.0, 0.0, 0.2]}, [0.0, 5e6, 25e6], 35e6)
    (7000000.0, 0.2)
    """
    place = bisect_right(starts, at) - 1
    slope = row["slopes"][place]
    paid = row["levels"][place] + slope * (at - starts[place])
    return (paid if abs(paid) > NOTHING * at else 0.0), (slope if abs(slope) > NOTHING else 0.0)


def cells(row: Row, starts: Sequence[float], at: float, currency: str) -> list[str]:
    """The payout, its part of the proceeds, for each share, times what was paid, and the part of the next dollar."""
    paid, next_part = line_at(row, starts, at)
    return [
        labels.money(paid, currency),
        labels.part(paid / at if at else None),
        labels.price(paid / row["shares"] if row["shares"] else None, currency),
        labels.multiple(paid / row["paid_in"] if row["paid_in"] else None),
        labels.part(next_part),
    ]


def next_dollar(rows: Sequence[Row], starts: Sequence[float], at: float, currency: str) -> str:
    """Who gets most of the next dollar, in a sentence; the sort is stable, so that equal parts stand in the order of the table."""
    parts = [(row["name"], line_at(row, starts, at)[1]) for row in rows]
    ranked = sorted((each for each in parts if each[1] > 0), key=lambda each: -each[1])
    said = [f"{name} ({labels.part(part)})" for name, part in ranked[:MOST]]
    others = ["others"] if len(ranked) > MOST else []
    return f"At {labels.money(at, currency, SHOWN)} the next dollar goes to {labels.listed([*said, *others])}."


def of_run(summary: Summary, payoffs: Payoffs, measure: str) -> Asked:
    """The headline value, and what gives the headline holder its money back."""
    currency, headline = choice.currency(summary), choice.at_last_price(summary)
    found = [*([("All shares at the last price", headline)] if headline else []), *money_back(summary)]
    known = [(word, labels.money(value, currency, SHOWN), value) for word, value in found]
    values = payoffs["exit_values"]
    return Asked(currency, headline or values[len(values) // 2], known, measure)


def marks(payoffs: Payoffs, currency: str) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Where payouts bend and where they jump, each with the value as it is shown."""
    for title, key in (
        ("The next dollar is shared out anew at", "breakpoints"),
        ("Payouts jump at", "discontinuities"),
    ):
        if found := [(labels.money(value, currency, SHOWN), value) for value in payoffs.get(key, ()) if value > 0]:
            yield title, found


def money_back(summary: Summary) -> Iterator[tuple[str, float]]:
    """The exit value that gives the headline holder its money back: by today's cap table, else at the exit."""
    holder = choice.headline_holder(summary)
    told = ((holder or {}).get("break_even") or {}).get("1")
    if not holder or not told:
        return
    whose = choice.capital(choice.holder_phrase(holder, summary))
    today, later = told["today"], labels.estimate(told["at_exit"]).at("0.5")
    if today is not None:
        yield f"{whose}: money back", float(f"{today:.{SHOWN}g}")
    elif later is not None:
        yield f"{whose}: money back at the exit, after dilution (median, real-world)", float(f"{later:.3g}")

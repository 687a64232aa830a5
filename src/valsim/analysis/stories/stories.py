"""Stories: representative paths, each with what happened when, as plain data."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from valsim.analysis.spread import Plain, number
from valsim.analysis.stories.choose import Chosen, choose
from valsim.analysis.stories.event import EVENTS
from valsim.analysis.stories.gets import Gets, gets
from valsim.analysis.stories.replay import Replay, replay
from valsim.core.rows import Row
from valsim.core.streams import BATCH
from valsim.core.timeline import DAYS_A_YEAR
from valsim.ended import STILL_PRIVATE
from valsim.outcome.loss import CAUSES
from valsim.result import Result, each_under
from valsim.scenario.rules.row_units import row_units

DIGITS = 5
"""Significant digits of the series of a story: more than a chart can show."""


def stories(result: Result) -> Plain:
    """Tell some paths of a run: near the 10th, 50th and 90th percentile of what the reader gets, and the typical one of each mode.

    ``holder`` is the reader's first position that is bought, by whose multiple of its money paths are ranked, or nothing where they
    are ranked by what all shareholders get. Each story says what it ``stands_for``, its ``events`` by date, its ``series`` up to its
    end, and its ``outcome``. Chances are real-world, over all paths; the stories are those of paths among the first 4,096.
    """
    ranked = gets(result)
    chosen = choose(result, ranked)
    played = replay(result, np.array([each.path for each in chosen], dtype=np.intp))
    events = _events(played, len(chosen), result)
    series = _series(played, ranked.holder)
    dates = [moment.step.date.isoformat() for moment in played.moments]
    told = [_story(result, ranked, each, played) for each in chosen]
    return {
        "holder": ranked.holder,
        "among": min(BATCH, result.manifest.paths),
        "dates": dates,
        "stories": [
            {**story, "events": events[place], "series": _until(story["outcome"]["at"], dates, series, place)}
            for place, story in enumerate(told)
        ],
    }


def _events(played: Replay, paths: int, result: Result) -> list[list[Plain]]:
    units = row_units(result.scenario)
    found: list[list[Plain]] = [[] for _ in range(paths)]
    for moment in played.moments:
        for tell in EVENTS:
            for place, event in tell(played.world, moment):
                for effect in event.get("effects", ()):
                    effect["unit"] = str(units.get(effect["row"], "1"))
                found[place].append({"at": moment.step.date.isoformat(), **event})
    return found


def _story(result: Result, ranked: Gets, chosen: Chosen, played: Replay) -> Plain:
    path = chosen.path
    place = played.numbers.index(path)
    how = int(result.outcomes["exit",][path])
    return {
        "path": path,
        "stands_for": list(chosen.stands_for),
        "outcome": {
            "exit": "still_private" if how == STILL_PRIVATE else list(result.scenario.exits)[how],
            "at": _day(result, float(result.outcomes["exit time",][path])),
            "proceeds": number(result.outcomes["proceeds",][path]),
            "revenue": number(played.end.ended.revenue[place]),
            "net_cash": number(played.end.ended.net_cash[place]),
            "paid_first": {name: number(row[path]) for (name,), row in each_under(result.outcomes, "paid first")},
            **_of_holder(result, ranked.holder, path),
        },
    }


def _day(result: Result, time: float) -> str:
    start = result.scenario.as_of
    return date.fromordinal(start.toordinal() + round(time * DAYS_A_YEAR)).isoformat()


def _of_holder(result: Result, holder: str | None, path: int) -> Plain:
    if holder is None:
        return {}
    found = {
        name.replace(" ", "_"): number(result.outcomes["holder", holder, name][path])
        for name in ("invested", "proceeds", "irr", "ownership at exit", "part bought")
    }
    cause = CAUSES[int(result.outcomes["holder", holder, "cause of loss"][path])]
    return {"holder": found | {"cause_of_loss": cause if cause != CAUSES[0] else None}}


def _series(played: Replay, holder: str | None) -> dict[str, Row]:
    """Give the series of all paths that are told, each of shape ``(steps, paths)``."""
    states = [moment.after for moment in played.moments]
    found = {name: [state.rows[name] for state in states] for name in ("equity_value", "cash")}
    if holder is not None:
        owned = (
            state.ledger.accrued_to(moment.step.date.toordinal()).ownership()
            for moment, state in zip(played.moments, states, strict=True)
        )
        found["ownership"] = [each.get(holder, np.zeros(())) for each in owned]
    shape = states[0].cash.shape
    return {name: np.array([np.broadcast_to(row, shape) for row in rows]) for name, rows in found.items()}


def _until(last: str, dates: Sequence[str], series: dict[str, Row], place: int) -> dict[str, list[Any]]:
    """Give the series of one path up to the day of its exit."""
    steps = sum(day <= last for day in dates)
    return {name: [_short(value) for value in table[:steps, place].tolist()] for name, table in series.items()}


def _short(value: float) -> float | None:
    return None if number(value) is None else float(f"{value:.{DIGITS}g}")

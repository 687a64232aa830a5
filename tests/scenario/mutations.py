"""Scenario texts with mistakes put into them, by the thousand: none may give a traceback or mean something else.

Of every mutant one of two things is true. Either loading it raises a :class:`ScenarioError` whose every problem stands at a
place inside the text. Or it is accepted, and then everything that it says, read a second time by ``tests.scenario.oracle``, is
in the scenario with the same meaning, nothing else is in it, and the scenario survives being written and read again.

Run as ``python -m tests.scenario.mutations --count 100000`` from the root of the repository.
"""

import argparse
import random
import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.companies import LIVELY, STEADY
from tests.scenario.mistakes import MUTATIONS
from tests.scenario.oracle import differences
from valsim.core.errors import ScenarioError
from valsim.scenario.dump import dump
from valsim.scenario.load import parse_document, scenario_of
from valsim.scenario.text.document import lines

ROOT = Path(__file__).parents[2]
RICH = STEADY.replace("cash: 10M USD", "cash: {value: 10M USD, source: filing, note: Rounded.}").replace(
    "drivers:\n",
    """sources: {filing: {title: A filing, date: 2025-Q4}, press: {title: Press, date: 2025-12-05, url: "https://a.b/c"}}
signals: {audit: {at: 2026-07-15, probability: 70%, if_true: {multiple: "* 1.1"}, if_false: {revenue: "- 5M USD/year"}}}
risks: {theft: {hazard: 20% per year, effect: {revenue: "* 0.9 decaying over 18 months"}}}
exits: {ipo: {hazard: {family: lognormal, p10: 8% per year, p90: 35% per year}, discount: 10%, lock_up: 180 days,
  preferred: as_agreed}, wind_down: {when: cash <= 0 USD, recovery: 15%}}
positions: {me: {kind: secondary, pay: 5M USD, series: series_a, seller: Fund, price_per_share: 3 USD, at: 2026-03-31,
  fees: 2%, carry: 10%, transfer_consent_probability: 80%}}
rounds:
  - name: b
    series: {like: series_a, seniority: 2}
    closings:
      - name: first
        at: 2026-02-20
        new_money: 50M USD
        pre_money_valuation: {conflict: [{value: 480M USD, source: filing, weight: 60%}, {value: 0.9B USD, source: press, weight: 40%}]}
        investors: {Fund: 20M USD}
      - {name: second, when: revenue >= 90M USD/year and audit, between: [2026-Q3, 2027-03], new_money: 18 months of burn}
drivers:
  latency: {kind: mean_reverting, start: 900 ms, mean: 500 ms, half_life: 1 year, volatility: 20%}
  cost: {kind: formula, value: revenue * 40% + 2M USD/month * (latency / 900 ms) ^ 0.5, unit: USD/year}
""",
)
TEXTS = (STEADY, RICH, RICH, LIVELY)


def mutants(seed: int, count: int, texts: tuple[str, ...] = TEXTS) -> Iterator[tuple[str, str]]:
    """Give mutants with the name of what was done to each; one in five has two mistakes."""
    for number in range(seed, seed + count):
        chosen = random.Random(number)
        text, mutations = chosen.choice(texts), chosen.sample(MUTATIONS, 2 if chosen.random() < 0.2 else 1)
        for mutation in mutations:
            text = mutation(chosen, text) or "\n"
        yield " and ".join(mutation.__name__ for mutation in mutations), text


def judged(text: str) -> tuple[str, list[str]]:
    """Load a mutant; say whether it was accepted, and list everything that is wrong about that."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a line on the terminal that no person asked for
            scenario = scenario_of(parse_document(text, "mutant.yaml"))
    except ScenarioError as error:
        return "refused", list(_badly_refused(text, error))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
        return "traceback", [f"{type(error).__name__}: {error}"]
    found = list(differences(text, scenario))
    if scenario_of(parse_document(dump(scenario))) != scenario:
        found.append("it does not survive being written and read again")
    return "accepted", found


def _badly_refused(text: str, error: ScenarioError) -> Iterator[str]:
    rows = lines(text.removeprefix("\ufeff"))
    if not error.problems or not str(error).strip():
        yield "it is refused without a reason"
    for problem, (_, start, end) in error.report.placed:
        if not (start[0] < len(rows) and start[1] <= len(rows[start[0]]) and start <= end):
            yield f"{problem.place}: {problem.message}: there is no place {start} to {end}"


def main() -> int:
    """Judge many mutants, and print what is wrong and how many there were of each."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    big = tuple(path.read_text("utf-8") for path in sorted((ROOT / "scenarios").glob("moonshot-2026-10b.yaml")))
    verdicts: Counter[str] = Counter()
    for number, (name, text) in enumerate(mutants(asked.seed, asked.count, (*TEXTS * 10, *big))):
        verdict, found = judged(text)
        verdicts[verdict] += 1
        verdicts["finding"] += bool(found)
        for each in found:
            print(f"{asked.seed + number} ({name}): {verdict}: {each}", flush=True)
    print(dict(verdicts))
    return int(verdicts["finding"] > 0)


if __name__ == "__main__":
    sys.exit(main())

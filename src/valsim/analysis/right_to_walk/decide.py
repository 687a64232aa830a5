"""Deciding: the same paths under several policies, and what deciding well is worth to everybody."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from valsim.analysis.right_to_walk.learn import Learned, learn
from valsim.analysis.spread import Plain
from valsim.captable.financing.policy import Decisions
from valsim.captable.financing.policy.trained import Trained
from valsim.core.errors import SimulationError
from valsim.core.policy import ALL_OF_THEM, CONTRACTUAL, Policy
from valsim.core.progress import Meter, Progress, untold
from valsim.core.shown import Shown
from valsim.execution.executor import Elsewhere
from valsim.gather import gathered
from valsim.result import Anchor, Result
from valsim.run import Run, to_train
from valsim.scenario.choices import choices
from valsim.scenario.model import Scenario
from valsim.simulate import prepared, simulate

NOTHING_TO_DECIDE = "no closing that they pay for is an option (if_met: option), may be defaulted on (default), waived or repriced (if_not_met)"
STAGES = 5
"""The paths are played under four policies, and others are trained on."""


class UndecidedError(SimulationError):
    """A document leaves nothing to decide, or nobody who does."""


@dataclass(frozen=True)
class RightToWalk(Shown):
    """What deciding about tranches is worth: the results of the same paths ``contractual``, ``myopic``, ``trained`` and by the
    ``rule`` that says nearly what was learned, in ``results``, and what was ``learned``.
    """

    results: Mapping[str, Result]
    learned: Learned
    deciders: tuple[str, ...]
    seconds: float

    def as_dict(self) -> Plain:
        """Give all that was found as plain data, as ``valsim decide --json`` does."""
        from valsim.analysis.right_to_walk.told import told

        return told(self)

    @property
    def scenario(self) -> Scenario:
        """The document with the decisions that were trained."""
        return self.results["trained"].scenario


def decide(
    scenario: Scenario,
    *,
    decide_for: str | None = None,
    paths: int | None = None,
    seed: int | None = None,
    threads: int | None = None,
    executor: Elsewhere | None = None,
    progress: Progress | None = None,
) -> RightToWalk:
    """Train what those who pay for tranches do best, and value it beside the contract and beside looking at the price alone.

    ``decide_for`` is ``requisite_holders`` or one holder; without it, whom the document says. ``paths`` and ``seed`` are those on
    which policies are valued, the document's where they are left out; training has its own. ``threads`` and ``executor`` are as
    for :func:`~valsim.simulate.simulate`. All policies have the same random
    numbers, and the scale of the opening multiple that is solved for the contract. Raises
    :class:`UndecidedError` where there is nothing to decide or nobody who does, and as :func:`~valsim.simulate.simulate` does.
    """
    started = time.perf_counter()
    asked = deciding(scenario, decide_for)
    stages = _Stages(progress or untold)
    play = partial(simulate, asked, paths=paths, seed=seed, threads=threads, executor=executor)
    written = play(policy=CONTRACTUAL, progress=stages.next())
    anchor = written.manifest.anchor
    run = prepared(asked, paths=paths, seed=seed, threads=threads, executor=executor, anchor=anchor)
    learned = _learned(run, anchor, stages)
    results = {"contractual": written}
    for name, policy in _policies(learned).items():
        results[name] = play(policy=policy, anchor=anchor, progress=stages.next())
    deciders = dict.fromkeys(holder for choice in choices(asked) for holder in choice.holders)
    return RightToWalk(results, learned, tuple(deciders), time.perf_counter() - started)


def deciding(scenario: Scenario, decide_for: str | None) -> Scenario:
    """Give the document with decisions that are trained, for those who are asked for."""
    said = scenario.decisions
    who = decide_for if decide_for is not None else said.decide_for if said is not None else ""
    stated = said.model_dump(include={"training_paths", "state"}) if isinstance(said, Trained) else {}
    trained = Decisions.choose({"policy": "trained", "decide_for": who or ALL_OF_THEM, **stated})
    asked = scenario.but(decisions=trained)
    if not choices(asked):
        whom = f" for {who}" if who not in {"", ALL_OF_THEM} else ""
        raise UndecidedError(f"there is nothing to decide{whom}: {NOTHING_TO_DECIDE}")
    if not who:
        message = "the document does not say who decides: ask for requisite_holders, all investors of a closing as one, or for one holder"
        raise UndecidedError(message)
    return asked


def _policies(learned: Learned) -> dict[str, Policy]:
    who = {"decide_for": learned.rule["decide_for"]}
    return {
        "myopic": Decisions.choose({"policy": "myopic", **who}),
        "trained": learned.policy,
        "rule": Decisions.choose(learned.rule),
    }


def _learned(run: Run, anchor: Anchor, stages: "_Stages") -> Learned:
    scenario, decisions = run.scenario, run.scenario.decisions
    assert isinstance(decisions, Trained)  # noqa: S101 - as `deciding` made it
    expected = to_train(scenario) + decisions.training_paths  # and once more with what was learned
    with gathered(run, Meter(stages.next(), expected).add) as workers:
        return learn(run, workers, anchor.scale, decisions.training_paths, decisions.state)


@dataclass
class _Stages:
    """Tells how far several runs are together, each as long as the others."""

    tell: Progress
    begun: int = field(default=0)

    def next(self) -> Progress:
        """Give what is told how far the next run is."""
        before, self.begun = self.begun, self.begun + 1

        def told(done: int, expected: int) -> None:
            self.tell(round(1000 * (before + done / expected)), 1000 * STAGES)

        return told

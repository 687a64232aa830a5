"""Training: a policy is learned backward over decisions, each from the same paths played under every alternative."""

from valsim.core.policy import Decision
from valsim.core.rows import cut
from valsim.scenario.choices import order_of_learning
from valsim.training.fit import Fit, weighted_fit
from valsim.training.problem import Played, Problem
from valsim.training.score import Score
from valsim.training.trained import Branch, Trained


def train(problem: Problem, paths: int, seed: int, fit: Fit = weighted_fit) -> Trained:
    """Learn a policy for a problem on so many paths.

    From the last decision to the first: reach it as the problem explores, take each alternative on the same paths with the same
    random numbers, do afterwards as was learned already, and explain the difference of the present values by the state in which
    the decision was met. It does not assume, as least-squares Monte Carlo (Longstaff and Schwartz 2001) does, that the state
    takes no notice of what is decided: each alternative is played out, with all that follows from it. A decision that another one
    may overtake was learned before that one was known, and is learned again.
    """
    learned = Trained()
    for decision in order_of_learning(problem.decisions, problem.overtaken):
        learned = learned.learning(decision, _scores(problem, decision, learned, (paths, seed), fit))
    return learned


def _scores(
    problem: Problem, decision: Decision, learned: Trained, sample: tuple[int, int], fit: Fit
) -> tuple[Score, ...]:
    (paths, seed), keys = sample, [each.key for each in problem.decisions]
    may_follow = {*keys[keys.index(decision.key) + 1 :], *problem.overtaken.get(decision.key, ())}
    later = frozenset(key for key in may_follow if key in learned.scores)
    branches = [
        Branch(problem.explores, decision.key, choice, learned, later, problem.state)
        for choice in range(len(decision.alternatives))
    ]
    first, *others = problem.play(branches, seed, paths)
    return tuple(_explained(decision, first, other, fit) for other in others)


def _explained(decision: Decision, first: Played, other: Played, fit: Fit) -> Score:
    """Explain what an alternative adds to the first one, where the decision was met."""
    met = first.decided[decision.key]
    rows = {name: cut(row, met.reached) for name, row in met.rows.items()}
    gain = other.values[decision.key] - first.values[decision.key]
    return fit(rows, gain[met.reached])

"""What was decided about closings, where a policy decides."""

from valsim.analysis.stories.event.base import Happened, places
from valsim.analysis.stories.replay import Moment
from valsim.core.policy import QUESTIONS
from valsim.state import World


def decided(world: World, moment: Moment) -> Happened:
    """Tell what those who pay for a closing chose, where they were asked."""
    asked = (each.decision(question, world.decided_by) for each in world.scenario.tranches for question in QUESTIONS)
    for decision in (each for each in asked if each is not None and each.key in moment.after.decided):
        before, after = (state.decided[decision.key] for state in (moment.before, moment.after))
        for place in places(after.reached & ~before.reached, moment):
            choice = decision.alternatives[int(after.choice[place])]
            about = {"round": decision.round, "tranche": decision.closing, "question": decision.question}
            yield place, {"kind": "decision", **about, "choice": choice, "by": decision.decided_by}

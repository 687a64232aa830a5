"""Drawing the parameters that carry value more often, and weighing each path by how much more often it came.

Present values of young companies are heavy-tailed: a few paths with high growth that lasts and a high multiple carry much of the
mean. So the normal numbers behind the parameters are drawn around where the value is: importance sampling. A part of the
paths is drawn as ever, so that no weight is above one over that part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

import numpy as np

from valsim.core.policy import Policy
from valsim.core.rows import Row
from valsim.core.streams import Streams
from valsim.record import Recorder
from valsim.run import Play
from valsim.scenario.model import Scenario
from valsim.value.measure import MeasureOf

AS_EVER = 0.2
"""The part of the paths whose parameters are drawn as the document says."""
CLEAR = 2.0
"""A centre counts where it is so many of its standard errors from 0."""
OF_PARAMETERS = "parameter "
"""How the names of the streams of parameters begin; each gives one number a path."""
WEIGHT = ("weight",)
"""The column of the weights."""

Centres = Mapping[str, float]
"""Around what the normal numbers of a stream are drawn; those of streams that are not named around 0."""


@dataclass(frozen=True)
class Shifted(Streams):
    """Random numbers of which some normal ones are drawn around another centre, on all paths but a part.

    >>> plain, shifted = Streams(7, 0, 1, 4096), Shifted(7, 0, 1, 4096, centres={"growth": 1.0})
    >>> moved = shifted.normal("growth") - plain.normal("growth")
    >>> sorted(set(moved.round(9).tolist())), round(float(np.mean(moved == 0)), 1)
    ([0.0, 1.0], 0.2)
    """

    centres: Centres = field(default_factory=dict)

    def normal(self, name: str) -> Row:
        """Give the next normal numbers of this stream, shape ``(n_paths,)``; one with a centre is asked once."""
        drawn = super().normal(name)
        return drawn + self.centres[name] * self._moved if name in self.centres else drawn

    @property
    def _moved(self) -> Row:
        return np.where(self.once("drawn around another centre") < AS_EVER, 0.0, 1.0)

    @property
    def weight(self) -> Row:
        """How likely each path was when it is drawn as ever, over how likely it was as it is drawn, shape ``(n_paths,)``.

        With ``a`` the part that is drawn as ever, ``z`` the numbers that were drawn and ``m`` their centres, it is
        ``1 / (a + (1 - a) exp(sum of m z - m^2 / 2))``. Its mean is 1, and it is at most ``1 / a``.
        """
        again = anew(self, self.centres)
        return weights({name: again.normal(name) for name in self.centres}, self.centres, self.rows)


def weights(drawn: Mapping[str, Row], centres: Centres, rows: int) -> Row:
    """Give the weights of normal numbers, shape ``(rows,)`` (see :attr:`Shifted.weight`)."""
    terms = (centre * drawn[name] - centre**2 / 2 for name, centre in centres.items())
    return 1 / (AS_EVER + (1 - AS_EVER) * np.exp(sum(terms, np.zeros(rows))))


def anew(streams: Streams, centres: Centres) -> Shifted:
    """Give the numbers of some streams from their start, drawn around centres."""
    kept = {each.name: getattr(streams, each.name) for each in fields(Streams) if each.name != "open"}
    return Shifted(**kept, centres=centres)


def weighted(play: Play, centres: Centres) -> Play:
    """Give the playing that draws around centres, and tells the weight of each path in the column :data:`WEIGHT`."""

    def played(
        document: Scenario,
        streams: Streams,
        measures: Sequence[MeasureOf],
        scale: Row | float,
        recorder: Recorder,
        policy: Policy,
    ) -> None:
        shifted = anew(streams, centres)
        play(document, shifted, measures, scale, recorder, policy)
        for columns in recorder.columns:
            columns[WEIGHT] = shifted.weight[: streams.paths]

    return played


def noting_parameters(play: Play) -> Play:
    """Give the playing that tells the normal numbers behind the parameters too, in a column for each of their streams."""

    def played(
        document: Scenario,
        streams: Streams,
        measures: Sequence[MeasureOf],
        scale: Row | float,
        recorder: Recorder,
        policy: Policy,
    ) -> None:
        play(document, streams, measures, scale, recorder, policy)
        again = anew(streams.single, centres={})
        for columns in recorder.columns:
            columns.update({(name,): again.normal(name) for name in streams.open.generators if _of_parameter(name)})

    return played


def _of_parameter(stream: str) -> bool:
    return stream.startswith(OF_PARAMETERS)


def centres_of(drawn: Mapping[str, Row], value: Row) -> Centres:
    """Give the means of normal numbers on paths that count by their value, where they are clearly not 0; none where none gains.

    Drawn around them, a lognormal value has the least variance that a shift can give (the cross-entropy method: Rubinstein and
    Kroese, The Cross-Entropy Method, 2004, section 3.2). ``value`` is of shape ``(n_paths,)`` and never negative.

    >>> z = Streams(7, 0, 1, 4096).normal("growth")
    >>> found = centres_of({"growth": z, "noise": z[::-1]}, np.exp(0.8 * z))
    >>> list(found), round(found["growth"], 1)
    (['growth'], 0.8)
    """
    if not np.any(value > 0):
        return {}
    part = value / np.sum(value)
    error = float(np.sqrt(np.sum(part * part)))
    means = {name: float(np.sum(part * row)) for name, row in drawn.items()}
    centres = {name: mean for name, mean in means.items() if abs(mean) > CLEAR * error}
    gains = np.sum(part * part * weights(drawn, centres, part.size)) < np.sum(part * part)
    return centres if gains else {}

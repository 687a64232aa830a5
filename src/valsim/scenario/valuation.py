"""What the company is worth, as the document says it."""

from pydantic import Field

from valsim.core.block import Block
from valsim.core.parameter import Rate
from valsim.drivers.process import Process
from valsim.scenario.compose.variant import Anchored
from valsim.value.basis import Basis


class Valuation(Block):
    """What the company is worth: a multiple of a revenue on a named basis."""

    enterprise_value: Basis
    """The revenue and the basis it is measured on."""
    multiple: Process
    """How the multiple moves."""
    sector: str = Field(default="", examples=["storage"])
    """The sector that the company is priced in: one of ``sectors``, which a ``sector_multiple`` follows, or just the name of one
    that the multiple stands for. A risk with ``contagion: sector`` moves it."""
    hurdle_rate: Rate | None = Field(default=None, examples=["25%"])
    """A yearly rate at which the expected exit proceeds of the whole company are discounted too, as some investors do. What comes of it
    is shown beside the present values and is no fair value: paths contain the failures that such a rate is meant to pay for, so
    it counts them twice, and it misprices preferences; so it prices no class, no holder and no decision. Without it, nothing is shown."""
    anchor: Anchored
    """Whether the opening multiple is scaled until the last-priced class is worth its price (``last_round``), or left as it is
    (``none``). That class is the one of ``captable.classes`` with the latest ``issued``: a closing of ``rounds`` is to come and
    never anchors, even right after ``as_of``; a round that has closed belongs in ``captable.classes``. A variant of an anchored
    file says with its own ``anchor`` at which scale it is played."""

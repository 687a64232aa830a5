"""Pay-to-play: what holders of a class lose who do not take their part of a later round."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from valsim.captable.term.consequence import Consequence
from valsim.core.block import READING, Block
from valsim.core.errors import Problem


class PayToPlay(Block):
    """What a holder of a class loses that pays less than its pro-rata part of a closing.

    The part is that of the ``pro_rata`` right of the class, once however often it may be bought; all that the holder pays in
    the closing counts, by name or by right, and where several of its classes say ``pay_to_play`` it owes the parts of all of
    them. It is struck before the price is final: shares that lose their protection issue no shares in the closing that strikes
    them, and those that become common turn at the conversion price from before it. Whether a round is down is told from the
    price that it would have if nobody lost anything.
    """

    example = "{rounds: down, consequence: {kind: convert_to_common, part: unpaid, preferred_per_common: 10}}"

    rounds: Literal["all", "down"] = Field(json_schema_extra={READING: True})
    """In which rounds holders have to pay: in ``all`` of them, or where the price per share is below the conversion price of
    the class (``down``), no price at all included."""
    consequence: Consequence
    """What becomes of the shares of a holder that does not pay: they turn into common, or lose their anti-dilution."""

    def problems_in(self, terms: Any) -> Iterator[Problem]:
        """Report a class without the right whose use this asks for."""
        if terms.pro_rata is None:
            message = "what holders have to pay is their pro-rata part, and the class has no pro-rata right"
            advice = "add one, e.g. pro_rata: {base: preferred, probability: 80%}"
            yield Problem(("pay_to_play",), message, advice, "key")

"""No consequence."""

from typing import Literal

from valsim.captable.term.consequence.base import Consequence


class NoConsequence(Consequence):
    """The shares stay as they are."""

    example = "{kind: none}"

    kind: Literal["none"] = "none"
    """Names this kind."""

"""Consequences: what becomes of the shares of a holder that does not pay what it should; one kind a file."""

from valsim.captable.term.consequence.base import Consequence
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["Consequence"]

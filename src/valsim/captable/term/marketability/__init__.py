"""Marketability: what a position is worth less because it cannot be sold; one kind a file."""

from valsim.captable.term.marketability.base import Marketability
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["Marketability"]

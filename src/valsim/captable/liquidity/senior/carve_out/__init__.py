"""Carve-outs: what management is paid at an exit before any shareholder; one kind a file."""

from valsim.captable.liquidity.senior.carve_out.base import CarveOut
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["CarveOut"]

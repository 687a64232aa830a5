"""Purchases: how a holder such as ``me`` comes by its shares; one kind a file."""

from valsim.captable.purchase.base import Purchase
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["Purchase"]

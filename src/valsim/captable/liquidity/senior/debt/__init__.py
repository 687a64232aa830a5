"""Debt: what is owed to lenders at a day; one kind a file."""

from valsim.captable.liquidity.senior.debt.base import Debt
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["Debt"]

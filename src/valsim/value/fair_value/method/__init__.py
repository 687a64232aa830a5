"""Methods of valuation: what a class is worth today where the company is worth so much; one kind a file."""

from valsim.core.block import import_kinds
from valsim.value.fair_value.method.base import Method

import_kinds(__name__, __path__)

__all__ = ["Method"]

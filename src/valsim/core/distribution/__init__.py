"""Distributions: a number that is not known, given as a quantile function; one family a file."""

from valsim.core.block import import_kinds
from valsim.core.distribution.base import Distribution

import_kinds(__name__, __path__)

__all__ = ["Distribution"]

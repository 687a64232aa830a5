"""Securities: what a class of shares is entitled to, as a payout curve; one kind a file."""

from valsim.captable.security.base import Security
from valsim.core.block import import_kinds

import_kinds(__name__, __path__)

__all__ = ["Security"]

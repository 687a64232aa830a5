"""The base of every rule for companies that are still private at the horizon."""

from abc import abstractmethod

import numpy as np

from valsim.core.block import Kind
from valsim.core.rows import Row, Rows


class AtHorizon(Kind, member_of="rule at the horizon"):
    """What shareholders are counted to have in a company that is still private at the end."""

    @abstractmethod
    def proceeds(self, rows: Rows) -> Row:
        """Give what shareholders have together, after debt, shape ``(n_paths,)``; it is unrealised."""

    @property
    def extension(self) -> Row:
        """How much longer the company is followed, in years."""
        return np.asarray(0.0)

"""Premiums: how much more of its revenue a company is worth that grows faster, or keeps more of it, than another."""

from typing import Annotated, TypeAlias

import numpy as np

from valsim.core.block import Block
from valsim.core.parameter import FRACTION, Domain
from valsim.core.rows import Row

PerPoint: TypeAlias = Annotated[Row, Domain(FRACTION, doubted_from=0.5)]
Share: TypeAlias = Annotated[Row, Domain(FRACTION, doubted_from=10.0)]


class Premium(Block):
    """What a point more of something, such as growth, adds to the multiples of a sector.

    A company at ``x`` has ``exp(100 per_point (x - reference))`` times the multiple of one at the reference.
    """

    example = "{per_point: 4.2%, reference: 25%, at_most: 60%}"

    per_point: PerPoint
    """By which fraction a multiple is higher for each percentage point more, on the log scale: ``4.2%`` for twice the multiple
    at 16.5 points more."""
    reference: Share
    """Where the sector's own level stands: a company there has just that multiple, before its spread."""
    at_most: Share | None = None
    """Up to where more counts: what is above is worth no further premium. Nothing where there is no such end."""
    at_least: Share | None = None
    """Down to where less counts. Nothing where there is no such end."""

    def counted(self, value: Row) -> Row:
        """Give the distance to the reference that counts, a fraction, shape ``(n_paths,)``."""
        high = np.inf if self.at_most is None else self.at_most
        low = -np.inf if self.at_least is None else self.at_least
        counted: Row = np.minimum(np.maximum(value, low), high) - self.reference
        return counted

    def factor(self, value: Row) -> Row:
        """Give how many times the multiple at the reference a company is worth, shape ``(n_paths,)``.

        >>> import numpy as np
        >>> premium = Premium.model_validate({"per_point": "5%", "reference": "20%", "at_most": "60%"})
        >>> from valsim.core.parameter import at_medians
        >>> [round(float(at_medians(premium).factor(np.asarray(growth))), 3) for growth in (0.2, 0.4, 0.9)]
        [1.0, 2.718, 7.389]
        """
        factor: Row = np.exp(100 * self.per_point * self.counted(value))
        return factor

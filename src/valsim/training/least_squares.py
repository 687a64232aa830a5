"""Least squares by its normal equations, written out, so that the same rows give the same bits wherever they are solved."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valsim.core.rows import Row

RIDGE = 1e-8
"""The part of its own square that is added to each feature's, so that rows which say the same thing twice do no harm."""


@dataclass(frozen=True)
class Moments:
    """The weighted products of features with each other, ``products`` of shape ``(features, features)``, with what is
    explained, ``with_target`` of shape ``(features,)``, and that with itself.
    """

    products: Row
    with_target: Row
    target: float

    @classmethod
    def of(cls, features: Row, target: Row, weights: Row) -> "Moments":
        """Sum over paths: features of shape ``(features, n_paths)``, the target and the weights of shape ``(n_paths,)``."""
        # Not a matrix product: that of a library changes bits with the number of its threads.
        weighted = features * weights
        products = np.einsum("in,jn->ij", weighted, features, optimize=False)
        with_target = np.einsum("in,n->i", weighted, target, optimize=False)
        return cls(products, with_target, float(np.sum(weights * target * target)))

    def only(self, features: Sequence[int]) -> "Moments":
        """Give the moments of some of the features."""
        at = np.asarray(features, dtype=np.intp)
        return Moments(self.products[np.ix_(at, at)], self.with_target[at], self.target)

    def solved(self, ridge: float = RIDGE) -> Row:
        """Give the coefficients ``b`` that minimise ``sum w (y - b f)^2``, shape ``(features,)``.

        >>> line = np.array([[1.0, 1.0, 1.0], [0.0, 1.0, 2.0]])
        >>> Moments.of(line, np.array([1.0, 3.0, 5.0]), np.ones(3)).solved(0.0).round(9).tolist()
        [1.0, 2.0]
        """
        return _solved(self.products + ridge * np.diag(np.diag(self.products)), self.with_target)

    @property
    def left(self) -> float:
        """The sum of squares that the features leave unexplained."""
        return max(self.target - float(np.sum(self.solved() * self.with_target)), 0.0)


def _solved(matrix: Row, right: Row) -> Row:
    """Solve a positive definite system by its Cholesky factor; a pivot that is lost leaves its unknown at zero."""
    size = len(right)
    factor, half, found = np.zeros_like(matrix), np.zeros(size), np.zeros(size)
    for i in range(size):
        for j in range(i):
            gap = matrix[i, j] - np.sum(factor[i, :j] * factor[j, :j])
            factor[i, j] = gap / factor[j, j] if factor[j, j] else 0.0
        pivot = matrix[i, i] - np.sum(factor[i, :i] ** 2)
        factor[i, i] = np.sqrt(pivot) if pivot > LOST * matrix[i, i] else 0.0
        half[i] = (right[i] - np.sum(factor[i, :i] * half[:i])) / factor[i, i] if factor[i, i] else 0.0
    for i in reversed(range(size)):
        if factor[i, i]:
            found[i] = (half[i] - np.sum(factor[i + 1 :, i] * found[i + 1 :])) / factor[i, i]
    return found


LOST = 1e-12
"""A pivot that is a smaller part of its own square holds only rounding."""

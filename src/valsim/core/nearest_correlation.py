"""The correlation matrix nearest to a matrix that is none."""

import numpy as np

from valsim.core.rows import Row

MOST, SMALL = 20_000, 1e-12
"""How many projections are made at most, and the change at which they stop."""


def nearest_correlation(matrix: Row) -> Row:
    """Give the correlation matrix nearest to a symmetric matrix: the least sum of squared changes of its entries.

    Both the positive semidefinite matrices and those with a unit diagonal are convex sets. Projected onto one and the other in
    turn, a matrix goes to a point of both; with Dykstra's correction, which takes the last change of the first projection back
    before the next, to the nearest point. Shape ``(n, n)``; an eigenvalue of the result may be below zero by rounding.

    Source: N. J. Higham, Computing the nearest correlation matrix: a problem from finance, IMA Journal of Numerical Analysis
    22 (2002), algorithm 3.3 with equal weights.

    >>> nearest_correlation(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])).round(4).tolist()
    [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]]
    """
    here, change = np.asarray(matrix, dtype=np.float64), np.zeros_like(matrix, dtype=np.float64)
    for _ in range(MOST):
        before = here
        corrected = here - change
        semidefinite = _semidefinite(corrected)
        change = semidefinite - corrected
        here = semidefinite.copy()
        np.fill_diagonal(here, 1.0)
        if max(np.abs(here - before).max(), np.abs(here - semidefinite).max()) < SMALL:
            break
    return here


def _semidefinite(matrix: Row) -> Row:
    """Give the nearest positive semidefinite matrix: without the eigenvalues below zero."""
    values, vectors = np.linalg.eigh(matrix)
    nearest: Row = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return (nearest + nearest.T) / 2

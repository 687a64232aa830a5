"""What each class gets, written by hand for a whole row of paths, and what every rival tells of it."""

from typing import TypedDict

import numpy as np
import numpy.typing as npt

Row = npt.NDArray[np.float64]

COMMON, SERIES_A = 70e6, 30e6
"""The shares at the start."""


class Told(TypedDict):
    """Means over all paths of what the end brings and what each class gets of it, and their standard errors."""

    means: dict[str, float]
    errors: dict[str, float]


def told(common: Row, series_a: Row, series_b: Row) -> Told:
    """Tell what each class got on every path."""
    rows = {"proceeds": common + series_a + series_b, "common": common, "series_a": series_a, "series_b": series_b}
    means = {name: float(row.mean()) for name, row in rows.items()}
    return {"means": means, "errors": {name: float(row.std() / np.sqrt(row.size)) for name, row in rows.items()}}


def paid_out(proceeds: Row, b_shares: Row, b_money: Row, a_price: float) -> tuple[Row, Row, Row]:
    """Pay each class: both preferred take their money back, b first, or convert where that brings more.

    The one with the lower price converts first, so that three cases in turn tell who converts.
    """
    b_price = np.divide(b_money, b_shares, out=np.full_like(proceeds, np.inf), where=b_shares > 0)
    a_money, a_first = SERIES_A * a_price, b_price > a_price
    low, high = np.where(a_first, a_price, b_price), np.where(a_first, b_price, a_price)
    low_shares, high_money = np.where(a_first, SERIES_A, b_shares), np.where(a_first, b_money, a_money)
    all_convert = proceeds / (COMMON + SERIES_A + b_shares)
    one_converts = np.maximum(proceeds - high_money, 0.0) / (COMMON + low_shares)
    none_converts = np.maximum(proceeds - a_money - b_money, 0.0) / COMMON
    a_share = np.where(all_convert > high, all_convert, np.where(one_converts > low, one_converts, none_converts))
    b = np.where(a_share > b_price, b_shares * a_share, np.minimum(b_money, proceeds))
    a = np.where(a_share > a_price, SERIES_A * a_share, np.minimum(a_money, proceeds - b))
    return proceeds - a - b, a, b

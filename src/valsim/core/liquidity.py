"""The words for what turns shares into money."""

from typing import Literal, TypeAlias

LiquidityKind: TypeAlias = Literal["acquisition", "ipo", "wind_down"]
"""A sale of the company, a listing, or the end of one that ran out of money: contracts tell them apart."""
Treatment: TypeAlias = Literal["as_agreed", "all_converted", "by_charter"]
"""How preferred shares are treated: each holder keeps the better side, all become common, or each class's charter decides."""

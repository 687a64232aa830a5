"""Issues of shares for tests of anti-dilution terms."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from valsim.captable.term.anti_dilution import AntiDilution, Before, Issue, Source
from valsim.core.parameter import at_medians


def term(given: Any) -> AntiDilution:
    """A term as a document writes it, realised."""
    return at_medians(AntiDilution.choose(given))


def before(shares: float, **parts: float) -> Before:
    """Shares before an issue: all of them common unless told otherwise."""
    rows = {name: np.asarray(part, float) for name, part in {"common": shares, **parts}.items()}
    return Before(np.asarray(shares, float), **rows)


def after(given: Any, conversion_price: float, issues: Sequence[Issue], shares: float, **parts: float) -> Any:
    """The conversion price after issues made together."""
    return term(given).adjusted(np.asarray(conversion_price), issues, before(shares, **parts))


def adjusted(
    given: Any, conversion_price: float, price: float, new_shares: float, shares: float, source: Source | None = None,
    **parts: float,
) -> float:  # fmt: skip
    """The conversion price after one issue."""
    issue = Issue(np.asarray(price), np.asarray(new_shares), source or Source())
    return float(after(given, conversion_price, [issue], shares, **parts))

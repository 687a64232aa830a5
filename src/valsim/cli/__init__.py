"""The command line: it reads arguments, calls the rooms below and writes what they give."""

from valsim.cli import break_even, contracts, decisions, fair_values, reports, side_by_side, sweep
from valsim.cli.app import app

__all__ = ["app", "break_even", "contracts", "decisions", "fair_values", "reports", "side_by_side", "sweep"]

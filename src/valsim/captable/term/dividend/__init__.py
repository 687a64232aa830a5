"""Dividends on preferred shares: what is owed on a share, and what it does to a payout; one a file."""

"""Rounds: who pays, at which price, and what it does to the ledger."""

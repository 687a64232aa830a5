"""Deciding: what a company is worth today, and what the right to decide about it."""

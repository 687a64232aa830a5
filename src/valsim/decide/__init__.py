"""Deciding: policies that are trained on paired branches, and what the right to decide is worth."""

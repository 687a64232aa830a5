"""Comparison: scenarios side by side on the same random numbers, and which of their inputs make the difference."""

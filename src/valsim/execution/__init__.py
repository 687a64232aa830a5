"""Execution: items are done by several workers, here or elsewhere. It changes no bit of any result."""

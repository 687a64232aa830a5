"""Figures of a run that usual values are known of, each with its standard error."""

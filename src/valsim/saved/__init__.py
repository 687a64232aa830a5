"""Runs that are kept: a folder with what made a run, its summary, the scenario and every path, which is read without playing it again."""

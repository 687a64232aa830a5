"""Training: policies that are learned on paired branches, backward over decisions."""

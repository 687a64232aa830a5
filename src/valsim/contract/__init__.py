"""Questions about one contract alone, without a simulation: who is paid what, and what a round does."""

"""What every room builds on: blocks, quantities, expressions, distributions, streams and time."""

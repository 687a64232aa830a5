"""Solving: the value of one input that makes a target true."""

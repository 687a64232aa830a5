"""Sweeps: many cases of one or several scenarios, each played on the same random numbers and measured."""

"""What is known from outside: figures that were found, and the ranges that they suggest."""

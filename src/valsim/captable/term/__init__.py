"""Terms: rights that a class of shares carries, one a file."""

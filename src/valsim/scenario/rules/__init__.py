"""Rules that one block alone cannot see: each reports what is wrong, or suspicious, in the whole document."""

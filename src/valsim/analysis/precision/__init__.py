"""How exactly a number is to be known, and how many paths that takes."""

"""The cap table: who holds what, what a round does to it, and who is paid what at an exit."""

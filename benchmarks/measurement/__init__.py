"""The measurements: each module has a function ``measure`` that gives tables, and says in its first sentence what it measures."""

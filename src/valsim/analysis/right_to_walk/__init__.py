"""The right to walk away: what deciding well about tranches is worth, to whom, and when to do what."""

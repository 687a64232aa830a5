"""What a notebook shows of a scenario and of what is made of it: cards, and the figures of the report as plotly figures."""

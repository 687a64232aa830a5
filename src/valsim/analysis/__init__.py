"""What the paths mean: functions of a result. Some rooms within play scenarios again, to compare, solve, sweep or decide."""

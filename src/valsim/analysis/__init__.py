"""What the paths mean: functions of a result, none of which runs anything again."""

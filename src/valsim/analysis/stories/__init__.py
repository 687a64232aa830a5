"""Stories: a few paths that stand for many, and what happened on them when."""

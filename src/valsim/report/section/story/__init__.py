"""The words of a story: what it stands for, its events, itself in one sentence, and its end."""

"""What each path came to: who was paid what, when, and why; made once, after the last step."""

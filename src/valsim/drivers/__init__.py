"""What happens to the company: processes, signals, risks and the effects that they have."""

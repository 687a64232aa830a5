"""What happens within a step of a path, one stage a file; the loop in ``valsim.simulate`` calls them in order."""

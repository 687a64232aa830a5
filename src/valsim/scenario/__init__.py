"""The scenario document: read with positions, checked, composed of blocks."""

"""What something is worth: the basis of a multiple, the measure and discounting."""

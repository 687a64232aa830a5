"""Fair value by class: what a cap table is worth today, given the price that was paid last."""

"""What is paid before shareholders: the costs of an exit, debt, and what management is promised."""

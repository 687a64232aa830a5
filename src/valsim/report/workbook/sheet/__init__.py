"""The sheets of the workbook, one in a file."""

"""The workbook: the summary as sheets of numbers with formats, and charts that the spreadsheet draws."""

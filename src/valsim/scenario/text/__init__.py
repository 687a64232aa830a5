"""The text of a document: from bytes to plain data that knows where each value was written."""

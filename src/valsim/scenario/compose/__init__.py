"""How a document is put together: what it extends and is like, its variants, overrides and samples."""

"""The manual: one catalogue of what the document may say, which the editor's schema, ``explain`` and the reference all read."""

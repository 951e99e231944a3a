"""Declared against true: what Python and tables say of C, compared with what C is. No search, no solver."""

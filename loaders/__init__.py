"""Loaders: files become records. Each reads one kind of source and knows no store."""

"""Pieces of the Entity page: who it is, the law upon it, its aircraft, its relations."""

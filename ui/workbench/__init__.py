"""The Routes page: its question, its list and canvas, its evidence, each in a file of its own."""

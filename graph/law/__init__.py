"""Law as data and what follows from it: rules in `data/regimes`, verdicts in `legality.py`, who is
reached through owners in `ownership/`.

Nothing in this room knows a date, a list or a country: those stand in YAML, with text, address and
the day of review, where a lawyer can read and correct them.
"""

"""The law, as data in `data/regimes`, and what follows from it on a date."""

"""Measured, not promised: every figure quoted anywhere is printed by a script in this folder."""

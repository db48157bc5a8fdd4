"""The pure core: what a workshop is, what its commands do, and who may see what.

Owns every business rule. Knows no clock, no chance, no socket and no store: time and identity are arguments.
"""

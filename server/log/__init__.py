"""The stores behind one contract. Knows entries, not workshops; each driver's errors are translated at its own edge."""

"""Simulated afternoons: the real rooms, sessions, store driver and clients on a virtual clock, with seeded bad luck."""

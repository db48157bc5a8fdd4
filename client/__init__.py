"""Clients of Plenary: the Python one (participant) and the browser app (web)."""

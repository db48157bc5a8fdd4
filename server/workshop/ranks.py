"""Ranks: places in an order, as strings that sort as ASCII."""

from typing import Final

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def rank(place: int) -> str:
    """The rank of an early place (0-3905), as the npm package `fractional-indexing` gives it."""
    if place < len(DIGITS):
        return f"a{DIGITS[place]}"
    high, low = divmod(place - len(DIGITS), len(DIGITS))
    return f"b{DIGITS[high]}{DIGITS[low]}"

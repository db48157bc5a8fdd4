"""How fast one person may go: a bucket of tokens that fills with time ([LIMIT4])."""

from dataclasses import dataclass

from protocol import limits


@dataclass(slots=True)
class Bucket:
    """Holds up to `burst` tokens and fills by `per_second`; times are milliseconds of any steady clock."""

    at: int
    tokens: float = limits.COMMANDS_BURST
    per_second: float = limits.COMMANDS_PER_SECOND
    burst: float = limits.COMMANDS_BURST

    def take(self, now: int, tokens: int = 1) -> int:
        """0 when so many tokens, at most `burst`, were there and are taken; else the milliseconds until they are."""
        self.tokens = min(self.burst, self.tokens + (now - self.at) * self.per_second / 1_000)
        self.at = now
        if self.tokens >= tokens:
            self.tokens -= tokens
            return 0
        return int((tokens - self.tokens) * 1_000 / self.per_second) + 1

    def spend(self, now: int, tokens: float = 1) -> int:
        """Take tokens, on credit if need be; the milliseconds until the debt is paid."""
        left = min(self.burst, self.tokens + (now - self.at) * self.per_second / 1_000) - tokens
        self.tokens, self.at = left, now
        return 0 if left >= 0 else int(-left * 1_000 / self.per_second)

    def is_full(self, now: int) -> bool:
        """Whether it may be forgotten: a new one would be the same."""
        return self.tokens + (now - self.at) * self.per_second / 1_000 >= self.burst

"""Files that people bring: where their bytes lie, and what they are. Knows no workshop's state and no HTTP."""

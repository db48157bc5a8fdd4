"""Documents from state: pure functions, which see what `seen_by` shows the asker."""

"""A workshop while it runs: decides, stores, folds and fans out. Knows no socket and no framework."""

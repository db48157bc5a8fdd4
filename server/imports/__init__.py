"""What comes in from other tools: pure functions from the bytes of a file to tables of texts ([IMP1])."""

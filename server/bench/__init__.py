"""The benchmark: figures as ratios, each against a yardstick in the same run."""

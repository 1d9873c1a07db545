"""The benchmark: each figure is a ratio or a difference to a reference measured in the same run."""

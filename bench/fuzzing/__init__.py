"""Updates as nobody ever sent them, put through the whole bot in one process, and the same again from the same seed."""

"""The shell: the only place with input and output, the clock and the environment."""

"""Files for cards. ``outgoing`` is what the adapters ask; the writers run in a process that imports nothing else."""

"""The commands, by what they are for. ``bot/__main__.py`` is their table of contents."""

"""The stage that stories are played on: stand-in platforms, a clock that waits for nobody, people with hands."""

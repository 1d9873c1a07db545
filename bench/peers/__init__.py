"""The figure ``peers``: our rate of stored commands beside that of other bots, each in a process of its own.

The peers live in virtual environments of their own under ``build/peers``, never in ours. Every process says
``ready <versions>`` and then takes orders on its stdin: a number, to run so many commands and say how many seconds
they took, or ``kept``, to say how many commands its store holds.
"""

"""The tables together, and how they looked on a day."""

from bpvo_rules.keten.invoerfout import Invoerfout, Opmerking
from bpvo_rules.keten.keten import Keten
from bpvo_rules.keten.stand import Perspectief, Stand

__all__ = ["Invoerfout", "Keten", "Opmerking", "Perspectief", "Stand"]

"""Days, runs of days and terms; nothing here knows of schools or companies."""

from bpvo_rules.periode.dekking import Dekking
from bpvo_rules.periode.periode import Periode
from bpvo_rules.periode.studiejaar import Studiejaar
from bpvo_rules.periode.termijn import Eenheid, add_term
from bpvo_rules.periode.werkdagen import Werkkalender, feestdagen

__all__ = ["Dekking", "Eenheid", "Periode", "Studiejaar", "Werkkalender", "add_term", "feestdagen"]

"""A simulated chain with known defects: for the demo, for measuring, and to test any judge against the truth."""

from bpvo_rules.simulate.gebreken import GEBREKEN, GEEN_GEBREKEN, RATES
from bpvo_rules.simulate.schrijven import write_school_ro, write_simulatie
from bpvo_rules.simulate.simulatie import Simulatie, simulate

__all__ = ["GEBREKEN", "GEEN_GEBREKEN", "RATES", "Simulatie", "simulate", "write_school_ro", "write_simulatie"]

"""Whether published fotos can be undone: reads only fotos and the sealed truth behind them."""

from bpvo_rules.foto.audit.audit import Audit, Bevinding, Genomen, audit, check_moments
from bpvo_rules.foto.audit.solver import Model, solver_name

__all__ = ["Audit", "Bevinding", "Genomen", "Model", "audit", "check_moments", "solver_name"]

"""rosi: what security risks cost, what controls are worth, and how sure that is.

>>> case = rosi.load("case.toml")
>>> found = case.assess()
>>> found.today.expected_annual_loss
Decimal('113000')

Figures are those of ``rosi assess --format json``, byte for byte: ``found.json``.
"""

from __future__ import annotations

import signal
import sys

from . import _rosi
from ._case import Case, Form, Goal, Method, Sheet, Value, load
from ._fault import Diagnostic, Fault
from ._result import Assessment, Comparison, Figure, Optimisation, Plan, Result, Risk, Table, Year

__all__ = [
    "Assessment",
    "Case",
    "Comparison",
    "Diagnostic",
    "Fault",
    "Figure",
    "Form",
    "Goal",
    "Method",
    "Optimisation",
    "Plan",
    "Result",
    "Risk",
    "Sheet",
    "Table",
    "Value",
    "Year",
    "load",
    "main",
]
__version__: str = _rosi.__version__


def main() -> None:
    """The program ``rosi``, as the wheel brings it."""
    # Ctrl-C ends the program at once, as it does without Python.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_rosi.run((sys.executable, ["-m", "rosi"]), ["rosi", *sys.argv[1:]]))

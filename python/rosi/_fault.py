"""Faults of a case as exceptions."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Diagnostic:
    """One fault: what is wrong, where, and what to write instead."""

    code: str
    message: str
    where: str
    line: int | None
    column: int | None
    help: list[str]


class Fault(ValueError):
    """A case has faults: every one of them at once, with line and cure.

    ``str(fault)`` shows them as the program does, with the lines of the file.
    """

    def __init__(self, message: str, diagnostics: str, drawn: str) -> None:
        super().__init__(f"{message}\n\n{drawn}" if drawn else message)
        self.message = message
        self.diagnostics = [Diagnostic(**one) for one in json.loads(diagnostics)]

"""rosi: what security risks cost, what controls are worth, and how sure that is.

>>> case = rosi.load("case.toml")
>>> found = case.assess()
>>> found.today.expected_annual_loss
Decimal('113000')

Figures are those of ``rosi assess --format json``, byte for byte: ``found.json``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from . import _rosi
from ._fault import Diagnostic, Fault

__all__ = ["Assessment", "Case", "Diagnostic", "Fault", "Plan", "Result", "Year", "load", "main"]
__version__: str = _rosi.__version__

Method = Literal["auto", "exact", "simulate", "expected"]
Goal = Literal["value", "loss", "bad-year", "appetite"]
Form = Literal["html", "pdf", "xlsx", "md"]


def _money(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)


class Result:
    """Figures as the program writes them: ``json`` is the text, ``to_dict()`` the tree."""

    def __init__(self, text: str) -> None:
        self.json = text
        self._tree: dict[str, Any] = json.loads(text)

    def to_dict(self) -> dict[str, Any]:
        """The whole tree; amounts of money are texts, so that no digit is lost."""
        tree: dict[str, Any] = json.loads(self.json)
        return tree

    def __getitem__(self, key: str) -> Any:
        return self._tree[key]


@dataclass(frozen=True)
class Year:
    """What one year may bring, after insurers."""

    expected_annual_loss: Decimal
    gross_expected_annual_loss: Decimal
    chance_of_loss: float | None
    quantiles: Mapping[str, Decimal | None]
    tail_mean: Mapping[str, Decimal | None]

    @classmethod
    def _of(cls, tree: dict[str, Any]) -> Year:
        return cls(
            Decimal(tree["expected_annual_loss"]),
            Decimal(tree["gross_expected_annual_loss"]),
            tree["chance_of_loss"],
            {level: _money(amount) for level, amount in tree["quantiles"].items()},
            {level: _money(amount) for level, amount in tree["tail_mean"].items()},
        )

    @property
    def bad_year(self) -> Decimal | None:
        """The loss that one year in twenty passes."""
        return self.quantiles["0.95"]


@dataclass(frozen=True)
class Plan:
    """An option: its year, and whether the money is well spent."""

    id: str
    name: str
    year: Year
    net_present_value: Decimal
    rosi: float | None
    payback_years: float | None
    investment: Mapping[str, Any]


class Assessment(Result):
    """Every figure of a case."""

    @property
    def recommended(self) -> str:
        """The id of the recommended plan; ``today`` where none is worth its cost."""
        plan: str = self["recommendation"]["plan"]
        return plan

    @property
    def today(self) -> Year:
        """Doing nothing more."""
        return Year._of(self["today"])

    @property
    def plans(self) -> list[Plan]:
        """The options of the case."""

        def plan(tree: dict[str, Any]) -> Plan:
            money = tree["investment"]
            value = Decimal(money["net_present_value"])
            return Plan(
                tree["id"], tree["name"], Year._of(tree["risk"]), value, money["rosi"], money["payback_years"], money
            )

        return [plan(tree) for tree in self["plans"]]

    def columns(self) -> dict[str, list[Any]]:
        """Risks by column, today and with each plan: ``pandas.DataFrame(found.columns())``, ``polars`` likewise."""
        found: dict[str, list[Any]] = {"id": [], "name": [], "option": [], "expected_annual_loss": [], "bad_year": []}
        for risk in self["risks"]:
            for option, year in [("today", risk["today"]), *risk["plans"].items()]:
                bad = year["quantiles"]["0.95"]
                row = [risk["id"], risk["name"], option, float(year["expected_annual_loss"]), bad and float(bad)]
                for column, value in zip(found.values(), row):
                    column.append(value)
        return found


class Case:
    """A case that was read; it never changes, ``set`` gives another one."""

    def __init__(self, case: _rosi.Case) -> None:
        self._case = case

    def __repr__(self) -> str:
        return f"<rosi.Case {self.title!r} in {self.currency}>"

    @property
    def title(self) -> str:
        """The title."""
        return self._case.title

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self._case.currency

    @property
    def text(self) -> str:
        """The file, with every change and every comment."""
        return self._case.text

    @property
    def sha256(self) -> str:
        """The hash of the file and its samples."""
        return self._case.sha256

    def estimates(self) -> dict[str, list[Any]]:
        """What the file states, by column: key, name, mean, and the 5 %, 50 % and 95 % points."""
        rows = self._case.estimates()
        return dict(zip(["key", "name", "mean", "p5", "p50", "p95"], map(list, zip(*rows)))) if rows else {}

    def set(self, key: str, value: str | int | float | Decimal) -> Case:
        """The same case with one thing changed, comments kept: ``case.set("risk.fraud.frequency", "2 per year")``."""
        return Case(self._case.set(key, str(value)))

    def assess(
        self,
        *,
        method: Method = "auto",
        years: int | None = None,
        seed: int | None = None,
        precision: float | None = None,
        plans: Sequence[str] | None = None,
        sensitivity: bool = False,
    ) -> Assessment:
        """Every figure, as ``rosi assess`` finds them."""
        chosen = None if plans is None else list(plans)
        return Assessment(self._case.assess(method, years, seed, precision, chosen, sensitivity))

    def sensitivity(self, *, method: Method = "auto", seed: int | None = None) -> Assessment:
        """The same with what would change the answer."""
        return self.assess(method=method, seed=seed, sensitivity=True)

    def curves(self, *, method: Method = "auto", seed: int | None = None) -> dict[str, list[tuple[float, float]]]:
        """Chances of losing more, by option: points (loss, chance)."""
        return dict(self._case.curves(method, seed))

    def optimise(
        self,
        budget: str | None = None,
        *,
        goal: Goal = "value",
        must: Sequence[str] = (),
        without: Sequence[str] = (),
        frontier: int = 10,
        seconds: float = 10.0,
    ) -> Result:
        """The best set of controls for the money."""
        return Result(self._case.optimise(budget, goal, list(must), list(without), frontier, seconds))

    def compare(self, old: Case) -> Result:
        """What changed from an old case to this one, and what moved the figures."""
        return Result(self._case.compare(old._case))

    def report(self, path: str | Path | None = None, *, form: Form = "html", seed: int | None = None) -> bytes:
        """The board paper; written to ``path``, whose ending then says the form."""
        if path is not None:
            form = Path(path).suffix.removeprefix(".")  # type: ignore[assignment]
        paper = self._case.report(form, seed)
        if path is not None:
            Path(path).write_bytes(paper)
        return paper


def load(source: str | Path) -> Case:
    """Reads a case: the path of a file, or its text (TOML, YAML, JSON).

    A text has a line break or begins with a brace. Sample files are read from beside the file; of a text, from here.
    """
    is_text = isinstance(source, str) and ("\n" in source or source.lstrip().startswith("{"))
    if is_text:
        name, data, folder = "case", str(source).encode(), Path()
    else:
        path = Path(source)
        name, data, folder = str(source), path.read_bytes(), path.parent
    samples: dict[str, bytes] = {}
    for sample in _rosi.sample_files(name, data):
        file = (folder / sample).resolve()
        # A link must not lead out of the folder either.
        if file.is_relative_to(folder.resolve()) and file.is_file():
            samples[sample] = file.read_bytes()
    return Case(_rosi.Case(name, data, samples))


def main() -> None:
    """The program ``rosi``, as the wheel brings it."""
    sys.exit(_rosi.run(["rosi", *sys.argv[1:]]))

"""Results: the program's JSON as text, as a tree, as typed objects and as columns."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars


def _money(text: Any) -> Decimal | None:
    return None if text is None else Decimal(text)


def _number(value: Any) -> Any:
    """An amount of money as a number that can be drawn; anything else as it is."""
    try:
        return float(value) if isinstance(value, str) else value
    except ValueError:
        return value


class Table(dict[str, list[Any]]):
    """Columns of equal length: a dict of lists, and a data frame where pandas or polars is at hand."""

    @classmethod
    def of(cls, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Table:
        """The columns of rows."""
        return cls({name: [row[place] for row in rows] for place, name in enumerate(names)})

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame."""
        import pandas

        return pandas.DataFrame(dict(self))

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame."""
        import polars

        return polars.DataFrame(dict(self), strict=False)


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

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.json == getattr(other, "json", None)

    def __hash__(self) -> int:
        return hash(self.json)


class _Part:
    """A part of a result: its own tree besides what is typed."""

    _tree: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Everything that the program says of it."""
        tree: dict[str, Any] = json.loads(json.dumps(self._tree))
        return tree


@dataclass(frozen=True)
class Year(_Part):
    """What one year may bring, after insurers. Without a distribution (``method="expected"``) only averages."""

    expected_annual_loss: Decimal
    gross_expected_annual_loss: Decimal
    standard_deviation: Decimal | None
    chance_of_loss: float | None
    quantiles: Mapping[str, Decimal | None]
    tail_mean: Mapping[str, Decimal | None]
    exact: bool
    _tree: dict[str, Any]

    @classmethod
    def _of(cls, tree: dict[str, Any]) -> Year:
        def amounts(key: str) -> dict[str, Decimal | None]:
            return {level: _money(amount) for level, amount in (tree[key] or {}).items()}

        return cls(
            Decimal(tree["expected_annual_loss"]),
            Decimal(tree["gross_expected_annual_loss"]),
            _money(tree["standard_deviation"]),
            tree["chance_of_loss"],
            amounts("quantiles"),
            amounts("tail_mean"),
            bool(tree["exact"]),
            tree,
        )

    @property
    def bad_year(self) -> Decimal | None:
        """The loss that one year in twenty passes."""
        return self.quantiles.get("0.95")


@dataclass(frozen=True)
class Risk(_Part):
    """A risk: its year today and with each option."""

    id: str
    name: str
    today: Year
    plans: Mapping[str, Year]
    _tree: dict[str, Any]


@dataclass(frozen=True)
class Plan(_Part):
    """An option: its year, and whether the money is well spent."""

    id: str
    name: str
    year: Year
    net_present_value: Decimal
    present_value_of_cost: Decimal
    rosi: float | None
    payback_years: float | None
    chance_of_paying_back: float | None
    cost: Sequence[Decimal]
    cash: Sequence[Decimal]
    loss_avoided: Sequence[Decimal]
    _tree: dict[str, Any]

    @property
    def investment(self) -> Mapping[str, Any]:
        """Every figure of the money, as the program says them."""
        money: dict[str, Any] = self._tree["investment"]
        return money


class Assessment(Result):
    """Every figure of a case."""

    @property
    def recommended(self) -> str | None:
        """The id of the recommended plan; nothing where none is worth its cost."""
        plan: str | None = self["recommendation"]["plan"]
        return plan

    @property
    def today(self) -> Year:
        """Doing nothing more."""
        return Year._of(self["today"])

    @property
    def risks(self) -> list[Risk]:
        """The risks of the case, in its order."""
        return [
            Risk(
                tree["id"],
                tree["name"],
                Year._of(tree["today"]),
                {plan: Year._of(year) for plan, year in tree["plans"].items()},
                tree,
            )
            for tree in self["risks"]
        ]

    @property
    def plans(self) -> list[Plan]:
        """The options of the case, in its order."""

        def plan(tree: dict[str, Any]) -> Plan:
            money = tree["investment"]

            def amounts(key: str) -> list[Decimal]:
                return [Decimal(amount) for amount in money[key]]

            return Plan(
                tree["id"],
                tree["name"],
                Year._of(tree["risk"]),
                Decimal(money["net_present_value"]),
                Decimal(money["present_value_of_cost"]),
                money["rosi"],
                money["payback_years"],
                money["chance_of_paying_back"],
                amounts("cost"),
                amounts("cash"),
                amounts("loss_avoided"),
                tree,
            )

        return [plan(tree) for tree in self["plans"]]

    def plan(self, id: str) -> Plan:
        """The option with this id."""
        known = self.plans
        for plan in known:
            if plan.id == id:
                return plan
        raise KeyError(f"there is no plan {id!r}: {', '.join(plan.id for plan in known)}")

    def table(self, name: str = "risks") -> Table:
        """Figures by column.

        ``risks`` has a row for each risk, today and with each option; ``plans`` one for each option; ``money`` one for
        each option and year (0 is today); ``sensitivity`` one for each option and assumption, where that was asked for.
        """
        tables = {"risks": self._risks, "plans": self._plans, "money": self._money, "sensitivity": self._sensitivity}
        if name not in tables:
            raise KeyError(f"there is no table {name!r}: {', '.join(tables)}")
        return tables[name]()

    def to_pandas(self, name: str = "risks") -> pandas.DataFrame:
        """A table as a pandas data frame."""
        return self.table(name).to_pandas()

    def to_polars(self, name: str = "risks") -> polars.DataFrame:
        """A table as a polars data frame."""
        return self.table(name).to_polars()

    def _risks(self) -> Table:
        rows: list[list[Any]] = []
        for risk in self["risks"]:
            for option, year in [("today", risk["today"]), *risk["plans"].items()]:
                bad = (year["quantiles"] or {}).get("0.95")
                rows.append([risk["id"], risk["name"], option, _number(year["expected_annual_loss"]), _number(bad)])
        return Table.of(["id", "name", "option", "expected_annual_loss", "bad_year"], rows)

    def _plans(self) -> Table:
        figures = ["net_present_value", "present_value_of_cost", "rosi", "payback_years", "chance_of_paying_back"]
        rows: list[list[Any]] = []
        for plan in self["plans"]:
            year, money = plan["risk"], plan["investment"]
            bad = (year["quantiles"] or {}).get("0.95")
            risk = [_number(year["expected_annual_loss"]), _number(bad)]
            rows.append([plan["id"], plan["name"], *risk, *(_number(money[figure]) for figure in figures)])
        return Table.of(["id", "name", "expected_annual_loss", "bad_year", *figures], rows)

    def _money(self) -> Table:
        lines = ["cost", "cash", "premiums", "loss_avoided", "gains"]
        rows: list[list[Any]] = []
        for plan in self["plans"]:
            money = [[_number(amount) for amount in plan["investment"][line]] for line in lines]
            rows.extend([plan["id"], year, *amounts] for year, amounts in enumerate(zip(*money)))
        return Table.of(["plan", "year", *lines], rows)

    def _sensitivity(self) -> Table:
        names = ["input", "mean", "from", "to", "low", "high", "break_even", "value_of_information"]
        if self["plans"] and all(plan["sensitivity"] is None for plan in self["plans"]):
            raise ValueError("what would change the answer was not asked for: use case.sensitivity()")
        rows = [
            [plan["id"], *(found[name] if name == "input" else _number(found[name]) for name in names)]
            for plan in self["plans"]
            for found in plan["sensitivity"]
        ]
        return Table.of(["plan", *names], rows)


class Optimisation(Result):
    """The best set of controls for the money."""

    @property
    def chosen(self) -> list[str]:
        """The controls to buy, by id."""
        chosen: list[str] = self["chosen"]
        return chosen

    @property
    def cost(self) -> Decimal:
        """The cash that they take over the horizon."""
        return Decimal(self["cost"])

    @property
    def net_present_value(self) -> Decimal:
        """What they are worth today, less what they cost."""
        return Decimal(self["net_present_value"])

    @property
    def expected_annual_loss(self) -> Decimal:
        """The average loss of a year with them."""
        return Decimal(self["expected_annual_loss"])

    @property
    def proved(self) -> bool:
        """Whether no other set can be better; else ``["gap"]`` says by how much one could be."""
        proved: bool = self["proved"]
        return proved

    def table(self) -> Table:
        """The best set for each of several budgets, by column."""
        names = ["budget", "controls", "cost", "net_present_value", "expected_annual_loss", "bad_year", "proved"]
        rows = [[point[name] if name == "controls" else _number(point[name]) for name in names] for point in self["frontier"]]
        return Table.of(names, rows)


@dataclass(frozen=True)
class Figure(_Part):
    """A figure of two cases."""

    key: str
    before: Decimal | None
    after: Decimal | None
    change: Decimal | None
    within_noise: bool
    _tree: dict[str, Any]


class Comparison(Result):
    """What moved between two cases."""

    @property
    def figures(self) -> list[Figure]:
        """Each figure before and after."""
        return [
            Figure(
                tree["key"],
                _money(tree["before"]),
                _money(tree["after"]),
                _money(tree["change"]),
                bool(tree["within_noise"]),
                tree,
            )
            for tree in self["figures"]
        ]

    def table(self) -> Table:
        """The same by column."""
        names = ["key", "before", "after", "change", "standard_error", "within_noise"]
        rows = [[tree[name] if name == "key" else _number(tree[name]) for name in names] for tree in self["figures"]]
        return Table.of(names, rows)

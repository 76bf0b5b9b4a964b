"""A case: read, changed, and asked for its figures."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Literal, Union

from . import _rosi
from ._result import Assessment, Comparison, Optimisation, Table

Method = Literal["auto", "exact", "simulate", "expected"]
Goal = Literal["value", "loss", "bad-year", "appetite"]
Form = Literal["html", "pdf", "xlsx", "md"]
Sheet = Literal["a4", "letter"]
Number = Union[int, float, Decimal]
Value = Union[str, bool, Number, Mapping[str, Union[str, Number]], Sequence[str]]


def _written(value: str | bool | Number) -> str:
    """A value as it is typed: a number without an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else format(Decimal(str(value)), "f")


class Case:
    """A case that was read. It never changes: ``set`` gives another one. It can be pickled."""

    def __init__(self, case: _rosi.Case) -> None:
        self._case = case

    def __repr__(self) -> str:
        return f"<rosi.Case {self.title!r} in {self.currency}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and (self.sha256, self.changes) == (other.sha256, other.changes)

    def __hash__(self) -> int:
        return hash((self.sha256, *self.changes))

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self._case.origin(), self._steps)

    #: What was set since the file was read.
    _steps: tuple[tuple[str, Value], ...] = ()

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
        return self._case.content.decode()

    @property
    def sha256(self) -> str:
        """The hash of the file and its samples."""
        return self._case.sha256

    @property
    def changes(self) -> list[str]:
        """What was set since the file was read. A paper of such a case names it: it is the paper of no file."""
        return self._case.changes

    @property
    def advice(self) -> list[tuple[str, str, str]]:
        """What the reader of the file advises: code, key, sentence."""
        return self._case.advice

    def save(self, path: str | Path) -> Case:
        """Writes the file with every change, and gives the case of that file."""
        Path(path).write_bytes(self._case.content)
        return load(Path(path))

    def set(self, key: str, value: Value) -> Case:
        """The same case with one thing changed, comments kept.

        A value is written as in the file, or is a range or a list of controls:

        >>> case.set("risk.fraud.frequency", "1 in 8 years")
        >>> case.set("control.edr.cost.yearly", "80k to 120k")
        >>> case.set("risk.fraud.loss.response", {"min": "10k", "likely": "30k", "max": "200k"})
        >>> case.set("plan.all.controls", ["mfa", "edr"])
        """
        if isinstance(value, Mapping):
            changed = self._case.set_range(key, [(name, _written(end)) for name, end in value.items()])
        elif isinstance(value, (str, bool, int, float, Decimal)):
            changed = self._case.set(key, _written(value))
        else:
            changed = self._case.set_controls(key, list(value))
        case = Case(changed)
        case._steps = (*self._steps, (key, value))
        return case

    def estimates(self) -> Table:
        """What the file states, by column: key, name, mean, and the 5 %, 50 % and 95 % points."""
        names = ["key", "name", "mean", "p5", "p50", "p95"]
        rows = self._case.estimates()
        return Table({name: [row[place] for row in rows] for place, name in enumerate(names)})

    def quantiles(self, key: str, chances: Sequence[float]) -> array[float]:
        """The values that an estimate stays below with these chances: its distribution as an array."""
        return array("d", self._case.quantiles(key, list(chances)))

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
        """The same with what would change the answer: ``.table("sensitivity")``."""
        return self.assess(method=method, seed=seed, sensitivity=True)

    def curves(
        self, *, method: Method = "auto", years: int | None = None, seed: int | None = None
    ) -> dict[str, tuple[array[float], array[float]]]:
        """How likely it is to lose more, by option (``today`` first): losses, and the chance of a year above each.

        The arrays are ``array.array("d")``; ``numpy.asarray`` takes them without a copy.
        """
        curves = self._case.curves(method, years, seed)
        return {option: (array("d", losses), array("d", chances)) for option, losses, chances in curves}

    def optimise(
        self,
        budget: str | Number | None = None,
        *,
        by_year: Sequence[str | Number] = (),
        by_quarter: Sequence[str | Number] = (),
        goal: Goal = "value",
        must: Sequence[str] = (),
        without: Sequence[str] = (),
        frontier: int = 10,
        seconds: float = 10.0,
    ) -> Optimisation:
        """The best set of controls for the money, as ``rosi optimise`` finds it."""
        money = None if budget is None else _written(budget)
        years, quarters = [_written(amount) for amount in by_year], [_written(amount) for amount in by_quarter]
        found = self._case.optimise(money, years, quarters, goal, list(must), list(without), frontier, seconds)
        return Optimisation(found)

    def compare(self, old: Case) -> Comparison:
        """What changed from an old case to this one, and what moved the figures."""
        return Comparison(self._case.compare(old._case))

    def report(
        self,
        path: str | Path | None = None,
        *,
        form: Form = "html",
        full: bool = False,
        sheet: Sheet | None = None,
        method: Method = "auto",
        seed: int | None = None,
    ) -> bytes:
        """The board paper, as ``rosi report`` writes it; written to ``path``, whose ending then says the form."""
        if path is not None:
            form = Path(path).suffix.removeprefix(".")  # type: ignore[assignment]
        paper = self._case.report(form, full, sheet, method, seed)
        if path is not None:
            Path(path).write_bytes(paper)
        return paper


def _again(origin: tuple[str, bytes, dict[str, bytes]], steps: tuple[tuple[str, Value], ...]) -> Case:
    """The case that was pickled."""
    case = Case(_rosi.Case(*origin))
    for key, value in steps:
        case = case.set(key, value)
    return case


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

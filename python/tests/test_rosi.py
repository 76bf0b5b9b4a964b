"""The package against the program: the same figures, the same faults."""

import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import rosi

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "scenarios" / "small-office" / "scenario.toml"
PROGRAM = os.environ.get("ROSI_BIN", "rosi")


def program(*arguments: str) -> str:
    return subprocess.run([PROGRAM, *arguments], check=True, capture_output=True, text=True).stdout


def test_an_assessment_has_the_bytes_of_the_program() -> None:
    case = rosi.load(CASE)
    assert case.assess().json == program("assess", str(CASE), "--format", "json")
    simulated = case.assess(method="simulate", years=2000, seed=3).json
    assert simulated == program(
        "assess", str(CASE), "--format", "json", "--method", "simulate", "--years", "2000", "--seed", "3"
    )


def test_what_to_buy_and_what_changed_are_those_of_the_program(tmp_path: Path) -> None:
    case = rosi.load(CASE)
    bought = case.optimise(20_000)
    assert bought.json == program("optimise", str(CASE), "--budget", "20k", "--format", "json")
    assert bought.chosen == ["backup"] and bought.proved and len(bought.table()["budget"]) > 5
    by_year = case.optimise(by_year=["30k", 26_000], goal="loss").json
    assert by_year == program("optimise", str(CASE), "--by-year", "30k;26k", "--goal", "loss", "--format", "json")
    key = case.estimates()["key"][0]
    path = tmp_path / "other.toml"
    other = case.set(key, "3 per year").save(path)
    moved = other.compare(case)
    assert moved.json == program("compare", str(CASE), str(path), "--format", "json")
    today = next(figure for figure in moved.figures if figure.key == "today.expected_annual_loss")
    before, after = case.assess().today, other.assess().today
    assert today.change == after.expected_annual_loss - before.expected_annual_loss


def test_figures_are_typed_and_add_up() -> None:
    found = rosi.load(CASE).assess()
    assert isinstance(found.today.expected_annual_loss, Decimal)
    assert sum(risk.today.expected_annual_loss for risk in found.risks) == found.today.expected_annual_loss
    best = found.plan("both")
    assert found.recommended == best.id and best.year.bad_year == Decimal(best.to_dict()["risk"]["quantiles"]["0.95"])
    # The value once more from what it is made of: cost and loss avoided by year, at 5 % a year.
    rate = Decimal(1) + Decimal(rosi.load(CASE).text.split("discount_rate")[1].split('"')[1].rstrip("%")) / 100
    years = zip(best.loss_avoided, best.cost)
    value = sum((avoided - cost) / rate**year for year, (avoided, cost) in enumerate(years))
    assert abs(value - best.net_present_value) < Decimal("0.01")
    assert found.to_dict()["currency"] == rosi.load(CASE).currency == "EUR"
    with pytest.raises(KeyError, match="both"):
        found.plan("none")


def test_averages_alone_have_no_distribution() -> None:
    found = rosi.load(CASE).assess(method="expected")
    assert found.today.bad_year is None and found.today.expected_annual_loss == 90000
    assert set(found.table()["bad_year"]) == {None}
    assert rosi.load(CASE).curves(method="expected") == {}


def test_a_change_keeps_comments_and_moves_figures() -> None:
    text = 'schema = 1\ntitle = "t"\ncurrency = "EUR"\n[[risk]]\nid = "r"\nname = "R"\nfrequency = "2 per year" # seen\nloss.response = "1k"\n'
    case = rosi.load(text)
    more = case.set("risk.r.frequency", "3 per year")
    assert "# seen" in more.text and case.assess().today.expected_annual_loss == 2000
    assert more.assess().today.expected_annual_loss == 3000


def test_faults_come_at_once_with_line_and_cure() -> None:
    text = 'schema = 1\ntitle = "t"\ncurrency = "EUR"\n[[risk]]\nid = "r"\nname = "R"\nfrequency = "often"\nloss.response = 5\n'
    with pytest.raises(rosi.Fault) as raised:
        rosi.load(text)
    found = raised.value.diagnostics
    assert [one.line for one in found] == [7, 8] and all(one.help for one in found)
    assert found[0].where == "risk.r.frequency" and "often" in str(raised.value)
    with pytest.raises(rosi.Fault):
        rosi.load(CASE).set("risk.none.frequency", "1 per year")
    wrong: list[tuple[Callable[[Any], object], str]] = [
        (lambda case: case.assess(plans=["none"]), "both"),
        (lambda case: case.assess(method="guess"), "simulate"),
        (lambda case: case.optimise("a lot"), "400k"),
        (lambda case: case.optimise(must=["backup"], without=["backup"]), "must and may not"),
        (lambda case: case.quantiles("risk.none.frequency", [0.5]), "risk.malware.frequency"),
        (lambda case: case.quantiles("risk.malware.frequency", [1.0]), "above 0"),
        (lambda case: case.set("risk.malware.frequency", ""), "empty"),
        (lambda case: case.report(form="docx"), "xlsx"),
    ]
    for asked, said in wrong:
        with pytest.raises(ValueError, match=said):
            asked(rosi.load(CASE))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("form", ["html", "pdf", "xlsx", "md"])
def test_a_paper_is_that_of_the_program(tmp_path: Path, form: rosi.Form, full: bool) -> None:
    own, other = tmp_path / f"own.{form}", tmp_path / f"other.{form}"
    rosi.load(CASE).report(own, full=full)
    program("report", str(CASE), "--out", str(other), *(["--full"] if full else []))
    assert own.read_bytes() == other.read_bytes()


def test_a_changed_case_is_that_of_set(tmp_path: Path) -> None:
    case = rosi.load(CASE)
    changes: list[tuple[str, rosi.Value, str]] = [
        ("risk.malware.frequency", "1 in 8 years", "1 in 8 years"),
        ("control.backup.cost.yearly", Decimal("1300.50"), "1300.50"),
        ("control.antivirus.cost.yearly", {"low": "20k", "high": "40k"}, "20k to 40k"),
    ]
    arguments = []
    for key, value, typed in changes:
        case = case.set(key, value)
        arguments += ["--set", f"{key}={typed}"]
    assert case.assess().json == program("assess", str(CASE), *arguments, "--format", "json")
    assert case.changes == [argument for argument in arguments if argument != "--set"]
    paper = tmp_path / "paper.md"
    program("report", str(CASE), *arguments, "--out", str(paper))
    assert case.report(form="md") == paper.read_bytes()
    kept = case.save(tmp_path / "kept.toml")
    assert kept.changes == [] and kept.assess()["today"] == case.assess()["today"]
    fewer = rosi.load(CASE).set("plan.both.controls", ["backup"]).assess()
    assert fewer.plan("both").net_present_value == fewer.plan("backup-only").net_present_value


def test_a_case_and_its_figures_can_be_pickled() -> None:
    case = rosi.load(CASE).set("risk.malware.frequency", "1 in 8 years")
    again = pickle.loads(pickle.dumps(case))
    assert again == case and again.changes == case.changes and again.assess() == case.assess()
    assert pickle.loads(pickle.dumps(case.assess())).today == case.assess().today


@pytest.mark.parametrize("name", ["risks", "plans", "money", "sensitivity"])
def test_tables_are_data_frames(name: str) -> None:
    found = rosi.load(CASE).sensitivity()
    table = found.table(name)
    assert len({len(column) for column in table.values()}) == 1 and table
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    assert found.to_pandas(name).equals(pandas.DataFrame(dict(table)))
    assert found.to_polars(name).to_dict(as_series=False) == dict(table)
    assert isinstance(found.to_polars(name), polars.DataFrame)


def test_what_was_not_asked_for_is_said() -> None:
    with pytest.raises(ValueError, match="case.sensitivity"):
        rosi.load(CASE).assess().table("sensitivity")
    with pytest.raises(KeyError, match="money"):
        rosi.load(CASE).assess().table("loss")


def test_distributions_are_arrays() -> None:
    numpy = pytest.importorskip("numpy")
    case = rosi.load(CASE).set("risk.server.frequency", {"low": "1 in 20 years", "high": "1 in 2 years"})
    found = case.assess()
    curves = case.curves()
    assert list(curves) == ["today", *(plan.id for plan in found.plans)]
    losses, chances = map(numpy.asarray, curves["today"])
    assert losses.dtype == numpy.float64 and (numpy.diff(losses) >= 0).all() and (numpy.diff(chances) <= 0).all()
    # The bad year of the figures stands where the curve falls through one in twenty.
    bad = float(found.today.bad_year or 0)
    assert losses[chances > 0.05].max() <= bad <= losses[chances < 0.05].min()
    low, middle, high = case.quantiles("risk.server.frequency", [0.05, 0.5, 0.95])
    assert low == pytest.approx(1 / 20) and high == pytest.approx(1 / 2) and middle == pytest.approx((1 / 40) ** 0.5)


def test_the_notebook_runs() -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    book = nbformat.read(ROOT / "docs" / "python.ipynb", as_version=4)
    client = nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": str(ROOT / "docs")}})
    client.execute()
    shown = [kind for cell in book.cells for out in cell.get("outputs", []) for kind in out.get("data", {})]
    assert "text/html" in shown and "image/png" in shown, shown


def test_the_page_about_python_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "python.md").read_text()
    names: dict[str, object] = {"rosi": rosi}
    (tmp_path / "scenario.toml").write_bytes(CASE.read_bytes())
    monkeypatch.chdir(tmp_path)
    for block in page.split("```python\n")[1:]:
        exec(block.split("```")[0], names)  # noqa: S102
    assert (tmp_path / "board.pdf").read_bytes().startswith(b"%PDF")


def test_figures_are_worked_out_beside_each_other() -> None:
    case = rosi.load(CASE)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(case.assess().json)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1 and len(found) == 4


def test_the_wheel_brings_the_program(tmp_path: Path) -> None:
    def brought(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run([sys.executable, "-m", "rosi", *arguments], capture_output=True, text=True)

    assert brought("assess", str(CASE), "--format", "json").stdout == program("assess", str(CASE), "--format", "json")
    assert brought("check", "no-such-file.toml", "--quiet").returncode == 1
    assert brought("check", "--no-such-flag").returncode == 2
    # A batch starts the program anew for its processes.
    lines = tmp_path / "cases.jsonl"
    lines.write_text(json.dumps({"id": "a", "case": str(CASE)}) + "\n")
    assert brought("batch", str(lines), "--quiet").stdout == program("batch", str(lines), "--quiet")

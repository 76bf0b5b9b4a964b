"""The package against the program: the same figures, the same faults."""

import json
import os
import subprocess
import threading
from decimal import Decimal
from pathlib import Path

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
    assert case.optimise("20k").json == program("optimise", str(CASE), "--budget", "20k", "--format", "json")
    key = case.estimates()["key"][0]
    other = case.set(key, "3 per year")
    path = tmp_path / "other.toml"
    path.write_text(other.text)
    assert json.loads(other.compare(case).json) == json.loads(
        program("compare", str(CASE), str(path), "--format", "json")
    )


def test_figures_are_typed_and_add_up() -> None:
    found = rosi.load(CASE).assess()
    assert isinstance(found.today.expected_annual_loss, Decimal)
    columns = found.columns()
    today = sum(
        loss for loss, option in zip(columns["expected_annual_loss"], columns["option"]) if option == "today"
    )
    assert today == pytest.approx(float(found.today.expected_annual_loss))
    assert found.recommended in {"today", *(plan.id for plan in found.plans)}
    assert found.to_dict()["currency"] == rosi.load(CASE).currency


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
    with pytest.raises(ValueError, match="no plan"):
        rosi.load(CASE).assess(plans=["none"])


def test_a_paper_is_that_of_the_program(tmp_path: Path) -> None:
    case = rosi.load(CASE)
    for form in ["html", "pdf", "xlsx", "md"]:
        own, other = tmp_path / f"own.{form}", tmp_path / f"other.{form}"
        case.report(own)
        program("report", str(CASE), "--out", str(other))
        assert own.read_bytes() == other.read_bytes(), form


def test_from_a_data_frame_to_a_curve() -> None:
    pandas = pytest.importorskip("pandas")
    case = rosi.load(CASE)
    frame = pandas.DataFrame(case.assess().columns())
    worst = frame[frame.option == "today"].sort_values("expected_annual_loss").iloc[-1]
    assert worst.expected_annual_loss > 0
    curve = case.curves(method="exact")["today"]
    chances = [chance for _, chance in curve]
    assert chances == sorted(chances, reverse=True) and curve[0][1] <= 1


def test_figures_are_worked_out_beside_each_other() -> None:
    case = rosi.load(CASE)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(case.assess().json)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(set(found)) == 1 and len(found) == 4


def test_the_wheel_brings_the_program() -> None:
    from rosi import _rosi

    assert _rosi.run(["rosi", "check", str(CASE), "--quiet"]) == 0
    assert _rosi.run(["rosi", "check", "no-such-file.toml", "--quiet"]) == 1

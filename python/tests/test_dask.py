"""A cluster of two workers, one of which is killed in the middle: the same bytes as one process."""

import json
import os
import signal
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

import rosi

PROGRAM = os.environ.get("ROSI_BIN", "rosi")
distributed = pytest.importorskip("distributed")


def lines(count: int) -> list[str]:
    def case(n: int) -> dict[str, object]:
        loss = {"min": f"EUR {500 + n}", "likely": f"EUR {1000 + n}", "max": f"EUR {3000 + n}"}
        risk = {"id": "r", "name": "R", "frequency": "2 per year", "loss": {"replacement": loss}}
        return {"schema": 1, "title": f"Client {n}", "currency": "EUR", "risk": [risk]}

    found = [json.dumps({"id": n, "case": case(n)}) for n in range(count)]
    found[7] = json.dumps({"id": 7, "case": {"schema": 1}})
    return found


def test_a_killed_worker_changes_no_byte(tmp_path: Path) -> None:
    from rosi.dask import assessed, mapped, results

    cases = lines(400)
    arguments = ["--method", "simulate", "--years", "3000"]
    alone = [assessed(one, arguments) for one in enumerate(cases, 1)]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(cases))
    batch = [PROGRAM, "batch", str(path), "--quiet", *arguments]
    assert subprocess.run(batch, capture_output=True, text=True, check=True).stdout.splitlines() == alone
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with distributed.Client(cluster) as client:
            found = []
            for place, line in enumerate(results(client, cases, ahead=6, arguments=arguments)):
                if place == 50:
                    victim = next(iter(client.run(os.getpid).values()))
                    os.kill(victim, signal.SIGKILL)
                found.append(line)
            loaded = [rosi.load(json.dumps(json.loads(line)["case"])) for line in cases[:7]]
            losses = list(mapped(client, average, loaded, part=2))
    assert found == alone
    assert "error" in json.loads(found[7])
    assert losses == [average(case) for case in loaded]


def average(case: rosi.Case) -> Decimal:
    return case.assess().today.expected_annual_loss

"""A cluster of two workers, one of which is killed in the middle: the same bytes as one process."""

import json
import os
import signal

import pytest

distributed = pytest.importorskip("distributed")


def lines(count: int) -> list[str]:
    def case(n: int) -> dict[str, object]:
        loss = {"min": f"EUR {500 + n}", "likely": f"EUR {1000 + n}", "max": f"EUR {3000 + n}"}
        risk = {"id": "r", "name": "R", "frequency": "2 per year", "loss": {"replacement": loss}}
        return {"schema": 1, "title": f"Client {n}", "currency": "EUR", "risk": [risk]}

    found = [json.dumps({"id": n, "case": case(n)}) for n in range(count)]
    found[7] = json.dumps({"id": 7, "case": {"schema": 1}})
    return found


def test_a_killed_worker_changes_no_byte() -> None:
    from rosi.dask import assessed, batch

    cases = lines(400)
    options = {"method": "simulate", "years": 3000}
    alone = [assessed(line, options) for line in cases]
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with distributed.Client(cluster) as client:
            found = []
            for place, line in enumerate(batch(client, cases, ahead=6, **options)):
                if place == 50:
                    victim = next(iter(client.run(os.getpid).values()))
                    os.kill(victim, signal.SIGKILL)
                found.append(line)
    assert found == alone
    assert "error" in json.loads(found[7])

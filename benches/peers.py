"""Times rosi beside other tools: whole processes, in one run, so that ratios mean something.

    cargo build --release
    python3 benches/peers.py            # makes a venv of its own in target/peers and installs the others
    python3 benches/peers.py --runs 9
    python3 benches/peers.py --growth   # rosi alone, from 1 to 10,000 risks

Jobs are those of benches/jobs. `whole` is the time of the process from its start to its end, `inside`
what the tool takes once it is loaded, which is the fairer figure for a library; memory is the peak of
the process. Medians over the runs, the tools taken in turn.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = ROOT / "target" / "peers"
PACKAGES = ["numpy", "pycrq==1.1.0", "pyfair==0.1a13", "aggregate==0.30.1"]


def jobs():
    """The risks of each job: (threat or loss events, primary, secondary), as (low, mode, high)."""
    one = [((2, 12, 40), (50e3, 200e3, 1.2e6), (100e3, 500e3, 5e6))]
    many = []
    for i in range(100):
        k = 1 + i % 10
        events = (0.1 + 0.01 * i, 0.5 + 0.03 * i, 2 + 0.08 * i)
        many.append((events, (5e3 * k, 20e3 * k, 120e3 * k), (10e3 * k, 50e3 * k, 500e3 * k)))
    return {"1": one, "2F": many}


CAPABILITY, RESISTANCE, SECONDARY = (0.35, 0.6, 0.9), (0.4, 0.65, 0.85), (0.1, 0.3, 0.6)


def with_pycrq(job, years):
    from pycrq import FAIRSimulator, ScenarioBuilder, pert

    def score(range_):
        return pert(*(100 * x for x in range_))

    begin = time.perf_counter()
    total = 0.0
    simulator = FAIRSimulator(n_simulations=years, seed=1)
    for place, (events, primary, secondary) in enumerate(jobs()[job]):
        builder = ScenarioBuilder(f"risk {place}").asset("a", "Information").threat("t", "External Adversarial")
        builder = builder.tef(pert(*events)).threat_capability(score(CAPABILITY)).control_strength(score(RESISTANCE))
        builder = builder.primary_loss(pert(*primary)).secondary_loss(pert(*SECONDARY), pert(*secondary))
        total = total + simulator.simulate(builder.build()).annual_loss_exposure
    return begin, float(total.mean())


def with_pyfair(job, years):
    import pyfair

    begin = time.perf_counter()
    total = 0.0
    for place, (events, primary, secondary) in enumerate(jobs()[job]):
        model = pyfair.FairModel(name=f"risk {place}", n_simulations=years)
        for target, (low, mode, high) in [
            ("Threat Event Frequency", events),
            ("Threat Capability", CAPABILITY),
            ("Control Strength", RESISTANCE),
            ("Primary Loss", primary),
            ("Secondary Loss Event Frequency", SECONDARY),
            ("Secondary Loss Event Magnitude", secondary),
        ]:
            model.input_data(target, low=low, mode=mode, high=high)
        model.calculate_all()
        total = total + model.export_results()["Risk"].to_numpy()
    return begin, float(total.mean())


def with_numpy(job, years):
    """Event by event, as a careful analyst writes it: the only other one whose answer is right."""
    import numpy as np

    def pert(rng, range_, size):
        low, mode, high = range_
        a = 1 + 4 * (mode - low) / (high - low)
        return low + (high - low) * rng.beta(a, 6 - a, size)

    begin = time.perf_counter()
    total = np.zeros(years)
    for place, (events, primary, secondary) in enumerate(jobs()[job]):
        rng = np.random.default_rng([1, place])
        attacks = rng.poisson(pert(rng, events, years))
        year = np.repeat(np.arange(years), attacks)
        wins = pert(rng, CAPABILITY, year.size) > pert(rng, RESISTANCE, year.size)
        year = year[wins]
        loss = pert(rng, primary, year.size)
        more = rng.random(year.size) < (SECONDARY[0] + 4 * SECONDARY[1] + SECONDARY[2]) / 6
        loss[more] += pert(rng, secondary, int(more.sum()))
        total += np.bincount(year, weights=loss, minlength=years)
    np.quantile(total, [0.5, 0.9, 0.95, 0.99, 0.999])
    return begin, float(total.mean())


def with_aggregate(job, log2):
    import math

    from aggregate import build

    def program(name, events, low, high):
        middle, sigma = 0.5 * (math.log(low) + math.log(high)), math.log(high / low) / (2 * 1.6448536269514722)
        mean, cv = math.exp(middle + sigma * sigma / 2), math.sqrt(math.expm1(sigma * sigma))
        return f"agg {name} {events} claims sev lognorm {mean} cv {cv} poisson"

    # A first object of another kind, so that nothing is loaded inside the time.
    build("agg Warm 1 claims sev lognorm 50 cv 1 poisson", log2=8)
    begin = time.perf_counter()
    if job == "lognormal":
        one = build(program("One", 2, 50e3, 2e6), log2=log2, bs=2500)
        return begin, float(one.q(0.95))
    lines = []
    for i in range(100):
        k = 1 + i % 10
        lines.append("\t" + program(f"R{i}", 0.02 + 0.004 * i, 10e3 * k, 500e3 * k))
    port = build("port All\n" + "\n".join(lines), log2=log2, bs=2000)
    return begin, float(port.q(0.95))


PEERS = {"pycrq": with_pycrq, "pyfair": with_pyfair, "NumPy": with_numpy, "aggregate": with_aggregate}


def child(tool, job, size):
    begin, figure = PEERS[tool](job, int(size))
    print(time.perf_counter() - begin, figure)


def measured(command):
    """Seconds of the process, its peak memory in MB, what it wrote."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    if status != 0:
        sys.exit(f"{' '.join(map(str, command))} failed")
    return seconds, usage.ru_maxrss / 1024, out


def prepared():
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
    return python


def grown(count):
    """A file of so many risks, each with ranges, and two plans."""
    text = ['schema = 1', 'title = "Growth"', 'currency = "EUR"', 'numbers = "1,234.5"', '[assumptions]', 'horizon = "3 years"']
    for i in range(count):
        k = 1 + i % 10
        text += ["[[risk]]", f'id = "r{i}"', f'name = "Risk {i}"']
        text += [f'frequency = {{ low = "{0.1 / k:.3f} per year", high = "{1 / k:.3f} per year" }}']
        text += [f'loss.response = {{ low = "{k}k", high = "{40 * k}k" }}']
    text += ["[[control]]", 'id = "c"', 'name = "C"', 'cost.yearly = "20k"', "effect = ["]
    text += [f'  {{ risk = "r{i}", on = "frequency", reduction = "30%" }},' for i in range(0, count, 3)]
    text += ["]", "[[plan]]", 'id = "p"', 'name = "P"', 'controls = ["c"]']
    return "\n".join(text) + "\n"


def growth(rosi, runs):
    """How the cost of one call grows with the number of risks."""
    print("\n| risks | expected figures | whole assessment | memory |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for count in [1, 10, 100, 1_000, 10_000]:
            path = Path(folder) / f"{count}.toml"
            path.write_text(grown(count))
            call = [rosi, "assess", str(path), "--format", "json"]
            plain = [measured([*call, "--method", "expected"]) for _ in range(runs)]
            whole = [measured(call) for _ in range(runs)]
            first, second = (median(run[0] for run in of) for of in (plain, whole))
            memory = median(run[1] for run in whole)
            print(f"| {count:,} | {1e3 * first:,.0f} ms | {1e3 * second:,.0f} ms | {memory:,.0f} MB |")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--rosi", default=str(ROOT / "target" / "release" / "rosi"))
    arguments.add_argument("--python", help="a Python that has the packages, in place of the venv")
    arguments.add_argument("--growth", action="store_true", help="only how cost grows with the number of risks")
    arguments = arguments.parse_args()
    if arguments.growth:
        return growth(arguments.rosi, arguments.runs)
    python = arguments.python or prepared()
    rosi = lambda job, *more: [arguments.rosi, "assess", str(HERE / "jobs" / f"{job}.toml"), "--format", "json", *more]
    peer = lambda tool, job, size: [python, __file__, "--child", tool, job, str(size)]
    simulate = lambda years: ("--method", "simulate", "--years", str(years))
    tables = {
        "Job 1, a million years": [
            ("rosi, exact", rosi("1", "--method", "exact")),
            ("rosi, simulated", rosi("1", *simulate(1_000_000))),
            ("pycrq", peer("pycrq", "1", 1_000_000)),
            ("pyfair", peer("pyfair", "1", 1_000_000)),
            ("NumPy, event by event", peer("NumPy", "1", 1_000_000)),
        ],
        "Job 2F, 100 risks, 100,000 years": [
            ("rosi, exact", rosi("2F", "--method", "exact")),
            ("rosi, simulated", rosi("2F", *simulate(100_000))),
            ("pycrq", peer("pycrq", "2F", 100_000)),
            ("pyfair", peer("pyfair", "2F", 100_000)),
            ("NumPy, event by event", peer("NumPy", "2F", 100_000)),
        ],
        "Job 2L, 100 lognormal risks, exact": [
            ("rosi, exact", rosi("2L", "--method", "exact")),
            ("aggregate, 2^16", peer("aggregate", "2L", 16)),
        ],
        "One lognormal risk, exact": [
            ("rosi, exact", rosi("lognormal", "--method", "exact")),
            ("aggregate, 2^16", peer("aggregate", "lognormal", 16)),
        ],
    }
    for title, rows in tables.items():
        runs = {name: [] for name, _ in rows}
        for _ in range(arguments.runs):
            for name, command in rows:
                seconds, memory, out = measured(command)
                inside = float(out.split()[0]) if "--child" in command else seconds
                runs[name].append((seconds, inside, memory))
        print(f"\n{title}\n\n| tool | whole | inside | times rosi's | memory |\n|---|---|---|---|---|")
        base = median(run[0] for run in runs[rows[0][0]])
        for name, _ in rows:
            whole, inside, memory = (median(run[place] for run in runs[name]) for place in range(3))
            factor = "1" if name == rows[0][0] else f"{inside / base:.0f}" if inside / base >= 10 else f"{inside / base:.1f}"
            print(f"| {name} | {1e3 * whole:,.0f} ms | {1e3 * inside:,.0f} ms | {factor} | {memory:,.0f} MB |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:])
    else:
        main()

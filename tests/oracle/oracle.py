"""Runs the second calculator against rosi and prints a table of disagreements (tests/oracle/README.md).

    tests/oracle/run                     a hundred random scenarios, all files of tests/cases, and the self-test
    tests/oracle/run FILE...             these files
    tests/oracle/run --random 20 --seed 5
    tests/oracle/run --self-test         a wrong figure is planted, and must be found
"""

import argparse
import fnmatch
import json
import math
import multiprocessing
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import traceback

import compare
import generate
from quantities import Unread

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
SURE = 30.0  # beyond so many errors no second seed is asked


def work(job):
    """One file: what disagrees, after ten fresh seeds have decided what is doubtful."""
    path, name, methods, scale = job
    begun = time.process_time()
    binary = os.environ["ROSI_BIN"]
    out = {"name": name, "rows": [], "count": 0, "left": [], "fault": None}
    try:
        rows, out["count"], out["left"] = compare.compare(binary, path, name, methods, scale=scale)
        sure = [r for r in rows if not abs(r.z) <= SURE]
        doubtful = [r for r in rows if abs(r.z) <= SURE]
        if doubtful:
            sums = {(r.method, r.key): [] for r in doubtful}
            for seed in range(1001, 1011):
                again, _, _ = compare.compare(binary, path, name, sorted({r.method for r in doubtful}), seed=seed, scale=scale, keep=True)
                for r in again:
                    if (r.method, r.key) in sums:
                        sums[r.method, r.key].append(r.z)
            for r in doubtful:
                seen = sums[r.method, r.key]
                r.z = sum(seen) / math.sqrt(max(1, len(seen)))
                if not abs(r.z) <= compare.LIMIT:
                    sure.append(r)
        out["rows"] = sure
    except Unread as fault:
        out["left"].append((name, "-", f"not read here: {fault}"))
    except Exception:
        out["fault"] = traceback.format_exc(limit=-5)
    out["seconds"] = time.process_time() - begun
    return out


def known():
    """Figures that are open: pattern of file, pattern of key, reason."""
    path = HERE / "open.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    return [line.split(None, 2) for line in lines if line.strip() and not line.startswith("#")]


def is_open(row, opened):
    for file, key, reason in opened:
        if fnmatch.fnmatch(row.file, file) and fnmatch.fnmatch(row.key, key):
            return reason
    return None


def table(results, seconds):
    opened, bad, open_rows, count = known(), [], [], 0
    for result in results:
        count += result["count"]
        for row in result["rows"]:
            (open_rows if is_open(row, opened) else bad).append(row)
    line = lambda r: f"{r.file[:32]:32} {r.method:8} {r.key[:60]:60} {short(r.rosi):>14} {short(r.mine):>14} {short(r.error):>10} {short(r.z):>9}"
    if bad or open_rows:
        print(f"{'file':32} {'method':8} {'figure':60} {'rosi':>14} {'here':>14} {'error':>10} {'errors':>9}")
    for row in sorted(bad, key=lambda r: (r.file, r.method, r.key)):
        print(line(row))
    if open_rows:
        print("open (tests/oracle/open.txt):")
        for row in open_rows:
            print(line(row))
    for result in results:
        for name, method, why in result["left"]:
            print(f"left out: {name} {method}: {why}")
        if result["fault"]:
            print(f"failed: {result['name']}\n{result['fault']}")
    files = len(results)
    print(f"{count} figures of {files} files held against each other in {seconds:.0f} s: {len(bad)} disagree, {len(open_rows)} are open")
    return bad


def short(x):
    if isinstance(x, list):
        return ",".join(short(y) for y in x) or "none"
    return "none" if x is None else f"{x:.6g}" if isinstance(x, (int, float)) else str(x)


def self_test(binary):
    """A wrong figure in rosi's answer must be found, and the right ones must pass."""
    path = HERE / "self-test.toml"
    wrong = {
        "an average": lambda j: j["today"].update(expected_annual_loss=str(float(j["today"]["expected_annual_loss"]) * 1.02)),
        "an average of a risk before insurers": lambda j: j["risks"][0]["today"].update(
            gross_expected_annual_loss=str(float(j["risks"][0]["today"]["gross_expected_annual_loss"]) * 1.0001)),
        "a quantile": lambda j: j["today"]["quantiles"].update({"0.95": str(float(j["today"]["quantiles"]["0.95"]) * 1.08)}),
        "a chance": lambda j: j["today"].update(chance_of_loss=j["today"]["chance_of_loss"] + 0.02),
        "a limit": lambda j: j["appetite"][0].update(today=j["appetite"][0]["today"] * 1.3),
        "a cost": lambda j: j["plans"][0]["investment"]["cost"].__setitem__(1, str(float(j["plans"][0]["investment"]["cost"][1]) + 1)),
        "a value": lambda j: j["plans"][0]["investment"].update(net_present_value=str(float(j["plans"][0]["investment"]["net_present_value"]) + 2_000)),
        "a rate of return": lambda j: j["plans"][0]["investment"].update(internal_rate_of_return=(j["plans"][0]["investment"]["internal_rate_of_return"] or 0) + 0.01),
        "a payback": lambda j: j["plans"][0]["investment"].update(payback_years=j["plans"][0]["investment"]["payback_years"] + 0.1),
    }
    missed = []
    rows, count, left = compare.compare(binary, path, "self-test", ["auto"])
    if rows or left or count < 40:
        missed.append(f"the figures as they are: {[r.key for r in rows]} {left} {count}")
    for what, plant in wrong.items():
        rows, _, _ = compare.compare(binary, path, "self-test", ["auto"], doctor=plant)
        if not rows:
            missed.append(f"{what}: planted, and not found")
    print("self-test:", "every planted figure was found" if not missed else "; ".join(missed))
    return not missed


def unknown_features(binary):
    """Features whose keys the schema of this build does not name."""
    schema = subprocess.run([binary, "schema"], capture_output=True, text=True).stdout
    keys = {"saves": "saves", "list by year": "quarterly", "quarterly": "quarterly", "end value": "end_value", "declining": "depreciation_rate", "to salvage": "depreciation_to",
            "franchise": "franchise", "sublimits": "sublimits", "annual retention": "annual_retention"}
    return [feature for feature, key in keys.items() if f'"{key}"' not in schema]


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("files", nargs="*")
    args.add_argument("--random", type=int, default=100)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--self-test", action="store_true")
    args.add_argument("--years", type=float, default=1.0, help="so many times the usual years")
    args.add_argument("--methods", default=None, help="auto,exact,simulate")
    args.add_argument("--json", default=None, help="write the disagreements to this file too")
    args = args.parse_args()
    binary = os.environ["ROSI_BIN"]
    if args.self_test:
        return 0 if self_test(binary) else 1
    begun = time.time()
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        if not args.files:
            for path in sorted((ROOT / "tests/cases").glob("*")):
                if path.suffix in (".toml", ".json"):
                    jobs.append((str(path), path.name, (args.methods or "auto").split(","), args.years))
            for i, maker in generate.scenarios(args.random, args.seed, unknown_features(binary)):
                path = pathlib.Path(folder) / f"random-{args.seed}-{i:03}.json"
                path.write_text(json.dumps(maker.scenario()))
                # What the exact year refuses (annual terms, waiting, too many unknowns) is left out without a word.
                methods = args.methods.split(",") if args.methods else ["auto"] + (["exact"] if i % 4 == 0 else ["simulate"] if i % 4 == 2 else [])
                jobs.append((str(path), path.name, methods, args.years))
        else:
            jobs = [(f, pathlib.Path(f).name, (args.methods or "auto").split(","), args.years) for f in args.files]
        with multiprocessing.Pool(min(os.cpu_count() or 1, len(jobs))) as pool:
            results = list(pool.imap_unordered(work, jobs, chunksize=1))
    bad = table(results, time.time() - begun)
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps([vars(r) for r in bad], default=str, indent=1))
    slow = sorted(results, key=lambda r: -r["seconds"])[:3]
    print("slowest:", ", ".join(f"{r['name']} {r['seconds']:.1f} s" for r in slow))
    good = not bad and not any(r["fault"] for r in results)
    if not args.files:
        good = self_test(binary) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

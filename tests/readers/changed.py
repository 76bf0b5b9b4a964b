#!/usr/bin/env python3
"""Does a workbook follow its inputs, and does it say when they are not those of the file?

    python3 tests/readers/changed.py target/release/rosi scenarios/three-vendors/scenario.toml ...

For each file the workbook is made. Each cell that may be changed is changed, one at a time; LibreOffice works the
workbook out anew; the average losses, costs and values of every option must be those that rosi finds with the same
change in the file (`--set`), to 1e-9 where no policy pays. The first cell of every sheet must name what differs, and
the sheet of checks must still agree. `rosi read` must take the change back from the workbook that LibreOffice saved,
and the file must then give the same figures. Then each stated case is chosen, whose figures must be those of the JSON.
Where policies pay, what they pay follows by its share, and the first cell says that this is approximate; losses before
they pay and costs are held to as before.
Needs LibreOffice (`soffice`) and nothing from Python but its own library.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from workbook import number, sheets

AS_IN_FILE = "Inputs as in the file"
APPROXIMATE = "what insurers pay is approximate"


def names(path):
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/workbook.xml").decode()
    return dict(re.findall(r'<definedName name="([^"]*)"[^>]*>([^<]*)</definedName>', text))


def with_cell(path, target, sheet_index, cells):
    """The same workbook with other numbers or words in some cells, and no results."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name).decode() if name.endswith(".xml") else source.read(name)
            if name == f"xl/worksheets/sheet{sheet_index}.xml":
                for place, value in cells.items():
                    written = f"<v>{value!r}</v>" if isinstance(value, float) else f"<is><t>{value}</t></is>"
                    kind = "" if isinstance(value, float) else ' t="inlineStr"'
                    data, count = re.subn(
                        rf'<c r="{place}"( s="\d+")?(?: t="s")?><v>[^<]*</v></c>',
                        lambda found: f'<c r="{place}"{found[1] or ""}{kind}>{written}</c>', data)
                    assert count == 1, place
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", data)
            out.writestr(name, data)


def typed(key, value, unit):
    rates = ("frequency", "events", "contacts")
    if unit == "%":
        return f"{100 * value:.10f}%"
    if unit == "hours":
        return f"{value:.12f} hours"
    if unit == "hours a year":
        return f"{value:.12f} hours per year"
    if unit.endswith(" an hour"):
        return f"{value:.12f} per hour"
    if unit == "a year" and any(part in rates for part in key.split(".")):
        return f"{value:.12f} per year"
    return f"{value:.12f}"


def parts(formula):
    """What the cells of a range are called in the file."""
    if "EXP(LN(" in formula:
        return {"C": "low", "E": "high"}
    if formula.endswith("/2"):
        return {"C": "min", "E": "max"}
    if formula.startswith("(C"):
        return {"C": "min", "D": "likely", "E": "max"}
    return {"D": None}


def figures(rosi, scenario, changes):
    arguments = [part for change in changes for part in ("--set", change)]
    done = subprocess.run(
        [rosi, "--quiet", "assess", scenario, "--method", "expected", "--format", "json", *arguments],
        capture_output=True, text=True)
    if done.returncode:
        return done.stderr.strip().splitlines()[0]
    return json.loads(done.stdout)


def wanted(found, exact):
    values = {"loss_before": number(found["today"]["gross_expected_annual_loss"])}
    if exact:
        values["loss_today"] = number(found["today"]["expected_annual_loss"])
    for index, plan in enumerate(found["plans"], 1):
        values[f"cost_{index}"] = number(plan["investment"]["present_value_of_cost"])
        if exact:
            values[f"NPV_{index}"] = number(plan["investment"]["net_present_value"])
            values[f"loss_{index}"] = number(plan["risk"]["expected_annual_loss"])
    return values


def taken_back(rosi, scenario, book, found, folder):
    """What is wrong with the file once the changed workbook was read into it."""
    case = folder / Path(scenario).name
    shutil.copy(scenario, case)
    done = subprocess.run([rosi, "--quiet", "read", str(book), "--into", str(case), "--yes"], capture_output=True, text=True)
    if done.returncode:
        return [f"rosi read: {done.stderr.strip()}"]
    again = figures(rosi, str(case), [])
    if isinstance(again, str):
        return [f"the file that was written: {again}"]
    pairs = zip(leaves(again), leaves(found))
    return [f"{key}: {a} in the file, {b} with --set" for (key, a), (_, b) in pairs if not near(a, b)][:3]


def near(a, b):
    one, other = number(a), number(b)
    return a == b or None not in (one, other) and abs(one - other) <= 1e-6 + 1e-9 * abs(other)


def leaves(found):
    """The figures of an assessment."""
    parts = [("today", found["today"])] + [(plan["id"], plan[part]) for plan in found["plans"] for part in ("risk", "investment")]
    return [(f"{name}.{key}", value) for name, part in parts for key, value in part.items() if isinstance(value, str)]


def differences(book, places, values):
    faults = []
    for name, value in values.items():
        sheet, cell = places[name].replace("$", "").rsplit("!", 1)
        found = number(book[sheet.strip("'")].get(cell, (0, None, 0))[1])
        if found is None or abs(found - value) > 1e-6 + 1e-9 * abs(value):
            faults.append(f"{name}: {found} in the workbook, {value} by rosi")
    agrees = [value for _, value, _ in book["Check"].values()][-1]
    if agrees != "yes":
        faults.append(f"the check says {agrees}")
    return faults


def try_file(rosi, scenario, folder):
    stem = Path(scenario).parent.name + "-" + Path(scenario).stem
    path = folder / f"{stem}.xlsx"
    subprocess.run([rosi, "--quiet", "report", scenario, "--method", "expected", "--out", str(path)], check=True)
    stored, places = sheets(path), names(path)
    index = list(stored).index("Inputs") + 1
    rows = stored["Inputs"]
    at = lambda column, row: rows.get(f"{column}{row}", (False, None, None))[1]
    last = max(int(re.sub(r"\D", "", place)) for place in rows)
    with zipfile.ZipFile(path) as archive:
        text = archive.read(f"xl/worksheets/sheet{index}.xml").decode()
    formulas = dict(re.findall(r'<c r="(F\d+)"[^>]*><f>([^<]*)</f>', text))
    tried, locked = [], []
    for row in range(4, last + 1):
        if at("M", row) is None:
            continue
        if at("H", row) != "here":
            locked.append(at("M", row))
            continue
        key, unit = at("M", row), at("G", row).strip()
        formula = formulas[f"F{row}"]
        if formula.startswith("CHOOSE("):
            formula = formula[len("CHOOSE(case_number,"):]
            formula = formula if formula.startswith("D") else re.match(r"[^,]*", formula)[0]
        for column, part in parts(formula).items():
            old = number(at(column, row))
            factor = {"C": 0.9, "D": 1.05 if old * 1.05 < 1 or unit != "%" else 0.95, "E": 1.1}[column]
            if unit == "%" and column == "E":
                factor = min(1.1, (1 + old) / 2 / old) if old else 1.1
            new = round(old * factor, 12) if old else 0.01
            new = round(old * 0.97, 12) if new == old else new
            name = f"{key}.{part}" if part else key
            tried.append((f"{stem}-{row}{column}", {f"{column}{row}": new}, [f"{name}={typed(key, new, unit)}"],
                          at("A", row)))
    base = figures(rosi, scenario, [])
    exact = "[[insurance]]" not in Path(scenario).read_text()
    cases = {case["name"]: case for case in base.get("cases") or []}
    chosen = []
    with zipfile.ZipFile(path) as archive:
        if "dataValidation" in archive.read(f"xl/worksheets/sheet{index}.xml").decode():
            chosen = [at("A", row) for row in range(4, last + 1) if at("A", row) in cases and at("M", row) is None]
    tried += [(f"{stem}-case{place}", {"D2": name}, name, name) for place, name in enumerate(chosen)]
    done = folder / f"{stem}-done"
    for name, cells, _, _ in tried:
        with_cell(path, folder / f"{name}.xlsx", index, cells)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(done), *[str(folder / f"{name}.xlsx") for name, *_ in tried]],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=900)
    faults, refused = [], 0
    for name, cells, changes, label in tried:
        book = sheets(done / f"{name}.xlsx")
        if isinstance(changes, str):
            case = cases[changes]
            values = {"loss_today": number(case["expected_annual_loss"])} if exact else {}
            for place, plan in enumerate(base["plans"], 1):
                of_plan = case["plans"][plan["id"]]
                if exact:
                    values[f"NPV_{place}"] = number(of_plan["net_present_value"])
                values[f"cost_{place}"] = number(of_plan["present_value_of_cost"])
        else:
            found = figures(rosi, scenario, changes)
            if isinstance(found, str):
                refused += 1
                print(f"   not a file: {changes}: {found}")
                continue
            values = wanted(found, exact)
        here = differences(book, places, values)
        if not isinstance(changes, str):
            here += taken_back(rosi, scenario, done / f"{name}.xlsx", found, folder)
        for sheet, content in book.items():
            alert = content.get("A1", (0, "", 0))[1] or ""
            if label not in alert:
                here.append(f"{sheet} does not say that {label} differs: {alert!r}")
            if not exact and not isinstance(changes, str) and APPROXIMATE not in alert:
                here.append(f"{sheet} does not say that what insurers pay is approximate: {alert!r}")
        faults.extend(f"{changes}: {fault}" for fault in here)
    for sheet, content in stored.items():
        if content["A1"][1] != AS_IN_FILE:
            faults.append(f"{sheet} says {content['A1'][1]!r} of the inputs of the file")
    return len(tried) - refused, len(chosen), locked, faults


def main():
    rosi, scenarios = sys.argv[1], sys.argv[2:]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for scenario in scenarios:
            count, cases, locked, faults = try_file(rosi, scenario, Path(folder))
            print(f"{scenario}: {count} changes, {cases} cases, {len(locked)} locked, {len(faults)} faults", flush=True)
            print("   locked: " + ", ".join(locked))
            for fault in faults[:20]:
                print("   " + fault)
            failed |= bool(faults) or count == 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

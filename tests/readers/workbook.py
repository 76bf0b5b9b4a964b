#!/usr/bin/env python3
"""Does a spreadsheet that works a case out anew come to rosi's figures?

    python3 tests/readers/workbook.py target/release/rosi scenarios/*/scenario.toml

For each file the workbook is made, every stored result is taken out of it, LibreOffice works it out without a
window, and each result is compared with the one that rosi had stored, to half a cent (or 1e-9 of it). Flows, value,
rates of return and payback of every option must also be those of the JSON, and the sheet of checks must say that all
agree.
Needs LibreOffice (`soffice`) and nothing from Python but its own library.
"""

import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets(path):
    """By sheet name: by cell: (is a formula, value)."""
    with zipfile.ZipFile(path) as archive:
        strings = []
        if "xl/sharedStrings.xml" in archive.namelist():
            for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")):
                strings.append("".join(text.text or "" for text in item.iter(f"{MAIN}t")))
        relations = {
            node.get("Id"): node.get("Target")
            for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        found = {}
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{MAIN}sheet"):
            target = relations[sheet.get(RELATION)].lstrip("/")
            target = target if target.startswith("xl/") else f"xl/{target}"
            cells = {}
            for cell in ElementTree.fromstring(archive.read(target)).iter(f"{MAIN}c"):
                value = cell.find(f"{MAIN}v")
                text = value.text if value is not None else None
                if text is not None and cell.get("t") == "s":
                    text = strings[int(text)]
                cells[cell.get("r")] = (cell.find(f"{MAIN}f") is not None, text, cell.get("t"))
            found[sheet.get("name")] = cells
        return found


def without_results(path, target):
    """The same workbook, but no formula has a result: it must be worked out."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            out.writestr(name, data)


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def column(index):
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def is_same(found, wanted):
    """To half a cent, or to what ten digits of an amount or a ratio say; both or none."""
    if found is None or wanted is None:
        return found is None and wanted is None
    return abs(found - wanted) <= (0.005 if abs(wanted) > 10 else 1e-7) + 1e-9 * abs(wanted)


# What the sheet of an option says on its own, by the name of the same figure in the JSON.
FIGURES = {
    "Net present value": "net_present_value",
    "Return on security investment": "rosi",
    "Benefit-cost ratio": "benefit_cost_ratio",
    "Equivalent annual cost": "equivalent_annual_cost",
    "Internal rate of return": "internal_rate_of_return",
    "Payback, years": "payback_years",
}
FLOWS = {
    "All costs": "cost",
    "Loss avoided (estimate, not cash)": "loss_avoided",
    "Cash spent (budget, before tax)": "cash",
}


def compare(rosi, scenario, folder):
    name = Path(scenario).parent.name + "-" + Path(scenario).stem
    book = folder / f"{name}.xlsx"
    bare = folder / f"{name}-bare.xlsx"
    subprocess.run([rosi, "--quiet", "report", scenario, "--out", str(book)], check=True)
    again = folder / f"{name}-again.xlsx"
    subprocess.run([rosi, "--quiet", "report", scenario, "--out", str(again)], check=True)
    faults = []
    if book.read_bytes() != again.read_bytes():
        faults.append("two runs give two files")
    without_results(book, bare)
    done = folder / "done"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(done), str(bare)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300,
    )
    stored, anew = sheets(book), sheets(done / bare.name)
    count = 0
    for sheet, cells in stored.items():
        for place, (is_formula, value, _) in cells.items():
            if not is_formula:
                continue
            count += 1
            other = anew.get(sheet, {}).get(place, (False, None, None))[1]
            a, b = number(value), number(other)
            if a is None or b is None:
                same = (value or "") == (other or "")
            else:
                same = abs(a - b) <= 0.005 + 1e-9 * abs(a) if abs(a) > 10 else abs(a - b) <= 1e-7
            if not same:
                faults.append(f"{sheet}!{place}: rosi {value}, LibreOffice {other}")
            if other == "NO":
                faults.append(f"{sheet}!{place}: does not agree")
    text = subprocess.run(
        [rosi, "--quiet", "assess", scenario, "--sensitivity", "--format", "json"], check=True, capture_output=True
    ).stdout
    assessment = json.loads(text)
    for index, plan in enumerate(assessment["plans"]):
        sheet = list(stored)[index + 1]
        labels = {label: place for place, (_, label, _) in anew[sheet].items() if place.startswith("A")}
        for label, figure in FIGURES.items():
            place = labels.get(label)
            found = number(anew[sheet].get(place.replace("A", "B", 1), (0, None, 0))[1]) if place else None
            wanted = number(plan["investment"][figure])
            if not is_same(found, wanted):
                faults.append(f"{sheet}: {label} is {found}, the JSON says {wanted}")
        for label, figure in FLOWS.items():
            row = labels[label][1:]
            found = [number(anew[sheet][f"{column(t + 1)}{row}"][1]) for t in range(len(plan["investment"][figure]))]
            wanted = [number(amount) for amount in plan["investment"][figure]]
            if not all(is_same(a, b) for a, b in zip(found, wanted)):
                faults.append(f"{sheet}: {label} is {found}, the JSON says {wanted}")
    return count, faults


def main():
    rosi, scenarios = sys.argv[1], sys.argv[2:]
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for scenario in scenarios:
            count, faults = compare(rosi, scenario, Path(folder))
            print(f"{scenario}: {count} formulas, {len(faults)} faults", flush=True)
            for fault in faults[:20]:
                print("   " + fault)
            failed |= bool(faults) or count == 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

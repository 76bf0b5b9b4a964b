"""Papers as PDF in a reader: pages, tags, fonts, and whether the text says what the JSON says.

Usage: pdf.py ROSI SCENARIO...
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def amounts(assessment):
    """Figures that page one must show, rounded as it rounds them: to three digits or more."""
    best = assessment["recommendation"]["plan"]
    yield assessment["today"]["expected_annual_loss"]
    for plan in assessment["plans"]:
        if plan["id"] == best:
            yield plan["risk"]["expected_annual_loss"]


def shown(amount, text):
    value = float(amount)
    # Marks between thousands are those of the currency's readers.
    text = re.sub(r"(?<=\d)[\u2019\u202f'](?=\d)", ",", text)
    found = (float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text))
    # A table may be in thousands or millions.
    sizes = [number * unit for number in found for unit in (1, 1e3, 1e6)]
    return any(abs(number - value) <= 0.006 * abs(value) for number in sizes)


def main():
    rosi, files = sys.argv[1], sys.argv[2:]
    faults = []
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            paper = str(Path(folder) / "paper.pdf")
            subprocess.run([rosi, "--quiet", "report", file, "--full", "--out", paper], check=True)
            facts = dict(line.split(":", 1) for line in run("pdfinfo", paper).splitlines() if ":" in line)
            if facts["Tagged"].strip() != "yes" or int(facts["Pages"]) < 8:
                faults.append(f"{file}: {facts['Tagged']}, {facts['Pages']} pages")
            fonts = run("pdffonts", paper).splitlines()[2:]
            # "emb sub uni": in the file, only what is used, with its letters.
            if not fonts or any(not re.search(r"yes yes yes", font) for font in fonts):
                faults.append(f"{file}: {fonts}")
            first = run("pdftotext", "-f", "1", "-l", "1", paper, "-").replace("\u00a0", " ")
            assessment = json.loads(run(rosi, "--quiet", "assess", file, "--format", "json"))
            for amount in amounts(assessment):
                if not shown(amount, first):
                    faults.append(f"{file}: {amount} is not on page one")
            if "The decision" not in first or "Page 1 of" not in first:
                faults.append(f"{file}: page one is not whole")
            if "\ufffd" in run("pdftotext", paper, "-"):
                faults.append(f"{file}: letters without a meaning")
            pages = run("pdftoppm", "-r", "20", "-gray", paper, str(Path(folder) / "page"))
            drawn = list(Path(folder).glob("page*.pgm"))
            if pages or len(drawn) != int(facts["Pages"]) or any(len(set(page.read_bytes()[15:])) < 8 for page in drawn):
                faults.append(f"{file}: an empty page")
            print(f"{file}: {facts['Pages'].strip()} pages")
    print(*faults, sep="\n", file=sys.stderr)
    sys.exit(1 if faults else 0)


main()

"""Holds rosi's figures against the second calculator's, one by one.

A figure disagrees where the two are more than four errors apart, both errors counted. Quantiles and chances are held in chances: of the
played years as many must lie below a quantile as it says, so that points of mass do no harm.
"""

import json
import subprocess
from types import SimpleNamespace as Table

import numpy as np

from calculator import Answers, Investment
from money import equivalent_annual_cost

LIMIT = 4.0
GRID = 4e-4  # what rosi states for exact quantiles: a part of 3 in 10,000, printed with 10 digits


def assess(binary, path, method, plans, extra=()):
    command = [binary, "assess", str(path), "--format", "json", "--method", method, "--quiet", *extra]
    for plan in plans:
        command += ["--plan", plan]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return None, "longer than 120 s"
    if run.returncode not in (0, 1) or not run.stdout.strip().startswith("{"):
        return None, (run.stderr.strip().splitlines() or ["no output"])[0]
    return json.loads(run.stdout), None


def number(x):
    return None if x is None else float(x)


class Comparison:
    def __init__(self, name, answers, method, keep=False):
        self.name, self.a, self.method, self.rows, self.count, self.keep = name, answers, method, [], 0, keep

    def row(self, key, theirs, mine, error, z):
        self.count += 1
        if self.keep or not (abs(z) <= LIMIT):
            self.rows.append(Table(file=self.name, method=self.method, key=key, rosi=theirs, mine=mine, error=error, z=z))

    def value(self, key, theirs, mine, error, their_error=0.0):
        theirs = number(theirs)
        if theirs is None:
            return
        # The averages here are good to some 1e-7 where a range is odd.
        e = np.hypot(error, their_error or 0.0) + 3e-8 * abs(mine) + 1e-9 * abs(theirs) + 1e-9
        self.row(key, theirs, mine, e, (theirs - mine) / e)

    def existence(self, key, theirs, mine):
        """A figure that one side says does not exist."""
        self.count += 1
        self.rows.append(Table(file=self.name, method=self.method, key=key, rosi=theirs, mine=mine, error=0.0, z=float("inf")))

    def chance(self, key, theirs, low, high, n, their_error=0.0):
        """A chance, which my years put between `low` and `high`."""
        theirs = number(theirs)
        if theirs is None:
            return
        mine = high if theirs > high else low if theirs < low else theirs
        p = min(max(mine, theirs, 1 / n), 1 - 1 / n)
        e = np.hypot(np.sqrt(p * (1 - p) / n) + 0.3 / n, their_error or 0.0) + 1e-9
        self.row(key, theirs, mine, e, (theirs - mine) / e)

    def quantile(self, key, p, theirs, losses, their_error):
        theirs = number(theirs)
        if theirs is None:
            return
        n, width = len(losses), max(LIMIT * (their_error or 0.0), GRID * abs(theirs)) + 1e-9 * (1 + abs(theirs))
        reached = float(np.searchsorted(losses, theirs + width, "right")) / n
        below = float(np.searchsorted(losses, theirs - width, "left")) / n
        e = np.sqrt(p * (1 - p) / n) + 0.3 / n
        z = (reached - p) / e if reached < p else (below - p) / e if below > p else 0.0
        self.row(key, theirs, float(losses[min(n - 1, int(np.ceil(p * n)) - 1)]), e, z)

    def risk(self, key, o, risk, theirs):
        a = self.a
        errors = theirs.get("standard_error") or theirs.get("error") or {}
        flat = lambda k: number(errors.get(k)) or 0.0
        nested = lambda k, p: number((errors.get(k) or {}).get(p)) or 0.0
        gross = a.gross(o, risk)
        self.value(f"{key}.gross_expected_annual_loss", theirs["gross_expected_annual_loss"], *gross, flat("gross_expected_annual_loss"))
        if risk and "yearly_rate" in theirs:
            v, e = a.averages[a.options[o].id, risk, "events"]
            self.value(f"{key}.yearly_rate", theirs["yearly_rate"], v, e * 1.8)
        if not a.played:
            return
        paid = a.paid(o, risk)
        heavy = a.heavy(risk)
        self.value(f"{key}.expected_annual_loss", theirs["expected_annual_loss"], gross[0] - paid[0], np.hypot(gross[1], paid[1]), flat("expected_annual_loss"))
        if "insurance" in theirs and theirs["insurance"] and not risk:
            self.value(f"{key}.insurance.transferred", theirs["insurance"]["transferred"], *paid, flat("expected_annual_loss"))
        if theirs.get("quantiles") is None and theirs.get("chance_of_loss") is None:
            return
        losses = np.sort(a.losses(o, risk))
        n, scale = len(losses), max(gross[0], 1e-300)
        # A residue of floating point is no loss.
        losses[np.abs(losses) < 1e-9 * scale] = 0.0
        some = float(np.mean(losses > 0))
        self.chance(f"{key}.chance_of_loss", theirs["chance_of_loss"], some, some, n, flat("chance_of_loss"))
        for p, q in (theirs.get("quantiles") or {}).items():
            if (1 - float(p)) * n >= 30:
                self.quantile(f"{key}.quantiles.{p}", float(p), q, losses, nested("quantiles", p))
        net = (gross[0] - paid[0], np.hypot(gross[1], paid[1]))
        for p, t in (theirs.get("tail_mean") or {}).items():
            if (1 - float(p)) * n < 200:
                continue
            q, rest = float(losses[int(np.ceil(float(p) * n)) - 1]), 1 - float(p)
            above = np.maximum(losses - q, 0)
            mine, error = q + above.mean() / rest, above.std() / np.sqrt(n) / rest
            low = np.minimum(losses, q)
            other = q + (net[0] - low.mean()) / rest, np.hypot(net[1], low.std() / np.sqrt(n)) / rest
            if heavy or other[1] < error:
                mine, error = other
            self.value(f"{key}.tail_mean.{p}", t, mine, error + GRID * abs(mine), nested("tail_mean", p))
        if not heavy and theirs.get("standard_deviation") is not None:
            sd = losses.std()
            fourth = np.mean((losses - losses.mean()) ** 4)
            error = np.sqrt(max(fourth - sd**4, 0) / n) / (2 * sd) if sd else 0.0
            self.value(f"{key}.standard_deviation", theirs["standard_deviation"], sd, error * 1.3 + GRID * sd, flat("standard_deviation"))

    def annual(self, j):
        a = self.a
        index = {option.id: o for o, option in enumerate(a.options)}
        self.risk("today", 0, None, j["today"])
        for plan in j["plans"]:
            if plan["id"] in index:
                self.risk(f"plans.{plan['id']}.risk", index[plan["id"]], None, plan["risk"])
        risks = j["risks"] if len(j["risks"]) <= 30 else j["risks"][:30]
        for r in risks:
            self.risk(f"risks.{r['id']}.today", 0, r["id"], r["today"])
            for id, them in r["plans"].items():
                if id in index:
                    self.risk(f"risks.{r['id']}.plans.{id}", index[id], r["id"], them)
        for limit, mine in zip(j["appetite"], a.case.appetite):
            for id, o in index.items():
                theirs = limit["today"] if id == "today" else limit["plans"].get(id)
                if theirs is None or not a.played:
                    continue
                losses = a.losses(o, None)
                width = GRID * mine.loss
                se = (limit.get("standard_error") or {}) if isinstance(limit.get("standard_error"), dict) else {}
                their_error = number(se.get("today") if id == "today" else (se.get("plans") or {}).get(id)) or 0.0
                low, high = float(np.mean(losses > mine.loss + width)), float(np.mean(losses > mine.loss - width))
                atom = float(np.mean(np.abs(losses - mine.loss) <= 1e-9 * mine.loss))
                if atom > 0:
                    # A point of mass at the limit itself: a limit met is met.
                    low = high = float(np.mean(losses > mine.loss * (1 + 1e-9)))
                self.chance(f"appetite.{limit['name']}.{id}", theirs, low, high, len(losses), their_error or (np.sqrt(max(theirs, 1e-6) / 2e4) if self.simulated(j) else 0))

    @staticmethod
    def simulated(j):
        return j["provenance"].get("years") is not None

    def worth(self, j, investment):
        a, case = self.a, self.a.case
        index = {option.id: o for o, option in enumerate(a.options)}
        for plan in j["plans"]:
            if plan["id"] not in index:
                continue
            o, them, key = index[plan["id"]], plan["investment"], f"plans.{plan['id']}.investment"
            costs = investment.costs(o)
            by_year, benefit = investment.loss_avoided(o)
            for name in ("cost", "cash"):
                for t, (x, y) in enumerate(zip(them[name], costs[name])):
                    self.value(f"{key}.{name}.{t}", x, y, 1e-9 * abs(y))
            their_error = number(them.get("net_present_value_standard_error")) or 0.0
            for t, (x, (y, e)) in enumerate(zip(them["loss_avoided"][1:], by_year), 1):
                self.value(f"{key}.loss_avoided.{t}", x, y, e, their_error)
            pv, gains = costs["pv"], costs["saves"]
            value, error = benefit[0] + gains - pv, benefit[1]
            self.value(f"{key}.present_value_of_cost", them["present_value_of_cost"], pv, 1e-9 * abs(pv))
            self.value(f"{key}.present_value_of_loss_avoided", them["present_value_of_loss_avoided"], *benefit, their_error)
            self.value(f"{key}.net_present_value", them["net_present_value"], value, error, their_error)
            if pv > 1e-9:
                self.value(f"{key}.rosi", them["rosi"], value / pv, error / pv, their_error / pv)
                self.value(f"{key}.benefit_cost_ratio", them["benefit_cost_ratio"], (benefit[0] + gains) / pv, error / pv, their_error / pv)
            even = equivalent_annual_cost(case, a.options[o], lambda unit: unit.mean)
            if even != "unread":
                if (even is None) != (them.get("equivalent_annual_cost") is None):
                    self.existence(f"{key}.equivalent_annual_cost", number(them.get("equivalent_annual_cost")), even)
                elif even is not None:
                    self.value(f"{key}.equivalent_annual_cost", them["equivalent_annual_cost"], even, 1e-9 * abs(even))
            for t, (x, y) in enumerate(zip(them.get("gains") or [], costs["gains"])):
                self.value(f"{key}.gains.{t}", x, y, 1e-9 * abs(y))
            self.times(key, them, investment, o, error + their_error, value)
            values = investment.values_of_paths(o)
            if values is None:
                continue
            n = len(values)
            scale = max(abs(pv), abs(benefit[0]), 1e-300)
            won = (float(np.mean(values > 1e-9 * scale)), float(np.mean(values > -1e-9 * scale)))
            se = number(them.get("chance_of_paying_back_standard_error")) or 0.0
            self.chance(f"{key}.chance_of_paying_back", them["chance_of_paying_back"], *won, n, se)
            values = np.sort(values)
            for p, q in (them.get("net_present_value_quantiles") or {}).items():
                # Theirs come from paths too, as many as the error of the chance tells.
                theirs = won[0] * (1 - won[0]) / se**2 if se > 0 else 10_000
                both = 1 / (1 / n + 1 / max(theirs, 100))
                f = lambda x, side: float(np.searchsorted(values, x, side)) / n
                width = 1e-6 * scale
                reached, below, p = f(number(q) + width, "right"), f(number(q) - width, "left"), float(p)
                e = np.sqrt(p * (1 - p) / both) + 0.3 / n
                z = (reached - p) / e if reached < p else (below - p) / e if below > p else 0.0
                self.row(f"{key}.net_present_value_quantiles.{p}", number(q), float(values[int(p * n)]), e, z)

    def times(self, key, them, investment, o, error, value):
        """Rates of return and paybacks: only where what is paid is known well enough to tell them."""
        if error > 1e-5 * max(abs(value), 1e-9):
            return
        roots = investment.returns(o)
        mine = roots[0] if len(roots) == 1 else None
        theirs = number(them["internal_rate_of_return"])
        if (mine is None) != (theirs is None):
            self.existence(f"{key}.internal_rate_of_return", theirs, roots)
        elif mine is not None:
            self.value(f"{key}.internal_rate_of_return", theirs, mine, 1e-5 * (1 + abs(mine)))
        for name, discounted in (("payback_years", False), ("discounted_payback_years", True)):
            mine, theirs = investment.payback(o, discounted), number(them[name])
            if (mine is None) != (theirs is None):
                self.existence(f"{key}.{name}", theirs, mine)
            elif mine is not None:
                self.value(f"{key}.{name}", theirs, mine, 1e-5 * (1 + mine))


def compare(binary, path, name, methods, seed=1, plans=3, scale=1.0, doctor=None, keep=False):
    """Rows that disagree (all with `keep`), how many figures were held against each other, and what was left out."""
    a = Answers(path, seed, plans=plans, scale=scale)
    investment = Investment(a) if a.case.plans else None
    rows, count, left = [], 0, []
    for method in methods:
        j, fault = assess(binary, path, method, a.case.plans_worked, ("--seed", str(seed)))
        if j is None and method == "exact" and "E04" in fault:
            continue
        if j is None:
            left.append((name, method, fault))
            continue
        if doctor:
            doctor(j)
        c = Comparison(name, a, method, keep)
        c.annual(j)
        if investment:
            c.worth(j, investment)
        rows += c.rows
        count += c.count
    return rows, count, left

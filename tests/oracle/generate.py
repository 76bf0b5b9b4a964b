"""Random valid scenarios that hold every key of the file together with every other.

Each scenario throws a coin for every feature, so over a hundred of them each pair of features stands together in several; `--coverage`
prints the pairs that do not. The same seed gives the same scenarios.

    python3 tests/oracle/generate.py --count 100 --seed 1 --out DIR
"""

import argparse
import itertools
import json
import math
import pathlib
import random

FEATURES = ["tree", "contest", "contacts", "clustering", "at most one", "chain", "cause", "asset", "outage", "secondary", "two secondaries", "doubt", "fixed losses",
            "wide rate", "unknown coverage", "unknown reliability", "fails_with", "becomes loss", "becomes rate", "becomes outage", "becomes secondary", "becomes resistance",
            "ramp", "late start", "lifetime", "salvage", "people", "friction", "retired", "yearly range", "drops", "requires", "two effects", "tax", "depreciation",
            "growth of losses", "growth of rates", "growth of costs", "mid-year", "policy", "two policies", "waiting", "franchise", "sublimits", "annual retention",
            "annual limit", "coinsurance", "covers", "policy risks", "policy plans", "appetite", "second plan", "value stream margin",
            "saves", "list by year", "quarterly", "end value", "declining", "to salvage",
            "dwell", "dwell stage", "becomes dwell", "inherent", "quantity", "counts", "two quantiles"]
NEEDS = {"contest": ["tree"], "contacts": ["tree"], "two secondaries": ["secondary"], "becomes outage": ["outage"], "becomes secondary": ["secondary"],
         "becomes resistance": ["contest", "tree"], "depreciation": ["tax"], "two policies": ["policy"], "waiting": ["policy", "outage"], "franchise": ["waiting", "policy", "outage"],
         "sublimits": ["policy"], "annual retention": ["policy"], "annual limit": ["policy"], "coinsurance": ["policy"], "covers": ["policy"], "policy risks": ["policy"],
         "policy plans": ["policy"], "value stream margin": ["outage"], "end value": ["lifetime"], "declining": ["tax", "depreciation"], "to salvage": ["tax", "depreciation", "salvage"],
         "dwell stage": ["dwell"], "becomes dwell": ["dwell"]}
FORMS = ["productivity", "response", "replacement", "competitive_advantage", "fines", "reputation"]


def money(x):
    return f"{x:.0f}"


def percent(x):
    return f"{100 * x:.4g}%"


def rate(x):
    return f"{x:.6g} per year"


def hours(x):
    return f"{x:.4g} hours"


class Maker:
    def __init__(self, seed, skip=(), chance=0.42):
        self.r = random.Random(seed)
        # `skip`: features whose keys the build that is tried does not know yet.
        on = {f for f in FEATURES if self.r.random() < chance}
        for feature in sorted(on):
            on |= set(NEEDS.get(feature, []))
        self.on = on - set(skip)

    def has(self, feature):
        return feature in self.on

    def amount(self, low=2_000, high=200_000):
        """A loss, as one value or in one of the shapes of an amount."""
        r = self.r
        x = r.uniform(low, high)
        if self.has("fixed losses") and r.random() < 0.7:
            out = {"value": money(round(x, -3) + 1000)}
        elif self.has("quantity") and r.random() < 0.3:
            out = {r.choice(["quantity", "count"]): r.choice([100, {"low": 40, "high": 300}, {"min": 20, "likely": 100, "max": 200}]),
                   "each": r.choice([money(x / 100 + 1), {"low": money(x / 200 + 1), "high": money(x / 50 + 2)}, {"samples": [money(x * k + 1) for k in (0.005, 0.01, 0.02)]}])}
        elif self.has("two quantiles") and r.random() < 0.3:
            out = r.choice([{"p25": money(x / 2), "p95": money(3 * x)}, {"median": money(x), "sigma": 0.7}, {"mu": round(math.log(x), 4), "sigma": 0.5}])
        else:
            out = r.choice([
                lambda: {"low": money(x / r.uniform(1.5, 5)), "high": money(x * r.uniform(1.5, 5))},
                lambda: {"min": money(x / 3), "likely": money(x), "max": money(3 * x)},
                lambda: {"p10": money(x / 2), "p50": money(x), "p90": money(x * r.uniform(1.8, 2.6))},
                lambda: {"p10": money(x / 2), "p50": money(x), "p90": money(2.5 * x), "at_most": money(20 * x)},
                lambda: {"shape": "uniform", "min": money(x / 2), "max": money(2 * x)},
                lambda: {"shape": "triangular", "min": money(x / 2), "likely": money(x), "max": money(3 * x)},
                lambda: {"shape": "normal", "low": money(x / 2), "high": money(2 * x)},
                lambda: {"shape": "normal", "mean": money(x), "sd": money(x / r.uniform(1.6, 5))},
                lambda: {"shape": "lognormal", "mean": money(x), "sd": money(x * r.uniform(0.3, 1.2))},
                lambda: {"shape": "gamma", "low": money(x / 4), "high": money(3 * x)},
                lambda: {"shape": "gamma", "mean": money(x), "sd": money(x * r.uniform(0.3, 1.3))},
                lambda: {"shape": "pareto", "at_least": money(x / 2), "tail": r.choice([3.5, 4.5, 6.0])},
                lambda: {"samples": [money(x * k) for k in (0.5, 0.8, 1, 1.3, 2.4)]},
            ])()
            if self.has("doubt") and r.random() < 0.5:
                out["doubt"] = percent(r.choice([0.2, 0.3, 0.5]))
        return out

    def chance(self, low=0.05, high=0.6, known=False):
        r, x = self.r, None
        x = r.uniform(low, high)
        if known:
            return percent(x)
        return r.choice([
            lambda: percent(x),
            lambda: {"low": percent(x * 0.6), "high": percent(min(0.97, x * 1.4))},
            lambda: {"min": percent(x * 0.5), "likely": percent(x), "max": percent(min(1, x * 1.5))},
            lambda: {"p10": percent(x * 0.7), "p50": percent(x), "p90": percent(min(0.95, x * 1.3))},
            lambda: {"shape": "uniform", "min": percent(x * 0.5), "max": percent(min(1, x * 1.5))},
            lambda: {"shape": "triangular", "min": percent(x * 0.5), "likely": percent(x), "max": percent(min(1, x * 1.5))},
            lambda: {"shape": "beta", "mean": percent(x), "sd": percent(min(x, 1 - x) * 0.3)},
        ])()

    def often(self, x):
        r = self.r
        if self.has("wide rate") and r.random() < 0.5:
            return {"low": rate(x / 8), "high": rate(x * 6)}
        if self.has("counts") and r.random() < 0.3:
            return r.choice([{"events": r.choice([0, 2]), "years": r.choice([4, 6.5])}, "3 events in 6 years"])
        if self.has("two quantiles") and r.random() < 0.3:
            return {"p10": rate(x / 2), "p75": rate(1.6 * x)}
        return r.choice([
            lambda: rate(x),
            lambda: {"low": rate(x / 2.5), "high": rate(x * 2)},
            lambda: {"min": rate(x / 3), "likely": rate(x), "max": rate(2 * x)},
            lambda: {"p10": rate(x / 2), "p50": rate(x), "p90": rate(1.9 * x)},
            lambda: {"shape": "gamma", "mean": rate(x), "sd": rate(x * 0.5)},
            lambda: {"shape": "normal", "mean": rate(x), "sd": rate(x * 0.4)},
            lambda: {"shape": "uniform", "min": rate(x / 2), "max": rate(2 * x)},
        ])()

    def forms(self, count):
        return {form: self.amount() for form in self.r.sample(FORMS, count)}

    def risk(self, i):
        r = self.r
        risk = {"id": f"r{i}", "name": f"Risk {i}"}
        first = i == 0
        if first and self.has("tree"):
            threat = {"contacts": self.often(20), "action": self.chance(0.02, 0.1)} if self.has("contacts") else {"events": self.often(r.uniform(1, 4))}
            if self.has("contest"):
                threat |= {"capability": {"min": "30%", "likely": "55%", "max": "90%"}, "resistance": {"min": "35%", "likely": "60%", "max": "85%"}}
            else:
                threat["vulnerability"] = self.chance(0.2, 0.6)
            risk["threat"] = threat
        elif self.has("at most one") and (i == 1 or not first):
            x = r.uniform(0.05, 0.3)
            risk["frequency"] = r.choice([percent(x), {"min": percent(x / 2), "likely": percent(x), "max": percent(2 * x)}, {"low": percent(x / 2), "high": percent(2 * x)}]
                                         + [{"events": 1, "years": 8}] * self.has("counts"))
            risk["count"] = "at most one"
        else:
            risk["frequency"] = self.often(r.uniform(0.2, 1.5))
        if self.has("clustering") and "count" not in risk:
            risk["count"] = {"clustering": r.choice([0.5, 0.8, 2.0])}
        if first and self.has("asset"):
            risk["asset"] = {"value": self.amount(), "exposure": self.chance()}
            risk["asset"]["value"].pop("doubt", None) if isinstance(risk["asset"]["value"], dict) else None
        forms = self.forms(r.choice([1, 2]))
        if "asset" in risk:
            forms.pop("replacement", None)
            forms = forms or {"response": self.amount()}
        risk["loss"] = forms
        if first and self.has("outage"):
            risk["value_stream"] = "s"
            risk["outage"] = {"duration": r.choice([{"min": "4 hours", "likely": "20 hours", "max": "90 hours"}, {"low": "6 hours", "high": "60 hours"}, "24 hours"]),
                              "share": self.chance(0.3, 0.9)}
        if self.has("dwell") and (first or r.random() < 0.3):
            risk["dwell"] = {"time": r.choice([{"low": "20 hours", "high": "30 days"}, {"shape": "gamma", "mean": "9 days", "sd": "8 days"}, "6 days",
                                               {"min": "4 hours", "likely": "3 days", "max": "20 days"}, {"samples": ["2 days", "9 days", "40 days"]},
                                               {"p10": "1 day", "p50": "5 days", "p90": "20 days"}])}
            if not self.has("dwell stage") or r.random() < 0.6:
                risk["dwell"]["per_day"] = r.choice(["900", {"low": "300", "high": "2000"}])
            if self.has("dwell stage"):
                risk["dwell"]["then"] = {"after": r.choice(["10 days", "500 hours"]), "loss": self.amount(20_000, 90_000)}
        if self.has("inherent"):
            risk["inherent"] = {"frequency": "2 per year", "loss": "90000"}
        if self.has("secondary") and (first or r.random() < 0.4):
            one = lambda: {"chance": self.chance(0.1, 0.4), "loss": self.forms(r.choice([1, 2]))}
            risk["secondary"] = [one(), one()] if self.has("two secondaries") and first else [one()]
        return risk

    def effects(self, risk, taken, may_become=True):
        """One or two effects of a control on a risk; a factor `becomes` only one thing."""
        r, out = self.r, []
        rates = ["vulnerability", "contacts" if "contacts" in risk.get("threat", {}) else "events"] if "threat" in risk else ["frequency"]
        losses = ["loss"] + [f"loss.{form}" for form in risk["loss"]] + (["outage"] if "outage" in risk else [])
        losses += ["secondary.chance", "secondary.loss"] if "secondary" in risk else []
        becomes = []
        if may_become:
            if self.has("becomes loss"):
                form = sorted(set(risk["loss"]) - {"productivity"})
                becomes += [(f"loss.{form[0]}", self.amount(1_000, 60_000))] if form else []
            if self.has("becomes rate"):
                becomes += [("vulnerability", self.chance(0.05, 0.3))] if "vulnerability" in risk.get("threat", {}) else []
                becomes += [("frequency", rate(r.uniform(0.05, 0.3)))] if "frequency" in risk and "count" not in risk else []
            if self.has("becomes outage") and "outage" in risk:
                becomes.append(("outage", {"min": "1 hours", "likely": "6 hours", "max": "30 hours"}))
            if self.has("becomes dwell") and "dwell" in risk:
                becomes.append(("dwell", r.choice([{"min": "1 hours", "likely": "9 hours", "max": "60 hours"}, {"low": "2 hours", "high": "4 days"}, "12 hours"])))
            if self.has("becomes secondary") and len(risk.get("secondary", [])) == 1:
                becomes.append(("secondary.chance", self.chance(0.02, 0.2)))
            if self.has("becomes resistance") and "capability" in risk.get("threat", {}):
                becomes.append(("resistance", {"min": "50%", "likely": "75%", "max": "95%"}))
        becomes = [b for b in becomes if (risk["id"], b[0]) not in taken]
        many = 2 if self.has("two effects") else 1
        if becomes and r.random() < 0.7:
            on, new = r.choice(becomes)
            taken.add((risk["id"], on))
            out.append({"risk": risk["id"], "on": on, "becomes": new})
        choices = [f for f in rates + losses if f not in {e["on"] for e in out}]
        r.shuffle(choices)
        while len(out) < many and choices:
            out.append({"risk": risk["id"], "on": choices.pop(), "reduction": self.chance(0.1, 0.6)})
        return out

    def control(self, i, risks, taken):
        r = self.r
        c = {"id": f"c{i}", "name": f"Control {i}", "effect": []}
        for risk in [risks[i % len(risks)]] + ([r.choice(risks)] if r.random() < 0.4 else []):
            if risk["id"] not in {e["risk"] for e in c["effect"]}:
                c["effect"] += self.effects(risk, taken)
        if self.has("unknown coverage"):
            c["coverage"] = self.chance(0.5, 0.9)
        if self.has("unknown reliability") or self.has("fails_with"):
            c["reliability"] = self.chance(0.5, 0.9, known=not self.has("unknown reliability"))
        if self.has("fails_with"):
            c["fails_with"] = {"group": "g", "share": percent(r.choice([0.2, 0.5, 0.8]))}
        if self.has("ramp") and r.random() < 0.7:
            c["ramp"] = r.choice(["6 months", "18 months"])
        if self.has("lifetime"):
            c["lifetime"] = r.choice(["2 years", "18 months", "5 years"])
        if self.has("salvage"):
            c["salvage"] = money(r.uniform(500, 3000))
        cost = {"initial": money(r.uniform(5_000, 40_000)), "yearly": money(r.uniform(1_000, 12_000))}
        if self.has("yearly range"):
            cost["yearly"] = {"min": "2000", "likely": "5000", "max": "9000"}
        if self.has("list by year"):
            cost["yearly"] = ["8000", "3000"]
        if self.has("quarterly") and i == 1:
            cost.pop("yearly")
            cost["quarterly"] = ["3000", "1000", {"min": "500", "likely": "800", "max": "1500"}]
        if self.has("saves"):
            c["saves"] = {"people": {"time": "3 hours per week", "rate": "50 per hour"}, "users": {"users": 20, "time": "1 minute per day", "rate": "40 per hour"}}
        if self.has("people"):
            cost["people"] = {"time": "2 hours per week", "rate": "60 per hour"}
        if self.has("friction"):
            cost["friction"] = {"users": 40, "time": {"min": "0.5 minutes per day", "likely": "1 minute per day", "max": "2 minutes per day"}, "rate": "40 per hour"}
        if self.has("retired"):
            cost["retired"] = "1500 per year"
        c["cost"] = cost
        return c

    def policy(self, i, risks):
        r = self.r
        p = {"id": f"p{i}", "premium": money(r.uniform(2_000, 20_000)), "retention": money(r.choice([0, 10_000, 40_000])), "limit": money(r.choice([50_000, 200_000, 1_000_000]))}
        if self.has("waiting") and (i == 0 or r.random() < 0.5):
            p["waiting"] = {"time": "12 hours", "franchise": True} if self.has("franchise") else "12 hours"
        if self.has("sublimits"):
            p["sublimits"] = {form: money(r.choice([20_000, 60_000])) for form in r.sample(FORMS, 2)}
        if self.has("annual retention") and (i == 0 or r.random() < 0.5):
            p["annual_retention"] = money(r.choice([20_000, 60_000]))
        if self.has("annual limit") and (i == 0 or r.random() < 0.5):
            p["annual_limit"] = money(r.choice([100_000, 300_000]))
        if self.has("coinsurance"):
            p["coinsurance"] = percent(r.choice([0.1, 0.25]))
        if self.has("covers"):
            p["covers"] = sorted(r.sample(FORMS, 4))
        if "sublimits" in p:
            covers = p.get("covers", [f for f in FORMS if f != "fines"])
            p["sublimits"] = {f: x for f, x in p["sublimits"].items() if f in covers} or {covers[0]: "30000"}
        if self.has("policy risks") and len(risks) > 1:
            p["risks"] = [x["id"] for x in r.sample(risks, len(risks) - 1)]
        if self.has("policy plans") and (i == 0 or r.random() < 0.5):
            p["plans"] = r.choice([["today", "a"], ["a"], ["today"]])
        return p

    def scenario(self):
        r = self.r
        count = 1 if r.random() < 0.15 and not (self.has("chain") or self.has("cause") or self.has("at most one")) else r.choice([2, 3])
        risks = [self.risk(i) for i in range(count)]
        if self.has("chain"):
            risks[0]["leads_to"] = [{"risk": "r1", "chance": self.chance(0.05, 0.4)}]
            if count > 2 and r.random() < 0.5:
                risks[1]["leads_to"] = [{"risk": "r2", "chance": self.chance(0.05, 0.4)}]
        out = {"schema": 1, "title": "Random", "currency": "EUR", "risk": risks}
        said = {"horizon": r.choice(["1 year", "3 years", "4 years"]), "discount_rate": r.choice(["0%", "8%", "4.25%"])}
        growth = {key: percent(r.choice([0.03, 0.06])) for key in ("losses", "rates", "costs") if self.has(f"growth of {key}")}
        if growth:
            said["growth"] = growth
        if self.has("tax"):
            said["tax_rate"] = "26.5%"
            if self.has("depreciation"):
                said |= {"depreciation": r.choice(["straight-line", "sum-of-digits"]), "depreciation_years": r.choice([2, 3, 5])}
                if self.has("declining"):
                    if r.random() < 0.5:
                        said |= {"depreciation": "macrs", "depreciation_years": r.choice([3, 5])}
                    else:
                        said |= {"depreciation": "declining", "depreciation_rate": "40%"}
                        said.pop("depreciation_years")
                if self.has("to salvage") and said["depreciation"] != "macrs":
                    said["depreciation_to"] = "salvage"
        if self.has("end value"):
            said["end_value"] = "straight-line"
        if self.has("mid-year"):
            said["timing"] = "mid-year"
        out["assumptions"] = said
        if self.has("outage"):
            out["value_stream"] = [{"id": "s", "name": "Stream", "revenue": r.choice(["2k per hour", {"low": "1k per hour", "high": "4k per hour"}])}]
            if self.has("value stream margin"):
                out["value_stream"][0]["margin"] = self.chance(0.3, 0.8)
        if self.has("cause"):
            out["shared_cause"] = [{"id": "k", "name": "Cause", "frequency": self.often(r.uniform(0.1, 0.5)), "strikes": [x["id"] for x in risks[: r.choice([1, count])]]}]
        taken = set()
        controls = [self.control(i, risks, taken) for i in range(3)]
        if self.has("requires"):
            controls[1]["requires"] = ["c0"]
        out["control"] = controls
        if self.has("drops"):
            old = risks[-1]
            out["control"].append({"id": "old", "name": "Old", "in_place": True, "coverage": "80%", "reliability": "90%", "cost": {"yearly": "9000", "retired": "500"},
                                   "effect": [{"risk": old["id"], "on": r.choice(["frequency" if "frequency" in old else "vulnerability", "loss"]),
                                               "reduction": self.chance(0.1, 0.3)}]})
        starts = lambda id: {"id": id, "start": r.choice(["year 2", "month 7"])} if self.has("late start") and said["horizon"] != "1 year" and r.random() < 0.5 else id
        out["plan"] = [{"id": "a", "name": "A", "controls": [starts("c0"), starts("c1")]} | ({"drops": ["old"]} if self.has("drops") else {})]
        if self.has("second plan"):
            out["plan"].append({"id": "b", "name": "B", "controls": ["c0", "c1", "c2"]})
        if self.has("policy"):
            out["insurance"] = [self.policy(i, risks) for i in range(2 if self.has("two policies") else 1)]
        if self.has("appetite"):
            out["appetite"] = [{"name": "limit", "loss": money(r.choice([100_000, 300_000])), "chance": "1 in 10"}, {"name": "far", "loss": "1000000", "chance": "1 in 50"}]
        return out


def scenarios(count, seed, skip=()):
    for i in range(count):
        yield i, Maker(seed * 100_003 + i, skip)


def missing_pairs(count, seed):
    """Pairs of features that no scenario holds together (those that exclude each other are left out)."""
    seen = set()
    for _, maker in scenarios(count, seed):
        seen |= set(itertools.combinations(sorted(maker.on), 2))
    return [pair for pair in itertools.combinations(sorted(FEATURES), 2) if pair not in seen]


def main():
    args = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    args.add_argument("--count", type=int, default=100)
    args.add_argument("--seed", type=int, default=1)
    args.add_argument("--out", default=None)
    args.add_argument("--coverage", action="store_true")
    args = args.parse_args()
    if args.coverage:
        gone = missing_pairs(args.count, args.seed)
        print(f"{len(gone)} pairs of features stand together in no scenario", *gone, sep="\n")
        return len(gone) > 0
    folder = pathlib.Path(args.out)
    folder.mkdir(parents=True, exist_ok=True)
    for i, maker in scenarios(args.count, args.seed):
        (folder / f"random-{args.seed}-{i:03}.json").write_text(json.dumps(maker.scenario(), indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

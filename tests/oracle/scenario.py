"""What does a file say? Reads TOML or JSON into plain objects, by docs/file-format.md.

Every estimate becomes an `Unit`. Units of *knowledge* have one value in a world; units of *luck* are drawn for every event.
"""

import csv
import json
import math
import pathlib
import re
import tomllib
from types import SimpleNamespace as Table

import ranges
from quantities import Reader, Unread

FORMS = ("productivity", "response", "replacement", "competitive_advantage", "fines", "reputation")
RATE = ("frequency", "contacts", "action", "events", "vulnerability", "resistance")


class Unit:
    """One input quantity: its range, what is not known of its mean (`doubt`), and its name."""

    def __init__(self, name, distribution, doubt=None):
        self.name, self.distribution, self.doubt = name, distribution, doubt
        self.mean = distribution.mean

    @property
    def fixed(self):
        return isinstance(self.distribution, ranges.Fixed)


def _list(value):
    return value if isinstance(value, list) else [value]


class Case:
    """The scenario, read."""

    def __init__(self, path):
        self.path = pathlib.Path(path)
        text = self.path.read_text()
        tree = json.loads(text) if self.path.suffix == ".json" else tomllib.loads(text)
        self.tree = tree
        said = tree.get("assumptions", {})
        self.read = Reader(tree.get("numbers"), said.get("working_days", 220))
        self.units = {}
        read = self.read
        growth = said.get("growth", {})
        self.horizon = int(round(read.years(said.get("horizon", "3 years"))))
        self.discount = read.yearly_percentage(said.get("discount_rate", "8%"))
        self.growth = {key: read.yearly_percentage(growth.get(key, "0%")) for key in ("losses", "rates", "costs")}
        self.tax = read.yearly_percentage(said.get("tax_rate", "0%"))
        self.depreciation, self.depreciation_years = said.get("depreciation"), said.get("depreciation_years")
        self.depreciation_rate = read.chance(said["depreciation_rate"]) if "depreciation_rate" in said else None
        self.to_salvage = said.get("depreciation_to") == "salvage"
        self.mid_year = said.get("timing") == "mid-year"
        self.end_value = said.get("end_value", "none")
        self.working_days = said.get("working_days", 220)
        self.assumptions = said
        self.appetite = [Table(name=a["name"], loss=read.money(a["loss"]), chance=read.chance(a["chance"])) for a in tree.get("appetite", [])]
        self.streams = {s["id"]: Table(id=s["id"],
                                       revenue=self.unit(f"value_stream.{s['id']}.revenue", s.get("revenue"), read.money_per_hour),
                                       margin=self.unit(f"value_stream.{s['id']}.margin", s.get("margin", "100%"), read.chance, True))
                        for s in tree.get("value_stream", [])}
        self.risks = {r["id"]: self.risk(r) for r in tree["risk"]}
        self.causes = [Table(id=c["id"], frequency=self.unit(f"shared_cause.{c['id']}.frequency", c["frequency"], read.frequency),
                             strikes=c["strikes"]) for c in tree.get("shared_cause", [])]
        self.controls = {c["id"]: self.control(c) for c in tree.get("control", [])}
        self.plans = [self.plan(p) for p in tree.get("plan", [])]
        self.policies = [self.policy(p) for p in tree.get("insurance", [])]
        self.order = self.topological()

    def unit(self, name, stated, read, is_chance=False):
        """An estimate as a unit; None where nothing is stated."""
        if stated is None:
            return None
        keys = stated if isinstance(stated, dict) else {"value": stated}
        seen = re.fullmatch(r"(\S+) events in (\S+) years", str(keys.get("value")))
        if seen:
            keys = {key: x for key, x in keys.items() if key != "value"} | {"events": seen.group(1), "years": seen.group(2)}
        known = {"source", "owner", "date", "why", "example", "doubt", "value", "low", "high", "min", "likely", "max", "p10", "p50", "p90",
                 "at_most", "shape", "mean", "sd", "at_least", "tail", "samples", "p05", "p25", "p75", "p95", "median", "mu", "sigma", "confidence",
                 "quantity", "count", "each", "events", "years"}
        if set(keys) - known:
            raise Unread(f"{name}: keys {sorted(set(keys) - known)}")
        if isinstance(keys.get("samples"), str):
            keys = {**keys, "samples": self.sample_file(keys["samples"])}
        distribution = ranges.from_keys(keys, read, is_chance)
        if not (distribution.mean < float("inf")):
            raise Unread(f"{name}: its average is infinite")
        doubt = self.read.chance(keys["doubt"]) if "doubt" in keys else None
        self.units[name] = Unit(name, distribution, doubt)
        return self.units[name]

    def sample_file(self, name):
        values = []
        with open(self.path.parent / name, newline="") as file:
            for row in csv.reader(file):
                try:
                    values.append(float(row[0]))
                except (ValueError, IndexError):
                    continue
        return values

    def forms(self, name, table):
        return {form: self.unit(f"{name}.{form}", table[form], self.read.money) for form in FORMS if form in table}

    def risk(self, r):
        name, read = f"risk.{r['id']}", self.read
        out = Table(id=r["id"], name=name, stream=r.get("value_stream"), frequency=None, threat=None, asset=None, outage=None)
        count = r.get("count", "poisson")
        out.size = float(count["clustering"]) if isinstance(count, dict) else None
        out.at_most_one = count == "at most one"
        if "frequency" in r:
            out.frequency = self.unit(f"{name}.frequency", r["frequency"], read.frequency, out.at_most_one)
        else:
            t = r["threat"]
            out.threat = Table(**{key: self.unit(f"{name}.threat.{key}", t.get(key), how, chance) for key, how, chance in (
                ("events", read.frequency, False), ("contacts", read.frequency, False), ("action", read.chance, True),
                ("vulnerability", read.chance, True), ("capability", read.chance, True), ("resistance", read.chance, True))})
            for side in (out.threat.capability, out.threat.resistance):
                if side is not None and side.doubt:
                    raise Unread("doubt on a side of a contest: the documents do not say its rule")
        out.loss = self.forms(f"{name}.loss", r.get("loss", {}))
        if "asset" in r:
            out.asset = Table(value=self.unit(f"{name}.asset.value", r["asset"]["value"], read.money),
                              exposure=self.unit(f"{name}.asset.exposure", r["asset"]["exposure"], read.chance, True))
        if "outage" in r:
            out.outage = Table(duration=self.unit(f"{name}.outage.duration", r["outage"]["duration"], read.hours),
                               share=self.unit(f"{name}.outage.share", r["outage"].get("share", "100%"), read.chance, True))
        out.secondary = []
        for i, s in enumerate(_list(r.get("secondary", []))):
            chance = self.unit(f"{name}.secondary.{i}.chance", s["chance"], read.chance, True)
            if chance.doubt:
                raise Unread("doubt on a chance: the documents do not say its rule")
            out.secondary.append(Table(chance=chance, loss=self.forms(f"{name}.secondary.{i}.loss", s["loss"])))
        out.dwell = None
        if "dwell" in r:
            d, then = r["dwell"], r["dwell"].get("then")
            out.dwell = Table(time=self.unit(f"{name}.dwell.time", d["time"], read.hours),
                              per_day=self.unit(f"{name}.dwell.per_day", d.get("per_day"), read.money),
                              loss=self.unit(f"{name}.dwell.then.loss", then and then["loss"], read.money),
                              rate=math.log(2) / read.hours(then["after"]) if then else 0.0)
        out.leads_to = [Table(risk=l["risk"], chance=self.unit(f"{name}.leads_to.{i}.chance", l["chance"], read.chance, True))
                        for i, l in enumerate(r.get("leads_to", []))]
        return out

    def control(self, c):
        name, read = f"control.{c['id']}", self.read
        out = Table(id=c["id"], name=name, in_place=c.get("in_place", False))
        out.coverage = self.unit(f"{name}.coverage", c.get("coverage", "100%"), read.chance, True)
        out.reliability = self.unit(f"{name}.reliability", c.get("reliability", "100%"), read.chance, True)
        out.ramp = read.years(c["ramp"]) if "ramp" in c else 0.0
        out.lifetime = read.years(c["lifetime"]) if "lifetime" in c else None
        out.salvage = self.unit(f"{name}.salvage", c.get("salvage"), read.money)
        tie = c.get("fails_with")
        out.group, out.share = (tie["group"], read.chance(tie["share"])) if tie else (None, 0.0)
        out.effects = []
        for i, e in enumerate(c.get("effect", [])):
            on, reduction, becomes = e["on"], None, None
            if "reduction" in e:
                reduction = self.unit(f"{name}.effect.{i}.reduction", e["reduction"], read.chance, True)
            else:
                how = read.hours if on in ("outage", "dwell") else read.money if "loss" in on else read.chance if on in (
                    "action", "vulnerability", "resistance", "secondary.chance") else read.frequency
                chance = how == read.chance or (on == "frequency" and self.risks[e["risk"]].at_most_one)
                becomes = self.unit(f"{name}.effect.{i}.becomes", e["becomes"], how, chance)
            out.effects.append(Table(risk=e["risk"], on=on, reduction=reduction, becomes=becomes))
        cost = c.get("cost", {})
        out.cost = Table(initial=self.unit(f"{name}.cost.initial", cost.get("initial"), read.money), people=None, friction=None, saves=[],
                         retired=self.unit(f"{name}.cost.retired", cost.get("retired"), read.money_per_year))
        # By year or by quarter from the start; the last amount goes on.
        key, out.cost.period, how = ("quarterly", 0.25, read.money) if "quarterly" in cost else ("yearly", 1.0, read.money_per_year)
        out.cost.yearly = [self.unit(f"{name}.cost.{key}.{i}", y, how) for i, y in enumerate(_list(cost[key]))] if key in cost else []
        for kind in ("people", "friction"):
            if kind in cost:
                t = cost[kind]
                setattr(out.cost, kind, Table(users=t.get("users", 1), time=self.unit(f"{name}.cost.{kind}.time", t["time"], read.work),
                                              rate=self.unit(f"{name}.cost.{kind}.rate", t["rate"], read.wage)))
        for kind, t in c.get("saves", {}).items():
            if isinstance(t, dict):
                out.cost.saves.append(Table(users=t.get("users", 1), time=self.unit(f"{name}.saves.{kind}.time", t["time"], read.work),
                                            rate=self.unit(f"{name}.saves.{kind}.rate", t["rate"], read.wage)))
        return out

    def plan(self, p):
        starts = {}
        for c in p.get("controls", []):
            start = c.get("start") if isinstance(c, dict) else None
            word, number = start.split() if start else ("year", "1")
            starts[c["id"] if isinstance(c, dict) else c] = (int(number) - 1) / (1 if word == "year" else 12)
        return Table(id=p["id"], starts=starts, drops=p.get("drops", []))

    def policy(self, p):
        read = self.read
        money = lambda key, default: read.money(p[key]) if key in p else default
        waiting, franchise = p.get("waiting"), False
        if isinstance(waiting, dict):
            waiting, franchise = waiting["time"], waiting.get("franchise", False)
        unknown = set(p) - {"id", "name", "premium", "retention", "limit", "annual_limit", "annual_retention", "coinsurance", "waiting", "covers",
                            "risks", "plans", "sublimits", "source", "owner", "date", "why", "example"}
        if unknown:
            raise Unread(f"insurance keys {sorted(unknown)}")
        return Table(id=p["id"], premium=read.money_per_year(p.get("premium", "0")), retention=money("retention", 0.0),
                     limit=money("limit", float("inf")), annual_retention=money("annual_retention", 0.0),
                     annual_limit=money("annual_limit", float("inf")), coinsurance=read.chance(p.get("coinsurance", "0%")),
                     waiting=read.hours(waiting) if waiting else 0.0, franchise=franchise,
                     covers=p.get("covers", [f for f in FORMS if f != "fines"]), risks=p.get("risks", list(self.risks)),
                     sublimits={form: read.money(x) for form, x in p.get("sublimits", {}).items()},
                     plans=p.get("plans", ["today"] + [plan.id for plan in self.plans]))

    def topological(self):
        order, seen = [], set()

        def visit(id):
            if id not in seen:
                seen.add(id)
                for link in self.risks[id].leads_to:
                    visit(link.risk)
                order.append(id)

        for id in self.risks:
            visit(id)
        return order[::-1]

    def options(self):
        """Today (nothing new) and every plan: id, start of each new control, what is dropped."""
        return [Table(id="today", starts={}, drops=[])] + self.plans

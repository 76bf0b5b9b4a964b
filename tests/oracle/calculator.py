"""A second calculator: the figures of a scenario, worked out from the documents alone.

`Answers` holds them with their errors: averages by formula over scrambled points, everything else by played years, the two joined
where that makes the error smaller (what insurers pay is regressed on the gross loss, whose average is known).
"""

import numpy as np

import means
from money import Money, payback, rates_of_return
from scenario import Case
from years import Player, years_for

SPREAD = 1.8  # eight scrambles know their error only roughly: Student's t with 7 degrees of freedom


class Answers:
    def __init__(self, path, seed=1, most=60_000, plans=3, scale=1.0):
        self.case = case = Case(path)
        self.seed = seed
        case.plans_worked = [p.id for p in case.plans[:plans]]
        self.options = case.options()[: 1 + plans]
        self.model = means.Model(case)
        full = {id: 1.0 for id in case.controls}
        work = len(self.options) * sum(1 + len(r.loss) + 2 * len(r.secondary) for r in case.risks.values()) * (1 + len(case.controls))
        self.points = 2048 if work < 400 else 512 if work < 3000 else 128
        self.averages = means.averaged(case, lambda w: self.full_year(w, full), seed, self.points)
        self.n, self.rate = years_for(case, self.options, int(most * scale))
        self.playable = self.rate < 20_000
        self.played = Player(case, self.options, seed).play(self.n) if self.playable else None
        self.net = None
        if self.played:
            self.net = {id: self.played.gross[id] - self.played.paid[id] for id in case.risks}

    def full_year(self, w, strength):
        out = {}
        for option in self.options:
            total = 0.0
            for id, year in self.model.year(option, w, strength).items():
                out[option.id, id, "loss"], out[option.id, id, "events"] = year.loss, year.events
                total = total + year.loss
            out[option.id, None, "loss"] = total
        return out

    def gross(self, o, risk):
        value, error = self.averages[self.options[o].id, risk, "loss"]
        return value, error * SPREAD

    def total(self, arrays, o):
        return sum(a[o] for a in arrays.values())

    def controlled(self, values, gross, mean):
        """The mean of `values`, given that the mean of `gross` is known: value and error."""
        n = len(values)
        variance = float(np.var(gross))
        slope = float(np.cov(values, gross)[0, 1]) / variance if variance > 0 else 0.0
        rest = values - slope * gross
        return float(np.mean(rest)) + slope * mean[0], float(np.std(rest) / np.sqrt(n)) + abs(slope) * mean[1]

    def paid(self, o, risk):
        """What insurers pay a year on average."""
        arrays = self.played
        paid = arrays.paid[risk][o] if risk else self.total(arrays.paid, o)
        if not np.any(paid):
            return 0.0, 0.0
        gross = arrays.gross[risk][o] if risk else self.total(arrays.gross, o)
        return self.controlled(paid, gross, self.gross(o, risk))

    def losses(self, o, risk):
        return self.net[risk][o] if risk else self.total(self.net, o)

    def heavy(self, risk=None):
        """Whether a tail is so heavy that an average over played years does not know its error."""
        case = self.case
        for r in [case.risks[risk]] if risk else case.risks.values():
            units = list(r.loss.values()) + [u for s in r.secondary for u in s.loss.values()]
            units += [r.outage.duration] if r.outage else []
            units += [u for u in (r.dwell.time, r.dwell.loss) if u] if r.dwell else []
            units += [u for u in case.units.values() if not means.is_luck(u.name, case)]
            if any(getattr(u.distribution, "sigma", 0) > 1.3 for u in units):
                return True
        return False


class Investment:
    """What plans are worth over the horizon: costs by their averages, losses by formula in time, what insurers pay from played paths."""

    def __init__(self, answers, paths=None):
        self.a, self.case = answers, answers.case
        case = self.case
        self.money = Money(case, lambda unit: unit.mean)
        self.flows = {o.id: self.money.flows(o) for o in answers.options}
        self.avoided = means.averaged(case, self.by_year, answers.seed + 50, max(128, answers.points // 4))
        self.paths = None
        if answers.playable:
            cells = max(1.0, answers.rate * case.horizon) * len(answers.options) + 0.3 * len(case.risks) * case.horizon
            self.n = int(max(500, min(20_000, 800_000 / cells)))
            self.paths = Player(case, answers.options, answers.seed + 11).play(self.n, "path", case.horizon, True)

    def by_year(self, w):
        """Gross loss avoided by each plan in each year: the strengths of controls move in time, so a year is integrated in parts."""
        case, out, known = self.case, {}, {}
        nodes, weights = np.polynomial.legendre.leggauss(5)
        today = self.a.options[0]
        grown = lambda t: ((1 + case.growth["losses"]) ** (t - 1), (1 + case.growth["rates"]) ** (t - 1))

        def year(option, strengths, t):
            capped = any(r.at_most_one for r in case.risks.values())
            key = (option.id, strengths, t if capped else 1)
            if key not in known:
                s = dict(zip(option.starts, strengths))
                l, r = grown(t)
                known[key] = {id: y.loss / (1 if capped else 1) for id, y in self.a.model.year(option, w, s, 1.0, r if capped else 1.0).items()}
            l, r = grown(t)
            return {id: loss * l * (1 if capped else r) for id, loss in known[key].items()}

        for option in self.a.options[1:]:
            kinks = sorted({s for s in option.starts.values()} | {s + case.controls[id].ramp for id, s in option.starts.items()})
            for t in range(1, case.horizon + 1):
                edges = [t - 1.0] + [k for k in kinks if t - 1 < k < t] + [float(t)]
                before = year(today, (), t)
                total = {id: 0.0 for id in case.risks}
                for left, right in zip(edges, edges[1:]):
                    middle = (left + right) / 2
                    moving = any(s < middle < s + case.controls[id].ramp for id, s in option.starts.items())
                    for x, weight in zip(nodes, weights) if moving else ((0.0, 2.0),):
                        when = middle + x * (right - left) / 2
                        strengths = tuple(float(when >= s) if case.controls[id].ramp == 0 else min(1.0, max(0.0, (when - s) / case.controls[id].ramp))
                                          for id, s in option.starts.items())
                        with_plan = year(option, strengths, t)
                        for id in case.risks:
                            total[id] = total[id] + weight / 2 * (right - left) * (before[id] - with_plan[id])
                out[option.id, t] = sum(total.values())
            out[option.id, "pv"] = sum(out[option.id, t] * self.money.discounted(d) for t, d in enumerate(self.money.loss_dates(), 1))
            acted = [id for id in case.risks if self.a.model.effects_on(option, case.risks[id])]
            out[option.id, "base"] = sum(sum(year(today, (), t)[id] for id in acted) * self.money.discounted(d)
                                         for t, d in enumerate(self.money.loss_dates(), 1)) + 0.0
        if len(self.a.options) == 1:
            out["none"] = 0.0
        return out

    def recovered(self, o):
        """Per path and year: what insurers pay more today than with the plan."""
        p, h = self.paths, self.case.horizon
        paid = sum(p.paid[id][0] - p.paid[id][o] for id in self.case.risks)
        gross = sum(p.gross[id][0] - p.gross[id][o] for id in self.case.risks)
        return paid.reshape(self.n, h), gross.reshape(self.n, h)

    def loss_avoided(self, o):
        """By year and as a present value, after insurers and tax: [(value, error)], (value, error)."""
        case, option = self.case, self.a.options[o]
        keep = 1 - case.tax
        pick = lambda key: (self.avoided[option.id, key][0], self.avoided[option.id, key][1] * SPREAD)
        gross = [pick(t) for t in range(1, case.horizon + 1)]
        pv = pick("pv")
        if not case.policies or self.paths is None:
            return [(v * keep, e * keep) for v, e in gross], (pv[0] * keep, pv[1] * keep)
        paid, raw = self.recovered(o)
        out = []
        for t, known in enumerate(gross):
            v, e = self.a.controlled(paid[:, t], raw[:, t], known) if np.any(paid[:, t]) else (0.0, 0.0)
            out.append(((known[0] - v) * keep, np.hypot(known[1], e) * keep))
        d = np.array([self.money.discounted(x) for x in self.money.loss_dates()])
        v, e = self.a.controlled(paid @ d, raw @ d, pv) if np.any(paid) else (0.0, 0.0)
        return out, ((pv[0] - v) * keep, np.hypot(pv[1], e) * keep)

    def costs(self, o):
        flows = self.flows[self.a.options[o].id]
        m = self.money
        return {"cost": m.by_year([f for f in flows if f.kind != "saves"]), "cash": m.cash(flows), "pv": m.present_cost(flows), "saves": m.present_saves(flows),
                "gains": [-x for x in m.by_year(flows, {"saves"})]}

    def values_of_paths(self, o):
        """Net present value of each path: its own years, its own costs."""
        if self.paths is None:
            return None
        case, p, option = self.case, self.paths, self.a.options[o]
        paid, gross = self.recovered(o)
        d = np.array([self.money.discounted(x) for x in self.money.loss_dates()])
        worlds = Money(case, lambda unit: p.w[unit])
        flows = worlds.flows(option)
        return (gross - paid) @ d * (1 - case.tax) - worlds.present_cost(flows) + worlds.present_saves(flows)

    def dated(self, o):
        """Every flow with the date at which it counts: gains above zero."""
        flows = self.flows[self.a.options[o].id]
        by_year, _ = self.loss_avoided(o)
        return [(self.money.when(f), -self.money.after_tax(f)) for f in flows] + list(zip(self.money.loss_dates(), [v for v, _ in by_year]))

    def returns(self, o):
        return rates_of_return(self.dated(o))

    def payback(self, o, discounted=False):
        flows = self.flows[self.a.options[o].id]
        by_year, _ = self.loss_avoided(o)
        d = (lambda date: self.money.discounted(date)) if discounted else (lambda date: 1.0)
        jumps = [(float(f.year) if not self.case.mid_year else f.begin, -self.money.after_tax(f) * d(self.money.when(f))) for f in flows if f.begin == f.end]
        lines = [(f.begin, f.end, -self.money.after_tax(f) * d(self.money.when(f))) for f in flows if f.begin < f.end]
        lines += [(t - 1.0, float(t), v * d(self.money.loss_dates()[t - 1])) for t, (v, _) in enumerate(by_year, 1)]
        return payback(jumps, lines)

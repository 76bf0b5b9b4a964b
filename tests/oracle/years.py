"""What may a year cost? Years are played event by event, the same events under every option (docs/model/simulation.md).

An event is kept or prevented by one number, who acts is drawn once a control and event, each form of loss has one number, and policies
settle the events of each year in their order (docs/model/insurance.md). `play` returns what each year of each option cost: gross by risk,
what insurers paid by risk and by policy, and what no policy reaches.
"""

import zlib
from types import SimpleNamespace as Table

import numpy as np

from means import Model, Worlds, count_unknown
from scenario import FORMS, RATE

EVENTS = 1_200_000


def stream(seed, *what):
    return np.random.Generator(np.random.SFC64([seed] + [zlib.crc32(str(w).encode()) for w in what]))


class Player:
    def __init__(self, case, options, seed):
        self.case, self.options, self.seed, self.model = case, options, seed, Model(case)

    def worlds(self, n, what):
        rng = stream(self.seed, what, "worlds")
        # Equal strata for every unknown: each still is uniform, and means of what depends on few unknowns are steadier.
        column = lambda k: np.clip((rng.permutation(n) + rng.random(n)) / n, 1e-13, 1 - 1e-13)
        return Worlds(self.case, column)

    def play(self, n, what="year", horizon=1, grown=False):
        """n worlds, each kept for `horizon` years; with `grown` the years have growth, start dates and ramps."""
        case, total = self.case, n * horizon
        self.what, self.horizon, self.grown, self.total = what, horizon, grown, total
        self.w = self.worlds(n, what)
        year = np.arange(total)
        self.world_of = year // horizon
        t = year % horizon
        self.rates = (1 + case.growth["rates"]) ** t if grown else np.ones(total)
        self.losses = (1 + case.growth["losses"]) ** t if grown else np.ones(total)
        self.wy = self.w.slice(self.world_of)
        arrivals = {id: [] for id in case.risks}
        for cause in case.causes:
            rng = stream(self.seed, what, "cause", cause.id)
            years = np.repeat(year, rng.poisson(np.broadcast_to(self.wy[cause.frequency] * self.rates, (total,))))
            times = rng.random(len(years))
            for id in cause.strikes:
                arrivals[id].append((years, times, np.ones((len(self.options), len(years)), bool), rng.random(len(years)), np.ones(len(years))))
        O = len(self.options)
        self.gross = {id: np.zeros((O, total)) for id in case.risks}
        self.hit = {id: np.zeros((O, total), bool) for id in case.risks}
        self.claims = [[] for _ in self.options]
        self.events = {id: np.zeros(O) for id in case.risks}
        for id in case.order:
            self.risk(case.risks[id], arrivals)
        self.settle()
        return self

    def strength(self, option, control, when):
        """0 before its start, growing to 1 over its ramp; 1 in a full year."""
        if not self.grown:
            return 1.0
        start = option.starts[control.id]
        if control.ramp == 0:
            return (when >= start).astype(float)
        return np.clip((when - start) / control.ramp, 0, 1)

    def at_most(self, risk, acts, brought):
        """The most that an option's controls may multiply a rate by, by world."""
        top = 1.0
        for control, effects, drop in acts:
            m = 1.0
            for e in effects:
                m = m * (self.model.drop_factor(control, e) if e.on in RATE and drop else 1.0 if drop else self.model.rate_multiplier(risk, e, self.w, brought))
            top = top * (m if drop else np.maximum(1.0, m))
        return top

    def risk(self, risk, arrivals):
        case, model, what = self.case, self.model, self.what
        rng = stream(self.seed, what, "risk", risk.id)
        acts = [model.effects_on(option, risk) for option in self.options]
        # Candidates: as many events as any option could have.
        top = 1.0
        for a in acts:
            top = np.maximum(top, self.at_most(risk, a, False))
        base = np.broadcast_to(np.asarray(model.rate(risk, self.w), float), (len(self.world_of) // self.horizon,))[self.world_of] * self.rates
        top = np.broadcast_to(top, base.shape[:0] + (len(base) // self.horizon,))[self.world_of]
        if risk.at_most_one:
            over = base * top > 1
            if over.any():
                top = np.where(over, np.maximum(1.0, 1 / np.maximum(base, 1e-300)), top)
            counts = (rng.random(self.total) < np.minimum(1.0, base * top)).astype(int)
            base = np.minimum(base, 1.0)
        elif risk.size:
            counts = rng.poisson(base * top * rng.gamma(risk.size, 1 / risk.size, self.total))
        else:
            counts = rng.poisson(base * top)
        years = np.repeat(np.arange(self.total), counts)
        own = np.ones(len(years), bool)
        times = rng.random(len(years))
        alive = np.ones((len(self.options), len(years)), bool)
        bound = top[years]
        u_keep, chance, copy = rng.random(len(years)), np.ones(len(years)), np.zeros(len(years))
        # What comes from elsewhere, with its chance. Where a dropped control lets more through than comes, one event may bring two.
        if arrivals[risk.id]:
            most = max(float(np.max(self.at_most(risk, a, True))) for a in acts)
            for y, t, a, u, q in arrivals[risk.id]:
                for k in range(int(np.ceil(np.max(q, initial=0.0) * most - 1e-9))):
                    here = u < q * most - k
                    years, times, own = np.concatenate([years, y[here]]), np.concatenate([times, t[here]]), np.concatenate([own, np.zeros(here.sum(), bool)])
                    alive = np.concatenate([alive, a[:, here]], axis=1)
                    u_keep, chance, copy = np.concatenate([u_keep, u[here]]), np.concatenate([chance, q[here]]), np.concatenate([copy, np.full(here.sum(), k)])
        bound = np.concatenate([bound, np.ones(len(years) - len(bound))])
        e, world = len(years), self.world_of[years]
        w = self.w.slice(world)
        when = (years % self.horizon) + times
        numbers = {}

        def number(name):
            if name not in numbers:
                numbers[name] = np.clip(stream(self.seed, what, "event", risk.id, name).random(e), 1e-15, 1 - 1e-16)
            return numbers[name]

        base_amounts = self.draw(risk, w, number)
        for o, option in enumerate(self.options):
            acting = {}
            for control, effects, drop in acts[o]:
                if not drop:
                    acting[control.id] = self.acts(control, self.strength(option, control, when), w, number)
            keep_own, keep_brought = np.ones(e), np.ones(e)
            for control, effects, drop in acts[o]:
                for eff in effects:
                    if drop:
                        m = b = model.drop_factor(control, eff) if eff.on in RATE else 1.0
                    else:
                        m = np.where(acting[control.id], model.rate_multiplier(risk, eff, w), 1.0)
                        b = np.where(acting[control.id], model.rate_multiplier(risk, eff, w, True), 1.0)
                    keep_own, keep_brought = keep_own * m, keep_brought * b
            here = alive[o] & (u_keep * bound < np.where(own, keep_own, chance * keep_brought - copy))
            alive[o] = here
            self.events[risk.id][o] = here.sum() / self.total
            self.cost(risk, o, option, np.flatnonzero(here), years, times, w, acts[o], acting, base_amounts, number)
        for i, link in enumerate(risk.leads_to):
            goes = alive.any(axis=0)
            q = np.broadcast_to(w[link.chance], (e,))
            arrivals[link.risk].append((years[goes], times[goes], alive[:, goes], number(f"leads {i}")[goes], q[goes]))

    def acts(self, control, strength, w, number):
        """Whether a control acts at each event."""
        if not (control.group and control.share > 0):
            return number(f"acts {control.id}") < strength * w[control.coverage] * w[control.reliability]
        covered = number(f"acts {control.id}") < strength * w[control.coverage]
        common = number(f"mode {control.group}") < control.share
        u = np.where(common, number(f"common {control.group}"), number(f"alone {control.id}"))
        return covered & (u >= 1 - w[control.reliability])

    def draw(self, risk, w, number):
        """Amounts of each event before controls, by part."""
        out = {}
        for form, unit in risk.loss.items():
            out["primary", form] = unit.distribution.inverse(number(unit.name)) * w.doubt(unit)
        if risk.outage:
            out["hours"] = risk.outage.duration.distribution.inverse(number(risk.outage.duration.name)) * w.doubt(risk.outage.duration)
        if risk.dwell:
            out["dwell"] = risk.dwell.time.distribution.inverse(number(risk.dwell.time.name))
            if risk.dwell.loss:
                out["stage"] = risk.dwell.loss.distribution.inverse(number(risk.dwell.loss.name)) * w.doubt(risk.dwell.loss)
        for i, secondary in enumerate(risk.secondary):
            for form, unit in secondary.loss.items():
                out[i, form] = unit.distribution.inverse(number(unit.name)) * w.doubt(unit)
        return out

    def changed(self, amount, names, unit, acts, acting, w, here, number, replaced):
        """An amount after the effects on it; `replaced` are the effects that may put a new range in its place."""
        for control, effects, drop in acts:
            for e in effects:
                if e.on == replaced and e.becomes is not None and not drop:
                    new = e.becomes.distribution.inverse(number(unit)[here]) * self.at(w.doubt(e.becomes), here)
                    amount = np.where(acting[control.id][here], new, amount)
        for control, effects, drop in acts:
            for e in effects:
                if e.on not in names:
                    continue
                if drop:
                    amount = amount * self.model.drop_factor(control, e)
                elif e.reduction is not None:
                    amount = np.where(acting[control.id][here], amount * (1 - self.at(w[e.reduction], here)), amount)
        return amount

    @staticmethod
    def at(value, here):
        return value[here] if isinstance(value, np.ndarray) else value

    def cost(self, risk, o, option, here, years, times, w, acts, acting, base, number):
        """What the events that happen cost, by form, and what policies may say of them."""
        case = self.case
        years, times = years[here], times[here]
        grown = self.losses[years]
        args = (acts, acting, w, here, number)
        forms = {form: np.zeros(len(here)) for form in FORMS}
        for form, unit in risk.loss.items():
            forms[form] = forms[form] + self.changed(base["primary", form][here], ("loss", f"loss.{form}"), unit.name, *args, f"loss.{form}")
        if risk.asset:
            amount = np.broadcast_to(self.at(w[risk.asset.value], here) * self.at(w[risk.asset.exposure], here), (len(here),))
            forms["replacement"] = forms["replacement"] + self.changed(amount, ("loss", "loss.replacement"), f"{risk.name}.asset", *args, "loss.replacement")
        hours = outage = np.zeros(len(here))
        if risk.outage:
            s = case.streams[risk.stream]
            hours = self.changed(base["hours"][here], ("outage",), risk.outage.duration.name, *args, "outage")
            price = self.at(w[risk.outage.share], here) * self.at(w[s.revenue], here) * self.at(w[s.margin], here)
            outage = self.changed(hours * price, ("loss", "loss.productivity"), "", *args, None)
        if risk.dwell:
            d = risk.dwell
            time = self.changed(base["dwell"][here], ("dwell",), d.time.name, *args, "dwell")
            amount = time / 24 * self.at(w[d.per_day], here) if d.per_day else np.zeros(len(here))
            if d.loss:
                amount = amount + np.where(number(f"{risk.name}.dwell.then")[here] < -np.expm1(-d.rate * time), base["stage"][here], 0.0)
            forms["response"] = forms["response"] + self.changed(amount, ("loss", "loss.response"), "", *args, None)
        for i, secondary in enumerate(risk.secondary):
            chance = np.full(len(here), secondary.chance.mean)
            for control, effects, drop in acts:
                for e in effects:
                    if e.on == "secondary.chance" and e.becomes is not None and not drop:
                        chance = np.where(acting[control.id][here], e.becomes.mean, chance)
            chance = self.changed(chance, ("secondary.chance",), "", *args, None)
            comes = number(secondary.chance.name)[here] < chance
            for form, unit in secondary.loss.items():
                amount = self.changed(base[i, form][here], ("secondary.loss", f"secondary.loss.{form}"), unit.name, *args, f"secondary.loss.{form}")
                forms[form] = forms[form] + np.where(comes, amount, 0.0)
        total = outage + sum(forms.values())
        self.gross[risk.id][o] = np.bincount(years, total * grown, self.total)
        if any(option.id in p.plans and risk.id in p.risks for p in case.policies):
            self.claims[o].append(Table(risk=risk.id, years=years, times=times, hours=hours, outage=outage * grown,
                                        forms={f: a * grown for f, a in forms.items() if a.any() or f == "productivity"}, total=total * grown))

    @staticmethod
    def cut(claim, asked, pays, covered):
        """What a layer is multiplied by: those that pay for the same forms, directly or through one another, have one cap."""
        nothing = np.zeros(len(claim.total))
        counts = lambda id, f: covered[id].get(f, nothing) > 0
        touches = lambda a, b: (pays[a] > 0) & (pays[b] > 0) & np.any([counts(a, f) & counts(b, f) for f in claim.forms], axis=0)
        beside = {id: (pays[id] > 0) & (id == asked) for id in pays}
        for _ in pays:
            for a in pays:
                for b in pays:
                    if a != b:
                        beside[b] = beside[b] | (beside[a] & touches(a, b))
        both = sum(np.where(beside[id], pays[id], 0.0) for id in pays)
        cap = sum(np.max([np.where(beside[id], forms.get(f, 0.0), 0.0) for id, forms in covered.items()], axis=0) for f in claim.forms)
        return np.where(both > cap, cap / np.where(both > 0, both, 1), 1.0)

    def settle(self):
        """Waiting, sublimits, retention, limit, overlap; over the year annual retention, annual limit, coinsurance."""
        case, O = self.case, len(self.options)
        self.paid = {id: np.zeros((O, self.total)) for id in case.risks}
        self.paid_by = {p.id: np.zeros((O, self.total)) for p in case.policies}
        self.above = np.zeros((O, self.total))
        for o, option in enumerate(self.options):
            claims = self.claims[o]
            if not claims:
                continue
            self.above[o] = sum(self.gross[id][o] for id in case.risks) - sum(np.bincount(c.years, c.total, self.total) for c in claims)
            owed = {p.id: [] for p in case.policies}
            for c in claims:
                pays, covered = {}, {}
                reach = np.zeros(len(c.total))
                for p in case.policies:
                    if option.id not in p.plans or c.risk not in p.risks:
                        continue
                    with np.errstate(invalid="ignore", divide="ignore"):
                        part = np.where(c.hours >= p.waiting, 1.0, 0.0) if p.franchise else \
                            np.where(c.hours > 0, np.maximum(c.hours - p.waiting, 0) / np.where(c.hours > 0, c.hours, 1), 1.0)
                    covered[p.id] = {}
                    for f, amount in c.forms.items():
                        if f in p.covers:
                            a = amount + (c.outage * part if f == "productivity" else 0)
                            covered[p.id][f] = np.minimum(a, p.sublimits.get(f, np.inf))
                    x = sum(covered[p.id].values(), np.zeros(len(c.total)))
                    pays[p.id] = np.minimum(np.maximum(x - p.retention, 0), p.limit)
                    reach = np.maximum(reach, np.minimum(x, p.retention + p.limit))
                for id, amount in pays.items():
                    owed[id].append((c, amount * self.cut(c, id, pays, covered)))
                self.above[o] += np.bincount(c.years, np.maximum(c.total - reach, 0), self.total)
            for p in case.policies:
                if not owed[p.id]:
                    continue
                years = np.concatenate([c.years for c, _ in owed[p.id]])
                amounts = np.concatenate([a for _, a in owed[p.id]])
                risks = np.concatenate([np.full(len(c.years), i) for i, (c, _) in enumerate(owed[p.id])])
                if p.annual_retention > 0 or np.isfinite(p.annual_limit):
                    # What the annual terms leave is shared by the year's events in proportion to their layers.
                    whole = np.bincount(years, amounts, self.total)
                    kept = np.minimum(np.maximum(whole - p.annual_retention, 0), p.annual_limit)
                    amounts = amounts * (kept / np.where(whole > 0, whole, 1))[years]
                amounts = amounts * (1 - p.coinsurance)
                self.paid_by[p.id][o] = np.bincount(years, amounts, self.total)
                for i, (c, _) in enumerate(owed[p.id]):
                    mine = risks == i
                    self.paid[c.risk][o] += np.bincount(years[mine], amounts[mine], self.total)


def years_for(case, options, most=200_000):
    """How many years to play: bounded by the events that they hold."""
    player = Player(case, options, 99)
    probe = player.worlds(512, "probe")
    events = 0.0
    for option in options:
        y = player.model.year(option, probe, {c: 1.0 for c in case.controls})
        events = max(events, float(sum(np.mean(t.events) for t in y.values())))
    cells = 1 + 0.3 * len(case.risks) + events * (1 + 0.4 * (len(options) - 1))
    return int(max(2_000, min(most, EVENTS / cells))), events

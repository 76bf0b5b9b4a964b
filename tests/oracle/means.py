"""What does a year cost on average? Given all that is not known, the mean of a year is a formula (docs/model/controls.md,
dependence.md); over what is not known it is averaged on scrambled Sobol points, whose independent scrambles give the error.
"""

from types import SimpleNamespace as Table

import numpy as np
from scipy.stats import qmc

import ranges
from scenario import FORMS, RATE


class Worlds:
    """Values of everything that is not known, in n worlds: arrays, or plain numbers for what is known."""

    def __init__(self, case, uniforms):
        """`uniforms(k)` gives the k-th column of numbers between 0 and 1."""
        self.values, self.doubts, k = {}, {}, 0
        for name, unit in case.units.items():
            if is_luck(name, case):
                if unit.doubt:
                    self.doubts[name] = ranges.doubt_factor(unit.doubt, uniforms(k))
                    k += 1
            elif unit.fixed:
                self.values[name] = unit.mean
            else:
                self.values[name] = unit.distribution.inverse(uniforms(k))
                k += 1

    def __getitem__(self, unit):
        return self.values[unit.name]

    def doubt(self, unit):
        return self.doubts.get(unit.name, 1.0)

    def slice(self, index):
        out = object.__new__(Worlds)
        pick = lambda v: v[index] if isinstance(v, np.ndarray) else v
        out.values = {k: pick(v) for k, v in self.values.items()}
        out.doubts = {k: pick(v) for k, v in self.doubts.items()}
        return out


def luck_names(case):
    """Units drawn for every event: forms of loss, durations, secondary chances' losses, sides of a contest, and what these become."""
    names = set()
    for risk in case.risks.values():
        units = list(risk.loss.values()) + ([risk.outage.duration] if risk.outage else [])
        for secondary in risk.secondary:
            units += [secondary.chance] + list(secondary.loss.values())
        if risk.dwell:
            units += [u for u in (risk.dwell.time, risk.dwell.loss) if u]
        if risk.threat:
            units += [u for u in (risk.threat.capability, risk.threat.resistance) if u]
        names |= {u.name for u in units}
    for control in case.controls.values():
        for effect in control.effects:
            if effect.becomes and (effect.on in ("outage", "dwell", "resistance", "secondary.chance") or "loss" in effect.on):
                names.add(effect.becomes.name)
    return names


def is_luck(name, case):
    if not hasattr(case, "_luck"):
        case._luck = luck_names(case)
    return name in case._luck


def count_unknown(case):
    return sum(bool(unit.doubt) if is_luck(name, case) else not unit.fixed for name, unit in case.units.items())


class Model:
    """Formulas of the averages in given worlds."""

    def __init__(self, case):
        self.case = case
        self.contests = {}

    def contest(self, capability, resistance):
        key = (capability.name, resistance.name)
        if key not in self.contests:
            self.contests[key] = ranges.contest(capability.distribution, resistance.distribution)
        return self.contests[key]

    def transform(self, time, rate):
        if (time.name, rate) not in self.contests:
            self.contests[time.name, rate] = ranges.transform(time.distribution, rate)
        return self.contests[time.name, rate]

    def rate_factors(self, risk, w):
        """The factors of a risk's own rate, by name."""
        if risk.frequency:
            return {"frequency": w[risk.frequency]}
        t = risk.threat
        factors = {"events": w[t.events]} if t.events else {"contacts": w[t.contacts], "action": w[t.action]}
        factors["vulnerability"] = w[t.vulnerability] if t.vulnerability else self.contest(t.capability, t.resistance)
        return factors

    def rate(self, risk, w):
        out = 1.0
        for value in self.rate_factors(risk, w).values():
            out = out * value
        return out

    def effects_on(self, option, risk):
        """What an option's controls do to a risk: (control, effects, dropped). What is in place stands in today's figures."""
        out = []
        for id in option.starts:
            effects = [e for e in self.case.controls[id].effects if e.risk == risk.id]
            if effects and not self.case.controls[id].in_place:
                out.append((self.case.controls[id], effects, False))
        for id in option.drops:
            effects = [e for e in self.case.controls[id].effects if e.risk == risk.id]
            if effects:
                out.append((self.case.controls[id], effects, True))
        return out

    def drop_factor(self, control, effect):
        """Without a control in place a factor is today's divided by 1 - w r, at the averages; what it `becomes` cannot be undone."""
        if effect.reduction is None:
            return 1.0
        left = 1 - control.coverage.mean * control.reliability.mean * effect.reduction.mean
        return 1 / left if left > 1e-12 else 1.0

    def rate_multiplier(self, risk, effect, w, brought=False):
        """What the rate is multiplied by where a control acts; of what comes from elsewhere a new rate lets through the ratio of the means."""
        if effect.on not in RATE:
            return 1.0
        if effect.reduction is not None:
            return 1 - w[effect.reduction]
        if effect.on == "resistance":
            old = self.contest(risk.threat.capability, risk.threat.resistance)
            ratio = self.contest(risk.threat.capability, effect.becomes) / old if old else 0.0
            return min(1.0, ratio) if brought else ratio
        old = risk.frequency if effect.on == "frequency" else getattr(risk.threat, effect.on)
        if old is None:
            mean = value = self.contest(risk.threat.capability, risk.threat.resistance)
        else:
            mean, value = old.mean, w[old]
        if brought:
            return min(1.0, effect.becomes.mean / mean) if mean else 1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.asarray(value) > 0, w[effect.becomes] / np.where(np.asarray(value) > 0, value, 1), 0.0)

    def components(self, risk, w):
        """What an event costs on average, in parts: (factors that act on it, its form, mean, unit of luck)."""
        out = []
        for form, unit in risk.loss.items():
            out.append(Table(on=("loss", f"loss.{form}"), form=form, mean=unit.mean * w.doubt(unit), unit=unit))
        if risk.asset:
            out.append(Table(on=("loss", "loss.replacement"), form="replacement", mean=w[risk.asset.value] * w[risk.asset.exposure], unit=None))
        if risk.outage:
            s = self.case.streams[risk.stream]
            price = w[risk.outage.share] * w[s.revenue] * w[s.margin]
            d = risk.outage.duration
            out.append(Table(on=("outage", "loss", "loss.productivity"), form="productivity", mean=d.mean * w.doubt(d) * price, unit=d, outage=True, price=price))
        if risk.dwell:
            # What each day costs, and the stage that follows with the chance 1 - 2^(-time / after); both count as response.
            d = risk.dwell
            on = ("dwell", "loss", "loss.response")
            if d.per_day:
                out.append(Table(on=on, form="response", mean=w[d.per_day] / 24 * d.time.mean, unit=None, became=lambda time: time.mean / d.time.mean))
            if d.loss:
                comes = 1 - self.transform(d.time, d.rate)
                out.append(Table(on=on, form="response", mean=d.loss.mean * w.doubt(d.loss) * comes, unit=None,
                                 became=lambda time: (1 - self.transform(time, d.rate)) / comes))
        for secondary in risk.secondary:
            for form, unit in secondary.loss.items():
                out.append(Table(on=("secondary.chance", "secondary.loss", f"secondary.loss.{form}"), form=form,
                                 mean=secondary.chance.mean * unit.mean * w.doubt(unit), unit=unit, chance=secondary.chance))
        return out

    def loss_multiplier(self, component, effect, w):
        if effect.on not in component.on:
            return 1.0
        if effect.reduction is not None:
            return 1 - w[effect.reduction]
        if hasattr(component, "became"):
            return component.became(effect.becomes) if effect.on == "dwell" else 1.0
        new = effect.becomes.mean * w.doubt(effect.becomes)
        if effect.on == "secondary.chance":
            return effect.becomes.mean / component.chance.mean if component.chance.mean else 0.0
        if component.unit is None:
            return new / component.mean
        if effect.on == "loss.productivity" and hasattr(component, "outage"):
            return 1.0
        old = component.unit.mean * w.doubt(component.unit)
        return new / old

    def acting(self, parts, w, strength):
        """The mean over who acts of the product of what acts: parts = [(control, multiplier where it acts)]."""
        out, groups = 1.0, {}
        for control, multiplier in parts:
            if control.group and control.share > 0:
                groups.setdefault(control.group, []).append((control, multiplier))
                continue
            p = strength[control.id] * w[control.coverage] * w[control.reliability]
            out = out * (1 - p + p * multiplier)
        for members in groups.values():
            members.sort(key=lambda m: -m[0].share)
            shares = [1.0] + [m[0].share for m in members] + [0.0]
            works = [1 - strength[c.id] * w[c.coverage] * (1 - m) for c, m in members]
            total = 0.0
            for k in range(len(members) + 1):
                # The common mode of the k largest shares: its chance is the step between two shares.
                step = shares[k] - shares[k + 1]
                if step <= 0:
                    continue
                alone = 1.0
                for (c, _), g in zip(members[k:], works[k:]):
                    alone = alone * (1 - w[c.reliability] + w[c.reliability] * g)
                total = total + step * alone * self.common(members[:k], works[:k], w)
            out = out * total
        return out

    def common(self, members, works, w):
        """Controls in common mode: one number u decides, and a control fails where u is below its chance of failing."""
        if not members:
            return 1.0
        arrays = np.broadcast_arrays(*[np.atleast_1d(1 - np.asarray(w[c.reliability], float)) for c, _ in members],
                                     *[np.atleast_1d(np.asarray(g, float)) for g in works])
        fails, works = np.array(arrays[: len(members)]), np.array(arrays[len(members):])
        order = np.argsort(fails, axis=0)
        fails, works = np.take_along_axis(fails, order, 0), np.take_along_axis(works, order, 0)
        total, below, done = 0.0, 0.0, 1.0
        for fail, work in zip(fails, works):
            # Between the last chance of failing and this one, this control and all that fail oftener have failed.
            total = total + (fail - below) * done
            done, below = done * work, fail
        return total + (1 - below) * done

    def year(self, option, w, strength, grown=1.0, rates=1.0):
        """Mean loss of a year at given strengths, by risk, and the loss events of each."""
        arrivals = {id: 0.0 for id in self.case.risks}
        for cause in self.case.causes:
            for id in cause.strikes:
                arrivals[id] = arrivals[id] + w[cause.frequency] * rates
        out = {}
        for id in self.case.order:
            risk = self.case.risks[id]
            acts = self.effects_on(option, risk)
            own_parts, brought_parts, dropped = [], [], 1.0
            for control, effects, drop in acts:
                if drop:
                    for e in effects:
                        if e.on in RATE:
                            dropped = dropped * self.drop_factor(control, e)
                    continue
                own = brought = 1.0
                for e in effects:
                    own = own * self.rate_multiplier(risk, e, w)
                    brought = brought * self.rate_multiplier(risk, e, w, True)
                own_parts.append((control, own))
                brought_parts.append((control, brought))
            own = self.rate(risk, w) * rates * dropped
            if risk.at_most_one:
                own = np.minimum(own, 1.0)
            came = arrivals[id] * dropped
            events = own * self.acting(own_parts, w, strength) + came * self.acting(brought_parts, w, strength)
            loss = 0.0
            for component in self.components(risk, w):
                mults, undone = [], 1.0
                for control, effects, drop in acts:
                    m = 1.0
                    for e in effects:
                        if drop:
                            undone = undone * (self.drop_factor(control, e) if e.on in component.on else 1.0)
                        else:
                            m = m * self.loss_multiplier(component, e, w)
                    mults.append(m)
                live = [m for (_, _, drop), m in zip(acts, mults) if not drop]
                a = self.acting([(c, m * r) for (c, r), m in zip(own_parts, live)], w, strength)
                b = self.acting([(c, m * r) for (c, r), m in zip(brought_parts, live)], w, strength)
                loss = loss + component.mean * undone * (own * a + came * b)
            out[id] = Table(events=events, loss=loss * grown)
            for link in risk.leads_to:
                arrivals[link.risk] = arrivals[link.risk] + events * w[link.chance]
        return out


def averaged(case, function, seed=7, points=2048, scrambles=8):
    """Mean and error of functions of the worlds: `function(worlds)` gives a dict of names to arrays or numbers."""
    d = count_unknown(case)
    if d == 0:
        w = Worlds(case, None)
        return {k: (float(np.mean(v)), abs(float(np.mean(v))) * 1e-13) for k, v in function(w).items()}
    runs = []
    for s in range(scrambles):
        u = qmc.Sobol(d, scramble=True, seed=seed * 100 + s).random(points)
        u = np.clip(u, 1e-13, 1 - 1e-13)
        w = Worlds(case, lambda k: u[:, k])
        runs.append({k: float(np.mean(v)) for k, v in function(w).items()})
    return {k: (float(np.mean([r[k] for r in runs])), float(np.std([r[k] for r in runs], ddof=1) / np.sqrt(scrambles)) + abs(np.mean([r[k] for r in runs])) * 1e-12) for k in runs[0]}

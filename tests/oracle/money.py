"""Which money moves when, and what is it worth? (docs/model/cash-flow.md, investment.md)

A flow is dated (a purchase, a renewal, a salvage: at its date) or spread over a part of a year (its middle counts under mid-year, the
year's end otherwise). Amounts are numbers, or arrays over worlds.
"""

from math import ceil
from types import SimpleNamespace as Table

import numpy as np
from scipy import optimize

HOURS = 52


def year_of(date):
    return max(0, ceil(date - 1e-9))


class Money:
    def __init__(self, case, value):
        """`value(unit)` gives the mean of a unit, or its values in the worlds."""
        self.case, self.value = case, value

    def grow(self, year):
        return (1 + self.case.growth["costs"]) ** (max(year, 1) - 1)

    def worth(self, unit):
        return 0.0 if unit is None else self.value(unit)

    def hours_of(self, table):
        return 0.0 if table is None else table.users * self.value(table.time)

    def running(self, control, age):
        """Yearly cost, people, friction, retired, saves of a control in the year of its life that begins at `age`."""
        cost = control.cost
        yearly = self.value(cost.yearly[min(age, len(cost.yearly) - 1)]) if cost.yearly else 0.0
        paid = lambda t: 0.0 if t is None else self.hours_of(t) * self.value(t.rate)
        return {"yearly": yearly, "people": paid(cost.people), "friction": paid(cost.friction), "retired": self.worth(cost.retired),
                "saves": sum((paid(t) for t in cost.saves), 0.0)}

    def flows(self, option, delay=0.0):
        """Every flow of an option against today: (kind, year, begin, end, amount before tax, amount of tax saved)."""
        case, out = self.case, []
        tax, horizon = case.tax, case.horizon

        def add(kind, control, begin, end, amount, year=None):
            out.append(Table(kind=kind, control=control, begin=begin, end=end, year=year_of(end) if year is None else year, amount=amount))

        for id, start in option.starts.items():
            control = case.controls[id]
            start += delay
            if start >= horizon:
                continue
            life = control.lifetime
            number = 0
            while True:
                date = start + number * (life or 0)
                if date >= horizon - 1e-9:
                    break
                ends = start + (number + 1) * life if life else max(float(horizon), start + horizon)
                self.purchase(add, control, date, ends)
                if not life:
                    break
                number += 1
            for year in range(1, horizon + 1):
                begin = max(start, year - 1.0)
                if begin < year:
                    self.spread(add, control, begin, year, int(begin - start + 1e-9), 1.0)
        for id in option.drops:
            for year in range(1, horizon + 1):
                self.spread(add, case.controls[id], year - 1.0, float(year), year - 1, -1.0)
        premium = sum(p.premium * ((option.id in p.plans) - ("today" in p.plans)) for p in case.policies)
        if premium:
            for year in range(1, horizon + 1):
                add("premium", None, year - 1.0, float(year), premium * self.grow(year))
        return out

    def spread(self, add, control, begin, year, age, sign):
        part = (year - begin) * self.grow(year) * sign
        for kind, amount in self.running(control, age).items():
            if not np.all(np.asarray(amount) == 0):
                add(kind, control.id, begin, float(year), amount * part)

    def purchase(self, add, control, date, ends):
        case = self.case
        price = self.worth(control.cost.initial) * self.grow(year_of(date))
        bought = year_of(date)
        horizon = case.horizon
        if not np.all(np.asarray(price) == 0):
            add("initial", control.id, date, date, price, bought)
            if case.tax and case.depreciation:
                n, written = case.depreciation_years, 0.0
                last = year_of(ends) if control.lifetime else horizon
                for k in range(1, n + 1):
                    year = bought + k
                    if year > horizon:
                        break
                    share = 1 / n if case.depreciation == "straight-line" else (n + 1 - k) / (n * (n + 1) / 2)
                    if year >= last:
                        share = 1 - written
                    written += share
                    add("depreciation", control.id, year - 1.0, float(year), price * share)
                    if year >= last:
                        break
        if control.salvage is not None and ends <= horizon + 1e-9:
            add("salvage", control.id, ends, ends, self.worth(control.salvage) * self.grow(year_of(ends)), year_of(ends))

    def after_tax(self, flow):
        """What a flow costs, after tax; gains are negative."""
        t = self.case.tax
        if flow.kind == "depreciation":
            return -t * flow.amount
        if flow.kind == "initial":
            return flow.amount if self.case.depreciation and t else (1 - t) * flow.amount
        sign = -1.0 if flow.kind in ("retired", "salvage", "saves") else 1.0
        return sign * (1 - t) * flow.amount

    def when(self, flow):
        """The date at which a flow counts."""
        if flow.kind in ("initial", "salvage"):
            return flow.begin if self.case.mid_year else float(flow.year)
        return (flow.begin + flow.end) / 2 if self.case.mid_year else float(flow.year)

    def discounted(self, date):
        return (1 + self.case.discount) ** -date

    def by_year(self, flows, kinds=None, amount=None):
        out = [0.0] * (self.case.horizon + 1)
        for flow in flows:
            if kinds is None or flow.kind in kinds:
                out[flow.year] = out[flow.year] + (amount or self.after_tax)(flow)
        return out

    def cash(self, flows):
        signs = {"initial": 1, "yearly": 1, "premium": 1, "retired": -1}
        return self.by_year(flows, signs, lambda f: signs[f.kind] * f.amount)

    def present_cost(self, flows):
        return sum((self.discounted(self.when(f)) * self.after_tax(f) for f in flows if f.kind != "saves"), 0.0)

    def present_saves(self, flows):
        return sum((-self.discounted(self.when(f)) * self.after_tax(f) for f in flows if f.kind == "saves"), 0.0)

    def loss_dates(self):
        return [t - 0.5 if self.case.mid_year else float(t) for t in range(1, self.case.horizon + 1)]


def rates_of_return(dated):
    """All real rates above -100 % at which the flows [(date, amount)] are worth nothing."""
    scale = max((abs(a) for _, a in dated), default=0.0)
    if scale == 0:
        return []
    dates = np.array([d for d, _ in dated])
    amounts = np.array([a for _, a in dated]) / scale

    def worth(log_v):
        return float(np.sum(amounts * np.exp(log_v * dates - max(0.0, log_v) * dates.max())))

    grid = np.linspace(-25, 14, 40001)
    values = np.sum(amounts[None, :] * np.exp(grid[:, None] * dates[None, :] - np.maximum(grid, 0)[:, None] * dates.max()), axis=1)
    roots = []
    for i in np.flatnonzero(values[:-1] * values[1:] <= 0):
        if values[i] == 0 or values[i + 1] == 0:
            roots.append(grid[i] if values[i] == 0 else grid[i + 1])
        else:
            roots.append(optimize.brentq(worth, grid[i], grid[i + 1], xtol=1e-15))
    return sorted({round(float(np.exp(-r) - 1), 12) for r in roots})


def payback(jumps, lines):
    """The time from which the running sum stays at or above zero: jumps [(date, amount)], lines [(begin, end, amount)]."""
    points = sorted({d for d, _ in jumps} | {x for b, e, _ in lines for x in (b, e)} | {0.0})
    total, since, ever, scale = 0.0, None, False, max([abs(a) for _, a in jumps] + [abs(a) for *_, a in lines] + [1e-300])
    tiny = -1e-9 * scale
    before = 0.0
    for i, point in enumerate(points):
        if i:
            left = points[i - 1]
            slope = sum(a * (point - left) / (e - b) for b, e, a in lines if b <= left + 1e-12 and e >= point - 1e-12)
            reached = total + slope
            if total < tiny <= reached:
                since = left + (point - left) * (-total) / slope
            elif reached < tiny:
                since, ever = None, True
            total = reached
        jump = sum(a for d, a in jumps if abs(d - point) < 1e-12)
        if jump:
            if total + jump < tiny:
                since, ever = None, True
            elif total < tiny:
                since = point
            total += jump
    if not ever:
        return 0.0
    return since if total >= tiny else None

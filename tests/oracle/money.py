"""Which money moves when, and what is it worth? (docs/model/cash-flow.md, investment.md)

A flow is dated (a purchase, a renewal, a salvage: at its date) or spread over a part of a year (its middle counts under mid-year, the
year's end otherwise). Amounts are numbers, or arrays over worlds.
"""

from math import ceil
from types import SimpleNamespace as Table

import numpy as np
from scipy import optimize

from quantities import Unread

# IRS Publication 946, table A-1, half-year convention, in percent.
MACRS = {3: (33.33, 44.45, 14.81, 7.41), 5: (20, 32, 19.2, 11.52, 11.52, 5.76), 7: (14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46),
         10: (10, 18, 14.4, 11.52, 9.22, 7.37, 6.55, 6.55, 6.56, 6.55, 3.28)}


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

    def running(self, control, begin, end):
        """Yearly cost, people, friction, retired, saves of a control between two ages."""
        cost, yearly = control.cost, 0.0
        if cost.yearly:
            at, number = begin, int(begin / cost.period + 1e-9)
            while at < end - 1e-9:
                to = min(end, (number + 1) * cost.period)
                yearly = yearly + self.value(cost.yearly[min(number, len(cost.yearly) - 1)]) * (to - at) / cost.period
                at, number = to, number + 1
        paid = lambda t: 0.0 if t is None else self.hours_of(t) * self.value(t.rate) * (end - begin)
        return {"yearly": yearly, "people": paid(cost.people), "friction": paid(cost.friction), "retired": self.worth(cost.retired) * (end - begin),
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
                ends = start + (number + 1) * life if life else float(horizon)
                self.purchase(add, control, date, ends)
                if not life:
                    break
                number += 1
            for year in range(1, horizon + 1):
                begin = max(start, year - 1.0)
                if begin < year:
                    self.spread(add, control, begin, year, start, 1.0)
        for id in option.drops:
            for year in range(1, horizon + 1):
                self.spread(add, case.controls[id], year - 1.0, float(year), 0.0, -1.0)
        premium = sum(p.premium * ((option.id in p.plans) - ("today" in p.plans)) for p in case.policies)
        if premium:
            for year in range(1, horizon + 1):
                add("premium", None, year - 1.0, float(year), premium * self.grow(year))
        return out

    def spread(self, add, control, begin, year, start, sign):
        """A part of a year; amounts by quarter count in the middle of their quarter."""
        cuts, grown = [begin], self.grow(year) * sign
        if len(control.cost.yearly) > 1:
            number = int((begin - start) / control.cost.period + 1e-9) + 1
            while start + number * control.cost.period < year - 1e-9:
                cuts.append(start + number * control.cost.period)
                number += 1
        parts = [(kind, begin, float(year), amount) for kind, amount in self.running(control, begin - start, year - start).items() if kind != "yearly"]
        parts += [("yearly", left, right, self.running(control, left - start, right - start)["yearly"]) for left, right in zip(cuts, cuts[1:] + [float(year)])]
        for kind, left, right, amount in parts:
            if not np.all(np.asarray(amount) == 0):
                add(kind, control.id, left, right, amount * grown, int(year))

    def written(self, price, salvage, years):
        """What is written down in each of so many years after a purchase."""
        case, n, out = self.case, self.case.depreciation_years, []
        base = price - salvage if case.to_salvage and case.depreciation != "macrs" else price
        for k in range(1, years + 1):
            if case.depreciation == "straight-line":
                out.append(base / n if k <= n else 0.0)
            elif case.depreciation == "sum-of-digits":
                out.append(base * max(0, n + 1 - k) / (n * (n + 1) / 2))
            elif case.depreciation == "declining":
                left = price - sum(out)
                out.append(np.minimum(case.depreciation_rate * left, np.maximum(left - (salvage if case.to_salvage else 0.0), 0.0)))
            else:
                if n not in MACRS:
                    raise Unread(f"macrs over {n} years")
                out.append(price * MACRS[n][k - 1] / 100 if k <= len(MACRS[n]) else 0.0)
        return out

    def purchase(self, add, control, date, ends):
        case, horizon = self.case, self.case.horizon
        bought, last = year_of(date), year_of(ends)
        price = self.worth(control.cost.initial) * self.grow(bought)
        # Salvage at the prices of its year: of its sale, or of the horizon where that comes first.
        salvage = self.worth(control.salvage) * self.grow(min(last, horizon))
        book = 0.0
        if not np.all(np.asarray(price) == 0):
            add("initial", control.id, date, date, price, bought)
            if case.tax and case.depreciation:
                book = price
                closes = min(horizon, last if control.lifetime else horizon)
                for year, amount in enumerate(self.written(price, salvage, closes - bought), bought + 1):
                    if year == closes and last <= horizon:
                        # The rest is written off when the life ends, on that day.
                        add("depreciation", control.id, ends, ends, book - amount, last)
                        book = amount
                    book = book - amount
                    add("depreciation", control.id, max(date, year - 1.0), min(float(year), ends), amount, year)
                if closes == bought and last <= horizon:
                    add("depreciation", control.id, date, date, price, bought)
                    book = 0.0
        if ends <= horizon + 1e-9:
            if control.salvage is not None:
                add("salvage", control.id, ends, ends, salvage, last)
        elif case.end_value == "straight-line" and control.lifetime:
            left = salvage + (price - salvage) * (ends - horizon) / (ends - date)
            add("end value", control.id, float(horizon), float(horizon), left, horizon)
            if case.tax:
                add("depreciation", control.id, float(horizon), float(horizon), book, horizon)

    def after_tax(self, flow):
        """What a flow costs, after tax; gains are negative."""
        t = self.case.tax
        if flow.kind == "depreciation":
            return -t * flow.amount
        if flow.kind == "initial":
            return flow.amount if self.case.depreciation and t else (1 - t) * flow.amount
        sign = -1.0 if flow.kind in ("retired", "salvage", "saves", "end value") else 1.0
        return sign * (1 - t) * flow.amount

    def when(self, flow):
        """The date at which a flow counts."""
        if flow.begin == flow.end:
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


def equivalent_annual_cost(case, option, value):
    """The even yearly amount with the present value of one life, renewed for ever; None where there is none, "unread" where it is not read here."""
    m, total, r, keep = Money(case, value), 0.0, case.discount, 1 - case.tax
    for id, sign in [(i, 1.0) for i in option.starts] + [(i, -1.0) for i in option.drops]:
        control = case.controls[id]
        if len(control.cost.yearly) > 1:
            return "unread"
        parts = m.running(control, 0.0, 1.0)
        total += sign * keep * (parts["yearly"] + parts["people"] + parts["friction"] - parts["retired"])
        price = m.worth(control.cost.initial)
        if sign < 0 or (price == 0 and m.worth(control.salvage) == 0):
            continue
        if not control.lifetime:
            return None
        life = control.lifetime
        if abs(life - round(life)) > 1e-9:
            return "unread"
        life, salvage = round(life), m.worth(control.salvage)
        middle = 0.5 if case.mid_year else 0.0
        once = price - keep * salvage * (1 + r) ** -life
        if case.depreciation and case.tax:
            book = price
            for k, amount in enumerate(m.written(price, salvage, life), 1):
                book -= amount
                once -= case.tax * amount * (1 + r) ** -(k - middle)
            # The rest is written off on the day that the life ends.
            once -= case.tax * book * (1 + r) ** -life
        else:
            once -= case.tax * price
        even = once / life if r == 0 else once * r / (1 - (1 + r) ** -life)
        total += even * ((1 + r) ** -middle)
    premium = sum(p.premium * ((option.id in p.plans) - ("today" in p.plans)) for p in case.policies)
    return total + keep * premium

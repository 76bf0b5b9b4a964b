"""What does a range say? (docs/model/estimates.md, distributions.md)

Each family has `mean`, `inverse(u)` (the quantile at u, vectorised) and `above(x)` = P(X > x). Families without a simple inverse are
tabled on a grid that is dense at both ends, which is right to about seven digits between.
"""

import numpy as np
from scipy import optimize, special

Z95 = 1.6448536269514722


class Fixed:
    sigma = 0.0

    def __init__(self, value):
        self.value = self.mean = float(value)

    def inverse(self, u):
        return np.full(np.shape(u), self.value)

    def above(self, x):
        return (self.value > np.asarray(x)).astype(float)


class Lognormal:
    def __init__(self, mu, sigma):
        self.mu, self.sigma = mu, sigma
        self.mean = float(np.exp(mu + sigma * sigma / 2))

    def inverse(self, u):
        return np.exp(self.mu + self.sigma * special.ndtri(u))

    def above(self, x):
        with np.errstate(divide="ignore"):
            return special.ndtr((self.mu - np.log(np.maximum(x, 0))) / self.sigma)


class Tabled:
    """A family by its quantile function: few quantiles are worked out one by one, many are read from a table that is made once."""

    sigma = 0.0

    def __init__(self, quantile, above, mean):
        self.quantile, self.above, self.mean, self.x = quantile, above, float(mean), None

    def inverse(self, u):
        u = np.asarray(u)
        if u.size < 2500:
            return self.quantile(u)
        if self.x is None:
            tails = special.expit(np.linspace(-36.0, 36.0, 1201))
            middle = 0.5 * (1 - np.cos(np.linspace(0, np.pi, 2401)))[1:-1]
            self.u = np.unique(np.concatenate([tails[(tails > 1e-14) & (tails < 1 - 1e-15)], middle]))
            self.x = self.quantile(self.u)
        return np.interp(u, self.u, self.x)


class Uniform:
    sigma = 0.0

    def __init__(self, low, high):
        self.low, self.width, self.mean = low, high - low, (low + high) / 2

    def inverse(self, u):
        return self.low + self.width * u

    def above(self, x):
        return np.clip((self.low + self.width - np.asarray(x)) / self.width, 0, 1)


class Triangular:
    sigma = 0.0

    def __init__(self, low, mode, high):
        self.a, self.c, self.b = low, mode, high
        self.mean = (low + mode + high) / 3

    def inverse(self, u):
        a, b, c = self.a, self.b, self.c
        left = a + np.sqrt(u * (b - a) * (c - a))
        right = b - np.sqrt((1 - u) * (b - a) * (b - c))
        return np.where(u * (b - a) < c - a, left, right)

    def above(self, x):
        a, b, c = self.a, self.b, self.c
        x = np.clip(x, a, b)
        left = 1 - (x - a) ** 2 / ((b - a) * (c - a)) if c > a else np.ones_like(x)
        right = (b - x) ** 2 / ((b - a) * (b - c)) if b > c else np.zeros_like(x)
        return np.where(x < c, left, right)


def beta(a, b, low=0.0, high=1.0):
    width = high - low
    return Tabled(lambda u: low + width * special.betaincinv(a, b, u),
                  lambda x: 1 - special.betainc(a, b, np.clip((np.asarray(x) - low) / width, 0, 1)),
                  low + width * a / (a + b))


def gamma(k, theta):
    return Tabled(lambda u: theta * np.where(u < 0.5, special.gammaincinv(k, u), special.gammainccinv(k, 1 - u)),
                  lambda x: special.gammaincc(k, np.maximum(np.asarray(x), 0) / theta), k * theta)


def cut_normal(mu, sigma):
    rest = special.ndtr(mu / sigma)
    h = np.exp(-0.5 * (mu / sigma) ** 2) / np.sqrt(2 * np.pi) / rest
    return Tabled(lambda u: mu - sigma * special.ndtri((1 - u) * rest),
                  lambda x: special.ndtr((mu - np.maximum(x, 0)) / sigma) / rest, mu + sigma * h)


class Pareto:
    def __init__(self, least, tail):
        self.least, self.tail = least, tail
        self.mean = least * tail / (tail - 1) if tail > 1 else np.inf
        self.sigma = 9.0 if tail <= 3 else 1.0

    def inverse(self, u):
        return self.least * (1 - u) ** (-1 / self.tail)

    def above(self, x):
        return np.minimum(1.0, (self.least / np.maximum(x, self.least)) ** self.tail)


class Metalog:
    """M(y) = a1 + a2 L + a3 (y - 1/2) L in ln X, or in ln(X / (B - X)) where X is bounded by B."""

    def __init__(self, points, bound=None):
        p10, p50, p90 = (np.log(p / (bound - p)) if bound else np.log(p) for p in points)
        long = np.log(9.0)
        self.a1, self.a2, self.a3 = p50, (p90 - p10) / (2 * long), (p90 + p10 - 2 * p50) / (0.8 * long)
        self.bound = bound
        self.sigma = 0.0 if bound else max(0.0, 9.0 * (self.a2 + self.a3 / 2 > 0.2))
        t = np.linspace(-700, 700, 140001)
        y = special.expit(t)
        with np.errstate(over="ignore", invalid="ignore"):
            weight = np.exp(-np.abs(t) - 2 * np.log1p(np.exp(-np.abs(t))))
            if bound:
                x = bound * special.expit(self.a1 + self.a2 * t + self.a3 * (y - 0.5) * t)
                self.mean = float(np.sum(x * weight) * (t[1] - t[0]))
            else:
                logs = self.a1 + self.a2 * t + self.a3 * (y - 0.5) * t - np.abs(t) - 2 * np.log1p(np.exp(-np.abs(t)))
                self.mean = float(np.sum(np.exp(logs)) * (t[1] - t[0]))

    def inverse(self, u):
        u = np.clip(u, 1e-16, 1 - 1.2e-16)
        m = self.a1 + (self.a2 + self.a3 * (u - 0.5)) * special.logit(u)
        return self.bound * special.expit(m) if self.bound else np.exp(m)

    def above(self, x):
        grid = special.expit(np.linspace(-36, 36, 20001))
        return np.interp(x, self.inverse(grid), 1 - grid, left=1.0, right=0.0)


class Samples:
    sigma = 0.0

    def __init__(self, values):
        self.values = np.sort(np.asarray(values, float))
        self.mean = float(self.values.mean())

    def inverse(self, u):
        n = len(self.values)
        return self.values[np.minimum((np.asarray(u) * n).astype(int), n - 1)]

    def above(self, x):
        return 1 - np.searchsorted(self.values, x, side="right") / len(self.values)


class Product:
    """A quantity times what each costs, drawn apart: its quantiles are read from all products of two fine sets of quantiles."""

    def __init__(self, quantity, each):
        self.mean = quantity.mean * each.mean
        self.sigma = float(np.hypot(quantity.sigma, each.sigma))
        t = (np.arange(1200) + 0.5) / 1200 * np.pi
        u, weight = 0.5 * (1 - np.cos(t)), np.sin(t)
        self.x = np.outer(quantity.inverse(u), each.inverse(u)).ravel()
        order = np.argsort(self.x)
        self.x, weights = self.x[order], np.outer(weight, weight).ravel()[order]
        self.u = (np.cumsum(weights) - weights / 2) / np.sum(weights)

    def inverse(self, u):
        return np.interp(u, self.u, self.x)

    def above(self, x):
        return 1 - np.interp(x, self.x, self.u, left=0.0, right=1.0)


def transform(distribution, rate):
    """E[exp(-rate X)], the Laplace transform: the mean over quantiles that lie densely at both ends."""
    if isinstance(distribution, Fixed):
        return float(np.exp(-rate * distribution.value))
    if isinstance(distribution, Samples):
        return float(np.mean(np.exp(-rate * distribution.values)))
    n = 200_000
    t = (np.arange(n) + 0.5) / n * np.pi
    return float(np.sum(np.sin(t) * np.pi / (2 * n) * np.exp(-rate * distribution.inverse(0.5 * (1 - np.cos(t))))))


def pert(low, mode, high, weight=4.0):
    width = high - low
    return beta(1 + weight * (mode - low) / width, 1 + weight * (high - mode) / width, low, high)


def _beta_by_points(low, high, lower=0.05, upper=0.95):
    def b_of(a):
        return np.exp(optimize.brentq(lambda lb: special.betainc(a, np.exp(lb), low) - lower, -30, 60, xtol=1e-14))

    def gap(log_a):
        a = np.exp(log_a)
        return special.betainc(a, b_of(a), high) - upper

    grid = np.linspace(-12, 12, 49)
    values = []
    for point in grid:
        try:
            values.append(gap(point))
        except ValueError:
            values.append(np.nan)
    for left, right, one, two in zip(grid, grid[1:], values, values[1:]):
        if np.isfinite(one) and np.isfinite(two) and one * two <= 0:
            a = np.exp(optimize.brentq(gap, left, right, xtol=1e-14))
            return beta(a, b_of(a))
    raise ValueError("no beta through these points")


def _gamma_by_points(low, high):
    def ratio(log_k):
        k = np.exp(log_k)
        return np.log(special.gammaincinv(k, 0.95)) - np.log(special.gammaincinv(k, 0.05)) - np.log(high / low)

    left = -5.0
    while not np.isfinite(ratio(left)):
        left += 0.05
    k = np.exp(optimize.brentq(ratio, left, 25, xtol=1e-14))
    return gamma(k, high / special.gammaincinv(k, 0.95))


def _cut_normal_points(mu, sigma):
    rest = special.ndtr(mu / sigma)
    return mu - sigma * special.ndtri(0.95 * rest), mu - sigma * special.ndtri(0.05 * rest)


def _cut_normal_by_points(low, high):
    """With sigma = 1 the ratio of the points falls as mu rises: one search, then scale."""
    def gap(mu):
        five, ninety_five = _cut_normal_points(mu, 1.0)
        return np.log(ninety_five / five) - np.log(high / low)

    mu = optimize.brentq(gap, -30, 1e6, xtol=1e-13)
    scale = high / _cut_normal_points(mu, 1.0)[1]
    return cut_normal(mu * scale, scale)


def _cut_normal_by_mean(mean, sd):
    def moments(mu):
        h = np.exp(-0.5 * mu * mu) / np.sqrt(2 * np.pi) / special.ndtr(mu)
        return mu + h, np.sqrt(max(1e-300, 1 - h * (h + mu)))

    mu = optimize.brentq(lambda m: np.log(moments(m)[1] / moments(m)[0]) - np.log(sd / mean), -30, 1e6, xtol=1e-13)
    scale = mean / moments(mu)[0]
    return cut_normal(mu * scale, scale)


def from_keys(keys, read, is_chance):
    """The range that the keys of an estimate state. `read` turns a text into a number."""
    def get(*names):
        return [read(keys[name]) for name in names]

    if "value" in keys:
        return Fixed(read(keys["value"]))
    if "samples" in keys:
        return Samples([read(value) for value in keys["samples"]])
    shape = keys.get("shape")
    if "quantity" in keys or "count" in keys:
        plain = lambda stated: read.__self__.number(stated)[0] if isinstance(stated, str) else float(stated)
        part = lambda stated, how: from_keys(stated if isinstance(stated, dict) else {"value": stated}, how, False)
        quantity, each = part(keys.get("quantity", keys.get("count")), plain), part(keys["each"], read)
        return Fixed(quantity.mean * each.mean) if isinstance(quantity, Fixed) and isinstance(each, Fixed) else Product(quantity, each)
    if "events" in keys:
        k, years = float(keys["events"]), float(keys["years"])
        return beta(k + 0.5, years - k + 0.5) if is_chance else gamma(k + 0.5, 1 / years)
    if "sigma" in keys:
        return Lognormal(float(keys["mu"]) if "mu" in keys else np.log(read(keys["median"])), float(keys["sigma"]))
    points = sorted(key for key in keys if key in ("p05", "p10", "p25", "p50", "p75", "p90", "p95"))
    if len(points) == 2:
        (one, two), (a, b) = (int(key[1:]) / 100 for key in points), get(*points)
        if a == b:
            return Fixed(a)
        if is_chance:
            return _beta_by_points(a, b, one, two)
        sigma = np.log(b / a) / (special.ndtri(two) - special.ndtri(one))
        return Lognormal(np.log(a) - sigma * special.ndtri(one), sigma)
    if "p10" in keys:
        points = get("p10", "p50", "p90")
        if len(set(points)) == 1:
            return Fixed(points[0])
        return Metalog(points, 1.0 if is_chance and "at_most" not in keys else (read(keys["at_most"]) if "at_most" in keys else None))
    if "at_least" in keys:
        return Pareto(read(keys["at_least"]), float(keys["tail"]))
    if "mean" in keys:
        mean, sd = get("mean", "sd")
        if sd == 0:
            return Fixed(mean)
        if shape == "lognormal":
            sigma = np.sqrt(np.log1p((sd / mean) ** 2))
            return Lognormal(np.log(mean) - sigma * sigma / 2, sigma)
        if shape == "gamma":
            return gamma((mean / sd) ** 2, sd * sd / mean)
        if shape == "beta":
            size = mean * (1 - mean) / sd**2 - 1
            return beta(mean * size, (1 - mean) * size)
        if shape == "normal":
            return _cut_normal_by_mean(mean, sd)
    if "low" in keys:
        low, high = get("low", "high")
        if low == high:
            return Fixed(low)
        if shape == "gamma":
            return _gamma_by_points(low, high)
        if shape == "normal":
            return _cut_normal_by_points(low, high)
        if shape == "beta" or (shape is None and is_chance):
            return _beta_by_points(low, high)
        return Lognormal((np.log(low) + np.log(high)) / 2, np.log(high / low) / (2 * Z95))
    if "min" in keys:
        low, high = get("min", "max")
        if low == high:
            return Fixed(low)
        if shape == "uniform":
            return Uniform(low, high)
        mode = read(keys["likely"])
        if shape == "triangular":
            return Triangular(low, mode, high)
        return pert(low, mode, high, {"low": 2.0, "moderate": 4.0, "high": 8.0}.get(keys.get("confidence"), keys.get("confidence", 4.0)))
    raise ValueError(f"no known form: {sorted(keys)}")


def contest(capability, resistance):
    """P(capability > resistance), a tie being no success: the mean over the resistance's quantiles of P(capability > r)."""
    n = 20_000
    if isinstance(resistance, Fixed):
        return float(capability.above(np.array([resistance.value]))[0])
    if isinstance(resistance, Samples):
        return float(np.mean(capability.above(resistance.values)))
    t = (np.arange(n) + 0.5) / n * np.pi
    weights = np.sin(t) * np.pi / (2 * n)
    return float(np.sum(weights * capability.above(getattr(resistance, "quantile", resistance.inverse)(0.5 * (1 - np.cos(t))))))


def doubt_factor(doubt, u):
    """Lognormal with mean 1, nine times in ten within / (1 + doubt) and * (1 + doubt)."""
    sigma = np.log1p(doubt) / Z95
    return np.exp(sigma * special.ndtri(u) - sigma * sigma / 2)

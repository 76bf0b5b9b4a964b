"""What number does a text of the file say? (docs/file-format.md, "Quantities")

Every reader returns a float in the unit of its kind: money, money a year, money an hour, a chance, events a year,
a yearly percentage, hours, or hours of work a year.
"""

import re

YEAR_HOURS = 8760.0
HOURS = {"minute": 1 / 60, "hour": 1.0, "h": 1.0, "day": 24.0, "week": 168.0, "month": 730.0, "quarter": 2190.0, "year": YEAR_HOURS}
WORK_HOURS = {"minute": 1 / 60, "hour": 1.0, "h": 1.0, "day": 8.0}
PER_YEAR = {"year": 1.0, "quarter": 4.0, "month": 12.0, "week": 52.0, "day": 365.0, "hour": YEAR_HOURS, "h": YEAR_HOURS}
SCALE = {"": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
NUMBER = r"(\d[\d.,'’\u00a0\u202f _]*\d|\d)(e[+-]?\d+)?"


class Unread(ValueError):
    """A text that this calculator does not read: the file is left out, and said so."""


class Reader:
    """Reads texts by the marks that the file states under `numbers` and its working days."""

    def __init__(self, numbers=None, working_days=220):
        decimal = {"1.234,5": ",", "1 234,5": ","}.get(numbers, ".")
        self.decimal = decimal
        self.working_days = working_days

    def number(self, text):
        match = re.search(r"([-−+]?)\s*" + NUMBER, text)
        if not match:
            raise Unread(f"no number in {text!r}")
        digits = match.group(2)
        for mark in "'’\u00a0\u202f _" + (",." .replace(self.decimal, "")):
            digits = digits.replace(mark, "")
        digits = digits.replace(self.decimal, ".")
        value = float(digits + (match.group(3) or ""))
        return (-value if match.group(1) in "-−" and match.group(1) else value), text[: match.start()], text[match.end():]

    def amount(self, text):
        if isinstance(text, (int, float)):
            return float(text)
        value, before, rest = self.number(text.strip())
        rest = rest.strip()
        if not re.fullmatch(r"[A-Za-z]{0,3}[^\w\s]{0,2}\s*", before):
            raise Unread(f"no amount: {text!r}")
        match = re.match(r"(thousand|million|billion|bn|k|m)\b", rest, re.I)
        scale = 1.0
        if match:
            scale, rest = SCALE[match.group(1).lower()], rest[match.end():].strip()
        rest = re.sub(r"^([A-Z]{3}|[€$£¥₹])", "", rest).strip()
        return value * scale, rest

    def money(self, text):
        got = self.amount(text)
        if isinstance(got, tuple):
            if got[1]:
                raise Unread(f"no amount: {text!r}")
            return got[0]
        return got

    def money_per_year(self, text):
        got = self.amount(text)
        if not isinstance(got, tuple):
            return got
        value, rest = got
        match = re.fullmatch(r"(?:per|a|/)\s*(year|quarter|month|week)", rest)
        if rest and not match:
            raise Unread(f"no yearly amount: {text!r}")
        return value * (PER_YEAR[match.group(1)] if match else 1.0)

    def money_per_hour(self, text):
        got = self.amount(text)
        value, rest = got
        match = re.fullmatch(r"(?:per|an?|/)\s*(hour|h|day|week|month|year)", rest)
        if not match:
            raise Unread(f"no amount an hour: {text!r}")
        unit = match.group(1)
        hours = {"hour": 1, "h": 1, "day": 24, "week": YEAR_HOURS / 52, "month": 730, "year": YEAR_HOURS}[unit]
        return value / hours

    def chance(self, text):
        if isinstance(text, (int, float)):
            return float(text)
        match = re.fullmatch(r"\s*(\S+)\s+in\s+(\S+)\s*", text)
        if match:
            return self.number(match.group(1))[0] / self.number(match.group(2))[0]
        value, _, rest = self.number(text)
        if rest.strip() not in ("%", "percent"):
            if rest.strip() == "" and 0 <= value <= 1:
                return value
            raise Unread(f"no chance: {text!r}")
        return value / 100

    yearly_percentage = chance

    def frequency(self, text):
        if isinstance(text, (int, float)):
            return float(text)
        text = text.strip()
        match = re.fullmatch(r"(\S+)(?: times)? in (\S+ )?(year|month|week|day|quarter)s?", text)
        if match:
            return self.number(match.group(1))[0] / (self.number(match.group(2))[0] if match.group(2) else 1) * PER_YEAR[match.group(3)]
        match = re.fullmatch(r"every (\S+ )?(year|month|week|day|quarter)s?", text)
        if match:
            return PER_YEAR[match.group(2)] / (self.number(match.group(1))[0] if match.group(1) else 1)
        match = re.fullmatch(r"once an? (year|month|week|day|quarter)|once per (year|month|week|day|quarter)", text)
        if match:
            return PER_YEAR[match.group(1) or match.group(2)]
        match = re.fullmatch(r"(.+?)(?: times)? ?(?:per|an?|/) ?(year|month|week|day|quarter|hour)", text)
        if match:
            got = self.amount(match.group(1))
            return (got[0] if isinstance(got, tuple) else got) * PER_YEAR[match.group(2)]
        return self.chance(text)

    def hours(self, text):
        value, _, rest = self.number(text)
        unit = rest.strip().rstrip("s")
        if unit not in HOURS:
            raise Unread(f"no length of time: {text!r}")
        return value * HOURS[unit]

    def years(self, text):
        return self.hours(text) / YEAR_HOURS

    def work(self, text):
        """Working hours a year."""
        value, _, rest = self.number(text)
        rest = rest.strip()
        if rest in ("FTE", "fte"):
            return value * 8 * self.working_days
        match = re.fullmatch(r"(minute|hour|day|h)s? (?:per|an?) (day|week|month|quarter|year)", rest)
        if not match:
            raise Unread(f"no working time: {text!r}")
        times = {"day": float(self.working_days), "week": 52.0, "month": 12.0, "quarter": 4.0, "year": 1.0}[match.group(2)]
        return value * WORK_HOURS[match.group(1)] * times

    def wage(self, text):
        value, rest = self.amount(text)
        if not re.fullmatch(r"(?:per|an?|/) ?(hour|h)", rest):
            raise Unread(f"no amount a working hour: {text!r}")
        return value

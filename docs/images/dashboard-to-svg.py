#!/usr/bin/env python3
"""Draws a Grafana dashboard's panels as an SVG from what Prometheus answers, where there is no Grafana:
dashboard-to-svg.py DASHBOARD.json http://127.0.0.1:9090 NODE MINUTES > dashboard.svg"""
import html
import json
import sys
import time
import urllib.parse
import urllib.request

WIDTH, ROW_HEIGHT, GAP, MARGIN = 1500, 34, 8, 16
BACKGROUND, PANEL, TEXT, DIM, GRID = "#111217", "#181b1f", "#d8d9da", "#8e8e96", "#2c3235"
NAMED = {"green": "#3d9b4e", "red": "#d44a3a", "orange": "#e5912e", "blue": "#3274d9", "semi-dark-blue": "#3274d9", "yellow": "#d9b020"}
SERIES = ["#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#b877d9", "#5794f2", "#37872d", "#fade2a", "#56a64b"]
STEPS = 240


class Prometheus:
    def __init__(self, url, node, minutes):
        self.url, self.node = url, node
        self.end = time.time()
        self.start = self.end - minutes * 60

    def query(self, expression):
        return self._get("query", query=self._filled(expression), time=self.end)

    def query_range(self, expression):
        step = (self.end - self.start) / STEPS
        return self._get("query_range", query=self._filled(expression), start=self.start, end=self.end, step=step)

    def _filled(self, expression):
        return expression.replace("$node", self.node).replace("$__rate_interval", "1m")

    def _get(self, path, **parameters):
        with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{urllib.parse.urlencode(parameters)}") as answer:
            return json.load(answer)["data"]["result"]


def text(x, y, content, size=12, color=TEXT, anchor="start", weight="normal"):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{color}" text-anchor="{anchor}" font-weight="{weight}">{html.escape(content)}</text>'


def rect(x, y, width, height, color, radius=0):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" rx="{radius}" fill="{color}"/>'


def shown(value, unit, decimals=None):
    """A value with its unit, as short as Grafana writes it."""
    if unit == "percentunit":
        return f"{value * 100:.0f}%"
    if unit in ("bytes", "Bps"):
        suffix = "/s" if unit == "Bps" else ""
        return (f"{value / 1024:.1f} KiB" if value >= 1024 else f"{value:.0f} B") + suffix
    if unit == "s":
        if value >= 120:
            return f"{value / 60:.0f} min"
        return f"{value:.{decimals or 1}f} s" if abs(value) >= 0.1 or value == 0 else f"{value * 1000:.0f} ms"
    suffix = {"dBm": " dBm", "celsius": " °C", "reqps": " req/s"}.get(unit, "")
    return (f"{value:.0f}" if float(value).is_integer() else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}") + suffix


def legend(target, metric):
    pattern = target.get("legendFormat", "")
    if pattern in ("", "__auto"):
        return ",".join(f"{name}={value}" for name, value in metric.items() if not name.startswith("__"))
    for name, value in metric.items():
        pattern = pattern.replace("{{" + name + "}}", value)
    return pattern


def mapped(defaults, value):
    """The text and colour that the panel's value mappings give a value, or None."""
    for mapping in defaults.get("mappings", []):
        option = mapping["options"].get(str(int(value))) if float(value).is_integer() else None
        if option:
            return option["text"], NAMED[option["color"]]
    return None


def threshold(defaults, value):
    color = BACKGROUND
    for step in defaults.get("thresholds", {}).get("steps", []):
        if step["value"] is None or value >= step["value"]:
            color = NAMED[step["color"]]
    return color


def draw_stat(panel, box, prometheus):
    x, y, width, height = box
    defaults = panel["fieldConfig"]["defaults"]
    target = panel["targets"][0]
    result = prometheus.query(target["expr"])
    if not result:
        return [text(x + width / 2, y + height / 2 + 10, "no data", 18, DIM, "middle")]
    value = float(result[0]["value"][1])
    content, color = mapped(defaults, value) or (shown(value, defaults["unit"], defaults.get("decimals")), threshold(defaults, value))
    if panel["options"].get("textMode") == "name":
        content = legend(target, result[0]["metric"])
    return [rect(x, y + 26, width, height - 26, color, 3), text(x + width / 2, y + height / 2 + 24, content, 30, "#ffffff", "middle", "bold")]


def columns_of(panel):
    """What a table shows: the labels first, then each query's value by the name that an override gives it."""
    names = {}
    for override in panel["fieldConfig"]["overrides"]:
        properties = {entry["id"]: entry["value"] for entry in override["properties"]}
        names[override["matcher"]["options"].removeprefix("Value #")] = properties
    return names


def draw_table(panel, box, prometheus):
    x, y, width, height = box
    names = columns_of(panel)
    labels = [name for name in panel["transformations"][1]["options"]["include"]["names"] if not name.startswith("Value")]
    rows = {}
    for target in panel["targets"]:
        for sample in prometheus.query(target["expr"]):
            row = rows.setdefault(sample["metric"]["node"], {})
            row.update({label: sample["metric"][label] for label in labels if label in sample["metric"]})
            row[target["refId"]] = float(sample["value"][1])
    columns = labels + list(names)
    cell = width / len(columns)
    out = [text(x + 10 + index * cell, y + 44, names.get(column, {}).get("displayName", column), 12, "#6e9fff", weight="bold") for index, column in enumerate(columns)]
    for line, node in enumerate(sorted(rows)):
        top = y + 54 + line * 30
        out.append(rect(x + 6, top, width - 12, 1, GRID))
        for index, column in enumerate(columns):
            value = rows[node].get(column)
            if column in labels:
                content, color = value or "-", None
            elif value is None:
                content, color = "-", None
            else:
                mappings = {"mappings": names[column].get("mappings", [])}
                content, color = mapped(mappings, value) or (shown(value, names[column].get("unit", "short")), None)
            if color:
                out.append(rect(x + 4 + index * cell, top + 3, cell - 8, 25, color, 2))
            out.append(text(x + 10 + index * cell, top + 20, content, 13))
    return out


def range_of(panel, prometheus):
    """All series of a panel: (name, [(time, value)])."""
    return [(legend(target, series["metric"]), [(float(at), float(value)) for at, value in series["values"]])
            for target in panel["targets"] for series in prometheus.query_range(target["expr"])]


def draw_times(x, y, width, prometheus):
    out = []
    for index in range(5):
        at = prometheus.start + (prometheus.end - prometheus.start) * index / 4
        out.append(text(x + width * index / 4, y, time.strftime("%H:%M", time.gmtime(at)), 11, DIM, "middle"))
    return out


def draw_legend(x, y, width, names):
    out, left = [], x
    for index, name in enumerate(names):
        size = 24 + 6.6 * len(name)
        if left + size > x + width:
            left, y = x, y + 16
        out += [rect(left, y - 6, 12, 3, SERIES[index % len(SERIES)]), text(left + 16, y, name, 11, DIM)]
        left += size
    return out


def draw_timeline(panel, box, prometheus):
    x, y, width, height = box
    defaults = panel["fieldConfig"]["defaults"]
    series = sorted(range_of(panel, prometheus))
    left, right, top, bottom = x + 190, x + width - 24, y + 32, y + height - 24
    line = (bottom - top) / max(len(series), 1)
    step = (prometheus.end - prometheus.start) / STEPS
    scale = (right - left) / (prometheus.end - prometheus.start)
    out = draw_times(left, y + height - 8, right - left, prometheus)
    for index, (name, values) in enumerate(series):
        middle = top + line * (index + 0.5)
        out.append(text(left - 10, middle + 4, name, 12, TEXT, "end"))
        for at, value in values:
            found = mapped(defaults, value)
            out.append(rect(left + (at - prometheus.start) * scale, top + line * (index + 0.1), min(step * scale + 0.6, right - left - (at - prometheus.start) * scale), line * 0.8, found[1] if found else DIM))
    return out


def draw_series(panel, box, prometheus):
    x, y, width, height = box
    defaults = panel["fieldConfig"]["defaults"]
    series = sorted(range_of(panel, prometheus))
    left, right, top, bottom = x + 70, x + width - 20, y + 36, y + height - 62
    values = [value for _, points in series for _, value in points]
    low, high = defaults.get("min", min(values, default=0)), defaults.get("max", max(values, default=1))
    if high <= low:
        low, high = low - 1, high + 1
    if "max" not in defaults:
        high += (high - low) * 0.1
    if "min" not in defaults:
        low -= (high - low) * 0.1
    out = draw_times(left, bottom + 16, right - left, prometheus)
    for index in range(5):
        level = low + (high - low) * index / 4
        at = bottom - (bottom - top) * index / 4
        out += [rect(left, at, right - left, 1, GRID), text(left - 8, at + 4, shown(level, defaults["unit"]), 11, DIM, "end")]
    gap = 2.5 * (prometheus.end - prometheus.start) / STEPS
    for index, (_, points) in enumerate(series):
        path, last = "", None
        for at, value in points:
            px = left + (at - prometheus.start) / (prometheus.end - prometheus.start) * (right - left)
            py = bottom - (min(max(value, low), high) - low) / (high - low) * (bottom - top)
            path += f"{'L' if last is not None and at - last < gap else 'M'}{px:.1f} {py:.1f}"
            last = at
        out.append(f'<path d="{path}" fill="none" stroke="{SERIES[index % len(SERIES)]}" stroke-width="1.6"/>')
    return out + draw_legend(left - 50, bottom + 38, width - 40, [name for name, _ in series])


DRAW = {"stat": draw_stat, "table": draw_table, "state-timeline": draw_timeline, "timeseries": draw_series}


def main():
    dashboard = json.load(open(sys.argv[1], encoding="utf-8"))
    prometheus = Prometheus(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    column = (WIDTH - 2 * MARGIN) / 24
    head = 52
    height = head + max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in dashboard["panels"]) * ROW_HEIGHT + MARGIN
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" font-family="Inter,\'DejaVu Sans\',sans-serif">',
           rect(0, 0, WIDTH, height, BACKGROUND), text(MARGIN + 4, 34, dashboard["title"], 22, weight="bold"),
           text(WIDTH - MARGIN - 4, 34, time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(prometheus.end)), 13, DIM, "end")]
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        box = (MARGIN + at["x"] * column + GAP / 2, head + at["y"] * ROW_HEIGHT + GAP / 2, at["w"] * column - GAP, at["h"] * ROW_HEIGHT - GAP)
        title = panel["title"].replace("$node", prometheus.node)
        if panel["type"] == "row":
            out.append(text(box[0] + 4, box[1] + 20, "▾ " + title, 15, weight="bold"))
            continue
        out += [rect(*box, PANEL, 3), text(box[0] + 10, box[1] + 19, title, 13, weight="bold")]
        out += DRAW[panel["type"]](panel, box, prometheus)
    print("\n".join(out + ["</svg>"]))


main()

# SPDX-License-Identifier: Apache-2.0
"""What bench/run measured: as a table, as goals, as a plot, as a page."""
import json
import math
import re
import statistics

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def measured(result, kind):
    return [r for r in result["programs"] if r["kind"] == kind and "ratio" in r]


def us(ns):
    return f"{ns / 1000:.1f} µs" if ns < 1e6 else f"{ns / 1e6:.1f} ms"


def size(n):
    return f"{n / 1024:.1f} KiB" if n < 1 << 20 else f"{n / (1 << 20):.1f} MiB" if n < 1 << 30 else f"{n / (1 << 30):.2f} GiB"


# ---- the terminal --------------------------------------------------------------------------
def where(result):
    m, v = result["machine"], result["versions"]
    return (f"{m['cpu']}, {m['cores']} cores, {m['memory_gib']} GiB, {m['os']}, Linux {m['kernel']}; "
            f"Erlang/OTP {v['otp']} (ERTS {v['erts']}, {v['emulator']}), Elixir {v['elixir']}, Apex {v['apex']}; "
            f"load average at the start {m['load']}")


def heading(result):
    print(where(result))
    print(f"\n{'program':<16}{'stock ms':>10}{'min':>9}{'apex ms':>10}{'min':>9}{'ratio':>8}{'of min':>8}")


def program(r):
    if "failed" in r:
        side, why = next(iter(r["failed"].items()))
        print(f"{r['name']:<16}  {side} failed: {why.splitlines()[-1][:80]}")
        return
    s, a = r["stock_us"], r["apex_us"]
    print(f"{r['name']:<16}{s['median'] / 1000:>10.1f}{s['min'] / 1000:>9.1f}{a['median'] / 1000:>10.1f}"
          f"{a['min'] / 1000:>9.1f}{r['ratio']:>8.2f}{r['ratio_of_minima']:>8.2f}"
          f"{'' if r['same_result'] else '  OTHER RESULT'}", flush=True)


def print_goals(goals):
    if not goals:
        return
    print(f"\n{'what':<58}{'goal':<27}measured")
    for g in goals:
        print(f"{g['what']:<58}{g['goal']:<27}{g['measured']:<50}{'reached' if g['reached'] else 'not reached'}")


# ---- goals -----------------------------------------------------------------------------------
def goal(what, aim, value, reached):
    return {"what": what, "goal": aim, "measured": value, "reached": bool(reached)}


def program_goals(result):
    found = []
    rows = measured(result, "compute")
    if rows:
        mean = statistics.geometric_mean(r["ratio"] for r in rows)
        least = min(rows, key=lambda r: r["ratio"])
        found.append(goal("compute programs, geometric mean against stock's JIT", "0.65 or more", f"{mean:.2f}", mean >= 0.65))
        found.append(goal("the slowest of them", "0.30 or more", f"{least['ratio']:.2f} ({least['name']})", least["ratio"] >= 0.3))
    rows = measured(result, "process")
    if rows:
        mean = statistics.geometric_mean(r["ratio"] for r in rows)
        least = min(rows, key=lambda r: r["ratio"])
        found.append(goal("messages, spawn and exit, gen_server calls against stock", "1.5 or more",
                          f"{mean:.2f}, least {least['ratio']:.2f} ({least['name']})", least["ratio"] >= 1.5))
    return found


def load_goals(load):
    return [
        goal("first load of a module against code:load_binary/3", "5 times as fast",
             f"{load['ratio']:.1f} times over {load['modules']} modules", load["ratio"] >= 5),
        goal("same bytes again in another sandbox", "5 µs or less",
             f"{us(load['small_again_ns'])} ({size(load['small_bytes'])} module; look-up alone {us(load['small_find_ns'])})",
             load["small_again_ns"] <= 5000)]


def crowd_goal(crowds):
    big = max(crowds, key=lambda c: c["sandboxes"])
    projected = big["rss_growth_bytes"] / big["sandboxes"] * 100_000
    text = f"{big['sandboxes']:,} in {size(big['rss_bytes'])}"
    if big["sandboxes"] < 100_000:
        text += f" ({size(projected)} for 100,000)"
    return goal("live sandboxes, each having answered", "100,000 in 4 GiB", text,
                big["sandboxes"] >= 100_000 and big["rss_bytes"] <= 4 << 30)


def throughput_goal(active):
    best = max(active, key=lambda a: a["calls_per_s"])
    last = max(active, key=lambda a: a["sandboxes"])
    fall = 1 - last["calls_per_s"] / best["calls_per_s"]
    return goal("throughput with 10,000 active sandboxes against the best", "falls by less than 10 %",
                f"{last['calls_per_s']:,.0f} calls/s, falls by {fall * 100:.0f} %", fall < 0.1)


def engine_goals(e):
    idle = e["idle_arena"] + e["idle_struct"]
    life, trip = e["life"], e["trip"]
    return [
        *load_goals(e["load"]),
        goal("create, first call of a library function, destroy", "50 µs median, 200 µs p99",
             f"{us(life['median'])}, {us(life['p99'])} (peer node: {us(e['stock_peer_ns'])})",
             life["median"] <= 50e3 and life["p99"] <= 200e3),
        goal("private memory of an idle sandbox that has run a call", "16 KiB or less", size(idle), idle <= 16384),
        goal("host call round trip, small term, warm sandbox", "3 µs or less", us(trip["median"]), trip["median"] <= 3000),
        crowd_goal(e["crowd"]),
        throughput_goal(e["active"])]


def goals(result):
    return program_goals(result) + (engine_goals(result["engine"]) if "engine" in result else [])


# ---- the plot ----------------------------------------------------------------------------------
STYLE = """<style>
 text { font: 12px sans-serif; fill: #24292f } .small { font-size: 11px; fill: #57606a }
 .grid { stroke: #d0d7de } .one { stroke: #57606a; stroke-width: 1.5 }
 .compute { fill: #2f6fb7 } .process { fill: #2c8a57 }
 @media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .small { fill: #9198a1 } .grid { stroke: #30363d } .one { stroke: #9198a1 }
  .compute { fill: #58a0ec } .process { fill: #4fc082 } }
</style>"""
LEFT, WIDTH, ROW, TOP, RIGHT = 120, 520, 20, 62, 60


def axis(rows):
    low = min([0.25] + [r["ratio"] for r in rows])
    high = max([2.0] + [r["ratio"] for r in rows])
    marks = [m for m in (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 20, 50, 100) if low * 0.6 < m < high * 1.5]
    left, right = math.log(min(low * 0.9, marks[0])), math.log(max(high * 1.05, marks[-1]))
    return marks, lambda v: LEFT + WIDTH * (math.log(v) - left) / (right - left)


def svg_row(r, y, x):
    a, b = sorted((x(1), x(r["ratio"])))
    return (f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{r["name"]}</text>'
            f'<rect class="{r["kind"]}" x="{a:.1f}" y="{y + 3}" width="{max(b - a, 1):.1f}" height="{ROW - 6}" rx="2"/>'
            f'<text class="small" x="{LEFT + WIDTH + 8}" y="{y + 13}">{r["ratio"]:.2f}</text>')


def svg(result):
    """Bars from 1 (as fast as stock) to the ratio, on a logarithmic scale."""
    rows = sorted((r for r in result["programs"] if "ratio" in r), key=lambda r: -r["ratio"])
    bottom = TOP + ROW * len(rows)
    height = bottom + 30
    marks, x = axis(rows)
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + RIGHT}" height="{height}" '
             f'viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" role="img">',
             "<title>Speed of Apex relative to stock Erlang/OTP</title>", STYLE,
             '<text x="8" y="18">Speed of Apex relative to stock Erlang/OTP with its JIT, one scheduler each (more is faster)</text>',
             '<rect class="compute" x="8" y="29" width="12" height="10"/><text class="small" x="26" y="38">computing</text>',
             '<rect class="process" x="108" y="29" width="12" height="10"/><text class="small" x="126" y="38">processes and messages</text>']
    for m in marks:
        parts.append(f'<line class="{"one" if m == 1 else "grid"}" x1="{x(m):.1f}" y1="{TOP - 8}" x2="{x(m):.1f}" y2="{bottom}"/>'
                     f'<text class="small" x="{x(m):.1f}" y="{bottom + 16}" text-anchor="middle">{m:g}</text>')
    parts += [svg_row(r, TOP + ROW * i, x) for i, r in enumerate(rows)]
    return "\n".join(parts + ["</svg>\n"])


# ---- the page --------------------------------------------------------------------------------------
def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join("---" for _ in head) + "|"]
    return "\n".join(lines + ["| " + " | ".join(str(c) for c in row) + " |" for row in rows])


def program_table(result):
    rows = []
    for r in result["programs"]:
        if "ratio" in r:
            rows.append((r["name"], r["what"], f"{r['stock_us']['median'] / 1000:.1f}", f"{r['apex_us']['median'] / 1000:.1f}",
                         f"{r['ratio']:.2f}", f"{r['ratio_of_minima']:.2f}"))
        else:
            rows.append((r["name"], r["what"], "", "", "failed", ""))
    return table(("program", "what it stresses", "stock ms", "Apex ms", "ratio", "ratio of minima"), rows)


def engine_rows(e):
    yield "create a sandbox", us(e["life_create"]["median"]), us(e["life_create"]["p99"])
    yield "its first call", us(e["life_call"]["median"]), us(e["life_call"]["p99"])
    yield "destroy it", us(e["life_destroy"]["median"]), us(e["life_destroy"]["p99"])
    yield "the three together", us(e["life"]["median"]), us(e["life"]["p99"])
    yield "call on a warm sandbox", us(e["trip"]["median"]), us(e["trip"]["p99"])


def engine_text(e):
    load = e["load"]
    parts = [table(("on an idle engine", "median", "99th percentile"), engine_rows(e)), "",
             f"- An idle sandbox holds {size(e['idle_arena'])} in its arena and {size(e['idle_struct'])} beside it.",
             f"- {e['cycles']:,.0f} lives one after the other take {e['cycles_seconds']:.2f} s; resident memory changes by "
             f"{size(e['cycles_rss_growth']) if e['cycles_rss_growth'] >= 0 else '-' + size(-e['cycles_rss_growth'])}, "
             f"{e['cycles_images_left']:.0f} module images are left.",
             f"- {load['modules']} modules of OTP ({size(load['bytes'])}) load in {us(load['apex_ns'])}, on stock in "
             f"{us(load['stock_ns'])}; the median module {load['ratio_median']:.1f} times as fast. Again in another sandbox: "
             f"{us(load['again_median_ns'])} for the median module, of which {us(load['find_median_ns'])} find the image.",
             f"- A tenant's module ({size(load['small_bytes'])}) loads in {us(load['small_first_ns'])} and again in "
             f"{us(load['small_again_ns'])}, of which {us(load['small_find_ns'])} find the image."]
    for c in e["crowd"]:
        parts.append(f"- {c['sandboxes']:,} live sandboxes: created in {c['create_s']:.2f} s, one call each in "
                     f"{c['first_calls_s']:.2f} s, {size(c['rss_growth_bytes'] / c['sandboxes'])} resident memory each, "
                     f"destroyed in {c['destroy_s']:.2f} s.")
    rows = [(f"{a['sandboxes']:,}", f"{a['calls_per_s']:,.0f}") for a in e["active"]]
    return "\n".join(parts + ["", table(("active sandboxes", "calls of `fib:run(16)` a second"), rows)])


def section(result):
    marks = {True: "yes", False: "**no**"}
    parts = [f"Measured on {result['date']}: {where(result)}.", "", "### Goals", "",
             table(("what", "goal", "measured", "reached"),
                   [(g["what"], g["goal"], g["measured"], marks[g["reached"]]) for g in result["goals"]]),
             "", "### Programs", "",
             f"Medians of {result['rounds']} starts with {result['runs']} runs each; ratio: stock's time through Apex's.",
             "", "![ratios](performance.svg)", "", program_table(result), "", "### Sandboxes", "", engine_text(result["engine"])]
    return "\n".join(parts)


def summary(result):
    rows = [(g["what"], g["goal"], g["measured"] + ("" if g["reached"] else " (**not reached**)"))
            for g in result["goals"]]
    return f"Measured on {result['date']}: {where(result)}.\n\n" + table(("what", "goal", "measured"), rows)


def renew(page, text):
    """What stands between the two marks of a page."""
    old = page.read_text()
    if old.count(BEGIN) != 1 or old.count(END) != 1:
        raise SystemExit(f"{page.name}: the lines {BEGIN} and {END} must be there once")
    page.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{text}\n{END}", old, flags=re.S))


def document(docs, result):
    renew(docs / "performance.md", section(result))
    renew(docs.parent / "README.md", summary(result))
    (docs / "performance.svg").write_text(svg(result))
    (docs / "performance.json").write_text(json.dumps(result, indent=1) + "\n")

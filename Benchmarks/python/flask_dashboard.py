"""A minimal page about a journal, read anew for each request: the baseline of the dashboard's first page.

    python flask_dashboard.py PORT JOURNAL.csv
"""

import csv
import datetime
import logging
import sys

from flask import Flask, jsonify, render_template_string

app = Flask(__name__)

PAGE = """<!doctype html><html lang="en"><title>Journal</title><h1>{{ lines|length }} symbols</h1>
<table><thead><tr><th>Symbol<th>Last session<th>Trades, 30 days<th>Net, 30 days</thead><tbody>
{% for line in lines %}<tr><th>{{ line.symbol }}<td>{{ line.last }}<td>{{ line.trades }}<td>{{ "%.2f"|format(line.net) }}</tr>
{% endfor %}</tbody></table></html>"""


@app.get("/health")
def health():
    return jsonify(status="ok")


@app.get("/")
def overview():
    with open(sys.argv[2], newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    last = max(row["trade_date"] for row in rows)
    since = str(datetime.date.fromisoformat(last) - datetime.timedelta(days=30))
    lines = {}
    for row in rows:
        line = lines.setdefault(row["symbol"], {"symbol": row["symbol"], "last": "", "trades": 0, "net": 0.0})
        line["last"] = max(line["last"], row["trade_date"])
        if row["entered"] == "true" and row["trade_date"] >= since:
            line["trades"] += 1
            line["net"] += float(row["net_pnl"])
    return render_template_string(PAGE, lines=sorted(lines.values(), key=lambda line: line["symbol"]))


logging.getLogger("werkzeug").setLevel(logging.ERROR)
app.run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)

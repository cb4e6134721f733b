"""A minimal Flask app with the service's endpoints: the baseline of the service's start and of its answers.

    python flask_app.py PORT
"""

import logging
import sys

from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/health")
def health():
    return jsonify(status="ok")


@app.post("/backtest")
def backtest():
    return jsonify(status="skipped")


# As the service, which has no line for a request to /health.
logging.getLogger("werkzeug").setLevel(logging.ERROR)
app.run(host="127.0.0.1", port=int(sys.argv[1]), threaded=True)

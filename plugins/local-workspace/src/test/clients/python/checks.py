"""How checks are run and told: one line for each, feature TAB check TAB outcome TAB why."""

import os
import sys
import time
import traceback
from urllib.parse import urlparse

HERE = os.environ
HOST = HERE.get("LAKEPORT_HOST", "localhost")
HTTP_URL = HERE["LAKEPORT_HTTP_URL"]
HTTPS_PORT = urlparse(HERE["LAKEPORT_HTTPS_URL"]).port
HTTP_PATH = HERE["LAKEPORT_HTTP_PATH"]
WAREHOUSE = HTTP_PATH.rsplit("/", 1)[1]
CLIENT_ID = HERE["LAKEPORT_CLIENT_ID"]
CLIENT_SECRET = HERE["LAKEPORT_CLIENT_SECRET"]
TOKEN = HERE["LAKEPORT_TOKEN"]

_checks = []


class Skipped(Exception):
    """What a client cannot do by itself, whatever the server says."""


def skip(why):
    raise Skipped(why)


def check(feature):
    """Marks a function as a check of a feature."""

    def mark(function):
        _checks.append((feature, function))
        return function

    return mark


def run(*arguments):
    """Runs every check that was marked; a failed one does not stop the others."""
    for feature, function in _checks:
        began = time.monotonic()
        try:
            function(*arguments)
            outcome, why = "passed", ""
        except Skipped as reason:
            outcome, why = "skipped", str(reason)
        except Exception as failure:  # noqa: BLE001 - every failure is an outcome
            outcome, why = "failed", f"{type(failure).__name__}: {failure}"
            traceback.print_exc(file=sys.stderr)
        line = " ".join(why.split())[:400]
        print(f"{feature}\t{function.__name__}\t{outcome}\t{line}", flush=True)
        print(f"  {function.__name__} {time.monotonic() - began:.2f} s", file=sys.stderr)


def equal(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, but got {actual!r}")


def fails(action, *texts):
    """Expects a failure whose message has every one of the texts."""
    try:
        action()
    except Exception as failure:  # noqa: BLE001
        for text in texts:
            if text not in str(failure):
                raise AssertionError(f"expected {text!r} in: {failure}") from failure
        return failure
    raise AssertionError(f"expected a failure with {texts}")

"""Has schemathesis call as somebody who is signed in.

Most of its identifiers are nobody's and end at "not found". So most calls are led to the account
of a fan, to her card and to her claim, as from a page of hers that acts for the first time. The
rest stay as they were made up.
"""

import os
import uuid
import zlib

import requests
import schemathesis

ADDRESS = os.environ["KABAO_ADDRESS"]
ACCOUNT = "statuses"
# Has long lists.
FAN = "statuses-quan"
# Signs out, so that the fan stays signed in.
LEAVING = "statuses-fu"
# Of every so many calls, one keeps its identifiers.
MADE_UP = 6


def sign_in(person):
    """The session of a person, signed in as a browser does it."""
    browser = requests.Session()

    def follow(path):
        reply = browser.get(ADDRESS + path, allow_redirects=False, timeout=10)
        return reply.headers["Location"]

    authorize = follow(follow(f"/sandbox/as/{person}"))
    follow(follow(f"{authorize}&person={person}"))
    return browser.cookies["kabao_session"]


class Fan:
    """Who calls, and what there is of hers."""

    def __init__(self):
        self.session = sign_in(FAN)
        wallet = requests.get(
            f"{ADDRESS}/api/v1/accounts/{ACCOUNT}/wallet",
            cookies={"kabao_session": self.session},
            timeout=10,
        ).json()
        self.public = wallet["fan"]
        self.ids = {"account": ACCOUNT, "card": wallet["cards"][0]["id"]}

    def learn(self, reply):
        """Keeps the claim that a reply is about."""
        claim = reply.get("claim") if isinstance(reply, dict) else None
        if isinstance(claim, dict):
            self.ids["claim"] = claim["id"]


fan = Fan()


def is_made_up(case):
    """Decided by the case itself: a failure that is tried again has to be the same."""
    parts = (case.method, case.path, case.path_parameters, case.query, str(case.body))
    return zlib.crc32(repr(parts).encode("utf-8", "replace")) % MADE_UP == 0


@schemathesis.hook
def before_call(context, case, kwargs):
    is_leaving = case.operation.definition.raw.get("operationId") == "signOut"
    session = sign_in(LEAVING) if is_leaving else fan.session
    if not is_made_up(case):
        for name in case.path_parameters or {}:
            if name in fan.ids:
                case.path_parameters[name] = fan.ids[name]
        headers = case.headers or {}
        if "Kabao-Fan" in headers and not is_leaving:
            headers["Kabao-Fan"] = fan.public
        if "Idempotency-Key" in headers:
            headers["Idempotency-Key"] = str(uuid.uuid4())
    case.cookies = {**(case.cookies or {}), "kabao_session": session}


@schemathesis.hook
def after_call(context, case, response):
    if "json" in "".join(response.headers.get("content-type", [])):
        fan.learn(response.json())

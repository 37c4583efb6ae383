"""What of the demo's Identity Center can be changed at the demo's own address, for tours and tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rolecall.demo.identity_center import IdentityCenter
from rolecall.demo.json_wire import json_answer
from rolecall.demo.wire import Answer

Route = Callable[[Mapping[str, str]], Answer]


def portal_controls(center: IdentityCenter) -> dict[tuple[str, str], Route]:
    """The routes, by method and name. Each may raise ValueError.

    `POST identity-center`: accounts = numbered accounts beside the company's own; interval = seconds between
    polls of a device; token_seconds = life of a token that can be refreshed; end_sign_ins = 1 kills all tokens.
    """

    def change(asked: Mapping[str, str]) -> Answer:
        if "accounts" in asked:
            center.directory.more = int(asked["accounts"])
        if "interval" in asked:
            center.oidc.interval = _seconds(asked["interval"])
        if "token_seconds" in asked:
            center.tokens.access_seconds = _seconds(asked["token_seconds"])
        if asked.get("end_sign_ins") == "1":
            center.tokens.end_all()
        return show(asked)

    def show(_asked: Mapping[str, str]) -> Answer:
        return json_answer(
            {
                "accounts": len(center.directory.members()),
                "interval": center.oidc.interval,
                "token_seconds": center.tokens.access_seconds,
            }
        )

    return {("GET", "identity-center"): show, ("POST", "identity-center"): change}


def _seconds(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 86400:
        raise ValueError("seconds must be 1 to 86400")
    return number

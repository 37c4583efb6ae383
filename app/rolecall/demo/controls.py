"""The demo's own address: the authenticator's codes, the clock, the faults and the list of calls.

Anybody on this computer may ask it, which is right for a demo: nothing behind it is real.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping

from rolecall.demo.catalogue import Catalogue
from rolecall.demo.clock import DemoClock
from rolecall.demo.faults import Calls, Fault, Faults
from rolecall.demo.totp import seconds_left
from rolecall.demo.wire import Answer, Request, text_answer


class Controls:
    """`/demo/…`: reading is GET, changing is POST. `routes` are by method and name."""

    def __init__(
        self, catalogue: Catalogue, clock: DemoClock, faults: Faults, calls: Calls
    ) -> None:
        self._catalogue, self._clock, self._faults, self._calls = catalogue, clock, faults, calls
        self.routes: dict[tuple[str, str], Callable[[Mapping[str, str]], Answer]] = {
            ("GET", "code"): self._code,
            ("GET", "devices"): self._devices,
            ("GET", "clock"): self._read_clock,
            ("POST", "clock"): self._move_clock,
            ("POST", "skew"): self._set_skew,
            ("POST", "fault"): self._add_fault,
            ("GET", "calls"): lambda _asked: _json(self._calls.listed()),
            ("POST", "calls/reset"): self._reset_calls,
        }

    def answer(self, request: Request, name: str) -> Answer:
        """Answer one request for `/demo/NAME`."""
        route = self.routes.get((request.method, name))
        if route is None:
            known = any(path == name for _, path in self.routes)
            return text_answer(405 if known else 404, "Not here\n", "NotFound")
        try:
            asked = {**request.asked(), **(request.values() if request.method == "POST" else {})}
            return route(asked)
        except ValueError as wrong:
            return text_answer(400, f"{wrong}\n", "BadRequest")

    def code(self, serial: str) -> tuple[str, float]:
        """The code a device shows now and the seconds it is still shown. Raises KeyError."""
        device = self._catalogue.device(serial)
        if device is None:
            raise KeyError(serial)
        now = self._clock.now()
        return device.code(now), seconds_left(now)

    def _code(self, asked: Mapping[str, str]) -> Answer:
        try:
            code, _ = self.code(asked.get("serial", ""))
        except KeyError:
            return text_answer(404, "No such device\n", "NotFound")
        return text_answer(200, code)

    def _devices(self, _asked: Mapping[str, str]) -> Answer:
        return _json([device.serial for device in self._catalogue.devices])

    def _read_clock(self, _asked: Mapping[str, str]) -> Answer:
        return _json({"now": self._clock.now(), "offset": self._clock.offset})

    def _move_clock(self, asked: Mapping[str, str]) -> Answer:
        self._clock.advance(_number(asked.get("advance", "")))
        return self._read_clock(asked)

    def _set_skew(self, asked: Mapping[str, str]) -> Answer:
        self._clock.set_skew(_number(asked.get("seconds", "")))
        return self._read_clock(asked)

    def _add_fault(self, asked: Mapping[str, str]) -> Answer:
        kind = asked.get("kind", "")
        if kind == "none":
            self._faults.clear()
        else:
            count, seconds = int(asked.get("count", "1")), _number(asked.get("seconds", "1"))
            until = self._clock.now() + _number(asked["for"]) if "for" in asked else None
            self._faults.add(Fault(kind, count, asked.get("action", ""), seconds, until))
        return text_answer(200, "ok\n")

    def _reset_calls(self, _asked: Mapping[str, str]) -> Answer:
        self._calls.reset()
        return text_answer(200, "ok\n")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number) or abs(number) > 1e9:
        raise ValueError("not a number of seconds")
    return number


def _json(value: object) -> Answer:
    return Answer(200, json.dumps(value).encode(), "application/json")

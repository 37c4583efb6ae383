"""Codes: who waits for one, and where it comes from: brought along, made or fetched here, or a person's."""

from __future__ import annotations

from dataclasses import replace

from rolecall.acting.callers import Key
from rolecall.acting.flights import Flights, waiter_of
from rolecall.acting.services import Handed
from rolecall.code_sources import CodeSources, Giving, line_for
from rolecall.domain.code_queue import CodeQueue, used_code
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, Text
from rolecall.domain.route import Route


class Codes(Flights):
    """See the module."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed)
        services = handed.services
        giving = Giving(self._code_fetched, self._no_code_fetched, services.program_asked)
        self._sources = CodeSources(
            services.seeds, services.environ, handed.run, self.now, services.pause, giving
        )
        self._ask_code = handed.ask_code

    def give_code(self, serial: str, typed: str) -> None:
        """Send the code a person gave for a device, once. What is wrong with it shows in the queue."""
        queue = self.state.queues.get(serial)
        if queue is not None and queue.waiters and not queue.in_flight:
            self._send(serial, typed)

    def cancel_code(self, serial: str, problem: Problem | None = None) -> None:
        """Nobody will give a code for this device: all who wait are told so at once.

        A code that is on its way already may still open its session.
        """
        queue = self.state.queues.get(serial)
        for waiter in queue.waiters if queue else ():
            self.deliver((waiter.role, waiter.wish), problem or code_cancelled())

    def see_program(self, serial: str) -> None:
        """Have the person see the line that could give this code. Whoever waits may still type one."""
        queue = self.state.queues[serial]
        line = line_for(self.state, queue)
        if line is not None:
            for waiter in queue.waiters:
                self.consents.join((waiter.role, waiter.wish), line)

    def _enqueue(self, key: Key, route: Route) -> None:
        serial = route.code_serial
        if not self.state.makes_codes(serial) and not any(
            caller.patient for caller in self._waiting[key]
        ):
            self._hold(key[0])
            self.deliver(key, code_cancelled())  # nobody is asked because of a renewal
            return
        queue = self.state.queues.get(serial) or CodeQueue(serial)
        if not queue.waiters:
            self._sources.begin_anew(serial)
        self._set_queue(queue.joined(waiter_of(route, key[1])))
        self._call_for_code(serial)

    def _call_for_code(self, serial: str) -> None:
        """Send a code that somebody brought along, or have a person asked for one."""
        queue = self.state.queues[serial]
        if queue.in_flight:
            return
        waiting = [
            ((waiter.role, waiter.wish), caller)
            for waiter in queue.waiters
            for caller in tuple(self._waiting.get((waiter.role, waiter.wish), ()))
        ]
        for key, caller in waiting:
            if caller.code is not None:
                typed, caller.code = caller.code, None
                self._send(serial, typed, (key, caller))
                return
        for key, caller in waiting:
            if caller.brought:  # its code is spent, and a further one is needed
                self._turn_away(key, caller, used_code(self.now()))
        askers = [caller.asker for _, caller in waiting if caller.patient and not caller.brought]
        if askers:
            queue = self.state.queues[serial]
            self._set_queue(replace(queue, asker=askers[-1] if all(askers) else ""))
            self._warm(queue.waiters[0].role)
            if not self._fetch(serial):
                self._ask_code(serial)
        elif any(not caller.patient for _, caller in waiting):
            self._renew_unasked(serial)
        self._show_busy()

    def _renew_unasked(self, serial: str) -> None:
        """Nobody waits for this device but renewals: they get a code that nobody has to give, or end."""
        if self._sources.fetch(self.state, serial, unasked=True):
            return
        queue = self.state.queues[serial]
        for waiter in queue.waiters:
            self._hold(waiter.role, queue.problem)
            self.deliver((waiter.role, waiter.wish), queue.problem or code_cancelled())

    def _fetch(self, serial: str) -> bool:
        """Have a seed or a program give the code; where none can, say why beside the question."""
        if self._sources.fetch(self.state, serial):
            return True
        queue, unaccepted = self.state.queues[serial], self._sources.unaccepted(self.state, serial)
        self._set_queue(replace(queue, problem=queue.problem or unaccepted))
        return False

    def _code_fetched(self, serial: str, code: str) -> None:
        """A seed or a program gave a code: sent as a typed one is, if somebody still waits."""
        self.give_code(serial, code)
        self._show_busy()

    def _no_code_fetched(self, serial: str, problem: Problem) -> None:
        queue = self.state.queues[serial]
        if queue.waiters:
            self._set_queue(replace(queue, problem=problem))
            self._call_for_code(serial)
        self._show_busy()

    def _busy_names(self) -> frozenset[str]:
        queues = [self.state.queues[serial] for serial in self._sources.running]
        return super()._busy_names() | {w.role for queue in queues for w in queue.waiters}

    def _code_worked(self, serial: str) -> None:
        self._sources.begin_anew(serial)


def code_cancelled() -> Problem:
    """The Problem told to all who waited for a code that nobody gave."""
    return Problem(
        "code_cancelled",
        Text(QT_TRANSLATE_NOOP("Problem", "The MFA code was not given")),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Sign in again when the device is at hand.")),
        exit=Exit.NOBODY_TO_ASK,
    )

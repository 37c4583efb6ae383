"""Portals: what a person looks for in Identity Centers, and makes own roles of. Lives on the thread of Actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from rolecall.acting.services import Handed
from rolecall.domain.identity_center import Found, PartlyListedError, Portal, PortalRole
from rolecall.domain.portal_entries import (
    new_entries,
    portal_named,
    portal_wanted,
    present,
    same_url,
)
from rolecall.domain.problem import Problem
from rolecall.domain.proof import BY_CODE, Step
from rolecall.domain.settings import Settings
from rolecall.sign_ins import Line

if TYPE_CHECKING:
    from rolecall.proving.means import Means

Pair = tuple[str, str]
"""Account id and permission set."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look brought. problem: why it is not everything, None where it is."""

    found: Found
    problem: Problem | None = None


class Portals:
    """See the module."""

    def __init__(
        self,
        handed: Handed,
        means: Callable[[], Means],
        reload: Callable[[], None],
        change: Callable[[Settings], None],
    ) -> None:
        """reload: reads the files again, and the sign-ins other programs share. change: of the settings."""
        self._change = change
        self._store, self._run, self._back = handed.store, handed.run, handed.back
        self._services, self._means, self._reload = handed.services, means, reload

    def known(self) -> list[Portal]:
        """The Identity Centers that the files name, each once."""
        catalogue = self._store.state.catalogue
        found: list[Portal] = []
        named = [(name, "") for name in catalogue.sso_sessions]
        named += [
            (profile["sso_start_url"], profile.get("sso_region", ""))
            for profile in catalogue.profiles.values()
            if "sso_start_url" in profile and "sso_account_id" in profile
        ]
        for name, region in dict.fromkeys(named):
            try:
                portal = portal_named(name, region, catalogue.sso_sessions)
            except ValueError:
                continue
            if not any(same_url(portal.start_url, other.start_url) for other in found):
                found.append(portal)
        return found

    def named(self, typed: str, region: str) -> Portal:
        """What a person typed, as a Portal. Raises ValueError: "start_url" or "region" is not one."""
        return portal_wanted(typed, region, self._store.state.catalogue)

    def there(self, portal: Portal) -> dict[Pair, str]:
        """What is listed already, and as what."""
        return present(self._store.state.catalogue, portal)

    def look(
        self,
        portal: Portal,
        told: Callable[[Step], None],
        done: Callable[[Looked], None],
        failed: Callable[[Problem], None],
        *,
        by_code: bool = False,
        seen: Found | None = None,
    ) -> Callable[[], None]:
        """Sign in if need be and list everything, in a Job. Returns how to stop: then nobody is told.

        seen: what an earlier look saw, not asked for again.
        """
        from rolecall.proving.identity_center import discover

        line = Line(self._back, lambda _line, step: told(step))
        means, given = self._means(), BY_CODE if by_code else ""

        def job() -> Looked:
            try:
                return Looked(discover(portal, line, means, given, seen))
            except PartlyListedError as partly:
                return Looked(partly.found, partly.problem)

        self._run(job, partial(self._ended, line, done), partial(self._told, line, failed))
        return partial(_stop, line)

    def _ended(self, line: Line, done: Callable[[Looked], None], looked: Looked) -> None:
        self._reload()
        if not line.cancelled:
            done(looked)

    def _told(self, line: Line, failed: Callable[[Problem], None], problem: Problem) -> None:
        if not line.cancelled:
            failed(problem)

    def add(
        self,
        offers: Iterable[PortalRole],
        portal: Portal,
        done: Callable[[list[str]], None],
        failed: Callable[[Problem], None],
        *,
        write_config: bool = False,
    ) -> None:
        """Make own roles of offers; `done` hears their names. write_config: profiles for other tools too."""
        from rolecall.domain.entry import exportable
        from rolecall.storage.entries_file import put_entries
        from rolecall.storage.owned_files import export

        there, catalogue = self.there(portal), self._store.state.catalogue
        fresh = [o for o in offers if (o.account.account_id, o.role) not in there]
        entries = new_entries(fresh, portal, {*catalogue.profiles, *catalogue.identities})
        path, files = self._services.paths.entries_file, self._services.files

        def job() -> list[str]:
            if entries:
                put_entries(path, entries)
            for name, entry in entries.items() if write_config else ():
                export(files, name, exportable(name, entry))
            return list(entries)

        self._run(job, partial(self._added, fresh, done), failed)

    def _added(
        self, offers: list[PortalRole], done: Callable[[list[str]], None], names: list[str]
    ) -> None:
        """The portal knows what accounts are called; what the person called them stays."""
        settings = self._store.state.settings
        called = {o.account.account_id: o.account.name for o in offers if o.account.name}
        self._change(replace(settings, accounts={**called, **settings.accounts}))
        self._reload()
        done(names)


def _stop(line: Line) -> None:
    line.cancelled = True

"""Choices: settings, favourites and keys: what a person decides for longer than one session."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from rolecall.acting.core import Core
from rolecall.acting.services import Handed
from rolecall.domain.entry import chain, exportable
from rolecall.domain.problem import Problem
from rolecall.domain.role import Identity
from rolecall.domain.session import Credentials
from rolecall.domain.settings import Settings
from rolecall.storage.settings_file import save_settings


class Choices(Core, ABC):
    """See the module."""

    def __init__(self, handed: Handed) -> None:
        super().__init__(handed)
        self._kept = handed.store.state.settings
        self._saving = False
        self._unsaved: list[Callable[[Problem], None]] = []

    @abstractmethod
    def reload(self) -> None:
        """Read the AWS files again."""

    @abstractmethod
    def forget(self, name: str) -> bool:
        """Drop the sessions of a role."""

    def pin(self, name: str) -> None:
        """Make a role a favourite, or no longer one."""
        known = self.state.settings.favourites
        pinned = tuple(n for n in known if n != name) if name in known else (*known, name)
        self.change_settings(replace(self.state.settings, favourites=pinned))

    def change_settings(
        self, settings: Settings, failed: Callable[[Problem], None] = lambda _problem: None
    ) -> None:
        """Take over new settings and save them."""
        if settings == self.state.settings:
            return
        known = self.state.settings
        reread = (settings.identities, settings.devices) != (known.identities, known.devices)
        self._store.set(replace(self.state, settings=settings))
        self._save(failed)
        if reread:
            self.reload()

    def add_entries(
        self, entries: Mapping[str, Mapping[str, str]], failed: Callable[[Problem], None]
    ) -> None:
        """Add roles to the person's own ones, by name, and list them."""
        path = self._services.paths.entries_file

        def job() -> bool:
            from rolecall.storage.entries_file import put_entries

            return put_entries(path, entries)

        self._run(job, lambda _written: self.reload(), failed)

    def keep_recents(self) -> None:
        """Save which roles were used last, if that changed; a failure waits for a choice to be saved."""
        if self.state.settings.recents != self._kept.recents:
            self._save(lambda _problem: None)

    def _save(self, failed: Callable[[Problem], None]) -> None:
        """Save the settings as they are then, one Job at a time: an older one never comes last."""
        self._unsaved.append(failed)
        if self._saving:
            return
        self._saving = True
        told, self._unsaved = self._unsaved, []
        settings, path = self.state.settings, self._services.paths.settings_file

        def ended(problem: Problem | None) -> None:
            self._saving = False
            self._kept = settings
            if problem is not None:
                for tell in told:
                    tell(problem)
            if self._unsaved:
                self._save(self._unsaved.pop())

        self._run(lambda: save_settings(path, settings), lambda _none: ended(None), ended)

    def add_key(
        self,
        identity: Identity,
        credentials: Credentials,
        done: Callable[[Identity | Problem], None],
    ) -> None:
        """Put a long-lived key into the keyring, one item per identity, and list it."""
        store = self._services.secrets

        def job() -> Identity:
            store.put(identity.name, credentials)
            return identity

        def stored(answer: Identity) -> None:
            identities = {**self.state.settings.identities, answer.name: answer}
            self.change_settings(replace(self.state.settings, identities=identities))
            done(answer)

        self._run(job, stored, done)

    def remove_key(self, name: str, done: Callable[[Problem | None], None]) -> None:
        """Take an identity's key out of the keyring and its name out of the list."""
        store = self._services.secrets

        def removed(_none: None) -> None:
            known = self.state.settings.identities
            identities = {key: value for key, value in known.items() if key != name}
            self.change_settings(replace(self.state.settings, identities=identities))
            self.forget(name)
            done(None)

        self._run(lambda: store.remove(name), removed, done)

    def move_key(self, profile: str, done: Callable[[Problem | None], None]) -> None:
        """Move the key of a profile out of the AWS files into the keyring; a crash loses nothing."""
        from rolecall.storage.key_move import move_keys_to_keyring

        services = self._services

        def moved(settings: Settings) -> None:
            known = replace(self.state.settings, identities=settings.identities)
            self._store.set(replace(self.state, settings=known))
            self.reload()
            done(None)

        self._run(
            lambda: move_keys_to_keyring(
                services.files, profile, services.secrets, services.paths.settings_file
            ),
            moved,
            done,
        )

    # --- own roles ---------------------------------------------------------------------

    def put_roles(
        self,
        entries: Mapping[str, Mapping[str, str]],
        done: Callable[[Problem | None], None],
        gone: str = "",
    ) -> None:
        """Add or change own roles; `gone` is one that leaves with it, as where one is renamed."""
        from rolecall.storage.entries_file import put_entries, remove_entry

        path = self._services.paths.entries_file

        def job() -> None:
            put_entries(path, entries)
            if gone and gone not in entries:
                remove_entry(path, gone)

        self._run(job, lambda _none: self._roles_changed(gone, done), done)

    def remove_role(self, name: str, done: Callable[[Problem | None], None]) -> None:
        """Take an own role out of roles.toml, and its sessions out of memory."""
        from rolecall.storage.entries_file import remove_entry

        path = self._services.paths.entries_file
        self._run(
            lambda: remove_entry(path, name), lambda _was: self._roles_changed(name, done), done
        )

    def export_role(self, name: str, done: Callable[[Path | Problem], None]) -> None:
        """Write an own role, and those it starts from, into the AWS config file for other tools."""
        from rolecall.storage.owned_files import export

        files, catalogue = self._services.files, self.state.catalogue
        own = {each: dict(catalogue.profiles[each]) for each in catalogue.entries}

        def job() -> Path:
            plain = {each: exportable(each, own[each]) for each in chain(own, name)}
            for each, entry in plain.items():
                export(files, each, entry)
            return files.config

        self._run(job, done, done)

    def _roles_changed(self, gone: str, done: Callable[[Problem | None], None]) -> None:
        if gone:
            self.forget(gone)
        self.reload()
        done(None)

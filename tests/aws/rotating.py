"""A rotation over the embedded AWS that can be ended at each of its effects, in this process or for real.

`python rotating.py PLACE AT WHEN URL FOLDER` runs one in a process of its own, whose secrets lie in a file
of the test's folder, and ends it with `os._exit` before or after its effect number AT.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rolecall.aws.sts import Sts
from rolecall.domain.problem import ProblemError
from rolecall.domain.role import Role, Source, SourceKind
from rolecall.domain.session import Credentials
from rolecall.domain.state import KeyringState
from rolecall.key_rotation import Outcome, Surroundings, rotate
from rolecall.own_user import OwnKeys
from rolecall.storage.key_place import place_of
from rolecall.storage.paths import AwsFiles
from rolecall.storage.secret_item import item_missing, packed, unpacked

NAME = "alex"
EFFECTS = (
    "create", "switch_off", "delete", "prove", "put", "remove", "note", "forget", "switch",
)  # fmt: skip


class FileStore:
    """A keyring for tests: a JSON file, replaced whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _items(self) -> dict[str, str]:
        return json.loads(self._path.read_text()) if self._path.exists() else {}

    def _write(self, items: dict[str, str]) -> None:
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(items))
        beside.replace(self._path)

    def state(self) -> KeyringState:
        return KeyringState.OPEN

    def get(self, identity: str) -> Credentials:
        items = self._items()
        if identity not in items:
            raise ProblemError(item_missing(identity))
        return unpacked(identity, items[identity])

    def put(self, identity: str, credentials: Credentials) -> None:
        self._write({**self._items(), identity: packed(credentials)})

    def remove(self, identity: str) -> None:
        self._write({name: value for name, value in self._items().items() if name != identity})


class Ended:
    """Calls `end` before or after the effect number `at` of everything it is wrapped around."""

    def __init__(self, at: int, when: str, end: Callable[[], None]) -> None:
        self.count, self._at, self._when, self._end = 0, at, when, end
        self.names: list[str] = []

    def around(self, name: str, effect: Callable[..., Any]) -> Callable[..., Any]:
        def ended(*values: Any, **named: Any) -> Any:
            self.count += 1
            self.names.append(name)
            mine = self.count == self._at
            if mine and self._when == "before":
                self._end()
            answer = effect(*values, **named)
            if mine and self._when == "after":
                self._end()
            return answer

        return ended

    def wrap(self, thing: Any) -> Any:
        for name in EFFECTS:
            if hasattr(thing, name):
                setattr(thing, name, self.around(name, getattr(thing, name)))
        return thing


def files_in(folder: Path) -> AwsFiles:
    return AwsFiles(folder / "config", folder / "credentials")


def run(
    kind: SourceKind,
    url: str,
    folder: Path,
    ended: Ended,
    now: Callable[[], float] = time.time,
    *,
    finish: bool = True,
) -> Outcome:
    """One run of the rotation. Its effects are `ended`."""
    import rolecall.key_rotation as rotation_module

    role = Role(
        NAME, Source(kind, NAME), region="eu-central-1", client_config=(("endpoint_url", url),)
    )
    store = ended.wrap(FileStore(folder / "keyring.json"))
    place = ended.wrap(place_of(kind, NAME, store, files_in(folder)))
    calls = ended.wrap(OwnKeys(role, Sts(), now))
    real = rotation_module.note, rotation_module.forget
    rotation_module.note = ended.around("note", real[0])
    rotation_module.forget = ended.around("forget", real[1])
    try:
        around = Surroundings(place, calls, folder / "rotations.json", now, lambda _seconds: None)
        return rotate(NAME, around, finish=finish)
    finally:
        rotation_module.note, rotation_module.forget = real


if __name__ == "__main__":
    kind, at, when, url, folder = sys.argv[1:]
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    run(SourceKind(kind), url, Path(folder), Ended(int(at), when, lambda: os._exit(86)))

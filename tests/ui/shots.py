"""Pictures of every window, over the embedded AWS.

`python tests/ui/shots.py` draws those of the README and the guide into docs/images;
`python tests/ui/shots.py FOLDER` draws all of them, in both themes and languages, plain and doubled, for
looking at. Each combination is a process of its own, without a screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "app")]

ACCOUNTS = {
    "111111111111": "Identity",
    "222222222222": "Payments",
    "333333333333": "Sandbox",
    "555512340000": "Analytics",
    "444444444444": "Payments Gov",
}
BROKEN = "[profile one]\nrole_arn = arn:aws:iam::111111111111:role/One\n[profile one]\nregion = us-east-1\n"


def shots(theme: str, language: str, out: Path) -> None:
    """Draw everything in one theme and language."""
    from PySide6.QtGui import QFont, QFontDatabase
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    if "Inter" in QFontDatabase.families():
        application.setFont(QFont("Inter", 10))
    from rolecall.ui.theme import Theme
    from rolecall.ui.translation import Translation

    Translation(application).speak(language)
    Theme(application).follow(theme)
    for scene_of in SCENES:
        with tempfile.TemporaryDirectory() as folder:
            for name, widget in scene_of(Path(folder)):
                application.processEvents()
                application.processEvents()
                widget.grab().save(str(out / f"{name}.png"))  # type: ignore[attr-defined]
                widget.hide()  # type: ignore[attr-defined]
    sys.stdout.flush()
    os._exit(0)


Shots = Iterator[tuple[str, object]]


def scene(folder: Path, config: str | None = None, start: float | None = None):
    """A scene with the words of the language spoken."""
    from rolecall.ui.translation import said
    from ui.scene import Scene

    made = Scene(folder, config, start)
    made.parts.translate = said
    made.settings(accounts=ACCOUNTS, favourites=("billing", "data-notebook"))
    return made


def window(made):
    """The main window of a scene."""
    from rolecall.ui.window import MainWindow

    found = MainWindow(made.store, made.actions, made.parts)
    found.present()
    return found


def live(folder: Path) -> Shots:
    """Two live sessions, a search, a refusal, a Problem of one role, the clipboard's countdown."""
    made = scene(folder)
    made.sign_in("prod-admin", "proto-readonly", "sealed")
    made.advance(412)
    shown = window(made)
    shown._list.select("prod-admin")
    yield "window-live", shown
    shown.present()
    made.parts.deadline = made.clock.now() + 24
    shown.search("pro")
    made.parts.beat()
    yield "window-search", shown
    shown.present()
    shown.search("sealed")
    yield "window-refused", shown
    shown.present()
    shown.search("qqqq")
    yield "window-nothing-fits", shown
    made.close()


def roads(folder: Path) -> Shots:
    """A card for each road."""
    from ui.roads_scene import pictures

    made = scene(folder)
    yield from pictures(made)
    made.close()


def lines(folder: Path) -> Shots:
    """A line that would start a program, and the same in the settings once it may."""
    from rolecall.domain.route import Wish
    from rolecall.ui.line_dialog import LineDialog
    from rolecall.ui.settings_dialog import SettingsDialog

    made = scene(folder)
    dialog = LineDialog(made.store, made.actions, made.parts)
    made.ask_line = lambda _digest: dialog.ask()
    made.actions.sign_in("vault-reader", Wish(), lambda _answer: None, asker="aws")
    yield "line", dialog
    made.actions.consents.accept(next(iter(made.store.state.consents)))
    shown = SettingsDialog(made.store, made.actions, made.parts)
    shown._tabs.setCurrentWidget(shown._programs)
    shown.show()
    yield "settings-lines", shown
    made.close()


def empty(folder: Path) -> Shots:
    """Nothing in ~/.aws."""
    made = scene(folder, "")
    yield "window-empty", window(made)
    made.close()


def broken(folder: Path) -> Shots:
    """A file that botocore refuses, and a role that leads nowhere."""
    config = (
        BROKEN
        + "[profile lost]\nrole_arn = arn:aws:iam::111111111111:role/Lost\nsource_profile = gone\n"
    )
    made = scene(folder, config)
    shown = window(made)
    shown._bar._show.setChecked(True)
    shown._list.select("lost")
    yield "window-problem", shown
    made.close()


def crowd(folder: Path) -> Shots:
    """Five hundred roles."""
    from ui.scene import many

    made = scene(folder, many(500))
    shown = window(made)
    yield "window-500", shown
    shown.present()
    shown.search("prodadm")
    yield "window-500-search", shown
    made.close()


def dialogs(folder: Path) -> Shots:
    """Everything that opens over the window."""
    from rolecall.ui.about import AboutDialog
    from rolecall.ui.add_key_dialog import AddKeyDialog
    from rolecall.ui.demo_window import DemoWindow
    from rolecall.ui.settings_dialog import SettingsDialog
    from ui.scene import GOV_PHONE, PHONE

    made = scene(folder)
    yield from _codes(made)
    settings = SettingsDialog(made.store, made.actions, made.parts)
    for at, name in enumerate(("settings", "settings-sessions", "settings-accounts")):
        settings.show()
        settings._tabs.setCurrentIndex(at)
        yield name, settings
    key = AddKeyDialog(made.store, made.actions, made.parts)
    key.show()
    yield "add-key", key
    key.show()
    for field, words in ((key._name, "prod-admin"), (key._key_id, "ASIAX"), (key._secret, "short")):
        field.setText(words)
    key._submit()
    yield "add-key-faults", key
    codes = [(PHONE, "417902", 19.0), (GOV_PHONE, "086113", 4.0)]
    demo = DemoWindow(lambda: codes, made.parts)
    demo.show()
    yield "demo", demo
    about = AboutDialog(made.store, made.parts)
    about.show()
    yield "about", about
    shown = window(made)
    shown._list.select("prod-admin")
    shown._list.show_menu()
    menu = shown.findChild(_menu(), "roleMenu")
    yield "menu", menu
    made.close()


def own(folder: Path) -> Shots:
    """A person's own keys and devices: the page, keeping a seed, setting a device up, choosing one."""
    from rolecall.domain import totp
    from rolecall.ui.mfa_dialog import MfaDialog
    from rolecall.ui.seed_dialog import SeedDialog
    from rolecall.ui.settings_dialog import SettingsDialog
    from rolecall.ui.setup_dialog import SetupDialog
    from ui.scene import PHONE

    made = scene(folder)
    made.actions.move_key("build", lambda _problem: None)
    setup = SetupDialog(made.store, made.actions, made.parts)
    setup.show()
    yield "setup-name", setup
    setup.show()
    setup._next.click()
    yield "setup-scan", setup
    setup.show()
    begun = setup._begun
    now = made.clock.now()
    setup._scan.reveal.click()
    setup._scan.first.setText("123456")
    setup._scan.second.setText("654321")
    yield "setup-refused", setup
    setup.show()
    setup._scan.first.setText(totp.code(begun.device.seed, now - 30))
    setup._scan.second.setText(totp.code(begun.device.seed, now))
    yield "setup-done", setup
    keep = SeedDialog(made.store, made.actions, made.parts)
    keep.show()
    yield "keep-seed", keep
    keep.show()
    keep._submit()
    yield "keep-seed-fault", keep
    made.actions.own.keep_seed(PHONE, begun.device.seed, lambda _problem: None)
    settings = SettingsDialog(made.store, made.actions, made.parts)
    settings.show()
    settings._tabs.setCurrentIndex(3)
    settings._keys._keys.selectRow(0)
    yield "settings-keys", settings
    made.settings(seeds=())
    dialog = MfaDialog(made.store, made.actions, made.parts)
    made.ask = dialog.ask
    made.actions.sign_in("prod-admin", _wish(), lambda _answer: None)
    yield "mfa-devices", dialog
    made.close()


def _wish() -> object:
    from rolecall.domain.route import Wish

    return Wish()


def production(folder: Path) -> Shots:
    """Roles that a person marked: in the list, at the side, before signing in, in the settings."""
    from rolecall.ui.confirm_dialog import ConfirmDialog
    from rolecall.ui.settings_dialog import SettingsDialog

    made = scene(folder)
    made.settings(production_patterns=("prod-*", "444444444444"), confirm_production=True)
    made.sign_in("prod-admin", "proto-readonly")
    made.advance(412)
    shown = window(made)
    shown._list.select("prod-admin")
    yield "production", shown
    shown.present()
    shown.search("pro")
    yield "production-search", shown
    settings = SettingsDialog(made.store, made.actions, made.parts)
    settings.show()
    settings._tabs.setCurrentIndex(5)
    yield "settings-production", settings
    role = made.store.state.catalogue.role("prod-admin")
    for reason in (False, True):
        question = ConfirmDialog(role, "Payments", lambda _reason: None, reason=reason)
        question.open()
        yield f"confirm{'-reason' * reason}", question
    shown.present()
    shown.search("")
    shown._list.select("prod-admin")
    shown._list.show_menu()
    yield "production-menu", shown.findChild(_menu(), "roleMenu")
    made.close()


def own_roles(folder: Path) -> Shots:
    """Roles of one's own: the form, another tool's roles, a session with fewer rights."""
    from rolecall.domain.entry_form import ROADS
    from rolecall.domain.presets import preset
    from rolecall.domain.route import Wish
    from rolecall.ui.import_dialog import ImportDialog
    from rolecall.ui.role_form import RoleForm

    made = scene(folder)
    form = RoleForm(made.store, made.actions, made.parts, "audited")
    form.show()
    yield "role-form", form
    for road, values in (
        ("federation", {"federation_name": "alex", "source_profile": "alex"}),
        ("root", {"root_account": "payments", "source_profile": "alex"}),
    ):
        form = RoleForm(made.store, made.actions, made.parts)
        form.show()
        form._roads.setCurrentIndex([each.name for each in ROADS].index(road))
        form._name.setText("new")
        for field in form._fields:
            if field.field.key in values:
                field.editor.put(values[field.field.key])
        yield {"federation": "role-form-console"}.get(road, "role-form-root"), form
    file = folder / "accounts.yaml"
    file.write_text(
        "acme:\n  team: a\n  region: eu-central-1\n  color: b\n  profiles:\n"
        "    - {profile: live, account: '333333333333', role: Developer}\n"
        "    - {profile: pipeline, account: '333333333333', role: Pipeline, source: live}\n"
        "    - {profile: alex, account: '333333333333', role: Other}\n"
    )
    dialog = ImportDialog(made.store, made.actions, made.parts, made.run)
    dialog.show()
    dialog._tool.setCurrentIndex(dialog._tool.findData("logsmith"))
    dialog._file.setText(str(file))
    yield "import", dialog
    role = made.store.state.catalogue.role("prod-readonly")
    for name in ("read-only", "one-region"):
        found = preset(name, role)
        made.actions.sign_in(role.name, found.wish if found else Wish(), lambda _answer: None)
    shown = window(made)
    shown._list.select(role.name)
    yield "narrowed", shown
    made.close()


def tray(folder: Path) -> Shots:
    """The tray's pictures side by side, on a light and a dark panel."""
    from PySide6.QtGui import QPainter, QPixmap
    from PySide6.QtWidgets import QLabel

    from rolecall.ui.tray_icon import Mark, Picture, pixmap

    strip = QPixmap(8 * 40, 80)
    painter = QPainter(strip)
    painter.fillRect(0, 0, 320, 40, "#f0f0f0")
    painter.fillRect(0, 40, 320, 40, "#202020")
    pictures = [
        Picture(Mark(mark), share, "calm", loud)
        for loud in (False, True)
        for mark, share in (("idle", 0.0), ("live", 0.7), ("busy", 0.4), ("attention", 0.1))
    ]
    for at, picture in enumerate(pictures):
        for row in (0, 1):
            painter.drawPixmap(at * 40 + 4, row * 40 + 4, pixmap(picture, 32))
    painter.end()
    label = QLabel()
    label.setPixmap(strip)
    label.show()
    yield "tray", label


def programs(folder: Path) -> Shots:
    """The journal of a day and of a week, and a question about a program."""
    from datetime import datetime

    from rolecall.ui.approval_dialog import ApprovalDialog
    from rolecall.ui.approvals import Approvals
    from rolecall.ui.journal_dialog import JournalDialog
    from rolecall.ui.journaling import Journaling
    from ui import journal_scene

    made = scene(folder, start=datetime(2026, 11, 23, 16, 20).astimezone().timestamp())
    journal_scene.write(folder / "journal.jsonl", made.clock.now())
    shown = JournalDialog(Journaling(made.actions, made.run, folder / "journal.jsonl"), made.parts)
    shown.show()
    yield "timeline", shown
    shown.show()
    shown._one_week.click()
    yield "timeline-week", shown
    made.settings(production=("prod-admin",))

    def nothing(*_any: object) -> None:
        return None

    approvals = Approvals(made.actions, nothing, nothing, nothing, nothing)
    approvals.ask("prod-admin", journal_scene.TERRAFORM, nothing, nothing)
    question = ApprovalDialog(approvals, made.parts)
    question.ask()
    yield "approval", question
    made.close()


def saml(folder: Path) -> Shots:
    """The guide of a SAML sign-in: at first, after a bad paste, each way, the choice of a role."""
    from rolecall.domain.route import Wish
    from rolecall.ui.saml_dialog import SamlDialog
    from rolecall.ui.saml_guide import Way

    made = scene(folder)
    dialog = SamlDialog(made.store, made.actions, made.parts)
    made.ask_sign_in = dialog.ask

    def ask(name: str, asker: str = "") -> None:
        made.actions.sign_in(name, Wish(), lambda _answer: None, asker=asker)

    ask("acme-sso", "terraform (pid 4121)")
    yield "saml", dialog
    for way in (Way.PAGE, Way.RECORDED):
        dialog.show()
        dialog._guide.show_way(way)
        yield f"saml-{way.value}", dialog
    dialog.show()
    dialog._guide.show_way(Way.COPIED)
    dialog._give(made.demo.aws.saml_idp.response()[:4000])
    yield "saml-refused", dialog
    dialog.show()
    dialog._give(made.demo.aws.saml_idp.response())
    made.clock.advance(47)
    made.parts.beat()
    yield "saml-choice", dialog
    dialog.show()
    made.clock.advance(200)
    made.parts.beat()
    yield "saml-choice-late", dialog
    made.close()


def oidc(folder: Path) -> Shots:
    """A sign-in at an identity provider: waiting for the browser, a secret that is missing."""
    from dataclasses import replace

    from rolecall.domain.proof import Step, StepKind
    from rolecall.domain.route import Wish
    from rolecall.storage.client_secret import missing
    from rolecall.ui.oidc_dialog import OidcDialog

    made = scene(folder)
    made.hold = True
    dialog = OidcDialog(made.store, made.actions, made.parts)
    made.ask_sign_in = dialog.ask
    made.actions.sign_in("web-reader", Wish(), lambda _answer: None, asker="terraform (pid 4121)")
    (key,) = made.store.state.sign_ins

    def stand(**values: object) -> None:
        state = made.store.state
        known = replace(state.sign_ins[key], **values)
        made.store.set(replace(state, sign_ins={key: known}))

    stand(step=Step(StepKind.BROWSER, until=made.clock.now() + 590))
    yield "oidc-browser", dialog
    dialog.show()
    stand(running=False, step=None, problem=missing("web-reader", "Google"))
    yield "oidc-secret", dialog
    made.close()


def identity_center(folder: Path) -> Shots:
    """Adding from an Identity Center: which one, signing in, what is there; and the sign-in's own dialog."""
    from aws.center import token_of
    from rolecall.acting.portals import Looked
    from rolecall.aws.identity_center import IdentityCenter
    from rolecall.aws.portal_listing import list_roles
    from rolecall.domain.identity_center import Token
    from rolecall.domain.proof import Step, StepKind
    from rolecall.ui.center_dialog import CenterDialog

    made = scene(folder)
    dialog = CenterDialog(made.actions, made.parts)
    dialog.show()
    yield "center-which", dialog
    made.hold = True
    dialog._on()
    until = made.clock.now() + 590
    device = "https://device.sso.eu-central-1.amazonaws.com/"
    for name, step in (
        ("browser", Step(StepKind.BROWSER, until=until)),
        ("code", Step(StepKind.DEVICE, device, "KDQW-TRZX", until=until)),
        ("progress", Step(StepKind.PROGRESS, done=243, total=600)),
        ("slowed", Step(StepKind.PROGRESS, done=243, total=600, slowed=True)),
    ):
        dialog.show()
        dialog._told(step)
        yield f"center-{name}", dialog
    made.demo.aws.identity_center.directory.more = 596
    token = Token(token_of(made.demo.aws)["accessToken"], until)

    class Quiet:
        cancelled = False

        def show(self, _step: Step) -> None:
            return None

    portal = dialog._portal
    assert portal
    found = list_roles(IdentityCenter(made.clock.now), portal, token, Quiet())
    dialog._looked(Looked(found))
    dialog._offers.model.toggle(2)
    dialog.show()
    yield "center-offers", dialog
    made.close()


def _menu() -> type:
    from PySide6.QtWidgets import QMenu

    return QMenu


SCENES = (
    live, empty, broken, crowd, dialogs, own, own_roles, production, tray,
    programs, saml, oidc, identity_center, lines, roads,
)  # fmt: skip
"""Every group of pictures; a test reads the words of them all."""


def _codes(made) -> Shots:
    from PySide6.QtTest import QTest

    from rolecall.domain.route import Wish
    from rolecall.ui.mfa_dialog import MfaDialog

    dialog = MfaDialog(made.store, made.actions, made.parts)
    made.ask = dialog.ask

    def ask(name: str, asker: str = "") -> None:
        made.actions.sign_in(name, Wish(), lambda _answer: None, asker=asker)

    ask("prod-admin", "terraform (pid 4121)")
    ask("data-jump")
    ask("data-notebook")
    QTest.keyClicks(dialog._field, "417")
    yield "mfa", dialog
    dialog.open()
    QTest.keyClicks(dialog._field, "902114")
    made.clock.advance(9)
    made.parts.beat()
    yield "mfa-refused", dialog
    dialog.show()
    made.hold = True
    made.actions.give_code(dialog._serial, "111111")
    yield "mfa-sending", dialog
    made.let_go()


KEPT = (
    "window-live", "window-search", "window-refused", "window-empty", "window-500", "window-problem",
    "mfa", "mfa-refused", "settings", "add-key", "demo", "timeline", "approval",
    "production", "settings-production", "role-form", "role-form-console", "import", "narrowed",
    "saml", "saml-choice", "settings-keys", "setup-scan", "keep-seed", "line",
)  # fmt: skip
"""The good ones, which the README and the guide show; some of them in the dark and in Korean too."""

ALSO = {
    ("en", "dark"): ("window-live", "window-refused", "mfa", "mfa-refused", "settings"),
    ("ko", "light"): ("window-live",),
}


def draw(out: Path, theme: str, language: str, scale: int) -> int:
    """Draw everything in one combination into `out`, in a process of its own."""
    out.mkdir(parents=True, exist_ok=True)
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "TZ": "Europe/Berlin"}
    environ["QT_SCALE_FACTOR"] = str(scale)
    words = [sys.executable, __file__, str(out), theme, language]
    return subprocess.run(words, env=environ, check=False).returncode


def main() -> int:
    """All combinations into a folder, or the kept ones into docs/images."""
    if len(sys.argv) > 3:
        shots(sys.argv[2], sys.argv[3], Path(sys.argv[1]))
    failed = 0
    if len(sys.argv) > 1:
        for language, theme, scale in product(("en", "ko"), ("light", "dark"), (1, 2)):
            folder = Path(sys.argv[1], f"{language}-{theme}-{scale}x")
            failed |= draw(folder, theme, language, scale)
        return failed
    from ui.roads_scene import ROADS

    images = ROOT / "docs" / "images"
    images.mkdir(parents=True, exist_ok=True)
    for language, theme in (("en", "light"), ("en", "dark"), ("ko", "light")):
        with tempfile.TemporaryDirectory() as drawn:
            failed |= draw(Path(drawn), theme, language, 1)
            kept = ALSO.get((language, theme), (*KEPT, *(f"road-{road}" for road in ROADS)))
            for name in kept:
                end = theme if language == "en" else f"{theme}-{language}"
                shutil.copy(Path(drawn, f"{name}.png"), images / f"{name}-{end}.png")
    return failed


if __name__ == "__main__":
    sys.exit(main())

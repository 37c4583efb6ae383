"""What the tray menu, the tooltip and the icon say for a State."""

from __future__ import annotations

from dataclasses import replace

from rolecall.domain.catalogue import Catalogue
from rolecall.domain.code_queue import CodeQueue, Waiter
from rolecall.domain.export_format import FORMATS
from rolecall.domain.route import Wish
from rolecall.domain.session import Credentials, Origin, Session
from rolecall.domain.settings import COPY_FORMATS, Settings
from rolecall.domain.state import State
from rolecall.ui.tray_icon import Mark
from rolecall.ui.tray_items import FORMAT_NAMES, MOST_ROLES, Item, Items, live_label
from rolecall.ui.tray_view import MOST_IN_TOOLTIP, tray_view

NOW = 1_800_000_000.0
PHONE = "arn:aws:iam::111111111111:mfa/phone"


def _catalogue(count: int = 3) -> Catalogue:
    profiles = {"base": {"aws_access_key_id": "·", "aws_secret_access_key": "·"}}
    for number in range(count):
        profiles[f"role-{number}"] = {
            "role_arn": f"arn:aws:iam::{222222222220 + number % 2}:role/R{number}",
            "source_profile": "base",
        }
    return Catalogue(profiles=profiles)


def _session(name: str, left: float, origin: Origin = Origin.KEYS) -> Session:
    secret = Credentials("CANARYID", "CANARYSECRET", "CANARYTOKEN")
    return Session(name, secret, NOW - 3600 + left, NOW + left, origin)


def _state(*sessions: Session, count: int = 3, **others: object) -> State:
    live = {(session.name, ""): session for session in sessions}
    return State(catalogue=_catalogue(count), sessions=live, loaded=True, **others)  # type: ignore[arg-type]


def _all(items: tuple[Item, ...]) -> list[Item]:
    return [one for item in items for one in (item, *_all(item.children))]


def _labels(items: tuple[Item, ...]) -> list[str]:
    return [item.label for item in items]


def test_from_top_to_bottom() -> None:
    settings = Settings(
        favourites=("role-2", "gone"),
        recents=("role-0", "role-1"),
        accounts={"222222222220": "Pay"},
    )
    state = _state(_session("role-0", 2520), settings=settings)
    assert _labels(Items().of(state, NOW)) == [
        "role-0 — 42 min",
        "",
        "Favourites",
        "role-2",
        "",
        "Recent",
        "role-1",
        "",
        "Without an account",
        "Pay · 2222 2222 2220",
        "2222 2222 2221",
        "",
        "Search roles…",
        "Lock",
        "Journal…",
        "Settings…",
        "About Rolecall",
        "",
        "Quit",
    ]


def test_a_live_session_can_do_everything_it_may() -> None:
    [live, *_] = Items().of(_state(_session("role-0", 600)), NOW)
    assert _labels(live.children) == ["Open console", "Copy credentials", "Renew", "Forget"]
    assert [item.command for item in live.children[1].children] == [
        ("copy", "role-0", "", kind) for kind in COPY_FORMATS
    ]
    assert set(COPY_FORMATS) <= set(FORMAT_NAMES)
    assert {"nu", "ini"} <= set(COPY_FORMATS), "every shell and the credentials file"
    assert set(COPY_FORMATS) <= set(FORMATS)


def test_a_session_that_opens_no_console_does_not_offer_it() -> None:
    state = _state(_session("role-0", 600, Origin.SESSION_TOKEN_MFA))
    [live, *_] = Items().of(state, NOW)
    assert "Open console" not in _labels(live.children)


def test_no_secret_in_any_label() -> None:
    view = tray_view(_state(_session("role-0", 600)), NOW, Items(), False)
    told = view.tooltip + "".join(item.label + str(item.command) for item in _all(view.items))
    assert "CANARY" not in told


def test_at_most_two_hundred_roles_and_a_way_to_the_rest() -> None:
    items = Items().of(_state(count=1000), NOW)
    roles = [item for item in _all(items) if item.command[:1] == ("take",)]
    assert len(roles) == MOST_ROLES
    assert "More roles: search…" in _labels(items)
    assert "More roles: search…" not in _labels(Items().of(_state(count=MOST_ROLES - 1), NOW))


def test_keys_tell_siblings_apart() -> None:
    settings = Settings(favourites=("role-0", "role-1"), recents=("role-0", "role-1"))
    state = _state(_session("role-2", 60), settings=settings)

    def check(items: tuple[Item, ...]) -> None:
        keys = [item.key for item in items]
        assert len(keys) == len(set(keys))
        for item in items:
            check(item.children)

    check(Items().of(state, NOW))


def test_the_accounts_are_made_anew_only_when_they_change() -> None:
    items = Items()
    state = _state()
    [first] = [i for i in items.of(state, NOW) if i.key == "account 222222222220"]
    busy = replace(state, busy=frozenset({"role-1"}))
    [again] = [i for i in items.of(busy, NOW + 60) if i.key == "account 222222222220"]
    assert again is first
    other = replace(state, catalogue=_catalogue(9))
    [changed] = [i for i in items.of(other, NOW) if i.key == "account 222222222220"]
    assert len(changed.children) > len(first.children)


def test_a_code_that_is_waited_for_stands_on_top() -> None:
    queue = CodeQueue(PHONE, (Waiter("role-0"),))
    state = _state(_session("role-1", 600), queues={PHONE: queue})
    view = tray_view(state, NOW, Items(), False)
    assert view.items[0].label == "Enter the code of phone…"
    assert view.items[0].command == ("code", PHONE)
    assert view.picture.mark is Mark.ATTENTION
    assert "A code is waited for" in view.tooltip


def test_the_icon_says_what_matters_most() -> None:
    def mark(state: State, unseen: bool = False) -> Mark:
        return tray_view(state, NOW, Items(), unseen).picture.mark

    calm, late = _session("role-0", 3000), _session("role-1", 60)
    assert mark(_state()) is Mark.IDLE
    assert mark(_state(calm)) is Mark.LIVE
    assert mark(_state(busy=frozenset({"role-0"}))) is Mark.BUSY
    assert mark(_state(calm, late)) is Mark.ATTENTION
    assert mark(_state(calm), unseen=True) is Mark.ATTENTION


def test_the_ring_is_the_session_that_ends_first() -> None:
    state = _state(_session("role-0", 3000), _session("role-1", 400))
    picture = tray_view(state, NOW, Items(), False).picture
    assert picture.urgency == "soon"
    assert 0 < picture.share < 0.2


def test_the_same_minute_gives_the_same_view() -> None:
    items, state = Items(), _state(_session("role-0", 3030))
    assert tray_view(state, NOW, items, False) == tray_view(state, NOW + 20, items, False)


def test_the_tooltip_counts_what_it_does_not_name() -> None:
    sessions = [_session(f"role-{n}", 600.0 + 60 * n) for n in range(MOST_IN_TOOLTIP + 3)]
    tooltip = tray_view(_state(*sessions, count=20), NOW, Items(), False).tooltip.split("\n")
    assert tooltip[1] == "role-0 — 10 min"
    assert len(tooltip) == MOST_IN_TOOLTIP + 2
    assert tooltip[-1] == "and 3 more"
    assert tray_view(_state(), NOW, Items(), False).tooltip == "Rolecall\nNo session is live"


def test_long_lives_are_told_in_hours() -> None:
    assert live_label("a {b} %n", 119) == "a {b} %n — 119 min"
    assert live_label("a", 719) == "a — 11 h 59 min"


def test_a_federated_console_that_may_do_everything_says_so_before_it_is_opened() -> None:
    everything = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
    reading = '{"Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]}'

    def labels(policy: str) -> list[str]:
        console = {
            "federation_name": "alex",
            "source_profile": "base",
            "session_policy": policy,
        }
        profiles = {**_catalogue(0).profiles, "console": console}
        catalogue = Catalogue(profiles=profiles, entries=frozenset({"console"}))
        state = State(
            catalogue=catalogue,
            sessions={("console", ""): _session("console", 2520, Origin.FEDERATION)},
            loaded=True,
        )
        (live, *_) = Items().of(state, NOW)
        return _labels(live.children)

    assert labels(everything)[:2] == ["It may do all that base may", "Open console"]
    assert labels(reading)[0] == "Open console"


def test_a_narrowed_session_stands_below_the_others_and_keeps_its_rights() -> None:
    narrow = Wish(policy_arns=("arn:aws:iam::aws:policy/ReadOnlyAccess",))
    session = replace(_session("role-0", 1500), scope=narrow.scope, policy_arns=narrow.policy_arns)
    state = replace(_state(_session("role-1", 600)), sessions={
        ("role-1", ""): _session("role-1", 600), ("role-0", narrow.scope): session,
    })  # fmt: skip
    full, narrowed, *_ = Items().of(state, NOW)
    assert (full.label, narrowed.label) == ("role-1 — 10 min", "role-0 (Read-only) — 25 min")
    commands = [item.command for item in _all((narrowed,)) if item.command]
    assert commands
    assert all(command[2] == narrow.scope for command in commands)

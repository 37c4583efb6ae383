"""The pages that stand for the console: signed in, refused, signed out. No script, nothing from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

_STYLE: Final = """
:root{color-scheme:light dark;--ground:#eef1f5;--card:#fff;--text:#1d2129;--soft:#5c6470;
--line:#e2e6ec;--mark:#2563eb}
@media(prefers-color-scheme:dark){:root{--ground:#14171c;--card:#1d2129;--text:#eceff4;--soft:#a0a8b4;
--line:#323843;--mark:#7aa5ff}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);
color:var(--text);font:16px/1.5 system-ui,sans-serif}
main{width:100%;max-width:520px;background:var(--card);border-radius:12px;padding:32px;border:1px solid var(--line)}
p.brand{margin:0 0 20px;color:var(--soft);font-size:14px}
p.brand b{color:var(--mark)}
h1{margin:0 0 4px;font-size:24px;font-weight:600}
p.sub{margin:0 0 24px;color:var(--soft)}
dl{margin:0;display:grid;grid-template-columns:max-content 1fr;gap:10px 24px}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
form{margin:28px 0 0;display:flex;gap:12px;align-items:center}
button{font:inherit;padding:8px 18px;border-radius:8px;border:1px solid var(--line);background:var(--card);
color:var(--text);cursor:pointer}
button.main{background:var(--mark);border-color:var(--mark);color:var(--card)}
input{font:inherit;padding:8px 10px;border-radius:8px;border:1px solid var(--line);background:var(--card);
color:var(--text);width:9em;text-transform:uppercase;letter-spacing:.08em}
label{flex:1;display:flex;gap:12px;align-items:center}
footer{margin-top:28px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says. role: empty for a federated user; seconds_left: of the console session."""

    account: str
    account_id: str
    role: str
    session: str
    destination: str
    region: str
    seconds_left: int


def signed_in(shown: Shown) -> str:
    """The page after a login that worked."""
    rows = (
        ("account", "Account", f"{shown.account} ({_spaced(shown.account_id)})"),
        ("role", "Role" if shown.role else "Federated user", shown.role or shown.session),
        ("session", "Session name", shown.session),
        ("region", "Region", shown.region or "not named"),
        ("destination", "Destination", shown.destination),
        ("left", "Time left", time_left(shown.seconds_left)),
    )
    listed = "".join(
        f'<dt>{name}</dt><dd id="{at}">{escape(value)}</dd>' for at, name, value in rows
    )
    said = escape(f"{shown.role or shown.session} in {shown.account}")
    return document("Signed in", f'<h1>Signed in</h1><p class="sub">{said}</p><dl>{listed}</dl>')


def refused(reason: str) -> str:
    """The page of a login that is refused."""
    text = "The link was used too late or is not complete. Open the console from Rolecall again."
    return document(
        "Not signed in",
        f'<h1>Not signed in</h1><p class="sub" id="reason">{escape(reason)}</p><p>{text}</p>',
    )


def signed_out() -> str:
    """The page after a logout."""
    return document("Signed out", "<h1>Signed out</h1>")


def time_left(seconds: int) -> str:
    """As people say it: "3 h 59 min", "41 min 07 s"."""
    hours, rest = divmod(max(0, seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {left:02} s"


def _spaced(account_id: str) -> str:
    return " ".join(account_id[at : at + 4] for at in range(0, len(account_id), 4))


def document(
    title: str,
    content: str,
    brand: str = "Demo console",
    stands_for: str = "stands for the AWS Management Console",
) -> str:
    """A whole page in the demo's own look. brand, stands_for: what it is, and what it is in the place of."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} · {brand.lower()}</title><style>{_STYLE}</style></head><body><main>"
        f'<p class="brand"><b>{brand}</b> · {stands_for}</p>{content}'
        "<footer>This page comes from the embedded AWS on this computer. No AWS account is involved."
        "</footer></main></body></html>"
    )

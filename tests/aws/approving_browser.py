"""A browser with a person before it, for BROWSER: follows the way to the page, answers it, follows on.

python approving_browser.py ANSWER ADDRESS, where ANSWER is what is done on the page: allow, deny; close (the
page is seen and left), forge (a stranger's state comes first and the person then allows), none (never comes);
@FILE: the file says which, and FILE.seen has the addresses afterwards.
"""

from __future__ import annotations

import re
import sys
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit


def main() -> None:
    answer, address = sys.argv[1:3]
    seen: list[str] = []
    if answer.startswith("@"):
        told = Path(answer[1:])
        answer = told.read_text()
        browse(answer, address, seen)
        told.with_suffix(".seen").write_text("\n".join(seen))
    else:
        browse(answer, address, seen)


def browse(answer: str, address: str, seen: list[str]) -> None:
    """Do what a person does. seen: the addresses the browser came to."""
    if answer == "none":
        return
    with urllib.request.urlopen(address, timeout=10) as page:
        text, url = page.read().decode(), page.url
    seen.append(url)
    if answer == "close":
        return
    if answer == "forge":
        forge(url)
        answer = "allow"
    found = re.search(r'name="form" value="([^"]+)"', text)
    assert found, text
    form = urlencode({"form": found[1], "answer": answer}).encode()
    with urllib.request.urlopen(url.partition("?")[0], form, timeout=10) as page:
        page.read()
        seen.append(page.url)


def forge(url: str) -> None:
    """Send a code of a stranger's to the address that the page would send the browser to."""
    asked = dict(one.split("=", 1) for one in urlsplit(url).query.split("&"))
    redirect = urllib.request.unquote(asked["redirect_uri"])  # type: ignore[attr-defined]
    forged = urlunsplit((*urlsplit(redirect)[:3], urlencode({"code": "c", "state": "guess"}), ""))
    try:
        urllib.request.urlopen(forged, timeout=10).close()
    except urllib.error.HTTPError as error:
        error.close()


main()

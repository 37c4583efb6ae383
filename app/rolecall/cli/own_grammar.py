"""The grammar of `key`, `mfa`, `client-secret` and `doctor`: what a person does about keys and devices."""

from __future__ import annotations

import argparse


def own_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the four commands."""
    _key(
        commands.add_parser("key", help="your long-lived access keys: their age, rotation, keyring")
    )
    _mfa(
        commands.add_parser("mfa", help="your MFA devices: set one up, keep a seed in the keyring")
    )
    secret = commands.add_parser(
        "client-secret",
        help="what an identity provider gave this program, into the keyring; asked for, or from stdin",
    )
    secret.add_argument("role", metavar="ROLE", help="an entry that signs in there")
    secret.add_argument("--remove", action="store_true", help="take it out of the keyring")
    doctor = commands.add_parser(
        "doctor", help="what is wrong with files, keyring, clock, tray, keys"
    )
    doctor.add_argument("--json", action="store_true")


def _key(key: argparse.ArgumentParser) -> None:
    verbs = key.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="every key, its age and last use").add_argument(
        "--json", action="store_true"
    )
    add = verbs.add_parser(
        "add", help="put a key into the keyring; it is asked for, or read from stdin"
    )
    add.add_argument("name", metavar="NAME")
    add.add_argument("--mfa-serial", default="", metavar="SERIAL", help="the device of its user")
    add.add_argument("--region", default="")
    add.add_argument(
        "--move", action="store_true", help="take the key of profile NAME out of ~/.aws"
    )
    rotate = verbs.add_parser(
        "rotate", help="replace a key by a new one; goes on where it was left"
    )
    rotate.add_argument("name", metavar="NAME")
    how = rotate.add_mutually_exclusive_group()
    how.add_argument(
        "--finish", action="store_true", help="delete the old key now, not after a day"
    )
    how.add_argument("--abandon", action="store_true", help="forget a rotation that cannot go on")
    _code(rotate)
    remove = verbs.add_parser("remove", help="take a key out of the keyring; AWS keeps it")
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--yes", action="store_true", help="do not ask")


def _mfa(mfa: argparse.ArgumentParser) -> None:
    verbs = mfa.add_subparsers(dest="verb", metavar="VERB", required=True)
    listed = verbs.add_parser("list", help="the devices of your users, as IAM tells them")
    listed.add_argument("name", metavar="NAME", nargs="?")
    listed.add_argument("--json", action="store_true")
    setup = verbs.add_parser("setup", help="make a virtual device: a QR code, two codes, done")
    setup.add_argument("name", metavar="NAME", help="the key whose user gets it")
    setup.add_argument("--device", default="", metavar="DEVICE", help="what it is called in IAM")
    setup.add_argument("--keep-seed", action="store_true", help="keep the seed in the keyring too")
    setup.add_argument(
        "--give-up", action="store_true", help="delete one that was made and not enabled"
    )
    _code(setup)
    seed = verbs.add_parser(
        "keep-seed", help="keep a seed in the keyring; an otpauth URI, asked for or from stdin"
    )
    seed.add_argument("serial", metavar="SERIAL", nargs="?", default="")
    forget = verbs.add_parser("forget-seed", help="take a seed out of the keyring")
    forget.add_argument("serial", metavar="SERIAL")


def _code(one: argparse.ArgumentParser) -> None:
    codes = one.add_mutually_exclusive_group()
    codes.add_argument("--mfa-code", metavar="N", help="where a policy asks for MFA; prefer:")
    codes.add_argument("--mfa-stdin", action="store_true", help="read the code from standard input")

"""What can be wrong with a profile, each as a Problem that names the profile and the remedy."""

from __future__ import annotations

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text


def _local(code: str, title: str, remedy: str, **values: object) -> Problem:
    return Problem(code, text(title, **values), remedy=text(remedy, **values), exit=Exit.LOCAL)


def bad_arn(name: str, arn: str) -> Problem:
    """A role_arn that is none."""
    return _local(
        "bad_role_arn",
        QT_TRANSLATE_NOOP("Problem", "The role_arn of profile {name} is not the ARN of a role"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It says “{arn}”. Write it as arn:aws:iam::ACCOUNT:role/NAME, path included.",
        ),
        name=name,
        arn=arn[:80],
    )


def not_taken(name: str, key: str, call: str) -> Problem:
    """A key of an own entry that narrows or names a session, which the entry's call has no place for."""
    return _local(
        "key_not_taken",
        QT_TRANSLATE_NOOP("Problem", "{name} cannot have {key}: {call} takes none"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Take {key} out, or have a role that is assumed from {name} (source_profile) carry it.",
        ),
        name=name,
        key=key,
        call=call,
    )


def loop(name: str, path: list[str]) -> Problem:
    """A chain of source_profile that comes back."""
    return _local(
        "source_loop",
        QT_TRANSLATE_NOOP("Problem", "The source_profile of {name} leads back to itself"),
        QT_TRANSLATE_NOOP(
            "Problem", "The way is {path}. One of these needs a source_profile that has keys."
        ),
        name=name,
        path=" → ".join(path[:12]),
    )


def both_sources(name: str) -> Problem:
    """Two lines, either of which would name a source."""
    return _local(
        "two_sources",
        QT_TRANSLATE_NOOP(
            "Problem", "Profile {name} has both source_profile and credential_source"
        ),
        QT_TRANSLATE_NOOP("Problem", "AWS tools refuse that. Remove one of the two lines."),
        name=name,
    )


def no_source(name: str) -> Problem:
    """A role without a source."""
    return _local(
        "no_source",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} does not say whose keys to start from"),
        QT_TRANSLATE_NOOP(
            "Problem", "Add source_profile = NAME, where NAME is a profile that has keys."
        ),
        name=name,
    )


def missing_source(name: str, source: str) -> Problem:
    """A source that is not there."""
    return _local(
        "source_missing",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} starts from {source}, which does not exist"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Correct source_profile (names are case-sensitive), or add an access key named {source}.",
        ),
        name=name,
        source=source,
    )


def no_keys(name: str) -> Problem:
    """A source without credentials."""
    return _local(
        "source_without_keys",
        QT_TRANSLATE_NOOP("Problem", "The source profile {name} has no credentials"),
        QT_TRANSLATE_NOOP(
            "Problem", "Add its access key in Rolecall, or put the key into ~/.aws/credentials."
        ),
        name=name,
    )


def partial_keys(name: str, key: str) -> Problem:
    """Half an access key."""
    return _local(
        "partial_keys",
        QT_TRANSLATE_NOOP("Problem", "The access key of profile {name} is incomplete"),
        QT_TRANSLATE_NOOP("Problem", "{key} is missing or empty. Add it, or add the key again."),
        name=name,
        key=key,
    )


def incomplete(name: str, kind: str, key: str) -> Problem:
    """A line that this kind of sign-in cannot do without."""
    return _local(
        "profile_incomplete",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} lacks {key}, which {kind} needs"),
        QT_TRANSLATE_NOOP("Problem", "Add the line {key} = … to it."),
        name=name,
        key=key,
        kind=kind,
    )


def unknown_sso_session(name: str, session: str) -> Problem:
    """An sso_session that has no section."""
    return _local(
        "sso_session_missing",
        QT_TRANSLATE_NOOP(
            "Problem", "Profile {name} names the sso_session {session}, which does not exist"
        ),
        QT_TRANSLATE_NOOP(
            "Problem", "Add a section [sso-session {session}] with sso_start_url and sso_region."
        ),
        name=name,
        session=session,
    )


def sso_contradiction(name: str, key: str) -> Problem:
    """A value that profile and sso-session give differently."""
    return _local(
        "sso_contradiction",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} and its sso_session disagree about {key}"),
        QT_TRANSLATE_NOOP("Problem", "AWS tools refuse that. Remove the line from the profile."),
        name=name,
        key=key,
    )


def unknown_credential_source(name: str, source: str) -> Problem:
    """A credential_source that AWS tools do not know; they mind upper and lower case."""
    return _local(
        "credential_source_unknown",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} has a credential_source nobody knows"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It says “{source}”. Write Environment, EcsContainer or Ec2InstanceMetadata.",
        ),
        name=name,
        source=source[:80],
    )

"""Machine problems: what keeps the environment, a container or a machine in EC2 from handing over credentials.

As in source_problems.py, nothing is taken from an exception but its class.
"""

from __future__ import annotations

from rolecall.aws.source_problems import Place, garbage, problem
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem


def of_environment(error: Exception, place: Place) -> Problem:
    """The Problem of credential_source = Environment."""
    if isinstance(error, LookupError):
        return problem(
            "environment_empty",
            QT_TRANSLATE_NOOP(
                "Problem", "{profile} starts from the environment, and there are no keys in it"
            ),
            QT_TRANSLATE_NOOP(
                "Problem",
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY where you run “rolecall”. The window "
                "sees only the environment that Rolecall was started with.",
            ),
            Exit.LOCAL,
            place,
        )
    return problem(
        "environment_incomplete",
        QT_TRANSLATE_NOOP(
            "Problem", "{profile} starts from the environment, and the keys in it are incomplete"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Set AWS_SECRET_ACCESS_KEY too; AWS_CREDENTIAL_EXPIRATION, if there, as "
            "2026-01-31T12:00:00Z.",
        ),
        Exit.LOCAL,
        place,
    )


def of_container(error: Exception, place: Place) -> Problem:
    """The Problem of credential_source = EcsContainer."""
    if type(error) is LookupError:
        return problem(
            "container_absent",
            QT_TRANSLATE_NOOP(
                "Problem", "{profile} starts from a container’s role, and this is no such container"
            ),
            QT_TRANSLATE_NOOP(
                "Problem",
                "AWS sets AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI "
                "there. The window sees only the environment that Rolecall was started with.",
            ),
            Exit.LOCAL,
            place,
        )
    if isinstance(error, ValueError | OSError):
        return problem(
            "container_settings",
            QT_TRANSLATE_NOOP("Problem", "The container’s settings for {profile} cannot be used"),
            QT_TRANSLATE_NOOP(
                "Problem",
                "AWS_CONTAINER_CREDENTIALS_FULL_URI has to begin with https, or name this machine; the "
                "token file has to be readable.",
            ),
            Exit.LOCAL,
            place,
        )
    if isinstance(error, KeyError | TypeError):
        return garbage(place)
    return problem(
        "container_unreachable",
        QT_TRANSLATE_NOOP(
            "Problem", "The container’s credentials for {profile} were not to be had"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "The address in AWS_CONTAINER_CREDENTIALS_FULL_URI does not answer, or refuses the token.",
        ),
        Exit.NETWORK,
        place,
    )


def of_instance(error: Exception, place: Place) -> Problem:
    """The Problem of credential_source = Ec2InstanceMetadata."""
    if place.off:
        return problem(
            "metadata_off",
            QT_TRANSLATE_NOOP(
                "Problem", "{profile} starts from this machine’s role, and that is switched off"
            ),
            QT_TRANSLATE_NOOP("Problem", "Take AWS_EC2_METADATA_DISABLED out of the environment."),
            Exit.LOCAL,
            place,
        )
    if "Endpoint" in type(error).__name__ or type(error) is ValueError:
        return problem(
            "metadata_settings",
            QT_TRANSLATE_NOOP("Problem", "The metadata settings of {profile} cannot be used"),
            QT_TRANSLATE_NOOP(
                "Problem",
                "Check ec2_metadata_service_endpoint, ec2_metadata_service_endpoint_mode and the "
                "metadata_service_ keys.",
            ),
            Exit.LOCAL,
            place,
        )
    if isinstance(error, KeyError | TypeError | AttributeError):
        return garbage(place)
    return problem(
        "metadata_unreachable",
        QT_TRANSLATE_NOOP(
            "Problem", "{profile} starts from this machine’s role, and this machine has none"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Only a machine in EC2 with a role attached has one. In a container there, the hop limit of "
            "its metadata options has to be 2.",
        ),
        Exit.NETWORK,
        place,
    )

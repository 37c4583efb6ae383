"""Destination: where in the console to land, as a URL that can only be of the session's partition.

A URL or region from outside never becomes a foreign host. Sources: AWS documentation of each service's
console address; the host list is `partitions`'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from rolecall.aws import partitions
from rolecall.aws.partitions import Partition
from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, ProblemError, Text, text
from rolecall.domain.session import Session

SERVICES: Final[dict[str, str]] = {
    "apigw": "apigateway",
    "asg": "ec2autoscaling",
    "billing": "billing",
    "cf": "cloudfront",
    "cfn": "cloudformation",
    "cloudformation": "cloudformation",
    "cloudtrail": "cloudtrailv2",
    "cloudwatch": "cloudwatch",
    "cw": "cloudwatch",
    "ddb": "dynamodbv2",
    "dynamodb": "dynamodbv2",
    "ec2": "ec2",
    "ecr": "ecr",
    "ecs": "ecs",
    "eks": "eks",
    "home": "console",
    "iam": "iam",
    "kms": "kms",
    "lambda": "lambda",
    "r53": "route53",
    "rds": "rds",
    "route53": "route53",
    "s3": "s3",
    "secretsmanager": "secretsmanager",
    "sfn": "states",
    "sm": "secretsmanager",
    "sns": "sns",
    "sqs": "sqs",
    "ssm": "systems-manager",
    "vpc": "vpc",
}
"""What people call a service, and the first part of its console's path. Other names go in as they are."""

_SERVICE: Final = re.compile(r"[a-z0-9-]{1,64}")
_URL: Final = re.compile(
    r"[\x21-\x5b\x5d-\x7e]{1,2048}"
)  # no backslash: browsers read it as a slash


@dataclass(frozen=True, slots=True)
class Destination:
    """Where in the console to land. url, if given, is a console URL of the session's partition.

    service: an entry of SERVICES or a console path's first part; region: empty for the session's own.
    """

    service: str = ""
    region: str = ""
    url: str = ""


def partition_of(session: Session) -> Partition:
    """The partition of a session: its ARN's, else its region's."""
    found = partitions.of_arn(session.arn) or partitions.of_arn(session.role_arn)
    return found or partitions.of_region(session.region)


def destination_url(session: Session, destination: Destination) -> str:
    """The console URL that `destination` stands for. Raises ProblemError for a foreign or bad one."""
    partition = partition_of(session)
    if not partition.console_host:
        raise ProblemError(_no_console(partition.name))
    if destination.url:
        return _checked(destination.url, partition)
    region = destination.region or session.region or partition.default_region
    if not partitions.is_region(region) or partitions.of_region(region) != partition:
        raise ProblemError(_bad_region(region, partition.name))
    service = SERVICES.get(destination.service.lower(), destination.service.lower()) or "console"
    if not _SERVICE.fullmatch(service):
        raise ProblemError(_bad_service())
    return f"https://{partition.console_host}/{service}/home?region={region}"


def split(url: str) -> SplitResult | None:
    """`url` taken apart, or None where it is no plain URL."""
    if not _URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _checked(url: str, partition: Partition) -> str:
    parts = split(url)
    if (
        parts is None
        or parts.scheme != "https"
        or parts.netloc.lower() != (parts.hostname or "")
        or not partition.owns_console(parts.hostname or "")
    ):
        raise ProblemError(_bad_destination(partition))
    return url


def _no_console(partition: str) -> Problem:
    return Problem(
        "console_unknown",
        text(
            QT_TRANSLATE_NOOP(
                "Problem", "The console's address in partition {partition} is not public"
            ),
            partition=partition,
        ),
        remedy=Text(
            QT_TRANSLATE_NOOP("Problem", "Use the credentials from a command line instead.")
        ),
        exit=Exit.LOCAL,
    )


def _bad_destination(partition: Partition) -> Problem:
    return Problem(
        "bad_destination",
        Text(
            QT_TRANSLATE_NOOP("Problem", "This destination is not a page of the session's console")
        ),
        remedy=text(
            QT_TRANSLATE_NOOP("Problem", "Give an https address on {host} or below it."),
            host=partition.console_host,
        ),
        exit=Exit.USAGE,
    )


def _bad_region(region: str, partition: str) -> Problem:
    return Problem(
        "bad_region",
        text(
            QT_TRANSLATE_NOOP("Problem", "“{region}” is not a region of partition {partition}"),
            region=region[:40],
            partition=partition,
        ),
        remedy=Text(QT_TRANSLATE_NOOP("Problem", "Write it as in eu-west-1.")),
        exit=Exit.USAGE,
    )


def _bad_service() -> Problem:
    return Problem(
        "bad_service",
        Text(QT_TRANSLATE_NOOP("Problem", "This is not the name of a service")),
        remedy=Text(
            QT_TRANSLATE_NOOP(
                "Problem", "Use letters, digits and dashes, as in ec2 or systems-manager."
            )
        ),
        exit=Exit.USAGE,
    )

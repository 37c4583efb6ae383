"""Partitions: facts of each AWS partition as data, and what may be called a region. Imports no botocore.

Sources: prefixes and DNS suffixes, botocore's partitions.json; sign-in hosts, endpoint rules of its `signin`
service and IAM User Guide, "Enabling custom identity broker access to the AWS console"; console hosts,
the AWS documentation of each partition. Isolated partitions publish no console host, so none is given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Partition:
    """One partition. console_host is empty where none is known: then there is no console to open."""

    name: str
    prefix: str
    default_region: str
    sign_in_host: str
    console_host: str = ""

    def owns_console(self, host: str) -> bool:
        """Whether `host` (lower case, no port) belongs to this partition's console."""
        return bool(self.console_host) and (
            host == self.console_host or host.endswith("." + self.console_host)
        )


ALL: Final = (
    Partition("aws", "", "us-east-1", "signin.aws.amazon.com", "console.aws.amazon.com"),
    Partition("aws-cn", "cn-", "cn-north-1", "signin.amazonaws.cn", "console.amazonaws.cn"),
    Partition(
        "aws-us-gov",
        "us-gov-",
        "us-gov-west-1",
        "signin.amazonaws-us-gov.com",
        "console.amazonaws-us-gov.com",
    ),
    Partition(
        "aws-eusc",
        "eusc-",
        "eusc-de-east-1",
        "eusc-de-east-1.signin.amazonaws-eusc.eu",
        "console.amazonaws-eusc.eu",
    ),
    Partition("aws-iso", "us-iso-", "us-iso-east-1", "us-iso-east-1.signin.c2shome.ic.gov"),
    Partition("aws-iso-b", "us-isob-", "us-isob-east-1", "us-isob-east-1.signin.sc2shome.sgov.gov"),
    Partition("aws-iso-e", "eu-isoe-", "eu-isoe-west-1", "eu-isoe-west-1.signin.csphome.adc-e.uk"),
    Partition(
        "aws-iso-f", "us-isof-", "us-isof-south-1", "us-isof-south-1.signin.csphome.hci.ic.gov"
    ),
)

_BY_NAME: Final = {partition.name: partition for partition in ALL}

_REGION: Final = re.compile(r"[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}", re.ASCII)


def of(name: str) -> Partition:
    """The partition called `name`; the commercial one for a name not known."""
    return _BY_NAME.get(name, ALL[0])


def of_region(region: str) -> Partition:
    """The partition a region belongs to, by its prefix."""
    return next((p for p in ALL[1:] if region.startswith(p.prefix)), ALL[0])


def of_arn(arn: str) -> Partition | None:
    """The partition an ARN names, or None where `arn` is not one of a known partition."""
    parts = arn.split(":", 2)
    return _BY_NAME.get(parts[1]) if len(parts) == 3 and parts[0] == "arn" else None


def is_region(text: str) -> bool:
    """Whether `text` has the form of a region, so that it can stand in a URL and nowhere else."""
    return _REGION.fullmatch(text) is not None

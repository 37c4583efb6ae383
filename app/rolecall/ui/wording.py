"""Wording: words that several windows share. Owns the words, not where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, QObject, QTime

from rolecall.domain.terminal import visible


def local_time(moment: float) -> str:
    """`moment` (UTC epoch seconds) as the local time of day."""
    local = datetime.fromtimestamp(moment).astimezone()
    time = QTime(local.hour, local.minute)
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


class Wording(QObject):
    """Strings with a number in them: Qt's tools find plural forms only where a class says `self.tr`.

    A dialog with subclasses cannot say them itself: at run time `tr` looks in the subclass first and takes
    the raw words it finds nothing for as found, once the number is in them.
    """

    def duration(self, seconds: float) -> str:
        """See `duration`."""
        minutes = round(seconds / 60)
        hours = minutes / 60
        if hours >= 1 and hours.is_integer():
            return self.tr("%n hour(s)", None, int(hours))
        return self.tr("%n minute(s)", None, minutes)

    def left(self, minutes: int) -> str:
        """See `minutes_left`."""
        return self.tr("%n minute(s) left", None, minutes)

    def purpose(self, roles: Sequence[str], asker: str) -> str:
        """See `purpose`."""
        named = visible(roles[0]).replace("\n", " ")
        if len(roles) > 1:
            named = self.tr("{role} and %n more", None, len(roles) - 1).format(role=named)
        if asker:
            words = self.tr("For {roles}, asked by {program}.")
            return words.format(roles=named, program=visible(asker))
        return self.tr("For {roles}.").format(roles=named)


def duration(seconds: float) -> str:
    """A length of time in whole minutes, or in hours where it is whole hours."""
    return Wording().duration(seconds)


def minutes_left(minutes: int) -> str:
    """How long something can still be done."""
    return Wording().left(minutes)


def purpose(roles: Sequence[str], asker: str = "") -> str:
    """What a person is asked for: the roles that wait, at least one, and the program that asked."""
    return Wording().purpose(roles, asker)


def device_name(serial: str) -> str:
    """The short name of an MFA device: the last part of its ARN, or the serial of a hardware one."""
    return serial.rpartition("/")[2] or serial

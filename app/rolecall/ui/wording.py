"""Wording: words that several windows share. Owns the words, not where they stand."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QLocale, QObject, QTime


def local_time(moment: float) -> str:
    """`moment` (UTC epoch seconds) as the local time of day."""
    local = datetime.fromtimestamp(moment).astimezone()
    time = QTime(local.hour, local.minute)
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


class Wording(QObject):
    """Strings with a number in them: Qt's tools find plural forms only where a class says `self.tr`."""

    def duration(self, seconds: float) -> str:
        """See `duration`."""
        minutes = round(seconds / 60)
        hours = minutes / 60
        if hours >= 1 and hours.is_integer():
            return self.tr("%n hour(s)", None, int(hours))
        return self.tr("%n minute(s)", None, minutes)


def duration(seconds: float) -> str:
    """A length of time in whole minutes, or in hours where it is whole hours."""
    return Wording().duration(seconds)


def device_name(serial: str) -> str:
    """The short name of an MFA device: the last part of its ARN, or the serial of a hardware one."""
    return serial.rpartition("/")[2] or serial

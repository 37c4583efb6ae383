"""Wording: words that several windows share. Owns the words, not where they stand."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime


def local_time(moment: float) -> str:
    """`moment` (UTC epoch seconds) as the local time of day."""
    local = datetime.fromtimestamp(moment).astimezone()
    time = QTime(local.hour, local.minute)
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


def duration(seconds: float) -> str:
    """A length of time in whole minutes, or in hours where it is whole hours."""
    minutes = round(seconds / 60)
    if minutes >= 60 and minutes % 60 == 0:
        hours = minutes // 60  # lupdate reads // inside a call as the start of a comment
        return QCoreApplication.translate("Wording", "%n hour(s)", None, hours)
    return QCoreApplication.translate("Wording", "%n minute(s)", None, minutes)


def device_name(serial: str) -> str:
    """The short name of an MFA device: the last part of its ARN, or the serial of a hardware one."""
    return serial.rpartition("/")[2] or serial

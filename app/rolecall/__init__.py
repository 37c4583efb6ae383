"""Rolecall, a desktop AWS role switcher. This file owns the version and must import nothing."""

__version__ = "0.1.0"

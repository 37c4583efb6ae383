"""The Problems of our sections in AWS's files: what is somebody else's is left alone, and why."""

from __future__ import annotations

from pathlib import Path

from rolecall.domain.problem import QT_TRANSLATE_NOOP, Exit, Problem, text


def _local(code: str, title: str, remedy: str, name: str, path: Path, key: str = "") -> Problem:
    values = {"name": name, "file": path, "key": key}
    return Problem(
        code, text(title, **values), remedy=text(remedy, **values), exit=Exit.LOCAL, file=str(path)
    )


def taken_key(name: str, path: Path, key: str) -> Problem:
    """A profile of this name has something that AWS tools would take before ours."""
    return _local(
        "profile_taken",
        QT_TRANSLATE_NOOP("Problem", "Profile {name} has {key} of its own in {file}"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "AWS tools would take that. Name another profile with --profile, or remove it there.",
        ),
        name,
        path,
        key,
    )


def taken_section(name: str, path: Path) -> Problem:
    """A section of this name exists and is somebody else's."""
    return _local(
        "section_taken",
        QT_TRANSLATE_NOOP("Problem", "{file} has a section of yours for profile {name}"),
        QT_TRANSLATE_NOOP(
            "Problem",
            "Rolecall changes only sections it wrote. Name another profile with --profile.",
        ),
        name,
        path,
    )


def not_ours(name: str, path: Path) -> Problem:
    """What is to be removed is somebody else's."""
    return _local(
        "section_not_ours",
        QT_TRANSLATE_NOOP("Problem", "Rolecall did not write profile {name} in {file}"),
        QT_TRANSLATE_NOOP("Problem", "It was left as it is. Take it out by hand if you want to."),
        name,
        path,
    )


def changed_by_hand(name: str, path: Path) -> Problem:
    """The section is marked as ours, but its keys are not those that we wrote."""
    return _local(
        "section_changed",
        QT_TRANSLATE_NOOP(
            "Problem", "Profile {name} in {file} was changed since Rolecall wrote it"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "It was left as it is. Remove its line “# rolecall: owned” to keep it, or the whole section.",
        ),
        name,
        path,
    )


def not_separable(name: str, path: Path) -> Problem:
    """A change of this section would change what other sections say."""
    return _local(
        "section_not_separable",
        QT_TRANSLATE_NOOP(
            "Problem", "Profile {name} cannot be changed in {file} without touching other lines"
        ),
        QT_TRANSLATE_NOOP(
            "Problem",
            "The file was left as it is. Mend what AWS tools refuse in it, then try again.",
        ),
        name,
        path,
    )


def not_text(path: Path) -> Problem:
    """The file is in an encoding in which a line of ours would be noise."""
    return _local(
        "file_not_utf8",
        QT_TRANSLATE_NOOP("Problem", "{file} is not UTF-8 text"),
        QT_TRANSLATE_NOOP("Problem", "Save it as UTF-8; AWS tools cannot read it as it is."),
        "",
        path,
    )

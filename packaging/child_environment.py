"""Run-time hook of the frozen program: browsers and shells it starts get the person's own environment.

PyInstaller's loader points LD_LIBRARY_PATH at our folder and keeps the old value beside it. The linker
has read it by now, so it can be put back for every child at once.
"""

import os

NAME = "LD_LIBRARY_PATH"

before = os.environ.pop(f"{NAME}_ORIG", None)
if before is None:
    os.environ.pop(NAME, None)
else:
    os.environ[NAME] = before

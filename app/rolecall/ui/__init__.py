"""Qt lives here. Importing this package loads Qt, and gives back Python's own `import`.

PySide puts one of its own in its place, which reads the source of every module imported afterwards, looking
for the word PySide6, for the sake of `from __feature__ import`; Python's linecache keeps what was read.
Nothing here uses that. Of our sources it was 4 MB from the start on, of botocore's far more.
"""

from __future__ import annotations

import builtins
import linecache

import PySide6.QtCore  # noqa: F401  what follows undoes a part of this

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
linecache.clearcache()

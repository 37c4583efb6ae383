"""The script PyInstaller starts from: the same entry as `python -m rolecall`."""

import sys

from rolecall.__main__ import main

if __name__ == "__main__":
    sys.exit(main())

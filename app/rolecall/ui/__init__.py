"""The desktop: Qt Widgets. May import everything above; nobody but the entry point imports it."""

"""The `rolecall` command. Asks the running app, or does the same by itself; holds no rule of its own."""

"""An AWS on loopback: what `rolecall demo` shows and the tests sign in to.

It refuses what AWS refuses. It stands on the standard library alone and must not import the app's own
clients of AWS: a server that shared their code would share their mistakes.
"""

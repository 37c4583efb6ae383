"""What the lines of `wire` run, by its path under `python -S -E`: the fast client, in its compiled form.

Python compiles the script it is given anew each time, but keeps what a script imports. So this one is
short. Where nothing can be kept because nobody may write there, the import reads the source.
"""

if __name__ == "__main__":
    import fast_client  # type: ignore[import-not-found]  # of its own folder, which is no package here

    fast_client.main()

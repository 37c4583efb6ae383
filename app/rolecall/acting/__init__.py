"""What Actions are made of, a room for each matter; `actions.py` puts them together."""

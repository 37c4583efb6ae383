"""How a person shows who they are: one module for each kind of source, and what a Route begins with."""

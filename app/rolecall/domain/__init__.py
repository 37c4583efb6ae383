"""Values and rules. Standard library only: no I/O, no clock, no thread, no log, no Qt, no boto3."""

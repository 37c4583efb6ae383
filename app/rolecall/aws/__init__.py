"""The network: STS and the console's federation endpoint. The only package that imports botocore."""

from rolecall.aws import crt

crt.keep_out()

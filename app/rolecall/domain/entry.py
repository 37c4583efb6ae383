"""Own entries: the keys that an entry of roles.toml may have. Values only; storage reads and writes them."""

from __future__ import annotations

from typing import Final

AWS_KEYS: Final = (
    "role_arn",
    "source_profile",
    "credential_source",
    "mfa_serial",
    "external_id",
    "duration_seconds",
    "role_session_name",
    "region",
    "web_identity_token_file",
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
    "sso_registration_scopes",
    "login_session",
    "credential_process",
)
"""Keys that AWS's own tools know under the same name in ~/.aws/config."""

SHARED_KEYS: Final = ("source_identity", "session_tags", "transitive_session_tags", "mfa_process")
"""Keys that aws-vault reads in ~/.aws/config too; every other tool passes over them."""

OWN_KEYS: Final = (
    "session_policy",
    "session_policy_arns",
    "saml_login_url",
    "saml_provider_arn",
    "oidc_preset",
    "oidc_issuer",
    "oidc_client_id",
    "oidc_scopes",
    "oidc_redirect_port",
    "cognito_identity_pool_id",
    "cognito_login",
    "cognito_flow",
    "federation_name",
    "root_account",
    "root_task_policy",
)
"""Keys that only Rolecall knows."""

ENTRY_KEYS: Final = frozenset(AWS_KEYS + SHARED_KEYS + OWN_KEYS)

SECRET_KEYS: Final = frozenset(
    {
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "aws_security_token",
        "oidc_client_secret",
        "client_secret",
        "password",
    }
)
"""Keys that have no place in an entry: they belong into the keyring."""

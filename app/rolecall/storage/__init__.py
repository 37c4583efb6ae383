"""This computer: folders, AWS files, settings, keyring. Imports domain only; never the network, never Qt."""

"""Backups: what the section of the settings shows and does, and the surfaces that ask before something weighty."""

"""Keeping Recuento running for years: locks, alerts, retention, backups, what doctor says."""

"""Prefect flows and their deployments: thin calls of what `pipeline` does."""

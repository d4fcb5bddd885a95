"""Recuento: who is mentioned and which numbers are claimed in newsletters and blogs about AI."""

__version__ = "0.1.0"

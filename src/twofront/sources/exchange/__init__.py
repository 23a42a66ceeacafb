"""Mentions written for other tools, and read back."""

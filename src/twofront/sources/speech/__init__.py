"""Quotations, and who speaks."""

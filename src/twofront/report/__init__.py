"""The report: one offline page that prints what a study found. It runs nothing."""

from .page import render_report, write_report

__all__ = ["render_report", "write_report"]

"""Incidents and assignments as tables for other programs: CSV and XLSX, streamed."""

"""Cursor on Target 2.0, out: members on duty and open incidents on the maps of TAK (ATAK, WinTAK, TAK Server).

MITRE, Cursor on Target Message Router User's Guide, MP090284 (2009): the event schema 2.0.
"""

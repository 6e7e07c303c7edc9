"""Standards by which other programs speak to us: Open311 in, Cursor on Target out."""

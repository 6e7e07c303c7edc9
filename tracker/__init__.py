"""GPS positioning: from bytes on a socket to an accepted, stored, indexed and published position."""

"""Statistics and appraisal. Empty until those platforms are built; the import law already knows the room."""

"""Statistics, reports, appraisal and the work diary: what the other platforms did, counted and judged."""

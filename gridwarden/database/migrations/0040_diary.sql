-- Whom the writer of a diary entry met, in words: who is not in the registry, or was written down without a network.
ALTER TABLE diary_entries ADD COLUMN met text;

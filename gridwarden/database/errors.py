"""What may be wrong with the database of this installation; the message says what to do.

DatabaseError
    ClusterError            the embedded PostgreSQL cannot be made or started
        DirectoryInUse      another program runs the server of this data directory
    DatabaseUnreachable     nothing answers at the URL, or it does not let us in
    MigrationError          the database and this program do not fit
        ChangedMigration    a migration is not what was applied: history was rewritten
        DatabaseTooNew      the database was migrated by a newer program
        OtherMigrations     a backup is of another version
    NoArchive               the file is no backup
"""

from __future__ import annotations

__all__ = [
    "ChangedMigration",
    "ClusterError",
    "DatabaseError",
    "DatabaseTooNew",
    "DatabaseUnreachable",
    "DirectoryInUse",
    "MigrationError",
    "NoArchive",
    "OtherMigrations",
]


class DatabaseError(Exception):
    """Anything below."""


class ClusterError(DatabaseError):
    """The embedded PostgreSQL cannot be made or started; the message ends with what its log said."""


class DirectoryInUse(ClusterError):
    """Another program runs the server of this data directory."""


class DatabaseUnreachable(DatabaseError):
    """Nothing answers at the URL, or it does not let us in."""


class MigrationError(DatabaseError):
    """The database and this program do not fit."""


class ChangedMigration(MigrationError):
    """A migration is not what was applied: history was rewritten."""


class DatabaseTooNew(MigrationError):
    """The database was migrated by a newer program: install that one."""


class OtherMigrations(MigrationError):
    """A backup is of another version of this program."""


class NoArchive(DatabaseError):
    """The file is no backup, or not a whole one."""

package io.lakeport.localworkspace.directory;

/** An entry of this kind and name is there already. */
public final class DuplicateEntryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateEntryException(DirectoryEntry entry) {
        super("There is a " + entry.kind().words() + " named " + entry.name() + " already.");
    }
}

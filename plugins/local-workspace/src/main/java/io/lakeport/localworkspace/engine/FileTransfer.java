package io.lakeport.localworkspace.engine;

/**
 * A file that the client is to move itself, as PUT, GET and REMOVE of volumes have it: the server only says where.
 *
 * @param operation what the client is to do
 * @param path the file in the workspace
 * @param localFile the file at the client as the statement names it, empty for REMOVE
 * @param overwrite whether PUT may replace a file
 * @param user principal on whose behalf
 */
public record FileTransfer(Operation operation, String path, String localFile, boolean overwrite, String user) {
    /** What the client is to do. */
    public enum Operation {
        /** Upload. */
        PUT,
        /** Download. */
        GET,
        /** Delete. */
        REMOVE
    }
}

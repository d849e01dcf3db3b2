package io.lakeport.warehouse.result;

/** The storage refused a link with 403: it may have expired, or been signed with a key that was rotated. */
final class LinkExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkExpiredException() {
        super("the storage refused a presigned link", null, false, false);
    }
}

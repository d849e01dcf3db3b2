package io.lakeport.storage.parquet.page;

/**
 * How large pages and dictionaries become.
 *
 * @param slots values in a page, NULLs included; a page of a nested column ends with a row and may hold more
 * @param bytes bytes of its values before encoding, after which a page ends
 * @param dictionaryEntries distinct values after which a column chunk goes on without its dictionary
 */
public record PageLimits(int slots, int bytes, int dictionaryEntries) {
    /** About the 20,000 of parquet-java, so that page indexes help readers as much; a chunk of 122,880 makes six. */
    private static final int SLOTS = 20_480;

    private static final int LARGEST_PAGE = 1 << 20;
    /** Below this the header of a page, its place in the indexes and the call of the codec begin to show. */
    private static final int SMALL_PAGE = 64 << 10;

    private static final int SMALLEST_PAGE = 8 << 10;
    /** Bytes of a page's limit for each dictionary entry: a number costs about that, with its place in the table. */
    private static final int BYTES_OF_ENTRY = 16;
    /** The pages being filled take this part of the budget, which many writers share. */
    private static final int PART = 64;

    private static final int PART_FOR_SMALL_PAGES = 16;

    /** Returns limits with which {@code columns} pages being filled take a small part of {@code budget} bytes. */
    public static PageLimits within(long budget, int columns) {
        long share = budget / Math.max(1, columns);
        long wanted = Math.min(LARGEST_PAGE, share / PART);
        long small = Math.min(SMALL_PAGE, share / PART_FOR_SMALL_PAGES);
        int bytes = (int) Math.max(SMALLEST_PAGE, Math.max(wanted, small));
        return new PageLimits(SLOTS, bytes, Math.max(bytes, SMALL_PAGE) / BYTES_OF_ENTRY);
    }

    /** Returns what the pages being filled, their dictionaries and the buffers of the codec take, in bytes. */
    public long workingBytes(int columns) {
        return 2L * columns * bytes + 4L * bytes;
    }
}

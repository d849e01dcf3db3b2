package io.lakeport.localworkspace.statement;

/**
 * What a client of the Thrift protocol can read. Each type that it does not take as Arrow's own comes as text.
 *
 * @param timestamps Arrow's timestamps
 * @param decimals Arrow's decimals
 * @param nested Arrow's lists, maps and structs
 * @param intervals Arrow's intervals and durations
 */
public record ResultShape(boolean timestamps, boolean decimals, boolean nested, boolean intervals) {
    /** Everything as it is. */
    public static final ResultShape NATIVE = new ResultShape(true, true, true, true);

    /** Returns whether every type comes as Arrow's own. */
    boolean isNative() {
        return timestamps && decimals && nested && intervals;
    }
}

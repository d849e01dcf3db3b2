package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.statement.ResultShape;

/** The struct TSparkArrowTypes, in which a client says of which types it reads Arrow's own; of others it reads text. */
final class ArrowTypes {
    private static final int CAN_READ_ARROW = 1282;
    private static final int ARROW_TYPES = 1286;

    private ArrowTypes() {}

    static ResultShape wantedBy(TStruct request) {
        if (request.has(CAN_READ_ARROW) && !request.flag(CAN_READ_ARROW)) {
            // Thrift's columns have no nested types: those come as JSON.
            return new ResultShape(true, true, false, true);
        }
        TStruct types = request.struct(ARROW_TYPES);
        return new ResultShape(isWanted(types, 1), isWanted(types, 2), isWanted(types, 3), isWanted(types, 4));
    }

    /** Old clients do not send these flags, and read everything. */
    private static boolean isWanted(TStruct types, int field) {
        return !types.has(field) || types.flag(field);
    }
}

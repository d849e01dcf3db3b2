package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.http.ApiException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Handles of sessions and operations: the 16 bytes of the ids that the REST API has for them. */
final class Handles {
    private static final int GUID_BYTES = 16;

    private Handles() {}

    /** Returns a THandleIdentifier. */
    static TStruct identifier(String id) {
        UUID uuid = UUID.fromString(id);
        byte[] guid = ByteBuffer.allocate(GUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return new TStruct().with(1, guid).with(2, guid);
    }

    /** Returns a TSessionHandle. */
    static TStruct session(String id) {
        return new TStruct().with(1, identifier(id));
    }

    /** Returns a TOperationHandle. */
    static TStruct operation(String id, int type, boolean hasResultSet) {
        return new TStruct().with(1, identifier(id)).with(2, type).with(3, hasResultSet);
    }

    /** Returns what the service says of a handle that it does not know, as users of its clients report. */
    static String unknown(String method, TStruct request) {
        String id = id(request.struct(1));
        return switch (method) {
            case "GetOperationStatus", "GetResultSetMetadata", "FetchResults", "CancelOperation", "CloseOperation" ->
                "Invalid OperationHandle: OperationHandle [opType=EXECUTE_STATEMENT, getHandleIdentifier()=" + id + "]";
            default -> "Invalid SessionHandle: SessionHandle [" + id + "]";
        };
    }

    /** Returns the id inside a session or operation handle. */
    static String id(TStruct handle) {
        byte[] guid = handle.struct(1).bytes(1).orElse(new byte[0]);
        if (guid.length != GUID_BYTES) {
            throw ApiException.invalid("The handle of a session or operation must have " + GUID_BYTES + " bytes.");
        }
        ByteBuffer bytes = ByteBuffer.wrap(guid);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }
}

package io.lakeport.localworkspace.thrift;

import java.util.Map;

/** What GetInfo answers; Spark's own Thrift server knows these three and refuses the rest. */
final class ServerInfo {
    private static final String NAME = "Spark SQL";
    private static final Map<Integer, String> VALUES = Map.of(13, NAME, 17, NAME, 18, "3.3.1");

    private ServerInfo() {}

    /** Returns a TGetInfoResp. */
    static TStruct answer(Call call) {
        int type = call.request().integer(2, -1);
        String value = VALUES.get(type);
        return value == null
                ? new TStruct().with(1, ThriftStatus.error("Unrecognized GetInfoType value: " + type + ".", "HY096"))
                : new TStruct().with(1, ThriftStatus.success()).with(2, new TStruct().with(1, value));
    }
}

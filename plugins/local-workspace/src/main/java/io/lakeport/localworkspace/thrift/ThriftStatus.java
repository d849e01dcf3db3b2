package io.lakeport.localworkspace.thrift;

/** The status struct that every answer begins with. */
final class ThriftStatus {
    private static final int SUCCESS = 0;
    private static final int ERROR = 3;
    private static final int INVALID_HANDLE = 4;

    private ThriftStatus() {}

    static TStruct success() {
        return new TStruct().with(1, SUCCESS);
    }

    static TStruct error(String message, String sqlState) {
        return of(ERROR, message, sqlState);
    }

    static TStruct of(int code, String message, String sqlState) {
        return new TStruct().with(1, code).with(3, sqlState).with(5, message).with(6, message);
    }

    static TStruct invalidHandle(String message) {
        return new TStruct()
                .with(1, INVALID_HANDLE)
                .with(3, "HY000")
                .with(5, message)
                .with(6, message);
    }
}

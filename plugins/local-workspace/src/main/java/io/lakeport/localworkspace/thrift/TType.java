package io.lakeport.localworkspace.thrift;

/** The type codes of Thrift's binary protocol. */
final class TType {
    static final byte STOP = 0;
    static final byte BOOL = 2;
    static final byte BYTE = 3;
    static final byte DOUBLE = 4;
    static final byte I16 = 6;
    static final byte I32 = 8;
    static final byte I64 = 10;
    static final byte STRING = 11;
    static final byte STRUCT = 12;
    static final byte MAP = 13;
    static final byte SET = 14;
    static final byte LIST = 15;

    private TType() {}

    /** Returns the type code of a value. */
    static byte of(Object value) {
        if (value instanceof Boolean) {
            return BOOL;
        } else if (value instanceof Byte) {
            return BYTE;
        } else if (value instanceof Short) {
            return I16;
        } else if (value instanceof Integer) {
            return I32;
        } else if (value instanceof Long) {
            return I64;
        } else if (value instanceof Double) {
            return DOUBLE;
        } else if (value instanceof TStruct) {
            return STRUCT;
        } else if (value instanceof TMap) {
            return MAP;
        } else if (value instanceof TList) {
            return LIST;
        }
        return STRING;
    }
}

package io.lakeport.localworkspace.thrift;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads Thrift's strict binary protocol from bytes that are all there. Confined to one thread. */
final class ThriftReader {
    private static final int VERSION = 0x80010000;
    private static final int VERSION_MASK = 0xFFFF0000;
    private static final int CALL = 1;
    private static final int MAX_DEPTH = 32;

    private final ByteBuffer in;
    private int depth;

    private ThriftReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /**
     * Reads a call.
     *
     * @throws IllegalArgumentException when the bytes are not one
     */
    static ThriftMessage readCall(byte[] bytes) {
        try {
            return new ThriftReader(bytes).call();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the Thrift message ends too early", e);
        }
    }

    private ThriftMessage call() {
        int head = in.getInt();
        if ((head & VERSION_MASK) != VERSION || (head & 0xFF) != CALL) {
            throw new IllegalArgumentException("not a call in Thrift's strict binary protocol");
        }
        String name = new String(binary(), StandardCharsets.UTF_8);
        return new ThriftMessage(name, in.getInt(), struct());
    }

    private TStruct struct() {
        if (++depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the Thrift message nests deeper than " + MAX_DEPTH);
        }
        TStruct struct = new TStruct();
        for (byte type = in.get(); type != TType.STOP; type = in.get()) {
            short id = in.getShort();
            struct.with(id, value(type));
        }
        depth--;
        return struct;
    }

    private Object value(byte type) {
        return switch (type) {
            case TType.BOOL -> in.get() != 0;
            case TType.BYTE -> in.get();
            case TType.I16 -> in.getShort();
            case TType.I32 -> in.getInt();
            case TType.I64 -> in.getLong();
            case TType.DOUBLE -> in.getDouble();
            case TType.STRING -> binary();
            case TType.STRUCT -> struct();
            case TType.MAP -> map();
            case TType.LIST, TType.SET -> list();
            default -> throw new IllegalArgumentException("unknown Thrift type " + type);
        };
    }

    private TList list() {
        byte type = in.get();
        int size = size();
        List<Object> elements = new ArrayList<>(Math.min(size, 1024));
        for (int i = 0; i < size; i++) {
            elements.add(value(type));
        }
        return new TList(type, elements);
    }

    private TMap map() {
        byte keyType = in.get();
        byte valueType = in.get();
        int size = size();
        TMap map = new TMap();
        for (int i = 0; i < size; i++) {
            Object key = value(keyType);
            Object value = value(valueType);
            map.entries().put(text(key), value instanceof byte[] ? text(value) : value);
        }
        return map;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private byte[] binary() {
        byte[] bytes = new byte[size()];
        in.get(bytes);
        return bytes;
    }

    /** No size can be larger than the bytes that are left, so a forged one allocates nothing. */
    private int size() {
        int size = in.getInt();
        if (size < 0 || size > in.remaining()) {
            throw new IllegalArgumentException("the Thrift message holds an impossible size: " + size);
        }
        return size;
    }
}

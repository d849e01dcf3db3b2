package io.lakeport.localworkspace.thrift;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes Thrift's strict binary protocol. Confined to one thread. */
final class ThriftWriter {
    private static final int VERSION = 0x80010000;
    private static final int REPLY = 2;
    private static final int EXCEPTION = 3;
    private static final int UNKNOWN_METHOD = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    private final DataOutputStream out = new DataOutputStream(bytes);

    private ThriftWriter() {}

    /** Writes the answer to a call: the method's result struct holds its value as field 0. */
    static byte[] reply(ThriftMessage call, TStruct success) {
        return new ThriftWriter().message(REPLY, call, new TStruct().with(0, success));
    }

    /** Writes that the called method is not known. */
    static byte[] unknownMethod(ThriftMessage call) {
        return exception(call, UNKNOWN_METHOD, "Invalid method name: '" + call.name() + "'");
    }

    /** Writes a TApplicationException. */
    static byte[] exception(ThriftMessage call, int type, String message) {
        TStruct error = new TStruct().with(1, message).with(2, type);
        return new ThriftWriter().message(EXCEPTION, call, error);
    }

    private byte[] message(int type, ThriftMessage call, TStruct body) {
        try {
            out.writeInt(VERSION | type);
            writeBinary(call.name().getBytes(StandardCharsets.UTF_8));
            out.writeInt(call.sequence());
            writeStruct(body);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory cannot fail", e);
        }
    }

    private void writeStruct(TStruct struct) throws IOException {
        for (Map.Entry<Short, Object> field : struct.fields().entrySet()) {
            out.writeByte(TType.of(field.getValue()));
            out.writeShort(field.getKey());
            writeValue(field.getValue());
        }
        out.writeByte(TType.STOP);
    }

    private void writeValue(Object value) throws IOException {
        if (value instanceof Boolean flag) {
            out.writeByte(flag ? 1 : 0);
        } else if (value instanceof Byte number) {
            out.writeByte(number);
        } else if (value instanceof Short number) {
            out.writeShort(number);
        } else if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else {
            writeCompound(value);
        }
    }

    private void writeCompound(Object value) throws IOException {
        if (value instanceof TStruct struct) {
            writeStruct(struct);
        } else if (value instanceof TList list) {
            out.writeByte(list.elementType());
            out.writeInt(list.elements().size());
            for (Object element : list.elements()) {
                writeValue(element);
            }
        } else if (value instanceof TMap map) {
            writeMap(map);
        } else if (value instanceof byte[] binary) {
            writeBinary(binary);
        } else {
            writeBinary(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void writeMap(TMap map) throws IOException {
        boolean structs = map.entries().values().stream().anyMatch(TStruct.class::isInstance);
        out.writeByte(TType.STRING);
        out.writeByte(structs ? TType.STRUCT : TType.STRING);
        out.writeInt(map.entries().size());
        for (Map.Entry<String, Object> entry : map.entries().entrySet()) {
            writeBinary(entry.getKey().getBytes(StandardCharsets.UTF_8));
            writeValue(entry.getValue());
        }
    }

    private void writeBinary(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }
}

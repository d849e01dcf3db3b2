package io.lakeport.storage.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowType.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Schema;

/** Writes the schema of a file, as a message and inside its footer. */
final class IpcSchema {
    private static final int INITIAL = 1024;

    private final List<ArrowField> fields;

    IpcSchema(List<ArrowField> fields) {
        this.fields = fields;
    }

    /** Returns the metadata of the schema message. */
    byte[] message() {
        FlatBufferBuilder out = new FlatBufferBuilder(INITIAL);
        int schema = write(out);
        out.finish(Message.createMessage(out, MetadataVersion.V5, MessageHeader.Schema, schema, 0, 0));
        return out.sizedByteArray();
    }

    int write(FlatBufferBuilder out) {
        int[] written = fields.stream().mapToInt(field -> field(out, field)).toArray();
        return Schema.createSchema(out, Endianness.Little, Schema.createFieldsVector(out, written), 0, 0);
    }

    private static int field(FlatBufferBuilder out, ArrowField field) {
        int[] children =
                children(field).stream().mapToInt(child -> field(out, child)).toArray();
        int name = out.createString(field.name());
        int type = IpcType.write(out, field.type());
        int below = Field.createChildrenVector(out, children);
        int metadata = metadata(out, field);
        return Field.createField(out, name, field.nullable(), IpcType.number(field.type()), type, 0, below, metadata);
    }

    /** Entries of a map and their keys are never NULL, and readers insist that the schema says so. */
    private static List<ArrowField> children(ArrowField field) {
        if (field.type().kind() != Kind.MAP) {
            return field.children();
        }
        ArrowField entries = field.children().get(0);
        List<ArrowField> parts = new ArrayList<>(entries.children());
        parts.set(0, required(parts.get(0), parts.get(0).children()));
        return List.of(required(entries, parts));
    }

    private static ArrowField required(ArrowField field, List<ArrowField> children) {
        return new ArrowField(field.name(), false, field.type(), children, field.metadata());
    }

    private static int metadata(FlatBufferBuilder out, ArrowField field) {
        int[] entries = field.metadata().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .mapToInt(entry -> {
                    int key = out.createString(entry.getKey());
                    return KeyValue.createKeyValue(out, key, out.createString(entry.getValue()));
                })
                .toArray();
        return entries.length == 0 ? 0 : Field.createCustomMetadataVector(out, entries);
    }
}

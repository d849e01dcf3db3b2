package io.lakeport.storage.text;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowType;
import io.lakeport.core.arrow.ArrowType.Kind;
import io.lakeport.core.sql.SqlType;
import io.lakeport.storage.partition.GrowingBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values of every type as JSON. Writers are made once for a schema, so that no type is looked at for each value. */
public final class JsonCells {
    private final JsonRules rules;
    private final JsonString strings;

    /** Creates the writers of some rules. */
    public JsonCells(JsonRules rules) {
        this.rules = rules;
        this.strings = new JsonString(rules.asciiOnly());
    }

    /**
     * Returns the writer of a field.
     *
     * @param field how the values lie
     * @param type what they are; a nested type or VARIANT that lies as text is JSON already
     */
    public CellText of(ArrowField field, SqlType type) {
        return switch (field.type().kind()) {
            case LIST, LARGE_LIST -> list(field, type);
            case MAP -> map(field, type);
            case STRUCT -> struct(field, type);
            case NULL -> (out, c, row) -> out.ascii("null");
            case UTF8, LARGE_UTF8 ->
                type.isNested() || type.kind() == SqlType.Kind.VARIANT ? new EmbeddedJson(strings) : strings::write;
            default -> flat(field.type(), type);
        };
    }

    private CellText flat(ArrowType physical, SqlType type) {
        CellText plain = PlainText.of(physical, rules.hex());
        return switch (physical.kind()) {
            case BOOL, INT8, INT16, INT32 -> plain;
            case INT64, DECIMAL128 -> rules.isText(physical) ? quoted(plain) : plain;
            case FLOAT32 -> (out, c, row) -> floating(out, c.float32(row), plain, c, row);
            case FLOAT64 -> (out, c, row) -> floating(out, c.float64(row), plain, c, row);
            default -> quoted(plain);
        };
    }

    private void floating(GrowingBytes out, double value, CellText plain, ArrowColumn column, int row) {
        if (Double.isFinite(value)) {
            plain.write(out, column, row);
        } else if (rules.nonFiniteAsNull()) {
            out.ascii("null");
        } else {
            quoted(plain).write(out, column, row);
        }
    }

    /** For text that has nothing to escape. */
    private static CellText quoted(CellText plain) {
        return (out, c, row) -> {
            out.add('"');
            plain.write(out, c, row);
            out.add('"');
        };
    }

    private static void orNull(CellText cell, GrowingBytes out, ArrowColumn column, int row) {
        if (column.isNull(row)) {
            out.ascii("null");
        } else {
            cell.write(out, column, row);
        }
    }

    private static SqlType part(SqlType type, int index) {
        return index < type.fields().size() ? type.fields().get(index).type() : SqlType.of(SqlType.Kind.OTHER);
    }

    private CellText list(ArrowField field, SqlType type) {
        CellText element = of(field.children().get(0), part(type, 0));
        return (out, c, row) -> {
            ArrowColumn elements = c.children().get(0);
            int start = c.start(row);
            int end = c.end(row);
            out.add('[');
            for (int i = start; i < end; i++) {
                if (i > start) {
                    out.add(',');
                }
                orNull(element, out, elements, i);
            }
            out.add(']');
        };
    }

    private CellText map(ArrowField field, SqlType type) {
        List<ArrowField> entry = field.children().get(0).children();
        CellText value = of(entry.get(1), part(type, 1));
        if (rules.mapsAsEntries()) {
            CellText key = of(entry.get(0), part(type, 0));
            return (out, c, row) -> entries(out, c, row, key, value);
        }
        CellText name = name(entry.get(0), part(type, 0));
        return (out, c, row) -> object(out, c, row, name, value);
    }

    private static void entries(GrowingBytes out, ArrowColumn map, int row, CellText key, CellText value) {
        List<ArrowColumn> parts = map.children().get(0).children();
        int end = map.end(row);
        out.add('[');
        for (int i = map.start(row); i < end; i++) {
            out.ascii(i == map.start(row) ? "{\"key\":" : ",{\"key\":");
            orNull(key, out, parts.get(0), i);
            out.ascii(",\"value\":");
            orNull(value, out, parts.get(1), i);
            out.add('}');
        }
        out.add(']');
    }

    private static void object(GrowingBytes out, ArrowColumn map, int row, CellText name, CellText value) {
        List<ArrowColumn> parts = map.children().get(0).children();
        int end = map.end(row);
        out.add('{');
        for (int i = map.start(row); i < end; i++) {
            if (i > map.start(row)) {
                out.add(',');
            }
            orNull(name, out, parts.get(0), i);
            out.add(':');
            orNull(value, out, parts.get(1), i);
        }
        out.add('}');
    }

    /** The name of an object's member: a text as it is, a flat value as text, a nested one as its JSON. */
    private CellText name(ArrowField key, SqlType type) {
        Kind kind = key.type().kind();
        if (kind == Kind.UTF8 || kind == Kind.LARGE_UTF8) {
            return strings::write;
        }
        if (kind != Kind.LIST && kind != Kind.LARGE_LIST && kind != Kind.MAP && kind != Kind.STRUCT) {
            return quoted(PlainText.of(key.type(), rules.hex()));
        }
        CellText json = of(key, type);
        return (out, c, row) -> {
            int at = out.size();
            json.write(out, c, row);
            strings.write(out, new String(out.take(at), StandardCharsets.UTF_8));
        };
    }

    private CellText struct(ArrowField field, SqlType type) {
        List<ArrowField> children = field.children();
        List<CellText> cells = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            cells.add(of(children.get(i), part(type, i)));
            names.add(children.get(i).name());
        }
        JsonObject object = object(names, cells);
        return (out, c, row) -> object.write(out, c.children(), row);
    }

    /** Returns the writer of objects with these members. */
    public JsonObject object(List<String> names, List<CellText> cells) {
        List<byte[]> prefixes = new ArrayList<>();
        for (String name : names) {
            GrowingBytes prefix = new GrowingBytes();
            strings.write(prefix, name);
            prefix.add(':');
            prefixes.add(prefix.take(0));
        }
        return new JsonObject(prefixes, cells, rules.dropNulls());
    }
}

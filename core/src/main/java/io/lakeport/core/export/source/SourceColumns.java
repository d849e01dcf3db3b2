package io.lakeport.core.export.source;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.export.request.PartitionField;
import io.lakeport.core.export.request.PartitionField.Part;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.sql.NearestName;
import io.lakeport.core.sql.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a source as a request uses them. Names are compared as Databricks compares them, without upper and
 * lower case; keys and partition columns must be spelled as the table spells them, because manifests and directories
 * repeat that spelling.
 */
final class SourceColumns {
    private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

    private final ExportRequest request;
    private final List<Column> all;

    SourceColumns(ExportRequest request, List<Column> all) {
        this.request = request;
        this.all = List.copyOf(all);
    }

    /**
     * Fails when the request names what the source does not have, or uses it as it cannot be used.
     *
     * @throws LakeportException INVALID_REQUEST naming the column, and the one that may be meant
     */
    void check() {
        request.columns().forEach(name -> require("column", name));
        request.keys().forEach(name -> requireProjected("key column", name));
        for (PartitionField field : request.partitionBy()) {
            if (field.isDerived()) {
                checkDerived(field);
            } else {
                requireProjected("partition column", field.column());
            }
        }
        request.keys().forEach(key -> {
            if (!isOrdered(require("key column", key).type())) {
                throw illegal("key column '" + key + "' of " + request.source() + " is "
                        + require("key column", key).type() + ", which cannot identify a row");
            }
        });
    }

    private void checkDerived(PartitionField field) {
        Column column = require("partition column", field.column());
        SqlType.Kind kind = column.type().kind();
        boolean time = kind == SqlType.Kind.TIMESTAMP || kind == SqlType.Kind.TIMESTAMP_NTZ;
        if (!time && !(kind == SqlType.Kind.DATE && field.part() != Part.HOUR)) {
            throw illegal("partition '" + field + "' needs a "
                    + (field.part() == Part.HOUR ? "timestamp" : "date or timestamp") + ", but '" + column.name()
                    + "' of " + request.source() + " is " + column.type());
        }
        if (projected().stream().anyMatch(other -> other.name().equalsIgnoreCase(field.name()))) {
            throw illegal("partition '" + field + "' would be a second column named '" + field.name()
                    + "'; name it otherwise, as in '" + field.toString().replaceFirst("\\s+[aA][sS]\\s.*", "") + " AS "
                    + field.name() + "_part'");
        }
    }

    private Column require(String role, String name) {
        return find(name)
                .orElseThrow(() ->
                        illegal(role + " '" + name + "' is not in " + request.source() + NearestName.hint(name, names())
                                + (NearestName.to(name, names()).isEmpty() ? "; it has " + names() : "")));
    }

    private void requireProjected(String role, String name) {
        Column column = require(role, name);
        if (!column.name().equals(name)) {
            throw illegal(role + " '" + name + "' is spelled '" + column.name() + "' in " + request.source()
                    + "; spell it so, because files and manifests do");
        }
        if (projected().stream().noneMatch(other -> other.name().equals(name))) {
            throw illegal(role + " '" + name + "' is not among the exported columns " + request.columns()
                    + "; add it, because readers of the files need it");
        }
    }

    private List<String> names() {
        return all.stream().map(Column::name).toList();
    }

    Optional<Column> find(String name) {
        return all.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns the watermark column. */
    Column watermark() {
        String name = request.increment().flatMap(Increment::watermark).orElseThrow();
        return find(name)
                .orElseThrow(() -> new LakeportException(
                        CoreError.WATERMARK_UNUSABLE,
                        "watermark column '" + name + "' of " + request.source()
                                + " cannot be used: there is no such column" + NearestName.hint(name, names())
                                + "; the table has " + names()));
    }

    /** Returns the columns of the source that are exported, as the source spells them. */
    List<Column> projected() {
        return request.columns().isEmpty()
                ? all
                : request.columns().stream()
                        .map(name -> find(name).orElseThrow())
                        .toList();
    }

    /** Returns the columns of the files and their directories, without those of the change data feed. */
    List<Column> exported() {
        List<Column> exported = new ArrayList<>(projected());
        request.partitionBy().stream()
                .filter(PartitionField::isDerived)
                .map(field -> new Column(
                        field.name(), SqlType.of(field.part() == Part.DATE ? SqlType.Kind.DATE : SqlType.Kind.INT)))
                .forEach(exported::add);
        return exported;
    }

    /** Returns what stands behind SELECT. */
    String selection() {
        String columns = projected().stream().map(SourceColumns::quoted).collect(Collectors.joining(", "));
        return columns
                + request.partitionBy().stream()
                        .filter(PartitionField::isDerived)
                        .map(field -> ", " + value(field) + " AS "
                                + Identifier.of(field.name()).quoted())
                        .collect(Collectors.joining());
    }

    /** Returns the expressions that order rows of one key which nothing else orders, from the first column on. */
    String tieBreak() {
        return all.stream()
                .filter(column -> isOrdered(column.type()))
                .map(column -> quoted(column) + " DESC")
                .collect(Collectors.joining(", "));
    }

    /** Returns the expression of a directory's value, in which everything that the directory spells alike is equal. */
    String directory(PartitionField field) {
        Column column = find(field.column()).orElseThrow();
        String value = value(field);
        return !field.isDerived() && column.type().kind() == SqlType.Kind.STRING
                ? "CASE WHEN " + value + " IN ('', '" + HIVE_NULL + "') THEN NULL ELSE " + value + " END"
                : value;
    }

    /** Parts of an instant are those it has in UTC: the session's zone may be another at the next run. */
    private String value(PartitionField field) {
        Column column = find(field.column()).orElseThrow();
        if (!field.isDerived() || column.type().kind() != SqlType.Kind.TIMESTAMP) {
            return field.expression();
        }
        String utc =
                "TIMESTAMP_NTZ'1970-01-01 00:00:00' + make_dt_interval(0, 0, 0, unix_seconds(" + quoted(column) + "))";
        return field.part().name().toLowerCase(Locale.ROOT) + "(" + utc + ")";
    }

    /** Returns whether rows can be ordered and compared by a column of the type. */
    static boolean isOrdered(SqlType type) {
        return switch (type.kind()) {
            case MAP, VARIANT, VOID, OTHER -> false;
            case ARRAY, STRUCT -> type.fields().stream().allMatch(field -> isOrdered(field.type()));
            default -> true;
        };
    }

    static String quoted(Column column) {
        return Identifier.of(column.name()).quoted();
    }

    private static LakeportException illegal(String message) {
        return new LakeportException(CoreError.INVALID_ARGUMENT, message);
    }
}

package io.lakeport.app.config;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.model.ColumnRule;
import io.lakeport.core.export.model.DataModel;
import io.lakeport.core.export.model.ModelColumn;
import io.lakeport.core.sql.SqlType;
import io.lakeport.core.sql.SqlTypeParser;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the rows of an export are declared to be: docs/export.md, "Data models". */
public final class DataModelFile {
    private static final Set<String> COLUMN_KEYS =
            Set.of("name", "type", "required", "unique", "min", "max", "values", "pattern", "max_length");

    private DataModelFile() {}

    /**
     * Reads a file.
     *
     * @throws LakeportException INVALID_REQUEST with line, key and remedy
     */
    public static DataModel load(Path file) {
        return parse(ConfigFile.read(file.toAbsolutePath().normalize()), file.toString());
    }

    /** Reads a document from text; {@code name} stands for it in errors. */
    public static DataModel parse(String text, String name) {
        JsonValue document = JsonDocument.parse(text, name);
        ConfigObject root = ConfigObject.of(document, Set.of("name", "columns", "additional_columns"));
        List<ModelColumn> columns =
                root.list("columns").stream().map(DataModelFile::column).toList();
        boolean closed = root.find("additional_columns")
                .map(DataModelFile::refusesAdditional)
                .orElse(false);
        return ConfigObject.located(
                document, () -> new DataModel(root.text("name").orElse(name), columns, closed));
    }

    private static boolean refusesAdditional(JsonValue value) {
        return switch (value.string()) {
            case "allow" -> false;
            case "refuse" -> true;
            default -> throw value.error("expected \"allow\" or \"refuse\", found '" + value.string() + "'");
        };
    }

    private static ModelColumn column(JsonValue value) {
        ConfigObject object = ConfigObject.of(value, COLUMN_KEYS);
        String name = object.require("name", "the column's name").string();
        JsonValue type = object.require("type", "a type of Databricks SQL, for example \"DECIMAL(18,2)\"");
        SqlType parsed = ConfigObject.located(type, () -> SqlTypeParser.parse(type.string()));
        if (parsed.kind() == SqlType.Kind.OTHER) {
            throw type.error("'" + type.string() + "' is no type of Databricks SQL that Lakeport knows");
        }
        List<ColumnRule> rules = new ArrayList<>();
        if (object.find("required").map(JsonValue::bool).orElse(false)) {
            rules.add(new ColumnRule.NotNull());
        }
        if (object.find("unique").map(JsonValue::bool).orElse(false)) {
            rules.add(new ColumnRule.Unique());
        }
        Optional<String> min = object.find("min").map(DataModelFile::scalar);
        Optional<String> max = object.find("max").map(DataModelFile::scalar);
        if (min.isPresent() || max.isPresent()) {
            rules.add(new ColumnRule.Between(min, max));
        }
        object.find("values")
                .map(list -> ConfigObject.located(
                        list,
                        () -> new ColumnRule.OneOf(
                                list.array().stream().map(DataModelFile::scalar).toList())))
                .ifPresent(rules::add);
        object.read("pattern", ColumnRule.Matches::new).ifPresent(rules::add);
        object.count("max_length", 0).map(ColumnRule.NoLongerThan::new).ifPresent(rules::add);
        return ConfigObject.located(value, () -> new ModelColumn(name, parsed, rules));
    }

    /** A bound may be written as a number or as text, which keeps all digits of a DECIMAL. */
    private static String scalar(JsonValue value) {
        Object content = value.content();
        if (content instanceof String text) {
            return text;
        }
        if (content instanceof Double number) {
            return BigDecimal.valueOf(number).toPlainString();
        }
        if (content instanceof Long || content instanceof Boolean) {
            return content.toString();
        }
        throw value.error("expected a number, a text or a boolean");
    }
}

package io.lakeport.localworkspace.sql.query;

import io.lakeport.localworkspace.sql.SqlErrors;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How files are to be read or written, by names in any case.
 *
 * @param values text by name
 */
public record FileOptions(Map<String, String> values) {
    /** No options. */
    public static final FileOptions NONE = new FileOptions(Map.of());

    /** Options of every format, and those that change nothing here: the workspace decides in one way only. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "preferdate",
            "compression",
            "samplingratio",
            "maxcolumns",
            "maxcharspercolumn",
            "inferschema",
            "infercolumntypes",
            "ignorecorruptfiles",
            "recursivefilelookup",
            "pathglobfilter",
            "schemaevolutionmode",
            "charset",
            "mergeschema");

    private static final Set<String> CSV = Set.of(
            "header",
            "sep",
            "delimiter",
            "quote",
            "escape",
            "nullvalue",
            "emptyvalue",
            "mode",
            "comment",
            "encoding",
            "dateformat",
            "timestampformat",
            "skiprows",
            "multiline",
            "ignoreleadingwhitespace",
            "ignoretrailingwhitespace");
    private static final Set<String> JSON = Set.of("multiline", "mode", "encoding", "dateformat", "timestampformat");
    private static final Set<String> TEXT = Set.of("wholetext", "encoding");

    public FileOptions {
        Map<String, String> lower = new TreeMap<>();
        values.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        values = lower;
    }

    /** Fails when an option is none of the format's, so that nothing is read otherwise than asked. */
    void require(String format) {
        Set<String> known = switch (format) {
            case "csv" -> CSV;
            case "json" -> JSON;
            case "text" -> TEXT;
            default -> Set.of();
        };
        for (String name : values.keySet()) {
            if (!known.contains(name) && !WITHOUT_EFFECT.contains(name)) {
                throw SqlErrors.unsupported("the option " + name + " of " + format + " files");
            }
        }
        String encoding = text("encoding", text("charset", "UTF-8"));
        if (!encoding.equalsIgnoreCase("UTF-8")) {
            throw SqlErrors.unsupported("files in the encoding " + encoding);
        }
    }

    /** Returns an option's text. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    @Nullable
    String find(String name) {
        return values.get(name);
    }

    /** Returns whether an option is on. */
    public boolean flag(String name, boolean otherwise) {
        return Boolean.parseBoolean(text(name, String.valueOf(otherwise)).toLowerCase(Locale.ROOT));
    }
}

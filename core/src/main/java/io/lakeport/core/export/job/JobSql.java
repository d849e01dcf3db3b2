package io.lakeport.core.export.job;

import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.source.SourceQuery;
import io.lakeport.core.export.unload.UnloadSql;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.sql.SqlParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The statement of a job's file, the same for every run of an export: what differs between runs (version, bounds, folder)
 * comes as named parameters. Databricks binds no marker to the path of INSERT OVERWRITE DIRECTORY and to VERSION AS OF
 * before Runtime 18, so that the statement is put together in the workspace, by EXECUTE IMMEDIATE with a constant
 * expression (Runtime 17.3 and newer). Only numbers and the letters of a folder's name can get into it: who may give
 * a run other parameters can make it write elsewhere below the target, and nothing else.
 */
record JobSql(String text, List<String> parameters) {
    /** Version that a run reads. */
    static final String VERSION = "lakeport_version";
    /** Folder below the target that a run writes, ending in a slash. */
    static final String FOLDER = "lakeport_folder";

    private static final String FIRST = "lakeport_first";
    private static final String LAST = "lakeport_last";
    private static final String TAKEN_VERSION = "lakeport_taken_version";

    /** Numbers that no table's version reaches stand for the versions until the text is cut at them. */
    private static final Map<String, Long> MARKS = Map.of(
            FIRST, 9_100_000_000_000_000_001L,
            LAST, 9_100_000_000_000_000_002L,
            VERSION, 9_100_000_000_000_000_003L,
            TAKEN_VERSION, 9_100_000_000_000_000_004L);

    private static final String FOLDER_MARK = "9100000000000000005/";
    private static final String NOT_OF_FOLDERS = "'[^0-9a-z/-]'";

    JobSql {
        parameters = List.copyOf(parameters);
    }

    /** Returns the statement of a request whose source has a catalog and a schema. */
    static JobSql of(ExportRequest request, ExportPlan plan) {
        SourceQuery query = SourceQuery.of(request, marked(plan));
        String statement = UnloadSql.of(request, query, FOLDER_MARK);
        List<String> parameters = new ArrayList<>(List.of(FOLDER));
        StringBuilder text = new StringBuilder("EXECUTE IMMEDIATE concat(");
        String rest = statement;
        for (Optional<Cut> cut = cut(rest); cut.isPresent(); cut = cut(rest)) {
            text.append(literal(rest.substring(0, cut.get().at()))).append(",\n  ");
            text.append(expression(cut.get().parameter())).append(",\n  ");
            rest = rest.substring(cut.get().at() + cut.get().length());
            if (!parameters.contains(cut.get().parameter())) {
                parameters.add(cut.get().parameter());
            }
        }
        text.append(literal(rest)).append(')');
        text.append(using(query.parameters()));
        query.parameters().forEach(parameter -> parameters.add(parameter.name()));
        return new JobSql(text.append('\n').toString(), parameters);
    }

    private static ExportPlan marked(ExportPlan plan) {
        return new ExportPlan(
                plan.snapshotVersion().isPresent() ? OptionalLong.of(mark(VERSION)) : OptionalLong.empty(),
                plan.window(),
                plan.feed()
                        .map(range ->
                                range.isWhole() ? FeedRange.upTo(mark(LAST)) : new FeedRange(mark(FIRST), mark(LAST))),
                plan.taken().map(taken -> new ExportPlan.Taken(mark(TAKEN_VERSION), taken.below())),
                plan.columns(),
                plan.replacedPartitions());
    }

    private static long mark(String parameter) {
        return MARKS.getOrDefault(parameter, 0L);
    }

    /** The first place where a text is to be cut. */
    private record Cut(int at, int length, String parameter) {}

    private static Optional<Cut> cut(String text) {
        Map<String, String> marks = new TreeMap<>(Map.of(FOLDER, FOLDER_MARK));
        MARKS.forEach((parameter, number) -> marks.put(parameter, String.valueOf(number)));
        return marks.entrySet().stream()
                .filter(mark -> text.contains(mark.getValue()))
                .map(mark ->
                        new Cut(text.indexOf(mark.getValue()), mark.getValue().length(), mark.getKey()))
                .min(Comparator.comparingInt(Cut::at));
    }

    private static String expression(String parameter) {
        return parameter.equals(FOLDER)
                ? "regexp_replace(:" + FOLDER + ", " + NOT_OF_FOLDERS + ", '')"
                : "CAST(CAST(:" + parameter + " AS BIGINT) AS STRING)";
    }

    private static String using(List<SqlParameter> parameters) {
        StringBuilder using = new StringBuilder();
        for (SqlParameter parameter : parameters) {
            using.append(using.isEmpty() ? "\nUSING " : ", ")
                    .append("CAST(:" + parameter.name() + " AS " + parameter.type() + ") AS " + parameter.name());
        }
        return using.toString();
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Returns the values that make a run write exactly the rows of a plan into a folder. */
    static Map<String, String> values(ExportRequest request, ExportPlan plan, String folder) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(FOLDER, folder);
        plan.snapshotVersion().ifPresent(version -> values.put(VERSION, String.valueOf(version)));
        plan.feed().ifPresent(range -> {
            values.put(FIRST, String.valueOf(range.first()));
            values.put(LAST, String.valueOf(range.last()));
        });
        plan.taken().ifPresent(taken -> values.put(TAKEN_VERSION, String.valueOf(taken.version())));
        SourceQuery.of(request, plan)
                .parameters()
                .forEach(parameter ->
                        values.put(parameter.name(), parameter.value().orElse("")));
        values.keySet().retainAll(of(request, plan).parameters());
        return values;
    }
}

package io.lakeport.localworkspace.corpus;

import io.lakeport.localworkspace.engine.EngineColumn;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Runs statements and writes their answers as corpus files have them. */
public final class CorpusRun {
    private CorpusRun() {}

    /** Returns the answer of an engine to a statement; rows come in a defined order when the statement asks for none. */
    public static List<String> answer(EngineSession session, String sql) throws IOException {
        List<String> lines = new ArrayList<>();
        try (EngineResult result = session.execute(sql, List.of())) {
            List<String> rows = rows(result);
            lines.add(("= " + columns(result)).strip());
            lines.addAll(isOrdered(sql) ? rows : rows.stream().sorted().toList());
        } catch (EngineException e) {
            lines.clear();
            lines.add("! " + e.errorClass() + " " + e.sqlState());
        }
        return lines;
    }

    private static String columns(EngineResult result) {
        return result.columns().stream().map(CorpusRun::column).collect(Collectors.joining(" | "));
    }

    private static String column(EngineColumn c) {
        return c.name().replace("\n", "\\n") + " " + c.typeText() + (c.nullable() ? "" : " NOT NULL");
    }

    private static List<String> rows(EngineResult result) throws IOException {
        List<String> rows = new ArrayList<>();
        while (result.reader().loadNextBatch()) {
            VectorSchemaRoot root = result.reader().getVectorSchemaRoot();
            for (int i = 0; i < root.getRowCount(); i++) {
                List<String> row = new ArrayList<>();
                for (FieldVector v : root.getFieldVectors()) {
                    row.add(ValueText.of(v, i));
                }
                rows.add("> " + String.join(" | ", row));
            }
        }
        return rows;
    }

    /** Whether the statement itself, and not only something in parentheses in it, asks for an order. */
    static boolean isOrdered(String sql) {
        String text = sql.replaceAll("'([^'\\\\]|\\\\.)*'|\"([^\"\\\\]|\\\\.)*\"|`[^`]*`|--[^\\n]*", "''");
        int depth = 0;
        StringBuilder outer = new StringBuilder();
        for (char c : text.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            outer.append(depth == 0 ? c : ' ');
        }
        return outer.toString().toUpperCase(Locale.ROOT).matches("(?s).*\\bORDER\\s+BY\\b.*");
    }
}

package io.lakeport.storage.text;

import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import io.lakeport.core.sql.SqlType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/**
 * Rows of texts that formats stumble over, from a seed.
 *
 * @param names names of the columns, which are odd too
 * @param rows texts or null
 */
public record OddTexts(List<String> names, List<List<String>> rows) {
    private static final List<String> PIECES = List.of(
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "\\",
            "\\n",
            "'",
            " ",
            "a",
            "NULL",
            "\\N",
            "\u0001",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u2029",
            "é",
            "ß",
            "語",
            "🦆",
            "👩‍💻",
            "\uFEFF",
            "{",
            "}",
            "[1]",
            "=1+1",
            "%",
            "0",
            "x".repeat(300));

    public static OddTexts of(long seed, int rows, int columns) {
        Random random = new Random(seed);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("c" + i + "_" + (i % 3 == 0 ? "" : text(random, 2).replaceAll("\\p{Cntrl}", "")));
        }
        List<List<String>> texts = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            String[] cells = new String[columns];
            for (int i = 0; i < columns; i++) {
                cells[i] = random.nextInt(6) == 0 ? null : text(random, 5);
            }
            texts.add(Arrays.asList(cells));
        }
        return new OddTexts(names, texts);
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    public ResultSchema schema() {
        return new ResultSchema(names.stream()
                .map(name -> new Column(name, SqlType.of(SqlType.Kind.STRING)))
                .toList());
    }

    public ResultChunk chunk() throws IOException {
        try (BufferAllocator allocator = new RootAllocator()) {
            List<FieldVector> vectors = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                VarCharVector vector = new VarCharVector(names.get(column), allocator);
                for (int row = 0; row < rows.size(); row++) {
                    String text = rows.get(row).get(column);
                    if (text == null) {
                        vector.setNull(row);
                    } else {
                        vector.setSafe(row, text.getBytes(StandardCharsets.UTF_8));
                    }
                }
                vector.setValueCount(rows.size());
                vectors.add(vector);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (VectorSchemaRoot root = new VectorSchemaRoot(vectors);
                    ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
                root.setRowCount(rows.size());
                writer.writeBatch();
            }
            return new ResultChunk(0, 0, rows.size(), ByteBuffer.wrap(bytes.toByteArray()), () -> {});
        }
    }
}

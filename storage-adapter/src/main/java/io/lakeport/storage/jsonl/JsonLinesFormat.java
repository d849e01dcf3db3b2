package io.lakeport.storage.jsonl;

import io.lakeport.core.arrow.ArrowColumn;
import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.query.Column;
import io.lakeport.storage.partition.GrowingBytes;
import io.lakeport.storage.text.CellText;
import io.lakeport.storage.text.JsonCells;
import io.lakeport.storage.text.JsonObject;
import io.lakeport.storage.text.JsonRules;
import io.lakeport.storage.text.LineFormat;
import java.util.ArrayList;
import java.util.List;

/** One JSON object a row, ended by a line feed. */
final class JsonLinesFormat implements LineFormat {
    private final JsonCells json;

    JsonLinesFormat(JsonRules rules) {
        this.json = new JsonCells(rules);
    }

    @Override
    public String extension() {
        return "jsonl";
    }

    @Override
    public Lines lines(List<Column> columns, List<ArrowField> fields) {
        List<CellText> cells = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            cells.add(json.of(fields.get(i), columns.get(i).type()));
        }
        JsonObject object = json.object(columns.stream().map(Column::name).toList(), cells);
        return new Lines() {
            @Override
            public void header(GrowingBytes out) {
                // Each line names its members.
            }

            @Override
            public void row(GrowingBytes out, List<ArrowColumn> values, int row) {
                object.write(out, values, row);
                out.add('\n');
            }
        };
    }
}

package io.lakeport.storage.csv;

import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.query.Column;
import io.lakeport.storage.text.CellText;
import io.lakeport.storage.text.JsonCells;
import io.lakeport.storage.text.JsonRules;
import io.lakeport.storage.text.LineFormat;
import io.lakeport.storage.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/** CSV by RFC 4180; nested values are JSON. */
final class CsvFormat implements LineFormat {
    private final CsvOptions options;
    private final JsonCells json;

    CsvFormat(CsvOptions options) {
        this.options = options;
        JsonRules rules = JsonRules.STANDARD;
        this.json = new JsonCells(options.hex() ? rules.withHex() : rules);
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public Lines lines(List<Column> columns, List<ArrowField> fields) {
        List<CellText> cells = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            cells.add(cell(fields.get(i), columns.get(i)));
        }
        return new CsvLines(options, columns.stream().map(Column::name).toList(), cells);
    }

    private CellText cell(ArrowField field, Column column) {
        return switch (field.type().kind()) {
            case LIST, LARGE_LIST, MAP, STRUCT, NULL -> json.of(field, column.type());
            default -> PlainText.of(field.type(), options.hex());
        };
    }
}

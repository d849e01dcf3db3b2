package io.lakeport.sparkengine;

import io.lakeport.localworkspace.sql.parse.StatementParser;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** How many rows an INSERT has written: Databricks answers that, Spark does not, Delta's log knows it. */
final class InsertedRows {
    private static final StructType COLUMNS = new StructType(new StructField[] {
        DataTypes.createStructField("num_affected_rows", DataTypes.LongType, true),
        DataTypes.createStructField("num_inserted_rows", DataTypes.LongType, true)
    });

    private InsertedRows() {}

    static Dataset<Row> of(SparkSession spark, String insert) {
        IdentifierReferenceContext table = table(StatementParser.parse(insert));
        if (table == null) {
            return spark.createDataFrame(List.<Row>of(), COLUMNS);
        }
        Row last = spark.sql("DESCRIBE HISTORY " + table.getText() + " LIMIT 1").first();
        Map<String, String> metrics = last.getJavaMap(last.fieldIndex("operationMetrics"));
        long rows = Long.parseLong(metrics.getOrDefault("numOutputRows", "0"));
        return spark.createDataFrame(List.of(RowFactory.create(rows, rows)), COLUMNS);
    }

    private static @Nullable IdentifierReferenceContext table(ParseTree node) {
        if (node instanceof IdentifierReferenceContext name) {
            return name;
        }
        for (int i = 0; i < node.getChildCount(); i++) {
            IdentifierReferenceContext found = table(node.getChild(i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}

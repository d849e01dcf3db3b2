package io.lakeport.sparkengine;

import io.lakeport.localworkspace.engine.EngineColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Writes the tables that the workspace itself fills. */
final class SystemTables {
    private SystemTables() {}

    static void replace(
            SparkSession spark,
            SparkCatalogs catalogs,
            String threeLevelName,
            List<EngineColumn> columns,
            List<? extends List<? extends @Nullable Object>> rows) {
        String[] name = threeLevelName.toLowerCase(Locale.ROOT).split("\\.", 3);
        catalogs.create(name[0], false);
        catalogs.createSchema(name[0], name[1]);
        List<StructField> given = new ArrayList<>();
        List<Column> wanted = new ArrayList<>();
        for (EngineColumn c : columns) {
            DataType type = DataType.fromDDL(c.typeText());
            boolean nested = c.typeText().indexOf('<') >= 0;
            given.add(DataTypes.createStructField(c.name(), nested ? DataTypes.StringType : type, true));
            Column column = functions.col("`" + c.name() + "`");
            wanted.add(nested ? functions.from_json(column, type).as(c.name()) : column);
        }
        List<Row> values = new ArrayList<>();
        rows.forEach(r -> values.add(RowFactory.create(r.toArray())));
        Dataset<Row> frame = spark.createDataFrame(values, new StructType(given.toArray(new StructField[0])));
        frame.select(wanted.toArray(new Column[0]))
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .saveAsTable(StatementNames.mangled(threeLevelName, "main", "default"));
    }
}

package io.lakeport.storage.delta;

import io.lakeport.core.arrow.ArrowField;
import io.lakeport.core.arrow.ArrowStream;
import io.lakeport.core.arrow.ArrowType.Kind;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.format.TableWriter;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.query.ResultChunk;
import io.lakeport.core.query.ResultSchema;
import java.util.List;

/** Writes the data files. The schema of the table is that of the result, so values must lie as their types say. */
final class DeltaTableWriter implements TableWriter {
    private final TableWriter files;
    private final ResultSchema schema;
    private boolean checked;

    DeltaTableWriter(TableWriter files, ResultSchema schema) {
        this.files = files;
        this.schema = schema;
    }

    @Override
    public void write(ResultChunk chunk) {
        if (!checked) {
            List<ArrowField> fields = ArrowStream.read(chunk.data()).fields();
            for (int i = 0; i < Math.min(fields.size(), schema.size()); i++) {
                requireNative(fields.get(i), schema.columns().get(i));
            }
            checked = true;
        }
        files.write(chunk);
    }

    private static void requireNative(ArrowField field, Column column) {
        Kind kind = field.type().kind();
        if (column.type().isNested() && (kind == Kind.UTF8 || kind == Kind.LARGE_UTF8)) {
            throw new LakeportException(
                    CoreError.NOT_SUPPORTED,
                    "column '" + column.name() + "' is " + column.type() + " and arrived as JSON text, as engine 'jdbc'"
                            + " gives it; a Delta table cannot hold it so: use engine 'sea', or to_json() in a view");
        }
    }

    @Override
    public List<WrittenFile> finish() {
        return files.finish();
    }

    @Override
    public void close() {
        files.close();
    }
}

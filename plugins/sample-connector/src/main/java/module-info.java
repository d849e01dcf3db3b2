import io.lakeport.core.connector.ConnectorPlugin;
import io.lakeport.sample.RowCountPlugin;
import org.jspecify.annotations.NullMarked;

/** The plugin of {@code docs/plugin-author.md}. */
@NullMarked
module io.lakeport.sample {
    requires io.lakeport.core;

    provides ConnectorPlugin with
            RowCountPlugin;
}

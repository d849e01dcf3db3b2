package io.lakeport.localworkspace.catalog;

import java.util.Optional;

/** Views of tags, masks and filters. They have no rows, since the statements that would make some are refused. */
final class InformationTags {
    private InformationTags() {}

    static Optional<Listing> listing(String view) {
        return switch (view) {
            case "catalog_tags" -> Optional.of(tags("catalog_name"));
            case "schema_tags" -> Optional.of(tags("catalog_name", "schema_name"));
            case "table_tags" -> Optional.of(tags("catalog_name", "schema_name", "table_name"));
            case "column_tags" -> Optional.of(tags("catalog_name", "schema_name", "table_name", "column_name"));
            case "volume_tags" -> Optional.of(tags("catalog_name", "schema_name", "volume_name"));
            case "column_masks" ->
                Optional.of(new Listing()
                        .strings("table_catalog", "table_schema", "table_name", "column_name")
                        .strings("mask_name", "using_columns"));
            case "row_filters" ->
                Optional.of(new Listing()
                        .strings("table_catalog", "table_schema", "table_name")
                        .strings("filter_name", "target_columns"));
            default -> Optional.empty();
        };
    }

    private static Listing tags(String... securable) {
        return new Listing().strings(securable).strings("tag_name", "tag_value");
    }
}

package io.lakeport.core.doctor.data;

import java.util.Optional;

/**
 * Notes the metastore of the workspace.
 *
 * @param id its id
 * @param region where it is, for example {@code eu-central-1}
 * @param defaultCatalog catalog of names with two levels
 */
public record Attached(String id, Optional<String> region, Optional<String> defaultCatalog) {}

package io.lakeport.audit.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.catalog.CatalogControl;
import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.catalog.Presence;
import io.lakeport.core.catalog.SystemSchema;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Unity Catalog shows to one tenant's identity (Unity Catalog API 2.1). */
public final class SdkCatalog implements CatalogControl {
    private static final String UNITY = "/api/2.1/unity-catalog/";

    private final SdkRest rest;

    /** Creates it over a client. */
    public SdkCatalog(SdkRest rest) {
        this.rest = rest;
    }

    @Override
    public Optional<Metastore> metastore(Deadline deadline) {
        JsonNode assignment;
        try {
            assignment = get("rest.metastore", "asking for the metastore", "current-metastore-assignment", deadline);
        } catch (LakeportException e) {
            if (e.category() == ErrorCategory.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        JsonNode summary = get("rest.metastore", "looking at the metastore", "metastore_summary", deadline);
        return Optional.of(new Metastore(
                assignment.path("metastore_id").asText(),
                summary.path("name").asText(),
                SdkRest.text(summary, "owner"),
                SdkRest.text(summary, "cloud"),
                SdkRest.text(summary, "region"),
                assignment.path("workspace_id").asText(),
                SdkRest.text(assignment, "default_catalog_name")));
    }

    private JsonNode get(String name, String action, String path, Deadline deadline) {
        return rest.get(name, action, RestPath.of(UNITY + path), deadline);
    }

    @Override
    public Presence look(Securable securable, Deadline deadline) {
        try {
            JsonNode info = rest.get("rest.catalog", "looking for " + securable, path(securable), deadline);
            List<Presence.Column> columns = new ArrayList<>();
            info.path("columns")
                    .forEach(column -> columns.add(new Presence.Column(
                            column.path("name").asText(),
                            column.path("type_text").asText())));
            return new Presence(
                    securable,
                    Presence.State.PRESENT,
                    SdkRest.text(info, "owner"),
                    SdkRest.text(info, "table_type").or(() -> SdkRest.text(info, "catalog_type")),
                    columns,
                    Optional.empty());
        } catch (LakeportException e) {
            return switch (e.category()) {
                case NOT_FOUND -> Presence.missing(securable, Presence.State.NOT_FOUND, e.getMessage());
                case PERMISSION_DENIED -> Presence.missing(securable, Presence.State.DENIED, e.getMessage());
                default -> throw e;
            };
        }
    }

    private static RestPath path(Securable securable) {
        String kind = switch (securable.type()) {
            case CATALOG -> "catalogs";
            case SCHEMA -> "schemas";
            case TABLE -> "tables";
            case VOLUME -> "volumes";
            case FUNCTION -> "functions";
            case EXTERNAL_LOCATION -> "external-locations";
            case STORAGE_CREDENTIAL -> "storage-credentials";
            case METASTORE -> "metastore_summary";
        };
        return securable.name().isEmpty()
                ? RestPath.of(UNITY + kind)
                : RestPath.of(UNITY + kind + "/{}", securable.fullName());
    }

    @Override
    public List<String> names(Securable parent, Deadline deadline) {
        String member = switch (parent.type()) {
            case METASTORE -> "catalogs";
            case CATALOG -> "schemas";
            case SCHEMA -> "tables";
            default ->
                throw new LakeportException(
                        CoreError.INVALID_ARGUMENT, "nothing lies in " + parent + "; name a catalog or schema");
        };
        RestPath path = RestPath.of(UNITY + member);
        if (!parent.name().isEmpty()) {
            path = path.with("catalog_name", parent.name().get(0));
        }
        if (parent.name().size() > 1) {
            path = path.with("schema_name", parent.name().get(1)).with("omit_columns", "true");
        }
        return rest
                .list("rest.catalog.list", "listing the " + member + " of " + parent, path, member, deadline)
                .stream()
                .map(info -> info.path("name").asText())
                .toList();
    }

    @Override
    public List<SystemSchema> systemSchemas(Metastore metastore, Deadline deadline) {
        return rest
                .list(
                        "rest.systemschemas",
                        "listing the system schemas",
                        RestPath.of(UNITY + "metastores/{}/systemschemas", metastore.id()),
                        "schemas",
                        deadline)
                .stream()
                .map(info -> new SystemSchema(
                        info.path("schema").asText(), info.path("state").asText()))
                .toList();
    }

    @Override
    public void enableSystemSchema(Metastore metastore, String schema, Deadline deadline) {
        try {
            rest.put(
                    "rest.systemschemas.enable",
                    "enabling schema system." + schema,
                    "PUT",
                    RestPath.of(UNITY + "metastores/{}/systemschemas/{}", metastore.id(), schema),
                    SdkRest.object(),
                    deadline);
        } catch (LakeportException e) {
            // Somebody else was quicker: it is enabled.
            if (e.category() != ErrorCategory.CONFLICT) {
                throw e;
            }
        }
    }
}

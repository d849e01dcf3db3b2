package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** CREATE and DESCRIBE of schemas, and their properties, with what Unity Catalog keeps of them. */
final class SchemaStatements {
    private final SessionCatalog visible;
    private final Metastore metastore;
    private final Governance governance;
    private final Named named;

    SchemaStatements(CommandContext context, Governance governance) {
        this.visible = context.visible();
        this.metastore = context.metastore();
        this.governance = governance;
        this.named = new Named(context, governance);
    }

    Optional<Outcome> run(Words words) {
        if (words.take("CREATE SCHEMA") || words.take("CREATE DATABASE")) {
            return create(words);
        }
        if (words.take("DESCRIBE SCHEMA")
                || words.take("DESC SCHEMA")
                || words.take("DESCRIBE DATABASE")
                || words.take("DESC DATABASE")) {
            boolean extended = words.take("EXTENDED");
            Securable schema = named.of(SecurableType.SCHEMA, words.dotted());
            words.end();
            return Optional.of(
                    new Outcome("DESCRIBE", describe(schema, extended).query()));
        }
        if (words.take("ALTER SCHEMA") || words.take("ALTER DATABASE")) {
            Securable schema = named.of(SecurableType.SCHEMA, words.dotted());
            return words.take("SET DBPROPERTIES") ? Optional.of(properties(schema, words)) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Names made by IDENTIFIER(…) are left to the grammar that knows expressions. */
    private Optional<Outcome> create(Words words) {
        boolean lenient = words.take("IF NOT EXISTS");
        if (words.next("IDENTIFIER (")) {
            return Optional.empty();
        }
        Securable schema = named.of(SecurableType.SCHEMA, words.dotted());
        Clauses clauses = Clauses.read(words);
        if (clauses.location() != null) {
            throw SqlErrors.of(
                    "UC_COMMAND_NOT_SUPPORTED.WITH_RECOMMENDATION",
                    "0A000",
                    "The command(s): CREATE SCHEMA with LOCATION are not supported in Unity Catalog. Please use MANAGED"
                            + " LOCATION instead.");
        }
        Securable catalog = Securable.catalog(schema.name().get(0));
        named.requireExisting(catalog);
        boolean known = metastore.hasSchema(catalog.lastName(), schema.lastName());
        if (!known || !visible.sees(schema)) {
            visible.require(Privilege.USE_CATALOG, catalog);
            visible.require(Privilege.CREATE_SCHEMA, catalog);
        }
        if (known && !lenient) {
            throw SqlErrors.of(
                    "SCHEMA_ALREADY_EXISTS",
                    "42P06",
                    "Cannot create schema " + Identifiers.backticked(schema.name()) + " because it already exists.\n"
                            + "Choose a different name, drop the existing schema, or add the IF NOT EXISTS clause to"
                            + " tolerate pre-existing schema.");
        }
        if (!known) {
            clauses.requireManagedLocation(visible, governance);
            metastore.createSchema(catalog.lastName(), schema.lastName());
            governance.created(schema, visible.user());
            clauses.keep(governance, schema, visible.user());
        }
        return Optional.of(new Outcome("CREATE", null));
    }

    private Listing describe(Securable schema, boolean extended) {
        visible.requireSchema(schema.name().get(0), schema.lastName());
        SecurableInfo info = governance.securables().get(schema);
        String root = info.detail(CatalogStatements.STORAGE_ROOT);
        Listing listing = new Listing()
                .strings("database_description_item", "database_description_value")
                .row(List.of("Catalog Name", schema.name().get(0)))
                .row(List.of("Namespace Name", schema.lastName()))
                .row(List.of("Comment", Optional.ofNullable(info.comment()).orElse("")))
                .row(List.of("Location", root == null ? "" : root))
                .row(List.of("Owner", info.owner()));
        if (extended) {
            String properties = new TreeMap<>(info.properties())
                    .entrySet().stream()
                            .map(e -> "(" + e.getKey() + "," + e.getValue() + ")")
                            .collect(Collectors.joining(", "));
            listing.row(List.of("Properties", properties.isEmpty() ? "" : "(" + properties + ")"));
        }
        return listing;
    }

    private Outcome properties(Securable schema, Words words) {
        Map<String, String> said = Clauses.pairs(words);
        words.end();
        named.requireExisting(schema);
        visible.requireUse(schema);
        visible.requireManage(schema);
        governance.securables().update(schema, visible.user(), i -> {
            Map<String, String> all = new TreeMap<>(i.properties());
            all.putAll(said);
            return i.withProperties(all);
        });
        return new Outcome("ALTER", null);
    }
}

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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE, DROP and DESCRIBE of catalogs. */
final class CatalogStatements {
    /** Detail of a catalog or schema: where its managed tables lie. */
    static final String STORAGE_ROOT = "storage_root";

    private final SessionCatalog visible;
    private final Metastore metastore;
    private final Governance governance;
    private final Named named;

    CatalogStatements(CommandContext context, Governance governance) {
        this.visible = context.visible();
        this.metastore = context.metastore();
        this.governance = governance;
        this.named = new Named(context, governance);
    }

    Optional<Outcome> run(Words words) {
        if (words.next("CREATE FOREIGN CATALOG")) {
            throw SqlErrors.unsupported("foreign catalogs");
        }
        if (words.take("CREATE CATALOG")) {
            create(words);
            return Optional.of(new Outcome("CREATE", null));
        }
        if (words.take("DROP CATALOG")) {
            drop(words);
            return Optional.of(new Outcome("DROP", null));
        }
        if (words.take("DESCRIBE CATALOG") || words.take("DESC CATALOG")) {
            boolean extended = words.take("EXTENDED");
            Securable catalog = named.of(SecurableType.CATALOG, words.dotted());
            words.end();
            return Optional.of(
                    new Outcome("DESCRIBE", describe(catalog, extended).query()));
        }
        return Optional.empty();
    }

    private void create(Words words) {
        boolean lenient = words.take("IF NOT EXISTS");
        Securable catalog = named.of(SecurableType.CATALOG, words.dotted());
        Clauses clauses = Clauses.read(words);
        if (clauses.location() != null) {
            throw SqlErrors.unsupported("CREATE CATALOG with LOCATION instead of MANAGED LOCATION");
        }
        visible.require(Privilege.CREATE_CATALOG, Securable.METASTORE);
        if (metastore.hasCatalog(catalog.lastName())) {
            if (lenient) {
                return;
            }
            throw SqlErrors.of(
                    "CATALOG_ALREADY_EXISTS",
                    "42710",
                    "Cannot create catalog " + Identifiers.backticked(catalog.lastName())
                            + " because it already exists. Choose a different name, drop or replace the existing"
                            + " catalog, or add the IF NOT EXISTS clause.");
        }
        clauses.requireManagedLocation(visible, governance);
        metastore.createCatalog(catalog.lastName(), true);
        governance.created(catalog, visible.user());
        governance.created(Securable.schema(catalog.lastName(), "default"), visible.user());
        clauses.keep(governance, catalog, visible.user());
    }

    private void drop(Words words) {
        boolean lenient = words.take("IF EXISTS");
        Securable catalog = named.of(SecurableType.CATALOG, words.dotted());
        boolean cascade = words.take("CASCADE");
        words.take("RESTRICT");
        words.end();
        if (!metastore.hasCatalog(catalog.lastName())) {
            if (lenient) {
                return;
            }
            throw Named.missing(catalog);
        }
        if (!visible.sees(catalog)) {
            visible.require(Privilege.USE_CATALOG, catalog);
        }
        requireDroppable(catalog);
        visible.requireManage(catalog);
        if (!cascade) {
            requireEmpty(catalog.lastName());
        }
        metastore.dropCatalog(catalog.lastName());
        governance.dropped(catalog);
    }

    private void requireDroppable(Securable catalog) {
        if (catalog.lastName().equals("system")) {
            throw SqlErrors.of(
                    "INSUFFICIENT_PERMISSIONS",
                    "42501",
                    "Insufficient privileges: User does not have MANAGE on " + catalog.described() + ".");
        }
    }

    private void requireEmpty(String catalog) {
        List<String> schemas = metastore.schemas(catalog).stream()
                .filter(s -> !s.equals(Metastore.INFORMATION_SCHEMA))
                .filter(s -> !s.equals("default")
                        || !metastore.tables(catalog, s).isEmpty()
                        || !governance.volumes().list(catalog, s).isEmpty())
                .toList();
        if (!schemas.isEmpty()) {
            throw SqlErrors.of(
                    "CATALOG_NOT_EMPTY",
                    "2BP01",
                    "Catalog '" + catalog + "' is not empty. The catalog has " + schemas.size()
                            + " schema(s). Use DROP CATALOG ... CASCADE to drop the catalog and all its objects.");
        }
    }

    private Listing describe(Securable catalog, boolean extended) {
        named.requireExisting(catalog);
        if (!visible.sees(catalog)) {
            visible.require(Privilege.USE_CATALOG, catalog);
        }
        SecurableInfo info = governance.securables().get(catalog);
        Listing listing = new Listing().strings("info_name", "info_value");
        row(listing, "Catalog Name", catalog.lastName());
        row(listing, "Comment", info.comment() == null ? "" : info.comment());
        row(listing, "Owner", info.owner());
        if (extended) {
            row(listing, "Catalog Type", catalog.lastName().equals("system") ? "System" : "Regular");
            row(listing, "Created By", info.createdBy());
            row(listing, "Created At", Times.text(info.createdAt()));
            row(listing, "Updated By", info.updatedBy());
            row(listing, "Updated At", Times.text(info.updatedAt()));
            row(listing, "Storage Root", info.detail(STORAGE_ROOT) == null ? "" : info.detail(STORAGE_ROOT));
        }
        return listing;
    }

    private static void row(Listing listing, String name, @Nullable String value) {
        listing.row(Arrays.asList(name, value));
    }
}

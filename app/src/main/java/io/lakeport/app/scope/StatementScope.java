package io.lakeport.app.scope;

import io.lakeport.app.scope.SqlTokens.Token;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.query.StatementRequest;
import io.lakeport.core.tenant.AccessProfile;
import io.lakeport.core.tenant.Tenant;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses a statement that names what lies outside a tenant's scope. It reads the text as the workspace would and is
 * the inner of two walls: the outer one is the tenant's own rights in the workspace.
 */
public final class StatementScope {
    private static final Set<String> READS =
            Set.of("SELECT", "WITH", "VALUES", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "TABLE", "FROM", "LIST", "USE");
    private static final Set<String> WRITES = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    private final Tenant tenant;

    /** Creates the check of one tenant. */
    public StatementScope(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * Returns when the tenant may run the statement.
     *
     * @throws LakeportException PERMISSION_DENIED when it names another catalog, hides what it names, or writes
     *     although the tenant may only read
     */
    public void check(StatementRequest request) {
        List<Token> tokens = SqlTokens.of(request.sql());
        if (tenant.scope().access() == AccessProfile.READ) {
            checkReadsOnly(tokens);
        }
        if (!tenant.scope().isConfined()) {
            return;
        }
        Optional<String> catalog = request.catalog().or(tenant::catalog);
        Optional<String> schema = request.schema().or(tenant::schema);
        CatalogNames names = CatalogNames.of(tokens);
        catalog.ifPresent(this::requireCatalog);
        names.catalogs().forEach(this::requireCatalog);
        if (catalog.isEmpty()
                && names.withoutCatalog()
                && !tenant.scope().catalogs().isEmpty()) {
            throw refused(
                    "names a table or schema without its catalog, the tenant has no default catalog, and that of"
                            + " the workspace may be another's; name it as catalog.schema.table, or set the tenant's 'catalog'");
        }
        requireSchemas(names, catalog, schema);
        if (!names.hidden().isEmpty()) {
            throw refused("uses " + names.hidden() + ", which hides what it reads, and the tenant is kept to " + kept()
                    + "; name tables as catalog.schema.table");
        }
        Locations.of(tokens).forEach(this::requirePlace);
    }

    private String kept() {
        return "catalogs " + tenant.scope().catalogs()
                + (tenant.scope().schemas().isEmpty()
                        ? ""
                        : " and schemas " + tenant.scope().schemas());
    }

    private void requireSchemas(CatalogNames names, Optional<String> catalog, Optional<String> schema) {
        if (tenant.scope().schemas().isEmpty()) {
            return;
        }
        schema.ifPresent(name -> requireSchema(catalog.orElse(""), name));
        names.schemas()
                .forEach(
                        named -> requireSchema(named.catalog().or(() -> catalog).orElse(""), named.schema()));
        if (schema.isEmpty() && names.withoutSchema()) {
            throw refused("names a table without its schema, and the tenant is kept to schemas "
                    + tenant.scope().schemas() + " and has no default schema; set the tenant's 'schema'");
        }
    }

    private void requireSchema(String catalog, String schema) {
        if (!tenant.scope().holdsSchema(catalog, schema)) {
            throw refused("names schema '" + schema + "', and the tenant's schemas are "
                    + tenant.scope().schemas());
        }
    }

    /** Files of a volume are as far within the scope as its schema is; other places are below the tenant's prefixes. */
    private void requirePlace(String place) {
        Optional<Locations.VolumePlace> volume = Locations.volume(place);
        if (volume.isPresent()) {
            requireCatalog(volume.get().catalog());
            requireSchema(volume.get().catalog(), volume.get().schema());
            return;
        }
        URI uri;
        try {
            uri = URI.create(place);
        } catch (IllegalArgumentException e) {
            throw refused("names a place that is no URL, and the tenant is kept to " + kept());
        }
        if (uri.getScheme() == null) {
            throw refused("names a path that is in no volume, and the tenant is kept to " + kept()
                    + "; name it as /Volumes/catalog/schema/volume/path");
        }
        URI unused = tenant.scope().requireObjectAccess(tenant.id(), uri);
    }

    /** Names of catalogs do not tell upper from lower case. */
    private void requireCatalog(String catalog) {
        Optional<String> same = tenant.scope().catalogs().stream()
                .filter(catalog::equalsIgnoreCase)
                .findFirst();
        tenant.scope().requireCatalog(tenant.id(), same.orElse(catalog));
    }

    private void checkReadsOnly(List<Token> tokens) {
        Optional<Token> first =
                tokens.stream().filter(token -> !token.isSymbol('(')).findFirst();
        boolean reads =
                first.isPresent() && first.get().kind() == SqlTokens.Kind.WORD && READS.contains(upper(first.get()));
        // A WITH or FROM may lead to a write; it stands outside every parenthesis then.
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.isSymbol('(') ? 1 : token.isSymbol(')') ? -1 : 0;
            boolean write = depth == 0 && token.kind() == SqlTokens.Kind.WORD && WRITES.contains(upper(token));
            reads &= !(write && isStatement(tokens, i));
        }
        if (!reads) {
            String beginning = first.filter(Token::isName).map(Token::text).orElse("");
            throw refused("that begins with '" + beginning + "' is not known to read only, and the tenant's access is"
                    + " read; correct the statement, or set scope.access to write_back if it is meant to write");
        }
    }

    /** A column may be called like a verb: the verb is followed by its target. */
    private static boolean isStatement(List<Token> tokens, int at) {
        if (at + 1 >= tokens.size() || (at > 0 && tokens.get(at - 1).isSymbol('.'))) {
            return false;
        }
        Token next = tokens.get(at + 1);
        return next.isName() && (!next.isWord("FROM") || upper(tokens.get(at)).equals("DELETE"));
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    private LakeportException refused(String why) {
        return new LakeportException(CoreError.OUT_OF_SCOPE, "tenant '" + tenant.id() + "': the statement " + why)
                .with("tenant", tenant.id().value());
    }
}

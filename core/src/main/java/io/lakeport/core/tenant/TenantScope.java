package io.lakeport.core.tenant;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * What a tenant may touch, checked before a port is called and whatever the credential could do.
 *
 * @param catalogs catalogs it may name; empty means every catalog its credential can see
 * @param schemas schemas of those catalogs that it may name, as {@code catalog.schema} or, in every catalog, {@code
 *     schema}; empty means every schema
 * @param objectPrefixes URIs it may write to, each ending in a slash; empty means nowhere
 * @param access whether it may write to the workspace
 */
public record TenantScope(Set<String> catalogs, Set<String> schemas, Set<URI> objectPrefixes, AccessProfile access) {
    public TenantScope {
        catalogs = Set.copyOf(catalogs);
        schemas = Set.copyOf(schemas);
        objectPrefixes = Set.copyOf(objectPrefixes);
        for (URI prefix : objectPrefixes) {
            if (!prefix.toString().endsWith("/")) {
                throw new IllegalArgumentException(
                        "object prefix '" + prefix + "' must end in '/': without it a sibling would match as well");
            }
        }
    }

    /** Creates a scope of catalogs whose schemas are all within it. */
    public TenantScope(Set<String> catalogs, Set<URI> objectPrefixes, AccessProfile access) {
        this(catalogs, Set.of(), objectPrefixes, access);
    }

    Optional<String> onlyCatalog() {
        return catalogs.size() == 1 ? catalogs.stream().findFirst() : Optional.empty();
    }

    Optional<String> onlySchema() {
        return schemas.size() == 1
                ? schemas.stream().findFirst().map(name -> name.substring(name.lastIndexOf('.') + 1))
                : Optional.empty();
    }

    /** Returns whether the scope leaves anything out of the workspace, so that names must be looked at. */
    public boolean isConfined() {
        return !catalogs.isEmpty() || !schemas.isEmpty();
    }

    /**
     * Returns whether the tenant may name a schema; names do not tell upper from lower case.
     *
     * @param catalog of the schema
     */
    public boolean holdsSchema(String catalog, String schema) {
        return schemas.isEmpty()
                || schemas.stream()
                        .anyMatch(own -> own.equalsIgnoreCase(schema) || own.equalsIgnoreCase(catalog + "." + schema));
    }

    /**
     * Returns the location when the tenant may write below it.
     *
     * @throws LakeportException PERMISSION_DENIED when it lies outside every prefix, or could be made to by {@code ..}
     */
    public URI requireObjectAccess(TenantId tenant, URI location) {
        String text = plain(location);
        String folder = text.endsWith("/") ? text : text + "/";
        boolean escapes = location.getRawPath() != null && (location.getPath() + "/").contains("/../");
        for (URI prefix : objectPrefixes) {
            if (!escapes && folder.startsWith(plain(prefix))) {
                return location;
            }
        }
        throw new LakeportException(
                        CoreError.OUT_OF_SCOPE,
                        "tenant '" + tenant + "' may not write to '" + location + "'; its prefixes are "
                                + objectPrefixes
                                + "; add the prefix to the tenant's 'object_prefixes' if it is meant to")
                .with("tenant", tenant.value());
    }

    /** Two spellings of one place, {@code file:/data/} and {@code file:///data/}, are the same to a URI and here too. */
    private static String plain(URI location) {
        return location.toString().replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*):///", "$1:/");
    }

    /**
     * Returns the catalog when the tenant may name it.
     *
     * @throws LakeportException PERMISSION_DENIED when the scope does not hold it
     */
    public String requireCatalog(TenantId tenant, String catalog) {
        if (catalogs.isEmpty() || catalogs.contains(catalog)) {
            return catalog;
        }
        throw new LakeportException(
                        CoreError.OUT_OF_SCOPE,
                        "tenant '" + tenant + "' may not use catalog '" + catalog + "'; its catalogs are " + catalogs)
                .with("tenant", tenant.value());
    }
}

package io.lakeport.core.doctor.data;

import io.lakeport.core.doctor.Cause;
import io.lakeport.core.doctor.Fix;
import io.lakeport.core.doctor.Trouble;
import io.lakeport.core.doctor.Visit;
import io.lakeport.core.doctor.Who;
import java.util.List;

/** What can be wrong between the warehouse and a column. Fixes that depend on names are the checks' own. */
public enum DataCause implements Cause {
    NO_METASTORE(
            Trouble.CONFIGURATION,
            "no Unity Catalog metastore is attached to the workspace, so there are only hive_metastore's tables",
            "attach a metastore to the workspace in the account console, or name tables of hive_metastore",
            Who.ACCOUNT_ADMIN),
    DEFAULT_NAMESPACE_MISSING(
            Trouble.CONFIGURATION,
            "the tenant's default catalog or schema is not there; where the workspace hides names the answer is the same"
                    + " for what this identity may not see",
            "correct 'catalog' and 'schema' of the tenant, or leave them out for the workspace's default",
            Who.HOST),
    TABLE_OUT_OF_SCOPE(
            Trouble.CONFIGURATION,
            "this host itself does not let the tenant read there, whatever the credential could do",
            "add the catalog to 'scope.catalogs' of the tenant",
            Who.HOST),
    CATALOG_NOT_FOUND(
            Trouble.MISSING,
            "there is no such catalog in this metastore; one that may be known of and not used would be refused, not"
                    + " denied to exist, but where the workspace hides names the two cannot be told apart",
            "correct the catalog's name, or let its owner grant USE CATALOG if it is there",
            Who.HOST),
    CATALOG_NOT_BOUND(
            Trouble.RIGHTS,
            "the catalog is there and bound to other workspaces than this one",
            "bind the catalog to this workspace (Catalog Explorer > the catalog > Workspaces)",
            Who.METASTORE_ADMIN + ", or the catalog's owner"),
    SCHEMA_NOT_FOUND(
            Trouble.MISSING,
            "the catalog is there and has no such schema; one that may be known of and not used would be refused instead",
            "correct the schema's name",
            Who.HOST),
    TABLE_NOT_FOUND(
            Trouble.MISSING,
            "the schema is there and has no such table or view; one that may be known of and not read would be refused"
                    + " instead",
            "correct the table's name",
            Who.HOST),
    HIVE_METASTORE_MISSING(
            Trouble.MISSING,
            "the workspace has no legacy Hive metastore (it is off), or the table is not in it",
            "name the table in Unity Catalog, to which it was probably moved, as catalog.schema.table",
            Who.HOST),
    CATALOG_USE_MISSING(Trouble.RIGHTS, "the identity lacks USE CATALOG, without which nothing in it opens"),
    SCHEMA_USE_MISSING(Trouble.RIGHTS, "the identity has the catalog and lacks USE SCHEMA"),
    SELECT_MISSING(Trouble.RIGHTS, "the identity has catalog and schema and lacks SELECT on the table or view"),
    PRIVILEGE_MISSING(Trouble.RIGHTS, "the identity lacks a privilege that the result names"),
    VIEW_OWNER_LACKS_RIGHT(
            Trouble.RIGHTS,
            "the identity may read the view; the view reads with its owner's rights, and its owner lacks one"),
    READ_REFUSED(
            Trouble.MISSING,
            "the table is there and reading it fails; the warehouse's own words are in the result",
            "read the result; it is the warehouse's own message",
            "the owner of the table"),
    COLUMN_NOT_FOUND(
            Trouble.MISSING,
            "the table has no such column: it is misspelt, was renamed, or dropped",
            "correct the column's name, or let the table have it",
            "the owner of the table"),
    NO_ROW_SEEN(
            Trouble.MISSING,
            "the table can be read and gives no row: it is empty, or a row filter leaves nothing for this identity; the"
                    + " two cannot be told apart from here",
            "if the table has rows, look for a row filter (DESCRIBE EXTENDED) and let it pass this identity",
            "the owner of the table"),
    WRITING_IS_SWITCHED_OFF(
            Trouble.CONFIGURATION,
            "this tenant's profile reads only, whatever the credential could do",
            "set 'scope.access' of the tenant to write_back",
            Who.HOST),
    VIEW_CANNOT_BE_WRITTEN(Trouble.MISSING, "rows cannot be written to a view", "name the table to write to", Who.HOST),
    MODIFY_MISSING(Trouble.RIGHTS, "the identity may read the table and lacks MODIFY, without which it cannot write"),
    MODIFY_NOT_KNOWN(
            Trouble.RIGHTS,
            "no MODIFY was granted to the identity itself, and who does not manage the table is not told what its groups"
                    + " have: it may hold it through one of them");

    private final Trouble trouble;
    private final String meaning;
    private final List<Fix> fixes;

    DataCause(Trouble trouble, String meaning) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fixes = List.of(Fix.manual("grant what the result names", "the owner of the object"));
    }

    DataCause(Trouble trouble, String meaning, String fix, String who) {
        this.trouble = trouble;
        this.meaning = meaning;
        this.fixes = List.of(Fix.manual(fix, who));
    }

    @Override
    public Trouble trouble() {
        return trouble;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<Fix> fixes(Visit visit) {
        return fixes;
    }
}

package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.Metastore;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import java.util.ArrayList;
import java.util.List;

/** Finds the objects that statements name. */
final class Named {
    private final CommandContext context;
    private final Governance governance;

    Named(CommandContext context, Governance governance) {
        this.context = context;
        this.governance = governance;
    }

    /** Reads a type and a name, such as {@code SCHEMA main.default}; without a type it is a table. */
    Securable read(Words words) {
        SecurableType type = type(words);
        if (type == SecurableType.METASTORE) {
            return Securable.METASTORE;
        }
        if (type == SecurableType.CATALOG && follows(words)) {
            return Securable.catalog(context.catalog());
        }
        if (type == SecurableType.SCHEMA && follows(words)) {
            return Securable.schema(context.catalog(), context.schema());
        }
        return of(type, words.dotted());
    }

    private static boolean follows(Words words) {
        return words.atEnd() || words.next("TO") || words.next("FROM");
    }

    /** Reads the type of an object. */
    static SecurableType type(Words words) {
        if (words.take("CATALOG")) {
            return SecurableType.CATALOG;
        }
        if (words.take("SCHEMA") || words.take("DATABASE")) {
            return SecurableType.SCHEMA;
        }
        if (words.take("METASTORE")) {
            return SecurableType.METASTORE;
        }
        if (words.take("VOLUME")) {
            return SecurableType.VOLUME;
        }
        if (words.take("FUNCTION") || words.take("PROCEDURE")) {
            return SecurableType.FUNCTION;
        }
        if (words.take("EXTERNAL LOCATION")) {
            return SecurableType.EXTERNAL_LOCATION;
        }
        if (words.take("STORAGE CREDENTIAL")) {
            return SecurableType.STORAGE_CREDENTIAL;
        }
        refuse(words);
        if (!words.take("MATERIALIZED VIEW") && !words.take("VIEW")) {
            words.take("TABLE");
        }
        return SecurableType.TABLE;
    }

    private static void refuse(Words words) {
        for (String other : List.of("SHARE", "CONNECTION", "CLEAN ROOM", "RECIPIENT", "PROVIDER", "CREDENTIAL")) {
            if (words.next(other)) {
                throw SqlErrors.unsupported("privileges on a " + other);
            }
        }
        if (words.next("ANY FILE") || words.next("ANONYMOUS FUNCTION")) {
            throw SqlErrors.of(
                    "UC_COMMAND_NOT_SUPPORTED.WITHOUT_RECOMMENDATION",
                    "0A000",
                    "The command(s): privileges on " + words.until() + " are not supported in Unity Catalog.");
        }
    }

    /** Returns the object of a type by the name that was written, completed with the current catalog and schema. */
    Securable of(SecurableType type, List<String> written) {
        List<String> name = new ArrayList<>(written);
        if (type.levels() == 3) {
            name = new ArrayList<>(context.tables().complete(written));
        } else if (type == SecurableType.SCHEMA && name.size() == 1) {
            name.add(0, context.catalog());
        }
        if (name.size() != type.levels()) {
            throw SqlErrors.of(
                    "PARSE_SYNTAX_ERROR",
                    "42601",
                    "Syntax error at or near '" + String.join(".", written) + "': a " + type.word() + " has a name of "
                            + type.levels() + " levels.");
        }
        return new Securable(type, name);
    }

    /** Fails unless the object is there. */
    void requireExisting(Securable s) {
        if (!exists(s)) {
            throw missing(s);
        }
    }

    /** Whether the object is there. */
    boolean exists(Securable s) {
        Metastore metastore = context.metastore();
        SessionCatalog visible = context.visible();
        return switch (s.type()) {
            case METASTORE -> true;
            case CATALOG -> metastore.hasCatalog(s.lastName());
            case SCHEMA -> visible.hasSchema(s.name().get(0), s.lastName());
            case TABLE -> information(s) || metastore.find(s.name()).isPresent();
            case FUNCTION, VOLUME, EXTERNAL_LOCATION, STORAGE_CREDENTIAL ->
                governance.securables().find(s).isPresent();
        };
    }

    private static boolean information(Securable s) {
        return s.name().get(1).equals(Metastore.INFORMATION_SCHEMA);
    }

    /** Returns the failure for an object that is not there. */
    static RuntimeException missing(Securable s) {
        return switch (s.type()) {
            case CATALOG -> SqlErrors.catalogNotFound(s.lastName());
            case SCHEMA -> SqlErrors.schemaNotFound(s.name());
            case TABLE -> SqlErrors.tableNotFound(s.name());
            case FUNCTION ->
                SqlErrors.of(
                        "ROUTINE_NOT_FOUND",
                        "42883",
                        "The routine " + s.fullName() + " cannot be found. Verify the spelling and correctness of the"
                                + " schema and catalog.");
            default -> SqlErrors.of(s.type() + "_DOES_NOT_EXIST", "42704", s.described() + " does not exist.");
        };
    }
}

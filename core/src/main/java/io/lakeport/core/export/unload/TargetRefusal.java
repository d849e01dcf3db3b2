package io.lakeport.core.export.unload;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.sql.Identifier;
import io.lakeport.core.tenant.Tenant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A workspace's answer that it may not use a target, read for what is missing there, and how that is given. Places are
 * governed by external locations and volumes (Databricks, "Unity Catalog privileges and securable objects").
 *
 * @param missing what is missing, a part of a sentence
 * @param remedy the SQL that gives it; names in angle brackets are for the reader to fill in
 */
public record TargetRefusal(String missing, String remedy) {
    private static final Pattern LACKS = Pattern.compile(
            "does not have (?<privilege>(?:READ|WRITE) (?:FILES|VOLUME)) on (?<kind>External Location|Volume)"
                    + " '(?<name>[^']+)'",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NO_LOCATION =
            Pattern.compile("NO_PARENT_EXTERNAL_LOCATION|no parent external location", Pattern.CASE_INSENSITIVE);

    /** Reads a statement's error; empty when it says something else. */
    public static Optional<TargetRefusal> of(LakeportException e, ExportRequest request, Tenant tenant) {
        String principal = Optional.ofNullable(tenant.identity().properties().get("client_id"))
                .map(id -> Identifier.of(id).quoted())
                .orElse("<principal>");
        Matcher lacks = LACKS.matcher(e.getMessage());
        if (lacks.find()) {
            return Optional.of(lacking(lacks, principal));
        }
        return NO_LOCATION.matcher(e.getMessage()).find()
                ? Optional.of(new TargetRefusal(
                        "no external location covers it",
                        "CREATE EXTERNAL LOCATION <location> URL '" + request.target()
                                + "' WITH (STORAGE CREDENTIAL <credential>); GRANT READ FILES, WRITE FILES ON EXTERNAL"
                                + " LOCATION <location> TO " + principal))
                : Optional.empty();
    }

    private static TargetRefusal lacking(Matcher lacks, String principal) {
        String privilege = lacks.group("privilege").toUpperCase(Locale.ROOT);
        String kind = lacks.group("kind").toUpperCase(Locale.ROOT);
        boolean levels = kind.equals("VOLUME");
        String name = Arrays.stream(levels ? lacks.group("name").split("\\.") : new String[] {lacks.group("name")})
                .map(level -> Identifier.of(level).quoted())
                .collect(Collectors.joining("."));
        return new TargetRefusal(
                privilege + " on " + kind.toLowerCase(Locale.ROOT) + " " + name + " is missing",
                "GRANT " + privilege + " ON " + kind + " " + name + " TO " + principal);
    }

    /** Returns both as one text for a person. */
    public String advice() {
        return missing + "; to mend it: " + remedy;
    }

    /** Returns the error of an export that the warehouse was to write there. */
    LakeportException error(LakeportException cause, ExportRequest request) {
        LakeportException error = new LakeportException(
                CoreError.TARGET_NOT_WRITABLE,
                "the warehouse may not write to '" + request.target() + "': " + advice()
                        + "; or export with engine stream",
                cause);
        String id = cause.context().get("statement_id");
        return id == null ? error : error.with("statement_id", id);
    }
}

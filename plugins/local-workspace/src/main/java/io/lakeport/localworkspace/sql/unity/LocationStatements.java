package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Patterns;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.ExternalStorage;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER, DROP, DESCRIBE and SHOW of external locations and storage credentials. */
final class LocationStatements {
    private final SessionCatalog visible;
    private final Governance governance;
    private final ExternalStorage storage;
    private final Named named;

    LocationStatements(CommandContext context, Governance governance) {
        this.visible = context.visible();
        this.governance = governance;
        this.storage = governance.storage();
        this.named = new Named(context, governance);
    }

    Optional<Outcome> run(Words words) {
        if (words.next("CREATE STORAGE CREDENTIAL")) {
            throw SqlErrors.of(
                    "PARSE_SYNTAX_ERROR",
                    "42601",
                    "Syntax error at or near 'STORAGE'. Storage credentials are created through the REST API.");
        }
        if (words.take("CREATE EXTERNAL LOCATION")) {
            create(words);
            return Optional.of(new Outcome("CREATE", null));
        }
        for (SecurableType type :
                new SecurableType[] {SecurableType.EXTERNAL_LOCATION, SecurableType.STORAGE_CREDENTIAL}) {
            String name = type.name().replace('_', ' ');
            if (words.take("DROP " + name)) {
                drop(type, words);
                return Optional.of(new Outcome("DROP", null));
            }
            if (words.take("ALTER " + name)) {
                alter(named.of(type, words.dotted()), words);
                return Optional.of(new Outcome("ALTER", null));
            }
            if (words.take("DESCRIBE " + name) || words.take("DESC " + name)) {
                Securable securable = named.of(type, words.dotted());
                words.end();
                return Optional.of(new Outcome("DESCRIBE", describe(securable).query()));
            }
            if (words.take("SHOW " + name + "S")) {
                return Optional.of(new Outcome("SHOW", show(type, words).query()));
            }
        }
        return Optional.empty();
    }

    private void create(Words words) {
        boolean lenient = words.take("IF NOT EXISTS");
        Securable location = named.of(SecurableType.EXTERNAL_LOCATION, words.dotted());
        words.expect("URL");
        String url = words.text();
        words.expect("WITH (");
        words.take("STORAGE");
        words.expect("CREDENTIAL");
        String credential = words.name();
        words.expect(")");
        @Nullable String comment = words.textAfter("COMMENT").orElse(null);
        words.end();
        visible.require(Privilege.CREATE_EXTERNAL_LOCATION, Securable.METASTORE);
        named.requireExisting(ExternalStorage.credential(credential));
        visible.require(Privilege.CREATE_EXTERNAL_LOCATION, ExternalStorage.credential(credential));
        if (lenient && named.exists(location)) {
            return;
        }
        Refusals.get(() -> storage.createLocation(location.lastName(), visible.user(), url, credential, false));
        if (comment != null) {
            governance.securables().update(location, visible.user(), i -> i.withComment(comment));
        }
    }

    private void drop(SecurableType type, Words words) {
        boolean lenient = words.take("IF EXISTS");
        Securable securable = named.of(type, words.dotted());
        boolean force = words.take("FORCE");
        words.end();
        if (lenient && !named.exists(securable)) {
            return;
        }
        named.requireExisting(securable);
        visible.requireManage(securable);
        Refusals.of(() -> storage.drop(securable, force));
    }

    private void alter(Securable securable, Words words) {
        named.requireExisting(securable);
        visible.requireManage(securable);
        String name = securable.lastName();
        boolean location = securable.type() == SecurableType.EXTERNAL_LOCATION;
        if (words.take("RENAME TO")) {
            Securable to = named.of(securable.type(), words.dotted());
            words.end();
            Refusals.of(() -> storage.rename(securable, to));
        } else if (location && words.take("SET URL")) {
            String url = words.text();
            words.take("FORCE");
            words.end();
            Refusals.get(() -> storage.moveLocation(name, visible.user(), url));
        } else if (location && words.take("SET STORAGE CREDENTIAL")) {
            String credential = words.name();
            words.end();
            visible.require(Privilege.CREATE_EXTERNAL_LOCATION, ExternalStorage.credential(credential));
            Refusals.get(() -> storage.reassignLocation(name, visible.user(), credential));
        } else {
            throw words.unexpected();
        }
    }

    private Listing describe(Securable securable) {
        named.requireExisting(securable);
        if (!visible.sees(securable)) {
            visible.require(Privilege.BROWSE, securable);
        }
        SecurableInfo i = governance.securables().get(securable);
        if (securable.type() == SecurableType.STORAGE_CREDENTIAL) {
            return new Listing()
                    .strings("name", "credential", "owner", "created_at", "created_by", "comment")
                    .row(Arrays.asList(
                            securable.lastName(),
                            i.detail(ExternalStorage.IDENTITY),
                            i.owner(),
                            Times.text(i.createdAt()),
                            i.createdBy(),
                            i.comment()));
        }
        return new Listing()
                .strings("name", "url", "credential_name", "read_only", "owner", "created_by", "created_at", "comment")
                .row(Arrays.asList(
                        securable.lastName(),
                        i.detail(ExternalStorage.URL),
                        i.detail(ExternalStorage.CREDENTIAL),
                        i.detail(ExternalStorage.READ_ONLY),
                        i.owner(),
                        i.createdBy(),
                        Times.text(i.createdAt()),
                        i.comment()));
    }

    private Listing show(SecurableType type, Words words) {
        @Nullable String pattern = words.textAfter("LIKE").orElse(null);
        words.end();
        boolean location = type == SecurableType.EXTERNAL_LOCATION;
        Listing listing =
                location ? new Listing().strings("name", "url", "comment") : new Listing().strings("name", "comment");
        for (SecurableInfo i : governance.securables().all(type)) {
            String name = i.securable().lastName();
            if (Patterns.matches(pattern, name) && visible.sees(i.securable())) {
                listing.row(
                        location
                                ? Arrays.asList(name, i.detail(ExternalStorage.URL), i.comment())
                                : Arrays.asList(name, i.comment()));
            }
        }
        return listing;
    }
}

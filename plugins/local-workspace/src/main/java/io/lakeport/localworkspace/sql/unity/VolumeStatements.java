package io.lakeport.localworkspace.sql.unity;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Patterns;
import io.lakeport.localworkspace.catalog.SessionCatalog;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableInfo;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.governance.Volume;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.command.CommandContext;
import io.lakeport.localworkspace.sql.command.Outcome;
import io.lakeport.localworkspace.sql.type.SqlType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER, DROP, DESCRIBE and SHOW of volumes. */
final class VolumeStatements {
    private final CommandContext context;
    private final SessionCatalog visible;
    private final Governance governance;
    private final Named named;

    VolumeStatements(CommandContext context, Governance governance) {
        this.context = context;
        this.visible = context.visible();
        this.governance = governance;
        this.named = new Named(context, governance);
    }

    Optional<Outcome> run(Words words) {
        if (words.take("CREATE VOLUME")) {
            return Optional.of(create(words, false));
        }
        if (words.take("CREATE EXTERNAL VOLUME")) {
            return Optional.of(create(words, true));
        }
        if (words.take("DROP VOLUME")) {
            return Optional.of(drop(words));
        }
        if (words.take("ALTER VOLUME")) {
            return Optional.of(rename(words));
        }
        if (words.take("DESCRIBE VOLUME") || words.take("DESC VOLUME")) {
            Securable volume = named.of(SecurableType.VOLUME, words.dotted());
            words.end();
            return Optional.of(new Outcome("DESCRIBE", describe(volume).query()));
        }
        return words.take("SHOW VOLUMES")
                ? Optional.of(new Outcome("SHOW", show(words).query()))
                : Optional.empty();
    }

    private Outcome create(Words words, boolean external) {
        boolean lenient = words.take("IF NOT EXISTS");
        Securable volume = named.of(SecurableType.VOLUME, words.dotted());
        @Nullable String comment = words.textAfter("COMMENT").orElse(null);
        @Nullable String location = words.textAfter("LOCATION").orElse(null);
        comment = comment == null ? words.textAfter("COMMENT").orElse(null) : comment;
        words.end();
        if (external == (location == null)) {
            throw SqlErrors.of(
                    "PARSE_SYNTAX_ERROR",
                    "42601",
                    "Syntax error at or near 'VOLUME': an external volume, and only that, has a LOCATION.");
        }
        Securable schema = Securable.schema(volume.name().get(0), volume.name().get(1));
        named.requireExisting(schema);
        boolean known = named.exists(volume);
        if (!known || !visible.sees(volume)) {
            visible.require(Privilege.CREATE_VOLUME, schema);
        }
        if (known && !lenient) {
            throw SqlErrors.of("VOLUME_ALREADY_EXISTS", "42000", volume.described() + " already exists.");
        }
        if (!known) {
            create(volume, location, comment);
        }
        return new Outcome("CREATE", null);
    }

    private void create(Securable volume, @Nullable String location, @Nullable String comment) {
        if (location == null) {
            governance.volumes().createManaged(volume.name(), visible.user());
        } else {
            if (!context.files().isOpenMount(visible.user(), location)) {
                Locations.requireCreate(visible, governance, Privilege.CREATE_EXTERNAL_VOLUME, location);
            }
            governance.volumes().createExternal(volume.name(), visible.user(), location);
        }
        if (comment != null) {
            governance.securables().update(volume, visible.user(), i -> i.withComment(comment));
        }
    }

    private Outcome drop(Words words) {
        boolean lenient = words.take("IF EXISTS");
        Securable volume = named.of(SecurableType.VOLUME, words.dotted());
        words.end();
        if (named.exists(volume)) {
            visible.requireUse(volume);
            visible.requireManage(volume);
            governance.volumes().drop(volume.name()).ifPresent(context.files()::forget);
        } else if (!lenient) {
            throw Named.missing(volume);
        }
        return new Outcome("DROP", null);
    }

    private Outcome rename(Words words) {
        Securable from = named.of(SecurableType.VOLUME, words.dotted());
        words.expect("RENAME TO");
        List<String> written = words.dotted();
        words.end();
        named.requireExisting(from);
        visible.requireUse(from);
        visible.requireManage(from);
        Securable to = written.size() == 1
                ? Securable.of(
                        SecurableType.VOLUME, from.name().get(0), from.name().get(1), written.get(0))
                : named.of(SecurableType.VOLUME, written);
        if (named.exists(to)) {
            throw SqlErrors.of("VOLUME_ALREADY_EXISTS", "42000", to.described() + " already exists.");
        }
        governance.renamed(from, to);
        return new Outcome("ALTER", null);
    }

    private Listing describe(Securable volume) {
        named.requireExisting(volume);
        if (!visible.sees(volume)) {
            visible.require(Privilege.READ_VOLUME, volume);
        }
        Volume v = governance.volumes().find(volume.name()).orElseThrow(() -> Named.missing(volume));
        SecurableInfo info = governance.securables().get(volume);
        return new Listing()
                .strings("name", "catalog", "database", "owner", "storageLocation")
                .column("createdAt", SqlType.TIMESTAMP)
                .strings("createdBy")
                .column("updatedAt", SqlType.TIMESTAMP)
                .strings("updatedBy", "volumeType", "comment", "securableType", "securableKind")
                .row(Arrays.asList(
                        volume.lastName(),
                        volume.name().get(0),
                        volume.name().get(1),
                        info.owner(),
                        v.storageLocation(),
                        Times.sql(info.createdAt()),
                        info.createdBy(),
                        Times.sql(info.updatedAt()),
                        info.updatedBy(),
                        v.external() ? "EXTERNAL" : "MANAGED",
                        v.comment(),
                        "VOLUME",
                        v.external() ? "VOLUME_EXTERNAL" : "VOLUME_STANDARD"));
    }

    private Listing show(Words words) {
        List<String> in = words.take("IN") || words.take("FROM") ? words.dotted() : List.of(context.schema());
        String catalog = (in.size() > 1 ? in.get(0) : context.catalog()).toLowerCase(Locale.ROOT);
        String schema = in.get(in.size() - 1).toLowerCase(Locale.ROOT);
        @Nullable String pattern = words.textAfter("LIKE").orElseGet(() -> words.atEnd() ? null : words.text());
        words.end();
        visible.requireSchema(catalog, schema);
        Listing listing = new Listing().strings("database", "volume_name");
        governance.volumes().list(catalog, schema).stream()
                .filter(v -> visible.sees(v.securable()))
                .map(v -> v.name().get(2))
                .filter(v -> Patterns.matches(pattern, v))
                .forEach(v -> listing.row(List.of(schema, v)));
        return listing;
    }
}

package io.lakeport.localworkspace.sql.command;

import io.lakeport.localworkspace.catalog.Listing;
import io.lakeport.localworkspace.catalog.Patterns;
import io.lakeport.localworkspace.file.Intent;
import io.lakeport.localworkspace.governance.Actor;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.Privilege;
import io.lakeport.localworkspace.governance.Securable;
import io.lakeport.localworkspace.governance.SecurableType;
import io.lakeport.localworkspace.governance.Volume;
import io.lakeport.localworkspace.governance.Volumes;
import io.lakeport.localworkspace.sql.SqlErrors;
import io.lakeport.localworkspace.sql.parse.Tokens;
import io.lakeport.localworkspace.sql.type.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CREATE, DROP, ALTER, SHOW, DESCRIBE and COMMENT ON of volumes. */
final class VolumeCommands {
    private final CommandContext context;

    VolumeCommands(CommandContext context) {
        this.context = context;
    }

    private Governance governance() {
        return context.files().governance();
    }

    private Volumes volumes() {
        return governance().volumes();
    }

    private Actor actor() {
        return governance().actor(context.user());
    }

    /** Runs the statement if it is about volumes. */
    Optional<Outcome> run(Tokens tokens) {
        if (tokens.take("CREATE", "EXTERNAL", "VOLUME")) {
            return Optional.of(create(tokens, true));
        }
        if (tokens.take("CREATE", "VOLUME")) {
            return Optional.of(create(tokens, false));
        }
        if (tokens.take("DROP", "VOLUME")) {
            return Optional.of(drop(tokens));
        }
        if (tokens.take("ALTER", "VOLUME")) {
            return Optional.of(alter(tokens));
        }
        if (tokens.take("SHOW", "VOLUMES")) {
            return Optional.of(show(tokens));
        }
        if (tokens.take("DESCRIBE", "VOLUME") || tokens.take("DESC", "VOLUME")) {
            return Optional.of(describe(tokens));
        }
        return tokens.take("COMMENT", "ON", "VOLUME") ? Optional.of(comment(tokens)) : Optional.empty();
    }

    private List<String> name(Tokens tokens) {
        List<String> name = context.tables().complete(tokens.name());
        context.metastore().requireSchema(name.get(0), name.get(1));
        return name;
    }

    private Volume find(List<String> name) {
        return volumes().find(name).orElseThrow(() -> FileErrors.noVolume(name));
    }

    private Outcome create(Tokens tokens, boolean external) {
        boolean lenient = tokens.take("IF", "NOT", "EXISTS");
        List<String> name = name(tokens);
        Optional<String> location = Optional.empty();
        Optional<String> comment = Optional.empty();
        while (!tokens.atEnd()) {
            if (external && tokens.take("LOCATION")) {
                location = Optional.of(tokens.string());
            } else {
                tokens.expect("COMMENT");
                comment = Optional.of(tokens.string());
            }
        }
        if (external && location.isEmpty()) {
            throw tokens.error();
        }
        governance().access().require(actor(), Privilege.CREATE_VOLUME, Securable.schema(name.get(0), name.get(1)));
        if (volumes().find(name).isEmpty()) {
            create(name, location, comment);
        } else if (!lenient) {
            throw SqlErrors.of(
                    "VOLUME_ALREADY_EXISTS",
                    "42000",
                    "Cannot create volume " + Identifiers.backticked(name) + " because it already exists.\nChoose a "
                            + "different name, drop or replace the existing object, or add the IF NOT EXISTS clause to "
                            + "tolerate pre-existing objects.");
        }
        return Outcome.none("CREATE");
    }

    private void create(List<String> name, Optional<String> location, Optional<String> comment) {
        if (location.isPresent()) {
            // Fails where no location covers it.
            context.files().place(context.user(), location.get(), Intent.WRITE).find();
            volumes().createExternal(name, context.user(), location.get());
        } else {
            volumes().createManaged(name, context.user());
        }
        comment.ifPresent(text -> describe(name, text));
    }

    private Outcome drop(Tokens tokens) {
        boolean lenient = tokens.take("IF", "EXISTS");
        List<String> name = name(tokens);
        tokens.end();
        if (!lenient || volumes().find(name).isPresent()) {
            governance().access().requireManage(actor(), find(name).securable());
        }
        volumes().drop(name).ifPresent(context.files()::forget);
        return Outcome.none("DROP");
    }

    private Outcome alter(Tokens tokens) {
        List<String> name = name(tokens);
        Securable volume = find(name).securable();
        governance().access().requireManage(actor(), volume);
        if (tokens.take("RENAME", "TO")) {
            List<String> written = tokens.name();
            List<String> other = new ArrayList<>(name.subList(0, 3 - Math.min(3, written.size())));
            written.forEach(part -> other.add(part.toLowerCase(Locale.ROOT)));
            tokens.end();
            governance().renamed(volume, new Securable(SecurableType.VOLUME, other));
        } else {
            tokens.take("SET");
            tokens.expect("OWNER", "TO");
            String owner = tokens.part();
            tokens.end();
            governance().give(volume, owner, context.user());
        }
        return Outcome.none("ALTER");
    }

    private Outcome comment(Tokens tokens) {
        List<String> name = name(tokens);
        governance().access().requireManage(actor(), find(name).securable());
        tokens.expect("IS");
        String text = tokens.take("NULL") ? null : tokens.string();
        tokens.end();
        describe(name, text);
        return Outcome.none("ALTER");
    }

    private void describe(List<String> name, @Nullable String text) {
        governance().securables().update(find(name).securable(), context.user(), i -> i.withComment(text));
    }

    private Outcome show(Tokens tokens) {
        List<String> schema = List.of(context.catalog(), context.schema());
        if (tokens.take("IN") || tokens.take("FROM")) {
            List<String> written = tokens.name();
            schema = written.size() == 1 ? List.of(context.catalog(), written.get(0)) : written;
        }
        tokens.take("LIKE");
        String pattern = tokens.takeString().orElse(null);
        tokens.end();
        context.metastore().requireSchema(schema.get(0), schema.get(1));
        Listing listing = new Listing().strings("database", "volume_name");
        volumes().list(schema.get(0), schema.get(1)).stream()
                .filter(v -> Patterns.matches(pattern, v.name().get(2)))
                .filter(v -> governance().access().sees(actor(), v.securable()))
                .forEach(v -> listing.row(List.of(v.name().get(1), v.name().get(2))));
        return Outcome.rows("SHOW", listing);
    }

    private Outcome describe(Tokens tokens) {
        Volume v = find(name(tokens));
        tokens.end();
        Listing listing = new Listing()
                .strings("name", "catalog", "database", "owner", "storageLocation", "volumeType", "comment")
                .row(Arrays.asList(
                        v.name().get(2),
                        v.name().get(0),
                        v.name().get(1),
                        v.owner(),
                        v.storageLocation(),
                        v.external() ? "EXTERNAL" : "MANAGED",
                        v.comment()));
        return Outcome.rows("DESCRIBE", listing);
    }
}

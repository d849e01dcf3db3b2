package io.lakeport.localworkspace.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakeport.localworkspace.directory.Assignment;
import io.lakeport.localworkspace.directory.Directory;
import io.lakeport.localworkspace.directory.DirectoryEntry;
import io.lakeport.localworkspace.directory.DuplicateEntryException;
import io.lakeport.localworkspace.directory.Level;
import io.lakeport.localworkspace.http.Exchange;
import io.lakeport.localworkspace.http.Json;
import io.lakeport.localworkspace.http.PathValues;
import io.lakeport.localworkspace.http.Router;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * SCIM for users, groups and service principals, of the workspace or of the account. The workspace's shows who is
 * assigned to it, assigns whom it creates, and takes out whom it deletes; the account's creates and deletes for good.
 */
public final class ScimRoutes {
    private static final String WORKSPACE = "/api/2.0/preview/scim/v2/";
    private static final String ACCOUNT = "/api/2.0/accounts/{account}/scim/v2/";

    private final Callers callers;
    private final boolean account;
    private final ScimReader reader;
    private final ScimWriter writer;

    /**
     * Creates the routes.
     *
     * @param account whether these are the account's
     */
    public ScimRoutes(Callers callers, boolean account) {
        this.callers = callers;
        this.account = account;
        this.reader = new ScimReader(callers.directory(), account);
        this.writer = new ScimWriter(callers.directory(), account);
    }

    /** Adds the routes. */
    public void addTo(Router router) {
        if (!account) {
            router.add("GET", WORKSPACE + "Me", (exchange, path) -> {
                long id = callers.any(exchange).id();
                DirectoryEntry me = callers.directory().find(id).orElseThrow(() -> notFound(ScimKind.USER, "" + id));
                Json.respond(exchange, 200, writer.me(me));
            });
        }
        for (ScimKind kind : ScimKind.values()) {
            String all = (account ? ACCOUNT : WORKSPACE) + kind.path();
            String one = all + "/{id}";
            router.add("GET", all, ScimException.answering((exchange, path) -> list(exchange, path, kind)));
            router.add("POST", all, ScimException.answering((exchange, path) -> create(exchange, path, kind)));
            router.add("GET", one, ScimException.answering((exchange, path) -> get(exchange, path, kind)));
            router.add("PUT", one, ScimException.answering((exchange, path) -> put(exchange, path, kind)));
            router.add("PATCH", one, ScimException.answering((exchange, path) -> patch(exchange, path, kind)));
            router.add("DELETE", one, ScimException.answering((exchange, path) -> delete(exchange, path, kind)));
        }
    }

    private void requireReader(Exchange exchange, PathValues path) {
        if (account) {
            callers.accountAdmin(exchange, path);
        } else {
            callers.any(exchange);
        }
    }

    private void requireWriter(Exchange exchange, PathValues path) {
        if (account) {
            callers.accountAdmin(exchange, path);
        } else {
            callers.workspaceAdmin(exchange);
        }
    }

    private boolean isShown(DirectoryEntry entry) {
        return account
                ? entry.level() == Level.ACCOUNT
                : callers.directory().inWorkspace(entry) && !entry.name().equals(Directory.ACCOUNT_USERS);
    }

    private void list(Exchange exchange, PathValues path, ScimKind kind) throws IOException {
        requireReader(exchange, path);
        List<ObjectNode> resources = callers.directory().all().stream()
                .filter(entry -> entry.kind() == kind.principal() && isShown(entry))
                .map(writer::write)
                .toList();
        Json.respond(exchange, 200, ScimList.of(exchange, resources));
    }

    private void get(Exchange exchange, PathValues path, ScimKind kind) throws IOException {
        requireReader(exchange, path);
        Json.respond(exchange, 200, ScimList.shown(exchange, writer.write(find(path, kind))));
    }

    private DirectoryEntry find(PathValues path, ScimKind kind) {
        return ScimReader.number(path.get("id"))
                .flatMap(callers.directory()::find)
                .filter(entry -> entry.kind() == kind.principal() && isShown(entry))
                .orElseThrow(() -> notFound(kind, path.get("id")));
    }

    private static ScimException notFound(ScimKind kind, String id) {
        return ScimException.notFound(kind.schema(), id);
    }

    private void create(Exchange exchange, PathValues path, ScimKind kind) throws IOException {
        requireWriter(exchange, path);
        JsonNode resource = Json.readObject(exchange);
        DirectoryEntry wanted = reader.create(kind, resource);
        if (!account) {
            wanted = inWorkspace(wanted);
        }
        Optional<DirectoryEntry> known = callers.directory().find(kind.principal(), wanted.name());
        if (known.isPresent() && !account && !callers.directory().inWorkspace(known.get())) {
            DirectoryEntry assigned = changed(
                    known.get(),
                    known.get().toBuilder()
                            .assignment(Optional.of(Assignment.USER))
                            .entitlements(wanted.entitlements())
                            .build());
            Json.respond(exchange, 201, writer.write(assigned));
            return;
        }
        try {
            DirectoryEntry created = callers.directory().add(wanted);
            join(created, resource);
            Json.respond(exchange, 201, writer.write(created));
        } catch (DuplicateEntryException e) {
            throw new ScimException(
                    409, "uniqueness", kind.schema() + " with name " + wanted.name() + " already exists.");
        }
    }

    private static DirectoryEntry inWorkspace(DirectoryEntry entry) {
        return entry.isGroup()
                ? entry.toBuilder().level(Level.WORKSPACE).build()
                : entry.toBuilder().assignment(Optional.of(Assignment.USER)).build();
    }

    /** A new user or service principal may name the groups that it joins. */
    private void join(DirectoryEntry created, JsonNode resource) {
        for (JsonNode element : created.isGroup() ? Json.object() : resource.path("groups")) {
            ScimReader.number(element.path("value").asText())
                    .ifPresent(id -> callers.directory().update(id, group -> {
                        Set<Long> members = new LinkedHashSet<>(group.members());
                        members.add(created.id());
                        return group.toBuilder().members(members).build();
                    }));
        }
    }

    private void put(Exchange exchange, PathValues path, ScimKind kind) throws IOException {
        requireWriter(exchange, path);
        DirectoryEntry entry = find(path, kind);
        replace(entry, Json.readObject(exchange));
        Json.respond(exchange, 200, writer.write(find(path, kind)));
    }

    private void patch(Exchange exchange, PathValues path, ScimKind kind) throws IOException {
        requireWriter(exchange, path);
        DirectoryEntry entry = find(path, kind);
        ObjectNode resource = writer.write(entry);
        ScimPatch.apply(resource, Json.readObject(exchange));
        replace(entry, resource);
        Json.respond(exchange, 200, writer.write(find(path, kind)));
    }

    private void replace(DirectoryEntry entry, JsonNode resource) {
        DirectoryEntry read = reader.replace(entry, resource);
        if (Directory.isBuiltIn(entry)) {
            replaceBuiltIn(entry, read);
        } else if (!account && entry.isGroup() && entry.level() == Level.ACCOUNT) {
            replaceEntitlements(entry, read);
        } else {
            changed(entry, read);
        }
    }

    /** A group of the account is the account's to change, but for what it is entitled to here. */
    private void replaceEntitlements(DirectoryEntry group, DirectoryEntry read) {
        if (!read.members().equals(group.members()) || !read.name().equals(group.name())) {
            throw ScimException.invalid(
                    "Group " + group.name() + " is a group of the account and cannot be changed from the workspace.");
        }
        changed(group, group.toBuilder().entitlements(read.entitlements()).build());
    }

    private DirectoryEntry changed(DirectoryEntry entry, DirectoryEntry changed) {
        try {
            return callers.directory().update(entry.id(), old -> changed).orElse(changed);
        } catch (DuplicateEntryException e) {
            throw new ScimException(409, "uniqueness", String.valueOf(e.getMessage()));
        }
    }

    /** Who is in admins is kept with the members; who is in the other built-in groups follows from the assignments. */
    private void replaceBuiltIn(DirectoryEntry group, DirectoryEntry read) {
        Directory directory = callers.directory();
        Set<Long> before = new LinkedHashSet<>();
        directory.membersOf(group).forEach(member -> before.add(member.id()));
        boolean moved = !before.equals(read.members());
        if (!read.name().equals(group.name()) || (moved && !group.name().equals(Directory.ADMINS))) {
            throw ScimException.invalid("The system group " + group.name() + " cannot be changed so.");
        }
        changed(group, group.toBuilder().entitlements(read.entitlements()).build());
        if (group.name().equals(Directory.ADMINS)) {
            before.stream().filter(id -> !read.members().contains(id)).forEach(id -> assign(id, Assignment.USER));
            read.members().stream().filter(id -> !before.contains(id)).forEach(id -> assign(id, Assignment.ADMIN));
        }
    }

    private void assign(long id, Assignment assignment) {
        callers.directory()
                .update(
                        id,
                        entry -> entry.toBuilder()
                                .assignment(Optional.of(assignment))
                                .build());
    }

    private void delete(Exchange exchange, PathValues path, ScimKind kind) throws IOException {
        requireWriter(exchange, path);
        DirectoryEntry entry = find(path, kind);
        if (Directory.isBuiltIn(entry)) {
            throw ScimException.invalid("The system group " + entry.name() + " cannot be deleted.");
        }
        if (account || entry.level() == Level.WORKSPACE) {
            callers.identities().remove(entry.id());
        } else {
            changed(entry, entry.toBuilder().assignment(Optional.empty()).build());
        }
        exchange.respond(204, "application/json", new byte[0]);
    }
}

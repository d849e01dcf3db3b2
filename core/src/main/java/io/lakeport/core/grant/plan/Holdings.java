package io.lakeport.core.grant.plan;

import io.lakeport.core.catalog.Metastore;
import io.lakeport.core.catalog.SystemSchema;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.ObjectRight;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.principal.Principal;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.time.Deadline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What there is in the workspace, each thing read once for a plan. What cannot be read is remembered with the reason, so
 * that a plan says so and goes on. Confined to one thread.
 */
final class Holdings {
    private final PlanPorts ports;
    private final Deadline deadline;
    private final Map<Object, Object> read = new HashMap<>();
    private final Map<String, String> obstacles = new LinkedHashMap<>();

    Holdings(PlanPorts ports, Deadline deadline) {
        this.ports = ports;
        this.deadline = deadline;
    }

    @SuppressWarnings("unchecked") // Every key is used with one type of value only.
    private <T> T once(List<?> key, Supplier<T> reading) {
        if (!read.containsKey(key)) {
            read.put(key, reading.get());
        }
        return (T) read.get(key);
    }

    /** Answers that an identity must not know something are what a plan can live with; anything else ends it. */
    private <T> T orElse(String subject, T otherwise, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LakeportException e) {
            boolean hidden = e.category() == ErrorCategory.PERMISSION_DENIED
                    || e.category() == ErrorCategory.NOT_FOUND
                    || e.is(CoreError.NOT_SUPPORTED);
            if (!hidden) {
                throw e;
            }
            obstacles.put(subject, e.getMessage());
            return otherwise;
        }
    }

    /** Returns why something could not be read. */
    Optional<String> obstacle(String subject) {
        return Optional.ofNullable(obstacles.get(subject));
    }

    Optional<Metastore> metastore() {
        return once(
                List.of("metastore"),
                () -> orElse(
                        "metastore",
                        Optional.empty(),
                        () -> ports.workspace().catalog().metastore(deadline)));
    }

    /** Returns what holds for an object. A privilege that the catalog system does not hand down is left out. */
    List<Grant> effective(Securable securable) {
        return once(
                List.of("grants", securable),
                () -> orElse(
                        securable.toString(),
                        List.of(),
                        () -> ports.workspace().grants().effective(securable, Optional.empty(), deadline).stream()
                                .filter(Holdings::comesDown)
                                .toList()));
    }

    /** GRANT USE SCHEMA ON CATALOG system succeeds and opens none of its schemas. */
    private static boolean comesDown(Grant grant) {
        boolean fromSystem = grant.inheritedFrom()
                .filter(Securable.catalog("system")::sameAs)
                .isPresent();
        return !(fromSystem && grant.privilege().equals(Privilege.USE_SCHEMA));
    }

    Optional<String> owner(Securable securable) {
        return once(
                List.of("owner", securable),
                () -> ports.workspace().catalog().look(securable, deadline).owner());
    }

    List<ObjectRight> permissions(PermissionObject object, String id) {
        return once(
                List.of("permissions", object, id),
                () -> orElse(
                        object.words() + " " + id,
                        List.of(),
                        () -> ports.workspace().grants().permissions(object, id, deadline)));
    }

    Optional<Principal> inWorkspace(PrincipalName name) {
        return once(
                List.of("workspace", name),
                () -> name.isToBeCreated()
                        ? Optional.empty()
                        : orElse(
                                name.toString(),
                                Optional.empty(),
                                () -> ports.workspace().principals().find(name, deadline)));
    }

    /** Returns a principal as the account knows it; empty as well where the account cannot be asked. */
    Optional<Principal> inAccount(PrincipalName name) {
        return once(
                List.of("account", name),
                () -> name.isToBeCreated()
                        ? Optional.empty()
                        : ports.account()
                                .flatMap(account -> orElse(
                                        "account " + name,
                                        Optional.<Principal>empty(),
                                        () -> account.find(name, deadline))));
    }

    List<SystemSchema> systemSchemas() {
        return once(
                List.of("systemschemas"),
                () -> orElse(
                        "system schemas",
                        List.of(),
                        () -> metastore()
                                .map(found -> ports.workspace().catalog().systemSchemas(found, deadline))
                                .orElse(List.of())));
    }
}

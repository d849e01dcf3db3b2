package io.lakeport.core.rotation;

import io.lakeport.core.state.StateStore;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is written down of a rotation: ids and times, and no secret.
 *
 * @param phase how far it has come
 * @param facts what the next steps need, by name
 */
public record RotationRecord(RotationPhase phase, Map<String, String> facts) {
    private static final String PHASE = "phase";

    /** Names of facts. */
    enum Fact {
        /** The workspace's id of the service principal. */
        PRINCIPAL,
        /** Seconds that the new secret was asked to live, which is how it is known again. */
        LIFETIME,
        /** Ids of the secrets that were there before, separated by spaces. */
        KNOWN,
        /** Id of the secret that is to be replaced, where it is known. */
        OLD,
        /** Whether the old one may be deleted. */
        OLD_MAY_GO,
        /** Id of the new one. */
        NEW,
        /** When it ends. */
        NEW_ENDS,
        /** Version of the vault's that sign-ins use since the switch. */
        LIVE,
        /** When sign-ins began to use it. */
        SWITCHED_AT,
        /** Id of the secret that serves now, if Lakeport created it. */
        OWN,
        /** How often in a row it has failed. */
        FAILURES,
        /** Why it failed last. */
        REASON,
        /** Before which it is not tried again unasked. */
        NOT_BEFORE,
        /** When it was over. */
        OVER_AT
    }

    public RotationRecord {
        Objects.requireNonNull(phase, "phase");
        facts = Map.copyOf(facts);
    }

    /** Returns what is written down of the latest rotation of a secret, empty when there was none. */
    public static Optional<RotationRecord> find(StateStore states, RotationSubject subject) {
        return RotationJournal.read(states.of(subject.tenant()), subject);
    }

    static RotationRecord none() {
        return new RotationRecord(RotationPhase.DONE, Map.of());
    }

    RotationRecord in(RotationPhase next) {
        return new RotationRecord(next, facts);
    }

    RotationRecord with(Fact fact, Object value) {
        Map<String, String> more = new TreeMap<>(facts);
        more.put(fact.name(), value.toString());
        return new RotationRecord(phase, more);
    }

    RotationRecord without(Fact... gone) {
        Map<String, String> fewer = new TreeMap<>(facts);
        List.of(gone).forEach(fact -> fewer.remove(fact.name()));
        return new RotationRecord(phase, fewer);
    }

    Optional<String> text(Fact fact) {
        return Optional.ofNullable(facts.get(fact.name()));
    }

    Optional<Instant> time(Fact fact) {
        return text(fact).map(Instant::parse);
    }

    long number(Fact fact) {
        return text(fact).map(Long::parseLong).orElse(0L);
    }

    /** Returns why the last try failed, empty after one that went well. */
    public Optional<String> reason() {
        return text(Fact.REASON);
    }

    /** Returns when sign-ins began to use the newest secret, empty when none was switched to. */
    public Optional<Instant> switchedAt() {
        return time(Fact.SWITCHED_AT);
    }

    /** Returns until when the old secret stays, empty when none is waiting to be deleted. */
    public Optional<Instant> overlapEnds(Duration overlap) {
        return phase == RotationPhase.SWITCHED ? switchedAt().map(at -> at.plus(overlap)) : Optional.empty();
    }

    boolean knows(String id) {
        return text(Fact.KNOWN).map(ids -> List.of(ids.split(" ")).contains(id)).orElse(false);
    }

    String toText() {
        StringBuilder lines = new StringBuilder(PHASE + "=" + phase + "\n");
        new TreeMap<>(facts)
                .forEach((name, value) -> lines.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('\n'));
        return lines.toString();
    }

    static RotationRecord parse(String text) {
        Map<String, String> facts = new TreeMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            facts.put(line.substring(0, equals), URLDecoder.decode(line.substring(equals + 1), StandardCharsets.UTF_8));
        });
        RotationPhase phase = RotationPhase.valueOf(Objects.requireNonNull(facts.remove(PHASE), PHASE));
        return new RotationRecord(phase, facts);
    }
}

package io.lakeport.core.rotation;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.oauthsecret.IssuedSecret;
import io.lakeport.core.oauthsecret.OAuthSecretError;
import io.lakeport.core.oauthsecret.OAuthSecrets;
import io.lakeport.core.rotation.RotationRecord.Fact;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** The secrets that Databricks has of one service principal, and which of them are ours. */
final class PrincipalSecrets {
    private static final Duration EXACT = Duration.ofSeconds(1);

    private final RotationSubject subject;
    private final OAuthSecrets secrets;
    private final Deadline deadline;

    PrincipalSecrets(RotationSubject subject, OAuthSecrets secrets, Deadline deadline) {
        this.subject = subject;
        this.secrets = secrets;
        this.deadline = deadline;
    }

    String id() {
        return secrets.principalId(subject.applicationId(), deadline);
    }

    List<IssuedSecret> list(String principal) {
        return secrets.list(principal, deadline);
    }

    boolean delete(String principal, String id) {
        return secrets.delete(principal, id, deadline);
    }

    /**
     * Deletes what this rotation created and nobody has the value of: it was not there before, has exactly the life that
     * this rotation asked for, and is not the one that is known by now. A secret that a person created meanwhile has
     * another life, and stays.
     *
     * @return how many there were
     */
    int deleteLost(RotationRecord record) {
        String principal = record.text(Fact.PRINCIPAL).orElseThrow();
        List<IssuedSecret> lost = list(principal).stream()
                .filter(secret -> isLost(secret, record))
                .toList();
        lost.forEach(secret -> delete(principal, secret.id()));
        return lost.size();
    }

    private static boolean isLost(IssuedSecret secret, RotationRecord record) {
        if (record.knows(secret.id())
                || record.text(Fact.NEW).filter(secret.id()::equals).isPresent()) {
            return false;
        }
        Duration asked = Duration.ofSeconds(record.number(Fact.LIFETIME));
        return secret.expires()
                .map(end -> Duration.between(secret.created(), end).minus(asked).abs())
                .filter(apart -> apart.compareTo(EXACT) <= 0)
                .isPresent();
    }

    /**
     * Makes sure that there is room for one more.
     *
     * @throws LakeportException CONFLICT (SECRETS_FULL) naming which could go
     */
    void requireRoom(List<IssuedSecret> listed, RotationRecord record, Instant now) {
        if (listed.size() < OAuthSecrets.MOST) {
            return;
        }
        String serving = record.text(Fact.OWN).or(() -> record.text(Fact.OLD)).orElse("");
        List<IssuedSecret> candidates =
                listed.stream().filter(secret -> !secret.id().equals(serving)).toList();
        List<IssuedSecret> ended = candidates.stream()
                .filter(secret -> !secret.active()
                        || secret.expires().filter(end -> !end.isAfter(now)).isPresent())
                .toList();
        String which = ended.isEmpty()
                ? "none has ended; the oldest, " + candidates.get(0).described()
                        + ", is the likeliest to be used no more, but only who created it can tell"
                : "these have ended and can go: " + described(ended);
        throw new LakeportException(
                        OAuthSecretError.SECRETS_FULL,
                        subject + ": service principal '" + subject.applicationId() + "' has " + listed.size()
                                + " OAuth secrets, and Databricks allows " + OAuthSecrets.MOST
                                + ". Lakeport deletes none that it did not create: " + which
                                + ". Delete one in the workspace, or name it with --delete ID. All of them: "
                                + described(listed))
                .with("tenant", subject.tenant().value());
    }

    private static String described(List<IssuedSecret> secrets) {
        return secrets.stream().map(IssuedSecret::described).collect(Collectors.joining(", "));
    }
}

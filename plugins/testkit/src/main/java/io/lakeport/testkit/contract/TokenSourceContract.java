package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakeport.core.auth.AccessToken;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.ErrorCategory;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The contract of {@link TokenSource}. Methods that cannot be wrong before a call, such as tokens given, supply less. */
public interface TokenSourceContract {
    /** Returns a source whose credential the workspace accepts. */
    TokenSource good();

    /** Returns a source whose secret is {@code secret}, which is wrong; empty when the method asks nobody for a token. */
    default Optional<TokenSource> withSecret(Secret secret) {
        return Optional.empty();
    }

    /** Returns a source of a loopback port where nothing listens; empty when the method asks nobody for a token. */
    default Optional<TokenSource> unreachable() {
        return Optional.empty();
    }

    /** A token is good now and does not show itself. */
    @Test
    default void token_goodCredential_isGoodNowAndHidden() {
        AccessToken token = good().token(deadline());
        assertThat(token.value().reveal()).isNotBlank();
        assertThat(token.toString()).doesNotContain(token.value().reveal());
        token.expiresAt().ifPresent(end -> assertThat(end).isAfter(Instant.now()));
        assertThat(token.headerValue()).isEqualTo("Bearer " + token.value().reveal());
    }

    /** Reporting a token as refused leaves the source able to answer. */
    @Test
    default void token_afterARefusal_isGivenAgain() {
        TokenSource source = good();
        source.reject(source.token(deadline()));
        assertThat(source.token(deadline()).value().reveal()).isNotBlank();
    }

    /** A wrong secret is told as such and shown nowhere. */
    @Test
    default void token_wrongSecret_isUnauthenticatedAndDoesNotShowIt() {
        String secret = "dose" + "f00dfeedf00dfeedf00dfeedf00dfeed";
        Optional<TokenSource> source = withSecret(Secret.of(secret));
        Assumptions.assumeTrue(source.isPresent(), "the method asks nobody for a token");
        Throwable failure = catchThrowable(() -> source.orElseThrow().token(deadline()));
        assertThat(categoryOf(failure)).isEqualTo(ErrorCategory.UNAUTHENTICATED);
        for (Throwable at = failure; at != null; at = at.getCause()) {
            assertThat(at.toString()).doesNotContain(secret);
        }
    }

    /** A host that does not answer is UNAVAILABLE, so that the guard may try again. */
    @Test
    @Timeout(60)
    default void token_hostThatDoesNotAnswer_isUnavailable() {
        Assumptions.assumeTrue(unreachable().isPresent(), "the method asks nobody for a token");
        Throwable failure = catchThrowable(() -> unreachable().orElseThrow().token(deadline()));
        assertThat(categoryOf(failure)).isEqualTo(ErrorCategory.UNAVAILABLE);
    }

    private static ErrorCategory categoryOf(Throwable failure) {
        assertThat(failure).isInstanceOf(LakeportException.class);
        return ((LakeportException) failure).category();
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(30));
    }
}

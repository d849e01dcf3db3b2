package io.lakeport.storage.abfss;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Adds a shared access signature to the URL, one that was configured or one that the workspace vends. */
final class SasAuthorizer implements Authorizer {
    private final Supplier<SasToken> source;
    private final Predicate<SasToken> renew;
    private final Clock clock;

    /**
     * Creates an authorizer.
     *
     * @param source gives the token that is good now
     * @param renew takes note of a refusal; returns whether the source then has another
     */
    SasAuthorizer(Supplier<SasToken> source, Predicate<SasToken> renew, Clock clock) {
        this.source = source;
        this.renew = renew;
        this.clock = clock;
    }

    @Override
    public void prepare() {
        Objects.requireNonNull(source.get(), "token");
    }

    @Override
    public void check(String where, char permission) {
        source.get().check(where, permission, clock);
    }

    @Override
    public Proof prove(String method, URI url, Map<String, String> headers, long length) {
        SasToken token = source.get();
        return new Proof(token.reveal(), Map.of(), token);
    }

    @Override
    public boolean renewAfterRefusal(Object credential) {
        return credential instanceof SasToken token && renew.test(token);
    }

    @Override
    public String describe() {
        return "the shared access signature"
                + source.get().end().map(end -> ", which ends at " + end).orElse("")
                + "; was it made for this container or folder and account, and is its key still valid?";
    }
}

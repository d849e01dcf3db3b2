package io.lakeport.localworkspace.fault;

import io.lakeport.localworkspace.fault.FaultyAnswer.Body;
import java.time.Duration;
import java.util.Optional;

/**
 * A fault that is being planned: first how often, then what. Each method that names an effect adds the fault and
 * returns it. Immutable and thread-safe.
 */
public final class FaultPlan {
    private static final String LINKS = "/cloudfetch/**";

    private final Faults faults;
    private final FaultMatch match;
    private final Firing firing;

    FaultPlan(Faults faults, FaultMatch match, Firing firing) {
        this.faults = faults;
        this.match = match;
        this.firing = firing;
    }

    /** Fires at the next so many matches; without this at every one. */
    public FaultPlan next(long times) {
        return new FaultPlan(faults, match, new Firing(firing.after(), times, firing.probability(), firing.seed()));
    }

    /** Lets so many matches pass first. */
    public FaultPlan after(long matches) {
        return new FaultPlan(faults, match, new Firing(matches, firing.times(), firing.probability(), firing.seed()));
    }

    /** Fires at a match with a probability above 0 and at most 1, decided by a seed. */
    public FaultPlan withProbability(double probability, long seed) {
        return new FaultPlan(faults, match, new Firing(firing.after(), firing.times(), probability, seed));
    }

    /** Adds a fault with any effect. */
    public Fault then(FaultEffect effect) {
        return faults.add(match, firing, effect);
    }

    /** Answers with a status and Databricks' error body instead of serving the request. */
    public Fault answer(int status) {
        return then(FaultEffect.status(status, Optional.empty()));
    }

    /** Answers with a status, a Retry-After header and Databricks' error body instead of serving the request. */
    public Fault answer(int status, RetryAfter retryAfter) {
        return then(FaultEffect.status(status, Optional.of(retryAfter)));
    }

    /** Answers so instead of serving the request. */
    public Fault answer(FaultyAnswer answer) {
        return then(new FaultEffect.Answer(answer));
    }

    /** Serves the request so much later. */
    public Fault delay(Duration duration) {
        return then(new FaultEffect.Delay(duration));
    }

    /** Ends the connection instead of serving the request. */
    public Fault cut() {
        return then(new FaultEffect.Cut(false));
    }

    /** Serves the request and ends the connection instead of answering: its outcome is unknown to the client. */
    public Fault cutAnswer() {
        return then(new FaultEffect.Cut(true));
    }

    /** Ends the connection after so many bytes of the body; Content-Length is the full one. */
    public Fault cutAfter(long bytes) {
        return then(new FaultEffect.CutAfter(bytes));
    }

    /** Shortens the body and its Content-Length. */
    public Fault shorten(long bytes) {
        return then(new FaultEffect.Shorten(bytes));
    }

    /** Changes bytes of the body from an offset; a negative offset lets the seed choose. */
    public Fault corrupt(long offset, int bytes) {
        return then(new FaultEffect.Corrupt(offset, bytes));
    }

    /** Refuses as an IP access list does. */
    public Fault denyAddress() {
        return then(new FaultEffect.DenyAddress());
    }

    /** Makes every token invalid that was issued before the first firing. */
    public Fault revokeTokens() {
        return then(new FaultEffect.RevokeTokens());
    }

    /** Ends every connection to the storage that links lead to, as a firewall does. */
    public Fault blockStorage() {
        return faults.add(match.path(LINKS), firing, new FaultEffect.Cut(false));
    }

    /** Storage has no chunk under a link. */
    public Fault loseChunk() {
        FaultyAnswer missing = new FaultyAnswer(
                404,
                Optional.of("NoSuchKey"),
                Optional.of("The specified key does not exist."),
                Body.XML,
                Optional.empty());
        return faults.add(match.path(LINKS), firing, new FaultEffect.Answer(missing));
    }

    /** Links end after so long, zero for at once, and say so. */
    public Fault expireLinks(Duration lifetime) {
        return then(new FaultEffect.ExpireLinks(lifetime, true));
    }

    /** Storage refuses links after so long, zero for at once, though they promise the usual time. */
    public Fault expireLinksUnannounced(Duration lifetime) {
        return then(new FaultEffect.ExpireLinks(lifetime, false));
    }

    /** The statement runs until it is cancelled or closed. */
    public Fault hang() {
        return then(new FaultEffect.Hang());
    }

    /** The statement fails with an error class, for example {@code CAST_INVALID_INPUT}. */
    public Fault fail(String errorClass, String sqlState, String message) {
        return then(new FaultEffect.Fail(
                "BAD_REQUEST", sqlState, "[" + errorClass + "] " + message + " SQLSTATE: " + sqlState));
    }

    /** The server closes the statement before its result was fetched. */
    public Fault closeStatement() {
        return then(new FaultEffect.CloseStatement());
    }

    /** The statement succeeds and its chunks are gone. */
    public Fault loseResult() {
        return then(new FaultEffect.LoseResult());
    }

    /** Polls find the statement RUNNING for so long after it really ended. */
    public Fault keepRunning(Duration duration) {
        return then(new FaultEffect.KeepRunning(duration));
    }

    /** The statement finds its warehouse stopped and waits so long for it. */
    public Fault coldStart(Duration duration) {
        return then(new FaultEffect.ColdStart(duration));
    }

    /** The server closes the session that a statement is about to use. */
    public Fault expireSession() {
        return then(new FaultEffect.ExpireSession());
    }

    /** A Thrift call is answered with a TStatus, for example code 3 for ERROR. */
    public Fault thriftStatus(int statusCode, String sqlState, String message) {
        return then(new FaultEffect.ThriftAnswer(statusCode, sqlState, message));
    }

    /** A Thrift call is answered with a TApplicationException, for example of type 6 for INTERNAL_ERROR. */
    public Fault thriftException(int type, String message) {
        return then(new FaultEffect.ThriftException(type, message));
    }
}

package io.lakeport.localworkspace.fault;

import io.lakeport.localworkspace.fault.FaultyAnswer.Body;
import java.time.Duration;
import java.util.Optional;

/** What goes wrong. Each effect acts in one {@link FaultScope}. */
public sealed interface FaultEffect {
    /** Returns the name that JSON and the logs have for it. */
    String kind();

    /** Returns where it acts. */
    FaultScope scope();

    /**
     * The request is answered so instead of being served.
     *
     * @param answer status, headers and body
     */
    record Answer(FaultyAnswer answer) implements FaultEffect {
        @Override
        public String kind() {
            return "answer";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /**
     * The request is served late.
     *
     * @param duration how much later
     */
    record Delay(Duration duration) implements FaultEffect {
        @Override
        public String kind() {
            return "delay";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /**
     * The connection ends before the answer.
     *
     * @param served whether the request takes effect all the same, so that its outcome is unknown to the client
     */
    record Cut(boolean served) implements FaultEffect {
        @Override
        public String kind() {
            return "cut";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /**
     * The answer's head is complete, its Content-Length the full one, and the connection ends after some bytes.
     *
     * @param bytes bytes of the body that are sent
     */
    record CutAfter(long bytes) implements FaultEffect {
        @Override
        public String kind() {
            return "cut_after";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /**
     * The body is shortened, and its Content-Length with it: nothing but the content tells.
     *
     * @param bytes bytes of the body that are left
     */
    record Shorten(long bytes) implements FaultEffect {
        @Override
        public String kind() {
            return "shorten";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /**
     * Bytes of the body are changed.
     *
     * @param offset first of them; negative for one that the rule's seed chooses in each body
     * @param bytes how many
     */
    record Corrupt(long offset, int bytes) implements FaultEffect {
        @Override
        public String kind() {
            return "corrupt";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /** The client's address is not on the workspace's IP access list. */
    record DenyAddress() implements FaultEffect {
        @Override
        public String kind() {
            return "deny_address";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /** Access tokens issued until the first firing, and personal access tokens, are invalid while the rule stands. */
    record RevokeTokens() implements FaultEffect {
        @Override
        public String kind() {
            return "revoke_tokens";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.REQUEST;
        }
    }

    /**
     * A link ends early.
     *
     * @param lifetime how long storage takes it; zero or negative for one that is issued expired
     * @param announced whether the answer that carries the link says so, or still promises the usual time
     */
    record ExpireLinks(Duration lifetime, boolean announced) implements FaultEffect {
        @Override
        public String kind() {
            return "expire_links";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.LINK;
        }
    }

    /** The statement runs until it is cancelled or closed. */
    record Hang() implements FaultEffect {
        @Override
        public String kind() {
            return "hang";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.STATEMENT;
        }
    }

    /**
     * The statement fails instead of running.
     *
     * @param errorCode error code of the Statement Execution API, for example {@code BAD_REQUEST}
     * @param sqlState SQLSTATE of five characters
     * @param message text for the client
     */
    record Fail(String errorCode, String sqlState, String message) implements FaultEffect {
        @Override
        public String kind() {
            return "fail";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.STATEMENT;
        }
    }

    /** The statement runs, and the server closes it before its result was fetched. */
    record CloseStatement() implements FaultEffect {
        @Override
        public String kind() {
            return "close_statement";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.STATEMENT;
        }
    }

    /** The statement succeeds, and its chunks are gone: links and chunk requests find nothing. */
    record LoseResult() implements FaultEffect {
        @Override
        public String kind() {
            return "lose_result";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.STATEMENT;
        }
    }

    /**
     * Polls find the statement RUNNING for so long after it really ended.
     *
     * @param duration how long
     */
    record KeepRunning(Duration duration) implements FaultEffect {
        @Override
        public String kind() {
            return "keep_running";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.STATEMENT;
        }
    }

    /**
     * The statement's warehouse is found stopped and starts first.
     *
     * @param duration how long the start takes
     */
    record ColdStart(Duration duration) implements FaultEffect {
        @Override
        public String kind() {
            return "cold_start";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.STATEMENT;
        }
    }

    /** The session is closed by the server just before a statement or a metadata call uses it. */
    record ExpireSession() implements FaultEffect {
        @Override
        public String kind() {
            return "expire_session";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.SESSION;
        }
    }

    /**
     * A Thrift call is answered with a status.
     *
     * @param statusCode TStatusCode, for example 3 for ERROR, 4 for INVALID_HANDLE
     * @param sqlState SQLSTATE of five characters
     * @param message text for the client
     */
    record ThriftAnswer(int statusCode, String sqlState, String message) implements FaultEffect {
        @Override
        public String kind() {
            return "thrift_status";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.THRIFT;
        }
    }

    /**
     * A Thrift call is answered with a TApplicationException.
     *
     * @param type its type, for example 6 for INTERNAL_ERROR
     * @param message text for the client
     */
    record ThriftException(int type, String message) implements FaultEffect {
        @Override
        public String kind() {
            return "thrift_exception";
        }

        @Override
        public FaultScope scope() {
            return FaultScope.THRIFT;
        }
    }

    /** Returns an answer of Databricks' usual shape. */
    static Answer status(int status, Optional<RetryAfter> retryAfter) {
        return new Answer(new FaultyAnswer(status, Optional.empty(), Optional.empty(), Body.JSON, retryAfter));
    }
}

package io.lakeport.localworkspace.engine.duck;

import io.lakeport.localworkspace.engine.Engine;
import io.lakeport.localworkspace.engine.EngineException;
import io.lakeport.localworkspace.engine.EngineResult;
import io.lakeport.localworkspace.engine.EngineSession;
import io.lakeport.localworkspace.engine.SessionSettings;
import io.lakeport.localworkspace.file.ExternalStores;
import io.lakeport.localworkspace.file.FileSpace;
import io.lakeport.localworkspace.governance.Governance;
import io.lakeport.localworkspace.governance.People;
import io.lakeport.localworkspace.state.StateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An engine with governance, in which statements run as different principals. */
final class Governed implements AutoCloseable {
    static final String ADMIN = People.ADMIN;

    final People people = new People();
    final Governance governance;
    private final FileSpace files;
    private final Engine engine = DuckEngine.open(Optional.empty());

    Governed() {
        governance = Governance.open(people, StateFiles.in(Optional.empty()), Clock.systemUTC(), ADMIN, true);
        engine.govern(governance);
        try {
            files = FileSpace.open(Optional.empty(), governance, ExternalStores.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        engine.useFiles(files);
    }

    Engine engine() {
        return engine;
    }

    /** Runs statements and fails when one of them does. */
    void run(String user, String... statements) {
        for (String sql : statements) {
            rows(user, sql);
        }
    }

    List<List<String>> rows(String user, String sql) {
        try (EngineSession session = session(user);
                EngineResult result = session.execute(sql, List.of())) {
            return Rows.of(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the first column of each row. */
    List<String> first(String user, String sql) {
        return rows(user, sql).stream().map(r -> r.get(0)).toList();
    }

    EngineSession session(String user) {
        return engine.openSession(new SessionSettings(user, Optional.empty(), Optional.empty(), Map.of()));
    }

    /** Returns {@code ok} or the message of the failure without class and state. */
    String tried(String user, String sql) {
        try {
            rows(user, sql);
            return "ok";
        } catch (EngineException e) {
            return String.valueOf(e.getMessage())
                    .replaceFirst("^\\[INSUFFICIENT_PERMISSIONS\\] Insufficient privileges: User does not have ", "no ")
                    .replaceFirst("\\. SQLSTATE: 42501$", "");
        }
    }

    @Override
    public void close() {
        engine.close();
        try {
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who stops an export and goes on with it. */
class InterruptedExportTest {
    @TempDir
    static Path folder;

    private static ExportWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = new ExportWorld(folder);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /** A command line in a thread of its own, which can be interrupted as Ctrl-C does. */
    private static final class Command {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final AtomicInteger code = new AtomicInteger(-1);
        private final Thread thread;

        Command(String... words) {
            List<String> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("-c", folder.resolve("lakeport.json").toString()));
            thread = new Thread(() -> code.set(new Cli(
                            new PrintStream(out, false, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8))
                    .run(all.toArray(String[]::new))));
            thread.start();
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }

        String out() {
            return out.toString(StandardCharsets.UTF_8);
        }

        Command ended() throws InterruptedException {
            thread.join();
            return this;
        }

        Command succeeded() throws InterruptedException {
            ended();
            assertThat(code).as(err()).hasValue(0);
            return this;
        }
    }

    @Test
    void interrupt_whileRowsArrive_tellsHowToGoOnAndResumeFinishes() throws Exception {
        URI target = world.files().resolve("interrupted/");
        world.faults()
                .plan("{\"match\":{\"path\":\"/cloudfetch/**\"},\"after\":2,\"times\":0,"
                        + "\"effect\":{\"kind\":\"delay\",\"seconds\":60}}");
        Command export = new Command("export", "orders", "--to", target.toString(), "--lanes", "1");
        while (!export.err().contains("writing") && export.thread.isAlive()) {
            Thread.sleep(20);
        }
        export.thread.interrupt();
        export.ended();
        world.faults().clear();

        assertThat(export.code).as(export.err()).hasValue(130);
        assertThat(export.err())
                .contains("To go on: lakeport export resume " + target)
                .doesNotContain("\tat ");
        assertThat(export.out()).isEmpty();
        assertThat(world.faults().unfinishedStatements()).doesNotContain("query_id");
        assertThat(new Command("export", "list", target.toString()).succeeded().out())
                .contains("run 1 is unfinished: process ", "ended; resume goes on with it");

        assertThat(new Command("export", "resume", target.toString())
                        .succeeded()
                        .out())
                .contains("run 1, 10,000 rows");
        assertThat(new Command("export", "verify", target.toString(), "--source")
                        .succeeded()
                        .out())
                .contains("[ ok ]  run 1: 10,000 rows", "rows counted", "source: rows equal");
        assertThat(new Command("export", "gc", target.toString()).succeeded().out())
                .isEqualTo("removed 0 unfinished run(s), 0 file(s), 0 bytes\n");
    }
}

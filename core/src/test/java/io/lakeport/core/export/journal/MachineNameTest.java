package io.lakeport.core.export.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineNameTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void find_kernelTells_asksNobodyElse() throws Exception {
        Path kernel = Files.writeString(folder.resolve("hostname"), "box-7\n");

        assertThat(MachineName.find(
                        kernel,
                        () -> {
                            throw new AssertionError("asked");
                        },
                        LONG))
                .isEqualTo("box-7");
    }

    @Test
    void find_kernelSilent_takesTheAnswerOfTheNameService() {
        assertThat(MachineName.find(folder.resolve("none"), () -> "box-8", LONG))
                .isEqualTo("box-8");
    }

    @Test
    void find_nameServiceHangsOrDoesNotKnow_givesANameThatNobodyElseHas() {
        CountDownLatch never = new CountDownLatch(1);
        String hanging = MachineName.find(
                folder.resolve("none"),
                () -> {
                    never.await();
                    return "late";
                },
                Duration.ofMillis(1));
        String unknown = MachineName.find(
                folder.resolve("none"),
                () -> {
                    throw new UnknownHostException("box-9");
                },
                LONG);

        assertThat(hanging).startsWith("unknown-").isNotEqualTo(unknown);
        assertThat(unknown).startsWith("unknown-");
    }

    @Test
    void life_ofThisProcessAndOfOneElsewhere_isKnownAndUnknown() {
        RunOwner here = RunOwner.current();

        assertThat(here.life()).isEqualTo(RunOwner.Life.ALIVE);
        assertThat(new RunOwner(here.host(), here.pid(), here.startedAt().minusSeconds(1)).life())
                .isEqualTo(RunOwner.Life.DEAD);
        assertThat(new RunOwner(here.host() + "-2", here.pid(), here.startedAt()).life())
                .isEqualTo(RunOwner.Life.UNKNOWN);
    }
}

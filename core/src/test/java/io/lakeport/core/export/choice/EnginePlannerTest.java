package io.lakeport.core.export.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.EngineChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class EnginePlannerTest {
    private static final long GIB = 1L << 30;
    private static final Set<EngineChoice> ALL = Set.of(EngineChoice.STREAM, EngineChoice.UNLOAD, EngineChoice.JOB);

    /** A large table that everything could export to S3. */
    private static final class Situation {
        private EngineChoice asked = EngineChoice.AUTO;
        private Set<EngineChoice> allowed = ALL;
        private String format = "parquet";
        private int partitions;
        private Set<String> options = Set.of();
        private boolean versioned = true;
        private OptionalLong bytes = OptionalLong.of(400 * GIB);
        private String target = "s3";
        private boolean mayWrite = true;
        private Optional<String> refusal = Optional.empty();
        private boolean jobs = true;

        Facts facts() {
            return new Facts(
                    asked,
                    allowed,
                    format,
                    format.equals("parquet"),
                    partitions,
                    options,
                    versioned,
                    bytes,
                    50 * GIB,
                    target,
                    !target.equals("file"),
                    mayWrite,
                    refusal,
                    jobs ? Optional.empty() : Optional.of("this host has no provider that deploys jobs"));
        }
    }

    private static Facts facts(Consumer<Situation> change) {
        Situation situation = new Situation();
        change.accept(situation);
        return situation.facts();
    }

    @TestFactory
    @Tag("DK-40")
    Stream<DynamicTest> choose_eachCondition_leadsToTheEngineAndNamesItself() {
        return Stream.of(
                automatic("small table", s -> s.bytes = OptionalLong.of(3 * GIB), EngineChoice.STREAM, "3.0 GiB"),
                automatic(
                        "size exactly at the limit", s -> s.bytes = OptionalLong.of(50 * GIB), EngineChoice.UNLOAD, ""),
                automatic("size just below", s -> s.bytes = OptionalLong.of(50 * GIB - 1), EngineChoice.STREAM, ""),
                automatic("unknown size", s -> s.bytes = OptionalLong.empty(), EngineChoice.STREAM, "unknown size"),
                automatic("large table", s -> {}, EngineChoice.UNLOAD, "400.0 GiB"),
                automatic(
                        "no stream, small",
                        s -> {
                            s.allowed = Set.of(EngineChoice.UNLOAD, EngineChoice.JOB);
                            s.bytes = OptionalLong.of(GIB);
                        },
                        EngineChoice.UNLOAD,
                        "permits no stream"),
                automatic(
                        "job alone", s -> s.allowed = Set.of(EngineChoice.JOB), EngineChoice.JOB, "permits no stream"),
                automatic("disk", s -> s.target = "file", EngineChoice.STREAM, "only this host reaches"),
                automatic("csv", s -> s.format = "csv", EngineChoice.STREAM, "'csv'"),
                automatic("partitions", s -> s.partitions = 2, EngineChoice.STREAM, "no partitions"),
                automatic(
                        "options",
                        s -> s.options = Set.of("compression", "bloom"),
                        EngineChoice.STREAM,
                        "options: bloom"),
                automatic("view", s -> s.versioned = false, EngineChoice.STREAM, "no versions"),
                automatic("read only", s -> s.mayWrite = false, EngineChoice.STREAM, "scope.access"),
                automatic(
                        "refused",
                        s -> s.refusal = Optional.of("no WRITE FILES"),
                        EngineChoice.STREAM,
                        "no WRITE FILES"),
                automatic(
                        "policy",
                        s -> s.allowed = Set.of(EngineChoice.STREAM),
                        EngineChoice.STREAM,
                        "exports.engines"));
    }

    private static DynamicTest automatic(String name, Consumer<Situation> change, EngineChoice expected, String part) {
        return DynamicTest.dynamicTest(name, () -> {
            Choice choice = EnginePlanner.choose(facts(change));
            assertThat(choice.engine()).isEqualTo(expected);
            assertThat(choice.lines()).hasSize(3);
            assertThat(String.join("\n", choice.lines())).contains(part);
        });
    }

    @Test
    @Tag("DK-40")
    void choose_askedEngineThatCannot_isRefusedWithEveryReason() {
        assertThatThrownBy(() -> EnginePlanner.choose(facts(s -> {
                    s.asked = EngineChoice.UNLOAD;
                    s.partitions = 1;
                    s.target = "file";
                })))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.NOT_SUPPORTED)).isTrue())
                .hasMessageContaining("no partitions")
                .hasMessageContaining("only this host reaches");
        assertThatThrownBy(() -> EnginePlanner.choose(facts(s -> {
                    s.allowed = Set.of(EngineChoice.UNLOAD);
                    s.target = "file";
                })))
                .hasMessageContaining("no engine can do this export")
                .hasMessageContaining("stream (the configuration");
    }

    @Test
    void choose_askedEngineThatCan_isTakenWhateverTheSize() {
        assertThat(EnginePlanner.choose(facts(s -> {
                            s.asked = EngineChoice.UNLOAD;
                            s.bytes = OptionalLong.of(1);
                        }))
                        .engine())
                .isEqualTo(EngineChoice.UNLOAD);
        assertThat(EnginePlanner.choose(facts(s -> s.asked = EngineChoice.JOB)).engine())
                .isEqualTo(EngineChoice.JOB);
    }

    /** The explanations that stand in docs/export.md; what is written to target/ can be compared by eye. */
    @Test
    void explanations_ofSixSituations_standInTheDocumentation() throws IOException {
        Map<String, Facts> situations = new LinkedHashMap<>();
        situations.put("3 GiB to S3", facts(s -> s.bytes = OptionalLong.of(3 * GIB)));
        situations.put("400 GiB to S3", facts(s -> {}));
        situations.put("400 GiB to S3, partitioned by two columns", facts(s -> s.partitions = 2));
        situations.put(
                "400 GiB to S3, where no external location covers the target",
                facts(s -> s.refusal = Optional.of(
                        "no external location covers it; to mend it: CREATE EXTERNAL LOCATION <location> URL"
                                + " 's3://lake/orders/' WITH (STORAGE CREDENTIAL <credential>); GRANT READ FILES,"
                                + " WRITE FILES ON EXTERNAL LOCATION <location> TO `lakeport`")));
        situations.put("A view to a directory of this machine", facts(s -> {
            s.versioned = false;
            s.bytes = OptionalLong.empty();
            s.target = "file";
        }));
        situations.put("3 GiB to a volume, where the host permits unload and job only", facts(s -> {
            s.allowed = Set.of(EngineChoice.UNLOAD, EngineChoice.JOB);
            s.bytes = OptionalLong.of(3 * GIB);
            s.target = "volume";
        }));
        StringBuilder text = new StringBuilder();
        situations.forEach((title, facts) -> text.append(title)
                .append("\n    ")
                .append(String.join("\n    ", EnginePlanner.choose(facts).lines()))
                .append("\n\n"));

        Path target = Files.createDirectories(Path.of("target"));
        Files.writeString(target.resolve("engine-explanations.txt"), text);
        assertThat(Files.readString(Path.of("../docs/export.md")))
                .contains(text.toString().strip());
    }
}

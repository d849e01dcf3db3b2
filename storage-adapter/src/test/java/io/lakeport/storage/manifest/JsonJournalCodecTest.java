package io.lakeport.storage.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.journal.ExportPlan;
import io.lakeport.core.export.journal.RunAttempt;
import io.lakeport.core.export.journal.RunOwner;
import io.lakeport.core.export.journal.RunPlan;
import io.lakeport.core.export.journal.Segment;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.request.Increment;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JsonJournalCodecTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00.123456Z");

    private final JsonJournalCodec codec = new JsonJournalCodec();

    @Test
    void decodePlan_whatWasEncoded_isEqual() {
        ExportRequest plain = ExportRequest.full(TableName.parse("`a.b`.`c``d`.t"), URI.create("s3://b/p%20q/"));
        ExportRequest rich = plain.toBuilder()
                .columns(List.of("x y", "z"))
                .partitionBy(List.of("country", "year(updated_at)", "date(updated_at) AS tag"))
                .keys(List.of("z"))
                .increment(new Increment(
                        Optional.of("updated_at"),
                        Duration.ofMinutes(5),
                        Duration.ofDays(1),
                        Optional.of(ZoneId.of("Europe/Berlin")),
                        Increment.FeedUse.PREFER,
                        true))
                .engine(EngineChoice.STREAM)
                .options(Map.of("compression", "zstd", "a", "b"))
                .build();
        ExportWindow window = new ExportWindow(
                "updated_at", SqlTypeParser.parse("TIMESTAMP"), Optional.of("2026-01-01T00:00:00Z"), NOW.toString());
        ExportPlan empty = new ExportPlan(
                OptionalLong.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Set.of());
        ExportPlan full = new ExportPlan(
                OptionalLong.of(7),
                Optional.of(window),
                Optional.of(new FeedRange(0, 7)),
                Optional.of(new ExportPlan.Taken(6, "2026-01-01T00:00:00Z")),
                List.of(new Column("x y", SqlTypeParser.parse("MAP<STRING, DECIMAL(38,2)>"))),
                Set.of(Map.of("year", "2026"), Map.of("year", "ü/=")));
        for (RunPlan run : List.of(
                new RunPlan("a1", 1, plain, empty, "stream", NOW), new RunPlan("b2", 9, rich, full, "job", NOW))) {
            assertThat(codec.decodePlan(codec.encode(run), "x")).isEqualTo(run);
        }
    }

    @Test
    void decodeAttemptAndSegment_whatWasEncoded_isEqual() {
        RunAttempt begun = new RunAttempt(3, RunOwner.current(), NOW, "f".repeat(32), Optional.empty());
        assertThat(codec.decodeAttempt(codec.encode(begun), "x")).isEqualTo(begun);
        assertThat(codec.decodeAttempt(codec.encode(begun.running("01ab")), "x"))
                .isEqualTo(begun.running("01ab"));

        WrittenFile file = new WrittenFile(
                new ObjectInfo(ObjectKey.of("year=2026/part-1.parquet"), 12, "ab"), 7, Map.of("year", "2026"));
        Segment segment = new Segment("01ab", 3, 2, new TreeSet<>(List.of(0L, 5L, 7L)), List.of(file), 7);
        assertThat(codec.decodeSegment(codec.encode(segment), "x")).isEqualTo(segment);
    }

    @Test
    void decode_recordOfAnotherKind_namesTheObject() {
        byte[] attempt = codec.encode(new RunAttempt(1, RunOwner.current(), NOW, "f".repeat(32), Optional.empty()));
        assertThatThrownBy(() -> codec.decodePlan(attempt, "s3://b/plan.json"))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("'s3://b/plan.json'")
                .hasMessageContaining("at /format");
        assertThatThrownBy(() -> codec.decodeSegment("{".getBytes(StandardCharsets.UTF_8), "s3://b/s.json"))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("no JSON at line 1");
    }
}

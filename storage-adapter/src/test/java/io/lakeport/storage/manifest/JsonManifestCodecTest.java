package io.lakeport.storage.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ExportOrigin;
import io.lakeport.core.manifest.ExportWindow;
import io.lakeport.core.manifest.FeedRange;
import io.lakeport.core.manifest.WrittenFile;
import io.lakeport.core.query.Column;
import io.lakeport.core.sql.SqlTypeParser;
import io.lakeport.core.store.ObjectInfo;
import io.lakeport.core.store.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonManifestCodecTest {
    private final JsonManifestCodec codec = new JsonManifestCodec();

    @Test
    void decode_whatWasEncoded_isEqual() {
        for (Optional<String> low : List.of(Optional.<String>empty(), Optional.of("2026-01-01T00:00:00Z"))) {
            ExportManifest manifest = manifest(low);
            assertThat(codec.decode(codec.encode(manifest), "memory:///m.json")).isEqualTo(manifest);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"format\":|no JSON at line 1",
                "[]|at /format",
                "{\"format\":\"lakeport-manifest\",\"version\":99}|newer Lakeport",
                "{\"format\":\"lakeport-manifest\",\"version\":1,\"sequence\":\"x\"}|at /sequence: expected a whole number",
                "{\"format\":\"lakeport-manifest\",\"version\":1,\"sequence\":1}|at /run_id: expected a text"
            })
    void decode_notAManifest_namesFileAndPlace(String text, String message) {
        assertThatThrownBy(() -> codec.decode(text.getBytes(StandardCharsets.UTF_8), "s3://b/m.json"))
                .isInstanceOf(LakeportException.class)
                .hasMessageContaining("'s3://b/m.json'")
                .hasMessageContaining(message);
    }

    private static ExportManifest manifest(Optional<String> low) {
        Map<String, String> partition = new LinkedHashMap<>();
        partition.put("z", "a/b=c");
        partition.put("a", "ü");
        ObjectInfo object = new ObjectInfo(ObjectKey.of("z=a%2Fb%3Dc/a=ü/part-1.parquet"), 12, "ab");
        return new ExportManifest(
                3,
                "run",
                new ExportOrigin(
                        "`main`.`default`.`t`",
                        "stream",
                        List.of("01-statement"),
                        low.isPresent() ? OptionalLong.of(41) : OptionalLong.empty(),
                        Optional.of(new ExportWindow(
                                "updated_at", SqlTypeParser.parse("TIMESTAMP"), low, "2026-02-01T00:00:00.000001Z")),
                        low.map(text -> new FeedRange(3, 5))),
                "parquet",
                ExportMode.MERGE,
                List.of("a b"),
                List.of(
                        new Column("a b", SqlTypeParser.parse("STRUCT<`x y`: DECIMAL(38,2)>")),
                        new Column("updated_at", SqlTypeParser.parse("TIMESTAMP"))),
                List.of("z", "a"),
                Set.of(partition),
                List.of(new WrittenFile(object, 7, partition)),
                7,
                Instant.parse("2026-02-01T00:00:01Z"),
                low);
    }
}

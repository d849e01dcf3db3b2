package io.lakeport.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.app.TenantClient;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.query.RowCursor;
import io.lakeport.testkit.files.DuckReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true after an export, whatever happened while it ran. */
final class ExactlyOnce {
    private final ExportWorld world;
    private final TenantClient tenant;
    private final URI target;

    ExactlyOnce(ExportWorld world, TenantClient tenant, URI target) {
        this.world = world;
        this.tenant = tenant;
        this.target = target;
    }

    /** A reader that follows the manifest sees the ids from 0 to {@code rows - 1}, each once. */
    ExactlyOnce assertRows(long rows, ExportManifest manifest) {
        assertThat(target.getScheme().equals("volume") ? rowsByWorkspace(manifest) : rowsByDuck(manifest))
                .isEqualTo(List.of(String.valueOf(rows), String.valueOf(rows), String.valueOf(rows * (rows - 1) / 2)));
        assertThat(tenant.verify(target).problems()).isEmpty();
        return this;
    }

    /**
     * After the garbage was collected nothing is at the target but what manifests name, every statement has ended and no
     * memory is held.
     *
     * @param mostRuns a run that replaces what is there may have been published twice, because its first answer was lost
     */
    void assertNothingElse(int mostRuns) {
        tenant.collectGarbage(target, Duration.ZERO);
        List<ExportManifest> manifests = tenant.exports().list(target);
        assertThat(manifests).hasSizeBetween(1, mostRuns);
        Set<String> named = new TreeSet<>(Set.of("_SUCCESS"));
        for (ExportManifest manifest : manifests) {
            named.add(String.format(Locale.ROOT, "_lakeport/manifests/%010d.json", manifest.sequence()));
            manifest.files().forEach(file -> named.add(file.object().key().value()));
        }
        assertThat(objects()).isEqualTo(named);
        assertThat(world.faults().unfinishedStatements()).doesNotContain("query_id");
        assertThat(world.lakeport().memory().used()).isZero();
        assertThat(world.bulk().memory().used()).isZero();
    }

    private List<String> rowsByDuck(ExportManifest manifest) {
        List<Path> files = manifest.files().stream()
                .map(file -> file(file.object().key().value()))
                .toList();
        try (DuckReader reader = new DuckReader()) {
            return reader.rows("SELECT count(*), count(DISTINCT id), sum(id) FROM " + DuckReader.parquet(files))
                    .get(0);
        }
    }

    private Path file(String key) {
        return target.getScheme().equals("file")
                ? Path.of(target).resolve(key)
                : world.s3().file(target, key);
    }

    /** By the SQL engine of the workspace, which shares no code with the writer. */
    private List<String> rowsByWorkspace(ExportManifest manifest) {
        String union = manifest.files().stream()
                .map(file -> "SELECT id FROM parquet.`" + target.getPath()
                        + file.object().key().value() + "`")
                .collect(Collectors.joining(" UNION ALL "));
        try (RowCursor row = tenant.query("SELECT count(*), count(DISTINCT id), sum(id) FROM (" + union + ") AS files")
                .rows()) {
            assertThat(row.next()).isTrue();
            return List.of(
                    String.valueOf(row.getLong(0)), String.valueOf(row.getLong(1)), String.valueOf(row.getLong(2)));
        }
    }

    private Set<String> objects() {
        if (target.getScheme().equals("s3")) {
            return world.s3().objects(target);
        }
        if (!target.getScheme().equals("file")) {
            return world.faults().files(target.getPath());
        }
        Path root = Path.of(target);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .filter(name -> !name.startsWith("_delta_log/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

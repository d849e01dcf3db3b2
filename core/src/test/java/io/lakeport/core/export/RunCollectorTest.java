package io.lakeport.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.export.schedule.CollectedRun;
import io.lakeport.core.job.JobRun.State;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ExportMode;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that the clock began are published once and in order, whoever collects and however often. */
@Tag("AA-22")
class RunCollectorTest {
    private static final URI TARGET = URI.create("s3://lake/t/");
    private static final ExportRequest REQUEST = ExportRequest.builder(TableName.of("main", "default", "t"), TARGET)
            .mode(ExportMode.OVERWRITE)
            .build();
    private static final JobSchedule NIGHTLY = new JobSchedule("0 30 2 * * ?", ZoneOffset.UTC, false);

    private final InMemoryCodec codec = new InMemoryCodec();
    private final InMemoryStore store = new InMemoryStore();
    private final FakeJobs jobs = new FakeJobs(store);

    @BeforeEach
    void deploy() {
        JobWorld.service(store, jobs, codec).schedules(jobs).deploy(REQUEST, NIGHTLY, deadline());
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private List<CollectedRun> collect() {
        return collect(store);
    }

    private List<CollectedRun> collect(ObjectStore at) {
        return JobWorld.service(at, jobs, codec).schedules(jobs).collect(TARGET, deadline(), progress -> {});
    }

    private List<String> published() {
        return new ManifestLog(store, codec)
                .all().stream()
                        .map(ExportManifest::origin)
                        .map(origin -> origin.statementIds().get(0))
                        .toList();
    }

    @Test
    void collect_endedFailedAndRunning_publishesInOrderAndWaitsForTheRest() {
        jobs.byTheClock(1, State.SUCCEEDED, FakeJobs.ROWS);
        jobs.byTheClock(2, State.FAILED, 3);
        jobs.byTheClock(3, State.SUCCEEDED, FakeJobs.ROWS);
        jobs.byTheClock(4, State.RUNNING, 5);
        jobs.byTheClock(5, State.SUCCEEDED, FakeJobs.ROWS);

        assertThat(collect()).extracting(run -> run.manifest().isPresent()).containsExactly(true, false, true, false);
        assertThat(published()).containsExactly("job/7/run/1", "job/7/run/3");
        assertThat(store.objects.keySet())
                .noneMatch(key -> key.startsWith("job-7/2-"))
                .anyMatch(key -> key.startsWith("job-7/4-"))
                .anyMatch(key -> key.startsWith("job-7/5-"));
        assertThat(collect()).hasSize(1);

        jobs.byTheClock(4, State.SUCCEEDED, FakeJobs.ROWS);
        collect();
        assertThat(published()).containsExactly("job/7/run/1", "job/7/run/3", "job/7/run/4", "job/7/run/5");
        assertThat(collect()).isEmpty();
        JobWorld.service(store, jobs, codec).collectGarbage(TARGET, Duration.ZERO, deadline());
        assertThat(JobWorld.service(store, jobs, codec)
                        .verify(TARGET, deadline())
                        .problems())
                .isEmpty();
    }

    @Test
    void collect_runThatWasRepairedTooLate_isSaidOnceAndNeverPublished() {
        jobs.byTheClock(1, State.FAILED, 0);
        jobs.byTheClock(2, State.SUCCEEDED, FakeJobs.ROWS);
        collect();
        jobs.byTheClock(1, State.SUCCEEDED, FakeJobs.ROWS);

        assertThat(collect())
                .singleElement()
                .satisfies(run -> assertThat(run.note()).contains("a newer state of the source already"));
        assertThat(collect()).isEmpty();
        assertThat(published()).containsExactly("job/7/run/2");
        assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("job-7/1-"));
    }

    @Test
    void collect_filesThatHoldOtherRows_areNotPublishedAndStayUntilANewerRun() {
        jobs.byTheClock(1, State.SUCCEEDED, FakeJobs.ROWS - 1);
        assertThat(collect())
                .singleElement()
                .satisfies(run -> assertThat(run.note())
                        .contains("it cannot be proved", "the source holds 30 rows and the warehouse wrote 29"));
        assertThat(published()).isEmpty();
        assertThat(store.objects.keySet()).anyMatch(key -> key.startsWith("job-7/1-"));

        jobs.byTheClock(2, State.SUCCEEDED, FakeJobs.ROWS);
        collect();
        assertThat(published()).containsExactly("job/7/run/2");
        collect();
        assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("job-7/1-"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void collect_killedAtEveryChange_nextCollectorPublishesEachRunOnce(boolean changeReachesTheTarget) {
        boolean killed = true;
        for (int change = 1; killed; change++) {
            store.objects.keySet().removeIf(key -> !key.startsWith("_lakeport/schedule/"));
            jobs.runs.clear();
            jobs.byTheClock(1, State.SUCCEEDED, FakeJobs.ROWS);
            jobs.byTheClock(2, State.FAILED, 4);
            jobs.byTheClock(3, State.SUCCEEDED, FakeJobs.ROWS);
            killed = dies(new MortalStore(store, change, changeReachesTheTarget));
            collect();
            assertThat(published()).as("killed at change " + change).containsExactly("job/7/run/1", "job/7/run/3");
            assertThat(collect()).isEmpty();
            assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("job-7/2-"));
        }
    }

    private boolean dies(MortalStore mortal) {
        try {
            collect(mortal);
            return false;
        } catch (LakeportException | MortalStore.Killed e) {
            return true;
        }
    }

    @Test
    void collect_runOfATextThatNobodyDeployed_isNotPublished() {
        jobs.byTheClock(1, State.SUCCEEDED, FakeJobs.ROWS);
        store.objects.keySet().removeIf(key -> key.startsWith("_lakeport/schedule/"));
        assertThat(collect())
                .singleElement()
                .satisfies(run -> assertThat(run.note()).contains("a text that was not deployed for this target"));
        assertThatThrownBy(() -> JobWorld.service(store, jobs, codec)
                        .schedules(jobs)
                        .collect(URI.create("s3://lake/other/"), deadline(), progress -> {}))
                .hasMessageContaining("no job of tenant 'acme' exports to 's3://lake/other/'");
    }
}

package io.lakeport.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.export.request.EngineChoice;
import io.lakeport.core.export.request.ExportRequest;
import io.lakeport.core.job.JobRun.State;
import io.lakeport.core.manifest.ExportManifest;
import io.lakeport.core.manifest.ManifestLog;
import io.lakeport.core.sql.TableName;
import io.lakeport.core.store.ObjectStore;
import io.lakeport.core.time.Deadline;
import io.lakeport.testwatch.ExpectWarnings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host is killed at each change that it makes to the target while a job writes for it, and another one goes on. */
@Tag("AA-22")
class JobResumeTest {
    private static final URI TARGET = URI.create("s3://lake/t/");
    private static final ExportRequest REQUEST = ExportRequest.builder(TableName.of("main", "default", "t"), TARGET)
            .engine(EngineChoice.JOB)
            .build();

    private final InMemoryCodec codec = new InMemoryCodec();
    private InMemoryStore store = new InMemoryStore();
    private FakeJobs jobs = new FakeJobs(store);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_killedAtEveryChange_nextHostFinishesWithTheSameJobRun(boolean changeReachesTheTarget) {
        boolean killed = true;
        int resumed = 0;
        for (int change = 1; killed; change++) {
            store = new InMemoryStore();
            jobs = new FakeJobs(store);
            killed = dies(new MortalStore(store, change, changeReachesTheTarget));
            boolean published = !new ManifestLog(store, codec).all().isEmpty();
            int before = jobs.runs.size();
            if (!published) {
                service(store).run(REQUEST, deadline(), progress -> {});
            }
            resumed += killed && !published && before == 1 ? 1 : 0;
            assertThat(jobs.runs)
                    .as("job runs after a kill at change " + change)
                    .hasSize(1);
            assertRowsOnce();
            service(store).collectGarbage(TARGET, Duration.ZERO, Deadline.after(Duration.ofMinutes(1)));
            assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("_lakeport/runs/"));
        }
        assertThat(resumed).as("hosts that found the run of a dead one").isPositive();
    }

    @Test
    @ExpectWarnings("kept to go on with")
    void run_nobodySawTheAnswerToRunNow_isFoundByItsToken() {
        jobs.loseAnswers = 1;
        assertThatThrownBy(() -> service(store).run(REQUEST, deadline(), progress -> {}))
                .isInstanceOfSatisfying(
                        LakeportException.class, e -> assertThat(e.context()).containsEntry("resumable", "true"));
        ExportManifest manifest = service(store).resume(TARGET, deadline(), progress -> {});

        assertThat(jobs.runs).hasSize(1);
        assertThat(manifest.files())
                .allMatch(file -> file.object().key().value().contains("/01/"));
        assertRowsOnce();
    }

    @Test
    @ExpectWarnings("kept to go on with")
    void run_cancelledBySomebody_isSaidAndResumeStartsAnother() {
        jobs.next = State.CANCELLED;
        assertThatThrownBy(() -> service(store).run(REQUEST, deadline(), progress -> {}))
                .isInstanceOfSatisfying(LakeportException.class, e -> {
                    assertThat(e.is(CoreError.STATEMENT_CANCELLED)).isTrue();
                    assertThat(e).hasMessageContaining("run 1 of job 7, task write was cancelled");
                });
        service(store).resume(TARGET, deadline(), progress -> {});

        assertThat(jobs.runs).hasSize(2);
        assertRowsOnce();
    }

    @Test
    void run_jobDeletedWhileItRan_saysSoAndLeavesNothing() {
        jobs.next = State.RUNNING;
        jobs.deletedAfterPolls = 1;
        assertThatThrownBy(() -> service(store).run(REQUEST, deadline(), progress -> {}))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.OBJECT_NOT_FOUND)).isTrue())
                .hasMessageContaining("somebody deleted it or its job");
        assertThat(store.objects.keySet()).noneMatch(key -> key.startsWith("_lakeport/runs/"));
    }

    @Test
    @ExpectWarnings("kept to go on with")
    void run_deadlinePassesWhileTheJobRuns_cancelsTheRun() {
        jobs.next = State.RUNNING;
        assertThatThrownBy(() -> service(store).run(REQUEST, Deadline.after(Duration.ofMillis(400)), progress -> {}))
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.is(CoreError.DEADLINE_EXCEEDED)).isTrue());
        assertThat(jobs.cancelled).containsExactly(1L);
    }

    @Test
    void preview_tenantThatMayHaveNoJobs_saysWhyNot() {
        jobs.objection = Optional.of("no workspace-access entitlement");
        ExportRequest auto = REQUEST.toBuilder().engine(EngineChoice.AUTO).build();
        assertThat(service(store)
                        .preview(auto, deadline())
                        .choice()
                        .orElseThrow()
                        .lines())
                .contains("not job: no workspace-access entitlement");
        assertThatThrownBy(() -> service(store).run(REQUEST, deadline(), progress -> {}))
                .hasMessageContaining("engine job cannot do this export: no workspace-access entitlement");
        jobs.objection = Optional.empty();
        assertThat(service(store)
                        .preview(auto, deadline())
                        .choice()
                        .orElseThrow()
                        .lines())
                .anyMatch(
                        line -> line.startsWith("not job: possible, and of use when the export shall run by schedule"));
    }

    private boolean dies(MortalStore mortal) {
        try {
            service(mortal).run(REQUEST, deadline(), progress -> {});
            return false;
        } catch (LakeportException | MortalStore.Killed e) {
            return true;
        }
    }

    private void assertRowsOnce() {
        List<ExportManifest> manifests = new ManifestLog(store, codec).all();
        assertThat(manifests).singleElement().satisfies(manifest -> {
            assertThat(manifest.rows()).isEqualTo(FakeJobs.ROWS);
            assertThat(manifest.origin().statementIds())
                    .singleElement()
                    .asString()
                    .startsWith("job/7/run/");
            assertThat(manifest.files())
                    .allMatch(file ->
                            new String(store.objects.get(file.object().key().value()), StandardCharsets.UTF_8)
                                            .lines()
                                            .count()
                                    == file.rows());
        });
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private ExportService service(ObjectStore at) {
        return JobWorld.service(at, jobs, codec);
    }
}

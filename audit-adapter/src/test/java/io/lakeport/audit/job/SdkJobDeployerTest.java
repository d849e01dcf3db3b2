package io.lakeport.audit.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.service.iam.ListGroupsRequest;
import com.databricks.sdk.service.iam.Patch;
import com.databricks.sdk.service.iam.PatchGroupRequest;
import com.databricks.sdk.service.iam.PatchOp;
import com.databricks.sdk.service.jobs.BaseJob;
import com.databricks.sdk.service.jobs.CronSchedule;
import com.databricks.sdk.service.jobs.JobEmailNotifications;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import com.databricks.sdk.service.jobs.Source;
import com.databricks.sdk.service.jobs.Task;
import com.databricks.sdk.service.jobs.UpdateJob;
import com.databricks.sdk.service.workspace.ExportRequest;
import com.databricks.sdk.service.workspace.Import;
import com.databricks.sdk.service.workspace.ImportFormat;
import io.lakeport.audit.Tenants;
import io.lakeport.core.auth.TokenSource;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.guard.Exchanges;
import io.lakeport.core.guard.Guard;
import io.lakeport.core.guard.GuardedCall;
import io.lakeport.core.job.DeployedJob;
import io.lakeport.core.job.Deployment;
import io.lakeport.core.job.JobDefinition;
import io.lakeport.core.job.JobDeployer;
import io.lakeport.core.job.JobRun;
import io.lakeport.core.job.JobSchedule;
import io.lakeport.core.job.JobTask;
import io.lakeport.core.secret.Secret;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.core.tenant.Tenant;
import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.fault.FaultMatch;
import io.lakeport.localworkspace.fault.RetryAfter;
import io.lakeport.localworkspace.http.LoggedRequest;
import io.lakeport.localworkspace.server.LocalWorkspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs in the local workspace, as the unmodified SDK finds them there. */
class SdkJobDeployerTest {
    private static final String SLOW =
            "SELECT count(*) FROM range(100000000) a JOIN range(100000000) b ON a.id % 7 = b.id % 5";

    private static LocalWorkspace workspace;
    private static SimulatorConnection connection;
    private static WorkspaceClient sdk;

    private JobDeployer jobs = deployer("acme", connection.token());

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory());
        connection = workspace.connection();
        sdk = new WorkspaceClient(new DatabricksConfig()
                .setHost(connection.httpUrl().toString())
                .setAuthType("pat")
                .setToken(connection.token().reveal()));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @BeforeEach
    void clear() {
        workspace.requests().clear();
    }

    @AfterEach
    void noFaultStays() {
        workspace.faults().clear();
    }

    private static JobDeployer deployer(String tenant, Secret token) {
        Tenant one =
                Tenants.tenant(tenant, connection.httpUrl().toString(), "Acme_Widget/1.2.3", connection.warehouseId());
        TokenSource tokens = Tenants.tokens(token.reveal());
        return new SdkJobDeployerProvider().open(one, tokens, new ThreeTries());
    }

    /** The one retry layer of the host, as far as these tests need it. */
    private static final class ThreeTries implements Guard {
        @Override
        public <T> T call(GuardedCall call, Callable<T> exchange) {
            for (int i = 1; ; i++) {
                try {
                    return Exchanges.run(exchange);
                } catch (LakeportException e) {
                    if (i == 3 || !call.repeatable() || !e.category().isRetryable()) {
                        throw e;
                    }
                }
            }
        }
    }

    private static JobDefinition definition(String key, String sql) {
        return new JobDefinition(
                key,
                "test " + key,
                "what it does",
                connection.warehouseId(),
                List.of(
                        new JobTask("first", "SELECT 42 AS answer\n", Map.of(), List.of()),
                        new JobTask(
                                "second",
                                sql,
                                Map.of("given", "{{tasks.first.output.first_row.answer}} of {{job.run_id}}"),
                                List.of("first"))),
                List.of("word"),
                Optional.empty());
    }

    private static List<BaseJob> seen(String key) {
        List<BaseJob> found = new ArrayList<>();
        sdk.jobs().list(new ListJobsRequest()).forEach(job -> {
            if (job.getSettings().getTags() != null
                    && key.equals(job.getSettings().getTags().get("lakeport_job"))) {
                found.add(job);
            }
        });
        return found;
    }

    private JobRun ended(JobRun run) throws InterruptedException {
        JobRun now = run;
        for (int i = 0; i < 400 && !now.state().isEnd(); i++) {
            Thread.sleep(25);
            now = jobs.run(run.id(), Tenants.soon());
        }
        return now;
    }

    @Test
    @Tag("AA-22")
    void ensure_newJob_isWhatTheSdkReadsAndHoldsNoSecret() {
        JobSchedule nightly = new JobSchedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"), true);
        Deployment made =
                jobs.ensure(definition("read", "SELECT :given, :word\n").by(nightly), Tenants.soon());

        assertThat(made.created()).isTrue();
        JobSettings settings = sdk.jobs().get(made.job().id()).getSettings();
        assertThat(settings.getTags())
                .containsOnly(Map.entry("lakeport_tenant", "acme"), Map.entry("lakeport_job", "read"));
        assertThat(settings.getSchedule().getQuartzCronExpression()).isEqualTo("0 30 2 * * ?");
        assertThat(settings.getSchedule().getTimezoneId()).isEqualTo("Europe/Berlin");
        assertThat(settings.getMaxConcurrentRuns()).isEqualTo(1);
        assertThat(settings.getQueue().getEnabled()).isTrue();
        assertThat(settings.getParameters())
                .singleElement()
                .satisfies(p -> assertThat(p.getName()).isEqualTo("word"));
        assertThat(settings.getTasks()).extracting(Task::getTaskKey).containsExactly("first", "second");
        Task second = List.copyOf(settings.getTasks()).get(1);
        assertThat(second.getSqlTask().getFile().getSource()).isEqualTo(Source.WORKSPACE);
        assertThat(second.getDependsOn())
                .singleElement()
                .satisfies(need -> assertThat(need.getTaskKey()).isEqualTo("first"));
        assertThat(text(second.getSqlTask().getFile().getPath())).isEqualTo("SELECT :given, :word\n");
        assertThat(settings.toString()).doesNotContain(connection.token().reveal());
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.path().startsWith("/api/2.2/jobs/create"))
                .singleElement()
                .satisfies(request -> assertThat(request.userAgent()).startsWith("Acme_Widget/1.2.3 Lakeport/"));
    }

    private static String text(String path) {
        return new String(
                Base64.getDecoder()
                        .decode(sdk.workspace()
                                .export(new ExportRequest().setPath(path))
                                .getContent()),
                StandardCharsets.UTF_8);
    }

    @Test
    void ensure_twiceThenChanged_changesNothingThenInPlaceAndKeepsWhatPeopleSet() {
        long id = jobs.ensure(definition("again", "SELECT 1\n"), Tenants.soon())
                .job()
                .id();
        sdk.jobs()
                .update(new UpdateJob()
                        .setJobId(id)
                        .setNewSettings(new JobSettings()
                                .setEmailNotifications(
                                        new JobEmailNotifications().setOnFailure(List.of("ops@example.com")))
                                .setSchedule(new CronSchedule()
                                        .setQuartzCronExpression("0 0 1 1 1 ?")
                                        .setTimezoneId("UTC"))));
        workspace.requests().clear();

        assertThat(jobs.ensure(definition("again", "SELECT 1\n"), Tenants.soon())
                        .isUnchanged())
                .isTrue();
        assertThat(workspace.requests().all())
                .extracting(LoggedRequest::method)
                .as("a job that stands as defined is only looked at")
                .containsOnly("GET");
        Deployment changed = jobs.ensure(definition("again", "SELECT 2\n"), Tenants.soon());
        assertThat(changed.job().id()).isEqualTo(id);
        assertThat(changed.changes()).singleElement().asString().startsWith("task second file: ");
        JobSettings settings = sdk.jobs().get(id).getSettings();
        assertThat(settings.getEmailNotifications().getOnFailure()).containsExactly("ops@example.com");
        assertThat(settings.getSchedule().getQuartzCronExpression()).isEqualTo("0 0 1 1 1 ?");
    }

    @Test
    void ensure_fileThatSomebodyChanged_isWrittenAgainAndSaid() {
        long id = jobs.ensure(definition("file", "SELECT 1\n"), Tenants.soon())
                .job()
                .id();
        String path = List.copyOf(sdk.jobs().get(id).getSettings().getTasks())
                .get(1)
                .getSqlTask()
                .getFile()
                .getPath();
        sdk.workspace()
                .importContent(new Import()
                        .setPath(path)
                        .setFormat(ImportFormat.AUTO)
                        .setOverwrite(true)
                        .setContent(
                                Base64.getEncoder().encodeToString("DROP TABLE t".getBytes(StandardCharsets.UTF_8))));

        assertThat(jobs.ensure(definition("file", "SELECT 1\n"), Tenants.soon()).changes())
                .singleElement()
                .asString()
                .contains(path, "somebody had changed it");
        assertThat(text(path)).isEqualTo("SELECT 1\n");
    }

    @Test
    void ensure_createRateLimitedThenAnswerLost_findsTheJobAndMakesNoSecond() {
        FaultMatch create = FaultMatch.request("POST", "/api/2.2/jobs/create");
        workspace.faults().when(create).next(1).answer(429, RetryAfter.seconds(1));
        workspace.faults().when(create).next(1).cutAnswer();
        Deployment made = jobs.ensure(definition("lost", "SELECT 1\n"), Tenants.soon());

        assertThat(seen("lost"))
                .extracting(BaseJob::getJobId)
                .containsExactly(made.job().id());
        assertThat(workspace.requests().all())
                .filteredOn(request -> request.path().equals("/api/2.2/jobs/create"))
                .extracting(LoggedRequest::status)
                .containsExactly(429, 444);
    }

    @Test
    void ensure_sameKeyOfAnotherTenant_isAnotherJob() {
        long ours = jobs.ensure(definition("shared", "SELECT 1\n"), Tenants.soon())
                .job()
                .id();
        JobDeployer others = deployer("beta", connection.token());

        assertThat(others.find("shared", Tenants.soon())).isEmpty();
        assertThat(others.ensure(definition("shared", "SELECT 1\n"), Tenants.soon())
                        .job()
                        .id())
                .isNotEqualTo(ours);
        assertThat(others.list(Tenants.soon())).extracting(DeployedJob::id).doesNotContain(ours);
    }

    @Test
    @Tag("AA-22")
    void start_answerLostAndRateLimited_isOneRunWithItsParameters() throws Exception {
        long id = jobs.ensure(definition("run", "SELECT concat(:given, ' ', :word) AS told\n"), Tenants.soon())
                .job()
                .id();
        FaultMatch runNow = FaultMatch.request("POST", "/api/2.2/jobs/run-now");
        workspace.faults().when(runNow).next(1).cutAnswer();
        workspace.faults().when(runNow).next(1).answer(429, RetryAfter.seconds(1));

        JobRun run = jobs.start(id, "0123456789abcdef", Map.of("word", "hello"), Tenants.soon());
        assertThat(jobs.start(id, "0123456789abcdef", Map.of("word", "hello"), Tenants.soon())
                        .id())
                .isEqualTo(run.id());

        assertThat(sdk.jobs().listRuns(new ListRunsRequest().setJobId(id))).hasSize(1);
        JobRun ended = ended(run);
        assertThat(ended.state()).as(ended.message()).isEqualTo(JobRun.State.SUCCEEDED);
        assertThat(ended.parameters()).containsEntry("word", "hello");
        assertThat(ended.task("second").orElseThrow().file()).endsWith(".sql");
        assertThat(jobs.runs(id, 5, Tenants.soon())).extracting(JobRun::id).containsExactly(run.id());
    }

    @Test
    void run_failsOrIsCancelled_saysOfWhichTaskAndWhy() throws Exception {
        long bad = jobs.ensure(definition("bad", "SELECT * FROM nowhere\n"), Tenants.soon())
                .job()
                .id();
        JobRun failed = ended(jobs.start(bad, "bad", Map.of(), Tenants.soon()));
        assertThat(failed.state()).isEqualTo(JobRun.State.FAILED);
        assertThat(failed.task("first").orElseThrow().state()).isEqualTo(JobRun.State.SUCCEEDED);
        assertThat(failed.task("second").orElseThrow().message()).contains("TABLE_OR_VIEW_NOT_FOUND");

        long slow = jobs.ensure(definition("slow", SLOW), Tenants.soon()).job().id();
        JobRun begun = jobs.start(slow, "slow", Map.of(), Tenants.soon());
        jobs.cancel(begun.id(), Tenants.soon());
        assertThat(ended(begun).state()).isEqualTo(JobRun.State.CANCELLED);
    }

    @Test
    void delete_job_takesItsFilesAndIsSilentTheSecondTime() {
        DeployedJob job =
                jobs.ensure(definition("gone", "SELECT 1\n"), Tenants.soon()).job();
        String folder = "/Users/" + workspace.principal().applicationId() + "/.lakeport/acme";
        assertThat(sdk.workspace().list(folder)).anyMatch(info -> info.getPath().endsWith("/gone"));
        jobs.delete(job, Tenants.soon());
        jobs.delete(job, Tenants.soon());

        assertThat(jobs.find("gone", Tenants.soon())).isEmpty();
        assertThat(sdk.workspace().list(folder))
                .noneMatch(info -> info.getPath().endsWith("/gone"));
        LakeportException missing = catchThrowableOfType(
                LakeportException.class, () -> jobs.start(job.id(), "x", Map.of(), Tenants.soon()));
        assertThat(missing.is(CoreError.OBJECT_NOT_FOUND)).isTrue();
    }

    @Test
    void objection_principalWithoutWorkspaceAccess_isTheWorkspacesOwnReason() {
        Principal reader = workspace.identities().addServicePrincipal("reader");
        Secret token = workspace.identities().addToken(reader, Duration.ofHours(1));
        JobDeployer theirs = deployer("acme", token);
        assertThat(theirs.objection(Tenants.soon())).isEmpty();
        String users = sdk.groupsV2()
                .list(new ListGroupsRequest().setFilter("displayName eq users"))
                .iterator()
                .next()
                .getId();
        sdk.groupsV2()
                .patch(new PatchGroupRequest()
                        .setId(users)
                        .setOperations(List.of(new Patch()
                                .setOp(PatchOp.REMOVE)
                                .setPath("entitlements[value eq \"workspace-access\"]"))));

        assertThat(theirs.objection(Tenants.soon()).orElseThrow()).contains("workspace-access entitlement");
    }
}

package io.lakeport.localworkspace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.ResourceDoesNotExist;
import com.databricks.sdk.service.jobs.BaseJob;
import com.databricks.sdk.service.jobs.BaseRun;
import com.databricks.sdk.service.jobs.ConditionTask;
import com.databricks.sdk.service.jobs.ConditionTaskOp;
import com.databricks.sdk.service.jobs.CreateJob;
import com.databricks.sdk.service.jobs.CronSchedule;
import com.databricks.sdk.service.jobs.JobParameterDefinition;
import com.databricks.sdk.service.jobs.JobSettings;
import com.databricks.sdk.service.jobs.ListJobsRequest;
import com.databricks.sdk.service.jobs.ListRunsRequest;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.PauseStatus;
import com.databricks.sdk.service.jobs.RepairRun;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunIf;
import com.databricks.sdk.service.jobs.RunLifeCycleState;
import com.databricks.sdk.service.jobs.RunLifecycleStateV2State;
import com.databricks.sdk.service.jobs.RunNow;
import com.databricks.sdk.service.jobs.RunOutput;
import com.databricks.sdk.service.jobs.RunResultState;
import com.databricks.sdk.service.jobs.RunTask;
import com.databricks.sdk.service.jobs.SqlTask;
import com.databricks.sdk.service.jobs.SqlTaskQuery;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.jobs.Task;
import com.databricks.sdk.service.jobs.TaskDependency;
import com.databricks.sdk.service.jobs.TerminationCodeCode;
import com.databricks.sdk.service.jobs.TriggerType;
import com.databricks.sdk.service.jobs.UpdateJob;
import com.databricks.sdk.service.sql.CreateQueryRequest;
import com.databricks.sdk.service.sql.CreateQueryRequestQuery;
import com.databricks.sdk.service.sql.ListQueriesRequest;
import com.databricks.sdk.service.sql.UpdateQueryRequest;
import com.databricks.sdk.service.sql.UpdateQueryRequestQuery;
import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.core.simulator.SimulatorConnection;
import io.lakeport.core.simulator.SimulatorSettings;
import io.lakeport.localworkspace.conformance.Proves;
import io.lakeport.localworkspace.engine.duck.DuckEngine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs that the official SDK creates really run their SQL. */
@Proves(value = "Jobs", client = "Java SDK 0.141.0")
class SdkJobsTest {
    private static LocalWorkspace workspace;
    private static WorkspaceClient client;
    private static RawClient raw;

    @BeforeAll
    static void start() {
        workspace = LocalWorkspace.start(SimulatorSettings.inMemory(), WorkspaceOptions.defaults(), DuckEngine::open);
        SimulatorConnection c = workspace.connection();
        raw = new RawClient(workspace);
        client = new WorkspaceClient(new DatabricksConfig()
                .setHost(c.httpUrl().toString())
                .setAuthType("pat")
                .setToken(c.token().reveal()));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    private static String query(String sql) {
        return client.queries()
                .create(new CreateQueryRequest()
                        .setQuery(new CreateQueryRequestQuery()
                                .setDisplayName("q")
                                .setQueryText(sql)))
                .getId();
    }

    private static Task sql(String key, String sql, String... dependsOn) {
        return new Task()
                .setTaskKey(key)
                .setSqlTask(sqlTask(sql))
                .setDependsOn(List.of(dependsOn).stream()
                        .map(name -> new TaskDependency().setTaskKey(name))
                        .toList());
    }

    private static SqlTask sqlTask(String sql) {
        return new SqlTask()
                .setWarehouseId(workspace.connection().warehouseId())
                .setQuery(new SqlTaskQuery().setQueryId(query(sql)));
    }

    private static Run run(long job) throws Exception {
        return client.jobs().runNow(new RunNow().setJobId(job)).get();
    }

    private static long create(Task... tasks) {
        return client.jobs()
                .create(new CreateJob().setName("job").setTasks(List.of(tasks)))
                .getJobId();
    }

    private static RunTask task(Run run, String key) {
        return run.getTasks().stream()
                .filter(task -> task.getTaskKey().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode rows(String sql) {
        return raw.run(sql, ",\"wait_timeout\":\"30s\"").path("result").path("data_array");
    }

    @Test
    void run_sqlTasksInOrder_writesAndIsInTheSystemTables() throws Exception {
        long job = client.jobs()
                .create(new CreateJob()
                        .setName("load")
                        .setTags(Map.of("team", "sales"))
                        .setParameters(List.of(
                                new JobParameterDefinition().setName("who").setDefault("nobody")))
                        .setSchedule(new CronSchedule()
                                .setQuartzCronExpression("0 0 2 * * ?")
                                .setTimezoneId("UTC")
                                .setPauseStatus(PauseStatus.PAUSED))
                        .setTasks(List.of(
                                sql("make", "CREATE OR REPLACE TABLE main.default.greetings (who STRING); SELECT 1"),
                                sql(
                                        "fill",
                                        "INSERT INTO main.default.greetings VALUES (concat('for ', :who))",
                                        "make"))))
                .getJobId();
        Run run = client.jobs()
                .runNow(new RunNow().setJobId(job).setJobParameters(Map.of("who", "Ana")))
                .get();
        assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(run.getStatus().getState()).isEqualTo(RunLifecycleStateV2State.TERMINATED);
        assertThat(run.getStatus().getTerminationDetails().getCode()).isEqualTo(TerminationCodeCode.SUCCESS);
        assertThat(task(run, "make").getEndTime())
                .isLessThanOrEqualTo(task(run, "fill").getStartTime());
        assertThat(rows("SELECT * FROM main.default.greetings").toString()).isEqualTo("[[\"for Ana\"]]");

        RunOutput output = client.jobs().getRunOutput(task(run, "fill").getRunId());
        String statement = output.getSqlOutput()
                .getQueryOutput()
                .getSqlStatements()
                .iterator()
                .next()
                .getLookupKey();
        assertThat(rows("SELECT query_source.job_info.job_id, query_source.job_info.job_run_id FROM"
                                + " system.query.history WHERE statement_id = '" + statement + "'")
                        .toString())
                .isEqualTo("[[\"" + job + "\",\"" + run.getRunId() + "\"]]");
        assertThat(rows("SELECT name, trigger_type, paused, tags['team'] FROM system.lakeflow.jobs WHERE job_id = '"
                                + job + "'")
                        .toString())
                .isEqualTo("[[\"load\",\"CRON\",\"true\",\"sales\"]]");
        assertThat(
                        rows("SELECT result_state, job_parameters['who'] FROM system.lakeflow.job_run_timeline WHERE run_id = '"
                                        + run.getRunId() + "'")
                                .toString())
                .isEqualTo("[[\"SUCCEEDED\",\"Ana\"]]");
        assertThat(rows("SELECT task_key, result_state, compute[0].warehouse_id FROM"
                                + " system.lakeflow.job_task_run_timeline WHERE job_run_id = '" + run.getRunId()
                                + "' ORDER BY 1")
                        .toString())
                .isEqualTo("[[\"fill\",\"SUCCEEDED\",\"0123456789abcdef\"],"
                        + "[\"make\",\"SUCCEEDED\",\"0123456789abcdef\"]]");
    }

    @Test
    void run_aTaskFails_laterOnesFollowTheirRunIfAndRepairGoesOn() throws Exception {
        raw.run("DROP TABLE IF EXISTS main.default.late", "");
        long job = create(
                sql("bad", "SELECT * FROM main.default.late"),
                sql("after", "SELECT 1", "bad"),
                sql("cleanup", "SELECT 2", "bad").setRunIf(RunIf.ALL_DONE));
        Run failed = run(job);
        assertThat(failed.getState().getResultState()).isEqualTo(RunResultState.FAILED);
        assertThat(task(failed, "bad").getState().getStateMessage()).contains("TABLE_OR_VIEW_NOT_FOUND");
        assertThat(task(failed, "after").getState().getResultState()).isEqualTo(RunResultState.UPSTREAM_FAILED);
        assertThat(task(failed, "cleanup").getState().getResultState()).isEqualTo(RunResultState.SUCCESS);

        raw.run("CREATE TABLE main.default.late (i INT)", "");
        Run repaired = client.jobs()
                .repairRun(new RepairRun().setRunId(failed.getRunId()).setRerunAllFailedTasks(true))
                .get();
        assertThat(repaired.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(task(repaired, "bad").getAttemptNumber()).isOne();
    }

    @Test
    void run_condition_takesOneBranch() throws Exception {
        Task condition = new Task()
                .setTaskKey("large")
                .setConditionTask(new ConditionTask()
                        .setLeft("10")
                        .setOp(ConditionTaskOp.GREATER_THAN)
                        .setRight("9"));
        Task yes = sql("yes", "SELECT 1")
                .setDependsOn(List.of(new TaskDependency().setTaskKey("large").setOutcome("true")));
        Task no = sql("no", "SELECT 1")
                .setDependsOn(List.of(new TaskDependency().setTaskKey("large").setOutcome("false")));
        Run run = run(create(condition, yes, no));
        assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(task(run, "large").getConditionTask().getOutcome()).isEqualTo("true");
        assertThat(task(run, "yes").getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(task(run, "no").getState().getResultState()).isEqualTo(RunResultState.EXCLUDED);
    }

    @Test
    void run_cancelledOrTooLong_endsSo() throws Exception {
        String slow = "SELECT count(*) FROM range(100000000) a JOIN range(100000000) b ON a.id % 7 = b.id % 5";
        long job = create(sql("slow", slow));
        long run =
                client.jobs().runNow(new RunNow().setJobId(job)).getResponse().getRunId();
        assertThat(client.jobs()
                        .runNow(new RunNow().setJobId(job))
                        .get()
                        .getState()
                        .getLifeCycleState())
                .isEqualTo(RunLifeCycleState.SKIPPED);
        Run cancelled = client.jobs().cancelRun(run).get();
        assertThat(cancelled.getState().getResultState()).isEqualTo(RunResultState.CANCELED);

        Run late = run(create(sql("slow", slow).setTimeoutSeconds(1L)));
        assertThat(task(late, "slow").getState().getResultState()).isEqualTo(RunResultState.TIMEDOUT);
        assertThat(late.getState().getResultState()).isEqualTo(RunResultState.FAILED);
    }

    @Test
    void submit_sameToken_isOneRunAndNotebooksAreNotPretended() throws Exception {
        SubmitRun submit = new SubmitRun()
                .setRunName("once")
                .setIdempotencyToken("t1")
                .setTasks(List.of(new SubmitTask().setTaskKey("a").setSqlTask(sqlTask("SELECT 1"))));
        long first = client.jobs().submit(submit).getResponse().getRunId();
        assertThat(client.jobs().submit(submit).getResponse().getRunId()).isEqualTo(first);
        assertThat(client.jobs().listRuns(new ListRunsRequest()))
                .extracting(one -> one.getRunId())
                .contains(first);

        long notebook = client.jobs()
                .submit(new SubmitRun()
                        .setTasks(List.of(new SubmitTask()
                                .setTaskKey("n")
                                .setMaxRetries(1L)
                                .setNotebookTask(new NotebookTask().setNotebookPath("/n")))))
                .getResponse()
                .getRunId();
        Run run = client.jobs().getRun(notebook);
        for (int i = 0; i < 200 && run.getEndTime() == 0; i++) {
            Thread.sleep(10);
            run = client.jobs().getRun(notebook);
        }
        assertThat(run.getState().getLifeCycleState()).isEqualTo(RunLifeCycleState.INTERNAL_ERROR);
        assertThat(run.getState().getStateMessage()).contains("notebook_task");
        assertThat(task(run, "n").getAttemptNumber()).isOne();
    }

    @Test
    void run_laterTaskReadsTheFirstRowOfOneBefore() throws Exception {
        raw.run("CREATE TABLE main.default.passed (what STRING)", "");
        Task write = sql("write", "INSERT INTO main.default.passed VALUES (:what)", "read");
        write.getSqlTask()
                .setParameters(Map.of("what", "{{tasks.read.output.first_row.n}}/{{tasks.read.output.first_row.no}}"));
        Run run = run(create(sql("read", "SELECT id AS n, 'x' AS y FROM range(7, 9) ORDER BY id"), write));
        assertThat(run.getState().getResultState()).isEqualTo(RunResultState.SUCCESS);
        assertThat(rows("SELECT * FROM main.default.passed").toString())
                .isEqualTo("[[\"7/{{tasks.read.output.first_row.no}}\"]]");
    }

    @Test
    void schedule_unpaused_startsRunsUntilItIsPaused() throws Exception {
        CronSchedule often =
                new CronSchedule().setQuartzCronExpression("* * * * * ?").setTimezoneId("Europe/Berlin");
        long job = client.jobs()
                .create(new CreateJob().setName("often").setSchedule(often).setTasks(List.of(sql("a", "SELECT 1"))))
                .getJobId();
        for (int i = 0; i < 400 && runs(job).size() < 2; i++) {
            Thread.sleep(25);
        }
        client.jobs()
                .update(new UpdateJob()
                        .setJobId(job)
                        .setNewSettings(new JobSettings().setSchedule(often.setPauseStatus(PauseStatus.PAUSED))));
        List<BaseRun> runs = runs(job);
        assertThat(runs).hasSizeGreaterThanOrEqualTo(2).allMatch(run -> run.getTrigger() == TriggerType.PERIODIC);
        Thread.sleep(1500);
        assertThat(runs(job)).hasSameSizeAs(runs);
        assertThatThrownBy(() -> client.jobs()
                        .create(new CreateJob()
                                .setSchedule(new CronSchedule()
                                        .setQuartzCronExpression("0 2 * * *")
                                        .setTimezoneId("UTC"))))
                .hasMessageContaining("Invalid quartz_cron_expression");
    }

    private static List<BaseRun> runs(long job) {
        List<BaseRun> runs = new java.util.ArrayList<>();
        client.jobs().listRuns(new ListRunsRequest().setJobId(job)).forEach(runs::add);
        return runs;
    }

    @Test
    void job_updateListDelete_followTheSdk() {
        long job = create(sql("a", "SELECT 1"), sql("b", "SELECT 2", "a"));
        client.jobs()
                .update(new UpdateJob()
                        .setJobId(job)
                        .setNewSettings(new JobSettings().setName("renamed").setMaxConcurrentRuns(3L))
                        .setFieldsToRemove(List.of("tasks/b")));
        JobSettings settings = client.jobs().get(job).getSettings();
        assertThat(settings.getName()).isEqualTo("renamed");
        assertThat(settings.getTasks()).extracting(Task::getTaskKey).containsExactly("a");
        assertThat(client.jobs().list(new ListJobsRequest().setName("renamed")))
                .extracting(BaseJob::getJobId)
                .containsExactly(job);
        client.jobs().delete(job);
        assertThatThrownBy(() -> client.jobs().get(job)).isInstanceOf(ResourceDoesNotExist.class);
        assertThatThrownBy(() -> create(sql("a", "SELECT 1", "b"), sql("b", "SELECT 1", "a")))
                .hasMessageContaining("circle");
    }

    @Test
    void query_updateAndDelete_followTheSdk() {
        String id = query("SELECT 1");
        client.queries()
                .update(new UpdateQueryRequest()
                        .setId(id)
                        .setUpdateMask("query_text")
                        .setQuery(new UpdateQueryRequestQuery()
                                .setQueryText("SELECT 2")
                                .setDisplayName("no")));
        assertThat(client.queries().get(id).getQueryText()).isEqualTo("SELECT 2");
        assertThat(client.queries().get(id).getDisplayName()).isEqualTo("q");
        client.queries().delete(id);
        assertThat(client.queries().list(new ListQueriesRequest()))
                .extracting(query -> query.getId())
                .doesNotContain(id);
    }
}

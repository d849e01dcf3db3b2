package io.lakeport.audit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakeport.audit.Tenants;
import io.lakeport.core.error.CoreError;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.grant.Grant;
import io.lakeport.core.grant.PermissionLevel;
import io.lakeport.core.grant.PermissionObject;
import io.lakeport.core.grant.Privilege;
import io.lakeport.core.grant.Right;
import io.lakeport.core.grant.Securable;
import io.lakeport.core.grant.plan.AccessPlan;
import io.lakeport.core.grant.plan.AccessPlanner;
import io.lakeport.core.grant.plan.AccessRequest;
import io.lakeport.core.grant.plan.AppliedPlan;
import io.lakeport.core.grant.plan.PlanApplication;
import io.lakeport.core.grant.plan.PlanPorts;
import io.lakeport.core.grant.plan.PlanStep;
import io.lakeport.core.grant.plan.StepOutcome;
import io.lakeport.core.principal.PrincipalName;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.localworkspace.http.LoggedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a principal without any right to one that works, and back, one right at a time. */
class AccessPlanTest {
    private static final Securable SALES = Securable.schema("main", "sales");
    private static final Securable RESULTS = Securable.schema("main", "results");
    private static final Securable ORDERS = Securable.table("main", "sales", "orders");

    private static AccessWorld world;
    private static PlanPorts admin;

    @BeforeAll
    static void start() {
        world = new AccessWorld();
        admin = world.admin();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static AccessRequest.Builder request(PrincipalName principal) {
        return AccessRequest.builder(principal).warehouse(WarehouseId.of(world.warehouse()));
    }

    private static AccessPlan plan(AccessRequest request) {
        return new AccessPlanner(admin).plan(request, Tenants.soon());
    }

    private static AppliedPlan apply(AccessRequest request) {
        AppliedPlan applied = new PlanApplication(admin).apply(request, Tenants.soon());
        assertThat(applied.outcomes())
                .filteredOn(outcome -> outcome.state() != StepOutcome.State.DONE)
                .extracting(outcome -> outcome.step().right() + ": " + outcome.message())
                .isEmpty();
        return applied;
    }

    private static List<String> missing(AccessRequest request) {
        return plan(request).steps().stream()
                .map(step -> step.right().toString())
                .toList();
    }

    @Test
    @Tag("AK-24")
    @Tag("AK-15")
    @Tag("AA-05")
    @Tag("BI-18")
    @Tag("BI-19")
    @Tag("BI-20")
    void apply_readOfOneTable_opensThatTableAlone_andEachRightTakenAwayIsNamed() {
        PrincipalName reader = world.newcomer("reader of a table");
        AccessRequest request = request(reader).read(ORDERS).build();

        assertThat(plan(request).steps())
                .extracting(step -> step.right().getClass().getSimpleName())
                .containsExactly("Assigned", "Entitled", "Entitled", "Permitted", "Granted", "Granted", "Granted");
        apply(request);

        assertThat(world.run(reader, "SELECT * FROM main.sales.orders")).isEqualTo("SUCCEEDED");
        assertThat(world.run(reader, "SELECT * FROM main.sales.lines")).contains("SELECT on Table");
        assertThat(plan(request)).satisfies(plan -> {
            assertThat(plan.isComplete()).isTrue();
            assertThat(plan.advice()).isEmpty();
        });
        assertEachRightIsNamed(request, Set.of("Assigned"));
    }

    private static void assertEachRightIsNamed(AccessRequest request, Set<String> butFor) {
        for (Right right : plan(request).held()) {
            if (butFor.contains(right.getClass().getSimpleName())) {
                continue;
            }
            world.takeAway(right);
            assertThat(missing(request)).as("without: " + right).containsExactly(right.toString());
            apply(request);
            assertThat(missing(request)).as("given again: " + right).isEmpty();
        }
    }

    @Test
    @Tag("AA-12")
    @Tag("AA-14")
    @Tag("AA-16")
    void apply_groupThatReadsASchema_givesItsMembersAllTablesThereAreAndCome() {
        PrincipalName first = world.newcomer("first member");
        PrincipalName second = world.newcomer("second member");
        AccessRequest.Builder shared = request(first).group("Sales `readers`").read(SALES);
        AccessRequest request = shared.build();

        apply(request);
        AccessPlan ofSecond = plan(request.of(second));

        assertThat(world.run(first, "SELECT * FROM main.sales.lines")).isEqualTo("SUCCEEDED");
        world.sql("CREATE TABLE main.sales.later (id INT)");
        assertThat(world.run(first, "SELECT * FROM main.sales.later")).isEqualTo("SUCCEEDED");
        assertThat(ofSecond.steps())
                .extracting(step -> step.right().getClass().getSimpleName())
                .containsExactly("Assigned", "InGroup");
        apply(request.of(second));
        assertThat(world.run(second, "SELECT * FROM main.sales.later")).isEqualTo("SUCCEEDED");
        assertEachRightIsNamed(request, Set.of("Assigned", "GroupExists"));
        assertThat(plan(request).steps()).isEmpty();
    }

    @Test
    @Tag("AK-25")
    void apply_writeBack_comesOnlyWhenAskedFor() {
        PrincipalName writer = world.newcomer("writer");
        apply(request(writer).read(SALES).build());
        String create = "CREATE TABLE main.results.r" + writer.name().substring(0, 8) + " AS SELECT 1 AS a";
        assertThat(world.run(writer, create)).contains("INSUFFICIENT_PERMISSIONS");

        AccessRequest request = request(writer).read(SALES).write(RESULTS).build();
        assertThat(missing(request))
                .containsExactly(
                        "USE SCHEMA on schema main.results for " + writer.name(),
                        "CREATE TABLE on schema main.results for " + writer.name(),
                        "SELECT on schema main.results for " + writer.name(),
                        "MODIFY on schema main.results for " + writer.name());
        apply(request);

        assertThat(world.run(writer, create)).isEqualTo("SUCCEEDED");
        assertThat(world.run(writer, "INSERT INTO main.sales.orders VALUES (1)"))
                .contains("MODIFY");
        assertEachRightIsNamed(request, Set.of("Assigned"));
    }

    @Test
    @Tag("DF-19")
    @Tag("DF-18")
    void apply_monitoring_enablesAndOpensEachSystemSchemaByItself() {
        PrincipalName monitor = world.newcomer("monitor");
        world.disable("billing");
        AccessRequest request = request(monitor)
                .monitor(List.of("billing", "query"))
                .permission(PermissionObject.WAREHOUSE, world.warehouse(), PermissionLevel.CAN_MONITOR)
                .build();
        // It succeeds on Databricks as here, and opens nothing.
        apply(AccessRequest.builder(monitor).read(SALES).build());
        world.sql("GRANT USE SCHEMA, SELECT ON CATALOG system TO `" + monitor.name() + "`");

        assertThat(missing(request))
                .contains(
                        "schema system.billing is enabled",
                        "USE CATALOG on catalog system for " + monitor.name(),
                        "USE SCHEMA on schema system.billing for " + monitor.name(),
                        "USE SCHEMA on schema system.query for " + monitor.name());
        apply(request);

        assertThat(world.run(monitor, "SELECT count(*) FROM system.billing.usage"))
                .isEqualTo("SUCCEEDED");
        assertThat(world.run(monitor, "SELECT count(*) FROM system.query.history"))
                .isEqualTo("SUCCEEDED");
        assertThat(world.run(monitor, "SELECT count(*) FROM system.access.audit"))
                .contains("USE SCHEMA");
        assertThat(plan(request).advice())
                .extracting(advice -> advice.fix().orElseThrow().sql().get(0))
                .contains("REVOKE SELECT ON CATALOG `system` FROM `" + monitor.name() + "`");
    }

    @Test
    @Tag("AA-32")
    void plan_rightsThatAreWiderThanNeeded_areHeldAndAdvisedAgainst() {
        PrincipalName wide = world.newcomer("too much");
        apply(request(wide).read(Securable.catalog("main")).build());
        world.sql("GRANT MODIFY ON SCHEMA main.sales TO `" + wide.name() + "`");

        AccessPlan plan = plan(request(wide).read(SALES).build());

        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.advice().toString())
                .contains("SELECT on catalog main")
                .contains("grant it on the schemas that need it")
                .contains("MODIFY on schema main.sales");
        assertThat(plan.advice())
                .flatExtracting(advice -> advice.fix().orElseThrow().sql())
                .contains("REVOKE SELECT ON CATALOG `main` FROM `" + wide.name() + "`")
                .allSatisfy(statement -> world.sql(statement));
        assertThat(missing(request(wide).read(SALES).build()))
                .containsExactlyInAnyOrder(
                        "USE SCHEMA on schema main.sales for " + wide.name(),
                        "SELECT on schema main.sales for " + wide.name());
    }

    @Test
    @Tag("AA-07")
    void apply_newPrincipalByName_createsItOnceAndGoesOn() {
        AccessRequest request = AccessRequest.forNew("lakeport made")
                .warehouse(WarehouseId.of(world.warehouse()))
                .read(SALES)
                .build();

        AccessPlan before = plan(request);
        AppliedPlan applied = apply(request);
        PrincipalName made = applied.plan().request().principal();

        assertThat(before.steps().get(0).right()).isEqualTo(new Right.Exists("lakeport made"));
        assertThat(before.steps())
                .last()
                .satisfies(step -> assertThat(step.fix().sql())
                        .containsExactly(
                                "GRANT SELECT ON SCHEMA `main`.`sales` TO `<application id of lakeport made>`"));
        assertThat(world.run(made, "SELECT * FROM main.sales.orders")).isEqualTo("SUCCEEDED");
        assertThat(plan(request).isComplete()).isTrue();
        world.workspace().identities().addServicePrincipal("lakeport made");
        LakeportException ambiguous = catchThrowableOfType(LakeportException.class, () -> plan(request));
        assertThat(ambiguous.is(CoreError.OBJECT_EXISTS)).isTrue();
        assertThat(ambiguous).hasMessageContaining(made.name());
    }

    @Test
    @Tag("AA-03")
    void plan_bySomebodyWithoutRights_saysWhoMay_andApplyChangesNothing() {
        PrincipalName plain = world.newcomer("plain");
        apply(request(plain).read(ORDERS).build());
        AccessRequest request = request(plain).read(SALES).build();
        PlanPorts own = world.as(plain);
        world.workspace().requests().clear();

        AccessPlan plan = new AccessPlanner(own).plan(request, Tenants.soon());
        AppliedPlan applied = new PlanApplication(own).apply(request, Tenants.soon());

        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.right()).hasToString("SELECT on schema main.sales for " + plain.name());
            assertThat(step.allowed()).isFalse();
        });
        assertThat(applied.outcomes())
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.state()).isEqualTo(StepOutcome.State.NOT_ALLOWED))
                .satisfies(
                        outcome -> assertThat(outcome.message().orElseThrow()).contains("a metastore admin"));
        assertThat(world.workspace().requests().all())
                .extracting(LoggedRequest::method)
                .containsOnly("GET");
    }

    @Test
    void apply_byTheOwnerOfASchema_givesWhatAnOwnerMay_andTellsTheRest() {
        PrincipalName owner = world.newcomer("owner");
        PrincipalName reader = world.newcomer("reader by owner");
        world.sql("CREATE SCHEMA main.owned");
        apply(request(owner).read(Securable.schema("main", "owned")).build());
        world.sql("ALTER SCHEMA main.owned OWNER TO `" + owner.name() + "`");

        AppliedPlan applied = new PlanApplication(world.as(owner))
                .apply(request(reader).read(Securable.schema("main", "owned")).build(), Tenants.soon());

        assertThat(applied.isComplete()).isFalse();
        assertThat(applied.outcomes())
                .filteredOn(outcome -> outcome.state() == StepOutcome.State.DONE)
                .extracting(outcome -> outcome.step().right().toString())
                .containsExactly(
                        "USE SCHEMA on schema main.owned for " + reader.name(),
                        "SELECT on schema main.owned for " + reader.name());
        assertThat(missing(
                        request(reader).read(Securable.schema("main", "owned")).build()))
                .doesNotContain("SELECT on schema main.owned for " + reader.name())
                .contains("USE CATALOG on catalog main for " + reader.name());
    }

    @Test
    void apply_stepThatFails_goesOnAndTellsBoth() {
        PrincipalName reader = world.newcomer("half");
        AppliedPlan applied = new PlanApplication(admin)
                .apply(
                        request(reader)
                                .read(Securable.schema("main", "not_there"))
                                .read(SALES)
                                .build(),
                        Tenants.soon());

        assertThat(applied.outcomes())
                .filteredOn(outcome -> outcome.state() == StepOutcome.State.FAILED)
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(outcome.message().orElseThrow()).contains("'main.not_there' does not exist"));
        assertThat(world.run(reader, "SELECT * FROM main.sales.orders")).isEqualTo("SUCCEEDED");
    }

    /** Whatever part of the rights is there, the plan is the other part, in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void plan_anySubsetOfRightsTakenAway_namesThatSubset(long seed) {
        Random random = new Random(seed);
        PrincipalName principal = world.newcomer("subset " + seed);
        AccessRequest request =
                request(principal).read(SALES).write(RESULTS).read(ORDERS).build();
        apply(request);
        List<String> expected = new ArrayList<>();
        for (Right right : plan(request).held()) {
            if (!(right instanceof Right.Assigned) && random.nextBoolean()) {
                world.takeAway(right);
                if (!isCovered(right, plan(request))) {
                    expected.add(right.toString());
                }
            }
        }

        List<String> found = missing(request);
        apply(request);

        assertThat(found).containsExactlyElementsOf(expected);
        assertThat(plan(request).isComplete()).isTrue();
    }

    /** SELECT on the schema covers that on its table for as long as it is there. */
    private static boolean isCovered(Right right, AccessPlan after) {
        return after.steps().stream().map(PlanStep::right).noneMatch(right::equals);
    }

    @Test
    @Tag("AA-11")
    void fixes_ofAWholePlan_runAsTheyArePrinted() {
        PrincipalName reader = world.newcomer("by hand");
        AccessRequest request = request(reader).read(ORDERS).build();
        List<PlanStep> steps = plan(request).steps();
        List<String> sql =
                steps.stream().flatMap(step -> step.fix().sql().stream()).collect(Collectors.toList());

        assertThat(sql).hasSize(3);
        sql.forEach(world::sql);

        assertThat(plan(request).steps()).extracting(PlanStep::right).noneMatch(Right.Granted.class::isInstance);
        assertThat(steps).allSatisfy(step -> assertThat(step.fix().calls()).allMatch(call -> call.isComplete()));
    }

    @Test
    void request_thatCannotBe_isRefused() {
        PrincipalName principal = PrincipalName.servicePrincipal("11111111-2222-4333-8444-555555555555");
        assertThat(catchThrowableOfType(
                        LakeportException.class,
                        () -> AccessRequest.builder(principal).build()))
                .hasMessageContaining("name what it is for");
        assertThat(catchThrowableOfType(
                        LakeportException.class,
                        () -> AccessRequest.builder(principal)
                                .write(Securable.catalog("main"))
                                .build()))
                .hasMessageContaining("give a schema or tables");
        assertThat(Grant.of(principal.name(), Privilege.SELECT, ORDERS).sql()).startsWith("GRANT SELECT");
    }
}

package io.lakeport.app.cli;

import io.lakeport.app.GrantClient;
import io.lakeport.app.Lakeport;
import io.lakeport.app.config.LakeportConfig;
import io.lakeport.app.config.Quantity;
import io.lakeport.core.auth.DatabricksAccount;
import io.lakeport.core.grant.plan.AccessPlan;
import io.lakeport.core.grant.plan.AccessRequest;
import io.lakeport.core.grant.plan.AppliedPlan;
import io.lakeport.core.tenant.Tenant;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds out which rights a tenant lacks, and gives them. */
@Command(
        name = "grants",
        subcommands = GrantsLintCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Find out which rights a tenant's principal lacks for its work, and give them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lakeport grants plan  -c acme.json --read main.sales                what lacks, and what gives it",
            "  lakeport grants plan  -c acme.json --read main.sales --format sql   to send to an admin",
            "  lakeport grants apply -c acme.json --read main.sales --admin-profile ADMIN",
            "  lakeport grants check -c acme.json --read main.sales --write main.results",
            "  lakeport grants apply -c acme.json --monitor --group observers --admin-tenant admin --account-id ID",
            "  lakeport grants lint setup.sql                                      a script that a customer was sent",
            "",
            "'check' ends with exit code 4 when a right is missing, 'apply' when one could not be given, 'lint' when",
            "a statement does not do what it says.",
        })
final class GrantsCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    GrantsCommand(Console console) {
        this.console = console;
    }

    /** What every command of these takes. */
    static final class Common {
        @Mixin
        private ConnectionOptions connection = new ConnectionOptions();

        @Mixin
        private AdminOptions admin = new AdminOptions();

        @Mixin
        private AccessOptions access = new AccessOptions();

        @Option(
                names = "--format",
                paramLabel = "FORM",
                defaultValue = "text",
                description = "text, json, or sql: statements and calls to be run by somebody else.")
        private GrantText.Form form = GrantText.Form.TEXT;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                defaultValue = "5m",
                description = "For all of it; ${DEFAULT-VALUE} if not given.")
        private String timeout = "5m";

        private <T> T run(Console console, BiFunction<GrantClient, AccessRequest, T> work) {
            LakeportConfig config = connection.config(console);
            Tenant tenant = config.tenant(connection.tenant(config));
            AccessRequest request = access.request(tenant);
            AdminOptions.Asking asking = admin.asking(config, tenant);
            Optional<DatabricksAccount> account = admin.account(asking.config().tenant(asking.id()));
            try (Lakeport lakeport = connection.start(asking.config())) {
                GrantClient grants = lakeport.tenant(asking.id()).grants();
                return work.apply(account.map(grants::withAccount).orElse(grants), request);
            }
        }

        private Duration limit() {
            return Quantity.duration(timeout);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: plan, apply, check or lint");
    }

    @Command(name = "plan", description = "Show what is there, what is missing, and what gives it; change nothing.")
    int plan(@Mixin Common common) {
        new GrantText(console, common.form).plan(look(common));
        return console.finish();
    }

    private AccessPlan look(Common common) {
        return common.run(console, (grants, request) -> grants.plan(request, common.limit()));
    }

    @Command(name = "check", description = "The same, with exit code 4 when something is missing.")
    int check(@Mixin Common common) {
        AccessPlan plan = look(common);
        new GrantText(console, common.form).plan(plan);
        int written = console.finish();
        return plan.isComplete() ? written : ExitCode.PERMISSION;
    }

    @Command(name = "apply", description = "Give what is missing, as far as who asks may; run it again at any time.")
    int apply(@Mixin Common common) {
        AppliedPlan applied = common.run(console, (grants, request) -> grants.apply(request, common.limit()));
        new GrantText(console, common.form).applied(applied);
        int written = console.finish();
        return applied.isComplete() ? written : ExitCode.PERMISSION;
    }
}

package io.lakeport.localworkspace.account;

import io.lakeport.localworkspace.job.JobFacts;
import java.util.List;

/** The people and service principals of the history; none of them is real. */
final class Cast {
    static final List<JobFacts.User> ANALYSTS = List.of(
            new JobFacts.User("7000000000000001", "ana.lima@example.com"),
            new JobFacts.User("7000000000000002", "bo.chen@example.com"),
            new JobFacts.User("7000000000000003", "cem.arslan@example.com"),
            new JobFacts.User("7000000000000004", "dora.novak@example.com"));
    static final JobFacts.User ENGINEER = new JobFacts.User("7000000000000005", "eve.okafor@example.com");
    static final JobFacts.User ETL = new JobFacts.User("7000000000000006", "5e1f0000-0000-4000-8000-000000000e71");
    static final JobFacts.User WIDGET = new JobFacts.User("7000000000000007", "5e1f0000-0000-4000-8000-00000000acee");

    private Cast() {}
}

package io.lakeport.core.workspace;

import io.lakeport.core.time.Deadline;
import java.util.List;
import java.util.Optional;

/**
 * Port: what a workspace lets in. For workspace admins. Thread-safe; calls block. Methods throw {@link
 * io.lakeport.core.error.LakeportException} as the workspace answered.
 */
public interface WorkspaceRules {
    /** Setting: whether IP access lists are enforced, {@code true} or {@code false}. */
    String IP_LISTS = "enableIpAccessLists";

    /** Setting: whether personal access tokens may be used, {@code true} or {@code false}. */
    String TOKENS = "enableTokensConfig";

    /** Setting: how many days a personal access token may live; empty or 0 for no limit. */
    String TOKEN_DAYS = "maxTokenLifetimeDays";

    /** Returns the IP access lists of the workspace; they count only while {@link #IP_LISTS} is {@code true}. */
    List<IpAccessList> ipAccessLists(Deadline deadline);

    /** Returns the value of a setting; empty when it was never set. */
    Optional<String> setting(String key, Deadline deadline);
}

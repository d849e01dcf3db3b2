package io.lakeport.localworkspace.access;

import io.lakeport.localworkspace.state.StateFiles;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** From which addresses the workspace and its account can be reached. Thread-safe. */
public final class IpAccess {
    private final IpAccessLists workspace;
    private final IpAccessLists account;
    private final WorkspaceSettings settings;

    /** Opens the lists and settings that {@code state} remembers. */
    public IpAccess(StateFiles state, Clock clock) {
        this.workspace = new IpAccessLists(state, "ip-access-lists", clock);
        this.account = new IpAccessLists(state, "account-ip-access-lists", clock);
        this.settings = new WorkspaceSettings(state);
    }

    /** Returns the workspace's lists. */
    public IpAccessLists workspace() {
        return workspace;
    }

    /** Returns the account's lists. */
    public IpAccessLists account() {
        return account;
    }

    /** Returns the settings, which say whether lists are enforced. */
    public WorkspaceSettings settings() {
        return settings;
    }

    /** Whether an address may reach the workspace. */
    public boolean workspaceAllows(String address) {
        return !settings.ipListsEnabled() || workspace.allows(address);
    }

    /** Whether an address may reach the account's API. */
    public boolean accountAllows(String address) {
        return !settings.accountIpListsEnabled() || account.allows(address);
    }

    /** Blocks an address or range for the workspace from now on, whoever that shuts out: for tests. */
    public void deny(String range) {
        workspace.add("denied by a test", "BLOCK", List.of(range), 0);
        settings.set(Map.of(WorkspaceSettings.IP_LISTS, "true"));
    }

    /** Lets every address reach the workspace again. */
    public void allowAll() {
        settings.set(Map.of(WorkspaceSettings.IP_LISTS, "false"));
        workspace.clear();
    }
}

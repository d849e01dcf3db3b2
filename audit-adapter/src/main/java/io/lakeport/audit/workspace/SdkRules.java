package io.lakeport.audit.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.lakeport.audit.sdk.RestPath;
import io.lakeport.audit.sdk.SdkRest;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.workspace.IpAccessList;
import io.lakeport.core.workspace.WorkspaceRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one workspace lets in (IP Access Lists API 2.0, Workspace Conf API 2.0). */
final class SdkRules implements WorkspaceRules {
    private final SdkRest rest;

    SdkRules(SdkRest rest) {
        this.rest = rest;
    }

    @Override
    public List<IpAccessList> ipAccessLists(Deadline deadline) {
        JsonNode answer = rest.get(
                "rest.iplists", "reading the IP access lists", RestPath.of("/api/2.0/ip-access-lists"), deadline);
        List<IpAccessList> lists = new ArrayList<>();
        for (JsonNode list : answer.path("ip_access_lists")) {
            List<String> addresses = new ArrayList<>();
            list.path("ip_addresses").forEach(address -> addresses.add(address.asText()));
            lists.add(new IpAccessList(
                    list.path("label").asText(),
                    list.path("list_type").asText().equals("ALLOW"),
                    addresses,
                    list.path("enabled").asBoolean()));
        }
        return lists;
    }

    @Override
    public Optional<String> setting(String key, Deadline deadline) {
        JsonNode answer = rest.get(
                "rest.conf",
                "reading the setting '" + key + "'",
                RestPath.of("/api/2.0/workspace-conf").with("keys", key),
                deadline);
        return SdkRest.text(answer, key);
    }
}

package io.lakeport.audit.warehouses;

import com.databricks.sdk.service.sql.EditWarehouseRequest;
import com.databricks.sdk.service.sql.EditWarehouseRequestWarehouseType;
import com.databricks.sdk.service.sql.GetWarehouseResponse;
import com.databricks.sdk.service.sql.ListWarehousesRequest;
import com.databricks.sdk.service.sql.ListWarehousesResponse;
import com.databricks.sdk.service.sql.StartRequest;
import com.databricks.sdk.service.sql.StopRequest;
import com.databricks.sdk.service.sql.WarehousesAPI;
import io.lakeport.audit.sdk.SdkClient;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.time.Deadline;
import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.WarehouseControl;
import io.lakeport.core.warehouse.WarehouseInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The warehouses that one tenant's identity may see. */
public final class SdkWarehouses implements WarehouseControl {
    private final SdkClient client;

    /** Creates them over a client, which stays the caller's. */
    public SdkWarehouses(SdkClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    @Override
    public List<WarehouseInfo> list(Deadline deadline) {
        List<WarehouseInfo> found = new ArrayList<>();
        String page = null;
        do {
            ListWarehousesResponse answer = page(page, deadline);
            if (answer.getWarehouses() != null) {
                answer.getWarehouses().forEach(one -> found.add(WarehouseAnswers.of(one)));
            }
            page = answer.getNextPageToken();
        } while (page != null && !page.isEmpty());
        found.sort(Comparator.comparing(WarehouseInfo::name));
        return List.copyOf(found);
    }

    private ListWarehousesResponse page(@Nullable String token, Deadline deadline) {
        ListWarehousesRequest request = new ListWarehousesRequest();
        if (token != null) {
            request.setPageToken(token);
        }
        return client.call(
                "rest.warehouses",
                "listing the warehouses",
                deadline,
                api -> new WarehousesAPI(api).impl().list(request));
    }

    @Override
    public WarehouseInfo get(WarehouseId id, Deadline deadline) {
        return WarehouseAnswers.of(id, raw(id, deadline));
    }

    private GetWarehouseResponse raw(WarehouseId id, Deadline deadline) {
        return client.call(
                "rest.warehouse",
                "looking at warehouse '" + id + "'",
                deadline,
                api -> new WarehousesAPI(api).get(id.value()));
    }

    @Override
    public void start(WarehouseId id, Deadline deadline) {
        client.call(
                "rest.warehouse.start",
                "starting warehouse '" + id + "'",
                deadline,
                api -> new WarehousesAPI(api).start(new StartRequest().setId(id.value())));
    }

    @Override
    public void stop(WarehouseId id, Deadline deadline) {
        client.call(
                "rest.warehouse.stop",
                "stopping warehouse '" + id + "'",
                deadline,
                api -> new WarehousesAPI(api).stop(new StopRequest().setId(id.value())));
    }

    /** All other settings are sent back as they were read: what an edit leaves out, the API may set to its default. */
    @Override
    public void scale(WarehouseId id, Scaling scaling, Deadline deadline) {
        EditWarehouseRequest request = same(id, raw(id, deadline))
                .setMinNumClusters((long) scaling.minClusters())
                .setMaxNumClusters((long) scaling.maxClusters())
                .setAutoStopMins(scaling.autoStop().toMinutes());
        client.call(
                "rest.warehouse.edit",
                "scaling warehouse '" + id + "'",
                deadline,
                api -> new WarehousesAPI(api).edit(request));
    }

    private static EditWarehouseRequest same(WarehouseId id, GetWarehouseResponse now) {
        EditWarehouseRequest request = new EditWarehouseRequest()
                .setId(id.value())
                .setName(now.getName())
                .setClusterSize(now.getClusterSize())
                .setChannel(now.getChannel())
                .setEnablePhoton(now.getEnablePhoton())
                .setEnableServerlessCompute(now.getEnableServerlessCompute())
                .setInstanceProfileArn(now.getInstanceProfileArn())
                .setSpotInstancePolicy(now.getSpotInstancePolicy())
                .setTags(now.getTags());
        if (now.getWarehouseType() != null) {
            request.setWarehouseType(EditWarehouseRequestWarehouseType.valueOf(
                    now.getWarehouseType().name()));
        }
        return request;
    }
}

package io.lakeport.audit.warehouses;

import com.databricks.sdk.service.sql.EndpointHealth;
import com.databricks.sdk.service.sql.EndpointInfo;
import com.databricks.sdk.service.sql.GetWarehouseResponse;
import com.databricks.sdk.service.sql.Status;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.tenant.WarehouseId;
import io.lakeport.core.warehouse.Scaling;
import io.lakeport.core.warehouse.WarehouseInfo;
import io.lakeport.core.warehouse.WarehouseSize;
import io.lakeport.core.warehouse.WarehouseState;
import io.lakeport.core.warehouse.WarehouseTier;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the Warehouses API answers, as the core says it. */
final class WarehouseAnswers {
    private WarehouseAnswers() {}

    static WarehouseInfo of(WarehouseId id, GetWarehouseResponse answer) {
        return new WarehouseInfo(
                id,
                Optional.ofNullable(answer.getName()).orElse(id.value()),
                state(answer.getState()),
                tier(answer.getEnableServerlessCompute(), answer.getWarehouseType()),
                Optional.ofNullable(answer.getClusterSize()).flatMap(WarehouseSize::ofApi),
                scaling(answer.getMinNumClusters(), answer.getMaxNumClusters(), answer.getAutoStopMins()),
                Boolean.TRUE.equals(answer.getEnablePhoton()),
                (int) number(answer.getNumClusters()),
                number(answer.getNumActiveSessions()),
                trouble(answer.getHealth()));
    }

    static WarehouseInfo of(EndpointInfo answer) {
        WarehouseId id = WarehouseId.of(answer.getId());
        return new WarehouseInfo(
                id,
                Optional.ofNullable(answer.getName()).orElse(id.value()),
                state(answer.getState()),
                tier(answer.getEnableServerlessCompute(), answer.getWarehouseType()),
                Optional.ofNullable(answer.getClusterSize()).flatMap(WarehouseSize::ofApi),
                scaling(answer.getMinNumClusters(), answer.getMaxNumClusters(), answer.getAutoStopMins()),
                Boolean.TRUE.equals(answer.getEnablePhoton()),
                (int) number(answer.getNumClusters()),
                number(answer.getNumActiveSessions()),
                trouble(answer.getHealth()));
    }

    private static WarehouseState state(@Nullable Object state) {
        return Stream.of(WarehouseState.values())
                .filter(known -> known.name().equals(String.valueOf(state)))
                .findFirst()
                .orElse(WarehouseState.UNKNOWN);
    }

    /** The API calls a serverless warehouse PRO with a flag. */
    private static WarehouseTier tier(@Nullable Boolean serverless, @Nullable Object type) {
        if (Boolean.TRUE.equals(serverless)) {
            return WarehouseTier.SERVERLESS;
        }
        return Stream.of(WarehouseTier.PRO, WarehouseTier.CLASSIC)
                .filter(known -> known.name().equals(String.valueOf(type)))
                .findFirst()
                .orElse(WarehouseTier.UNKNOWN);
    }

    private static Optional<Scaling> scaling(@Nullable Long min, @Nullable Long max, @Nullable Long autoStop) {
        if (min == null || max == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Scaling(min.intValue(), max.intValue(), Duration.ofMinutes(number(autoStop))));
        } catch (LakeportException e) {
            // Outside of what is documented; then it is simply not known.
            return Optional.empty();
        }
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private static Optional<String> trouble(@Nullable EndpointHealth health) {
        if (health == null || health.getStatus() == null || health.getStatus() == Status.HEALTHY) {
            return Optional.empty();
        }
        String code =
                health.getFailureReason() == null || health.getFailureReason().getCode() == null
                        ? null
                        : health.getFailureReason().getCode().toString();
        String text = Stream.of(health.getSummary(), health.getMessage(), health.getDetails(), code)
                .filter(Objects::nonNull)
                .filter(part -> !part.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return Optional.of(text.isEmpty() ? health.getStatus().toString() : text);
    }
}

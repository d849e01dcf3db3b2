package io.lakeport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakeport.core.error.ErrorCodeSupplier;
import io.lakeport.core.error.LakeportException;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Names that tests of state stores have in common. */
final class StateWorld {
    static final TenantId ACME = TenantId.of("acme");
    static final TenantId BOLT = TenantId.of("bolt");

    private StateWorld() {}

    static DocumentKey key(String name) {
        return DocumentKey.of("thing", name);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Consumer<Throwable> errorOf(ErrorCodeSupplier code) {
        return failure -> assertThat(failure)
                .isInstanceOfSatisfying(
                        LakeportException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code.toErrorCode()));
    }
}

package io.lakeport.testkit.contract;

import static io.lakeport.testkit.contract.StateWorld.ACME;
import static io.lakeport.testkit.contract.StateWorld.BOLT;
import static io.lakeport.testkit.contract.StateWorld.bytes;
import static io.lakeport.testkit.contract.StateWorld.errorOf;
import static io.lakeport.testkit.contract.StateWorld.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakeport.core.state.Batch;
import io.lakeport.core.state.Document;
import io.lakeport.core.state.DocumentKey;
import io.lakeport.core.state.DocumentPage;
import io.lakeport.core.state.Lease;
import io.lakeport.core.state.StateError;
import io.lakeport.core.state.StateSpace;
import io.lakeport.core.state.StateStore;
import io.lakeport.core.tenant.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every state store must do. {@link StateHostsContract} and {@link StateBackupContract} say what more there is. */
public interface StateStoreContract {
    /** Opens a new, empty store; the implementing test closes it after the test. */
    StateStore emptyStore();

    @Test
    default void put_thenGet_returnsContentRevisionAndTimes() {
        StateSpace acme = emptyStore().of(ACME);
        byte[] all = new byte[256];
        IntStream.range(0, 256).forEach(i -> all[i] = (byte) i);
        long first = acme.put(key("a"), all);
        Document written = acme.get(key("a")).orElseThrow();
        assertThat(written.content()).isEqualTo(all);
        assertThat(written.revision()).isEqualTo(first);
        long second = acme.put(key("a"), new byte[0]);
        Document again = acme.get(key("a")).orElseThrow();
        assertThat(again.content()).isEmpty();
        assertThat(again.revision()).isEqualTo(second).isNotEqualTo(first);
        assertThat(again.created()).isEqualTo(written.created());
        assertThat(again.updated()).isAfterOrEqualTo(written.updated());
        assertThat(acme.get(key("b"))).isEmpty();
    }

    @Test
    default void create_whereSomethingIs_isAConflictThatNamesTheDocument() {
        StateSpace acme = emptyStore().of(ACME);
        acme.create(key("a"), bytes("1"));
        assertThatThrownBy(() -> acme.create(key("a"), bytes("2")))
                .satisfies(errorOf(StateError.STATE_CONFLICT))
                .hasMessageContaining("thing/a")
                .hasMessageContaining("acme");
        assertThat(acme.get(key("a")).orElseThrow().text()).isEqualTo("1");
    }

    @Test
    default void replace_ofAnOldRevision_isAConflictAndChangesNothing() {
        StateSpace acme = emptyStore().of(ACME);
        long old = acme.create(key("a"), bytes("1"));
        long now = acme.replace(key("a"), bytes("2"), old);
        assertThatThrownBy(() -> acme.replace(key("a"), bytes("3"), old))
                .satisfies(errorOf(StateError.STATE_CONFLICT))
                .hasMessageContaining(String.valueOf(now));
        assertThat(acme.get(key("a")).orElseThrow().text()).isEqualTo("2");
    }

    @Test
    default void replace_afterDeletionAndNewCreation_isAConflict() {
        StateSpace acme = emptyStore().of(ACME);
        long first = acme.create(key("a"), bytes("1"));
        acme.delete(key("a"));
        acme.create(key("a"), bytes("1"));
        assertThatThrownBy(() -> acme.replace(key("a"), bytes("2"), first))
                .satisfies(errorOf(StateError.STATE_CONFLICT));
        acme.erase();
        acme.create(key("a"), bytes("1"));
        assertThatThrownBy(() -> acme.replace(key("a"), bytes("2"), first))
                .satisfies(errorOf(StateError.STATE_CONFLICT));
    }

    @Test
    default void delete_ofNothing_isNoErrorUnlessARevisionIsExpected() {
        StateSpace acme = emptyStore().of(ACME);
        acme.delete(key("a"));
        assertThatThrownBy(() -> acme.apply(Batch.builder().delete(key("a"), 7).build()))
                .satisfies(errorOf(StateError.STATE_CONFLICT));
    }

    @Test
    default void apply_withOneConflict_changesNothingOfTheBatch() {
        StateSpace acme = emptyStore().of(ACME);
        long revision = acme.create(key("b"), bytes("1"));
        acme.put(key("d"), bytes("1"));
        Batch batch = Batch.builder()
                .put(key("a"), bytes("2"))
                .replace(key("b"), bytes("2"), revision + 1)
                .delete(key("d"))
                .build();
        assertThatThrownBy(() -> acme.apply(batch)).satisfies(errorOf(StateError.STATE_CONFLICT));
        assertThat(acme.list("thing", "", Optional.empty(), 10).documents())
                .extracting(Document::text)
                .containsExactly("1", "1");
    }

    @Test
    default void apply_ofSeveral_givesAllOneRevision() {
        StateSpace acme = emptyStore().of(ACME);
        long kept = acme.create(key("kept"), bytes("1"));
        acme.put(key("gone"), bytes("1"));
        long revision = acme.apply(Batch.builder()
                .create(key("a"), bytes("2"))
                .put(key("b"), bytes("2"))
                .delete(key("gone"))
                .require(key("kept"), kept)
                .build());
        assertThat(acme.list("thing", "", Optional.empty(), 10).documents())
                .extracting(document -> document.key().key() + document.revision())
                .containsExactly("a" + revision, "b" + revision, "kept" + kept);
        assertThatThrownBy(() -> acme.apply(Batch.builder()
                        .put(key("a"), bytes("3"))
                        .require(key("kept"), revision)
                        .build()))
                .satisfies(errorOf(StateError.STATE_CONFLICT));
    }

    @Test
    default void apply_ofTheSameBatchAgain_isCarriedOutOnce() {
        StateSpace acme = emptyStore().of(ACME);
        Batch batch = Batch.builder().create(key("a"), bytes("1")).build();
        long revision = acme.apply(batch);
        acme.delete(key("a"));
        assertThat(acme.apply(batch)).isEqualTo(revision);
        assertThat(acme.get(key("a"))).isEmpty();
    }

    @Test
    default void apply_ofABatchThatFailed_canBeRepeated() {
        StateSpace acme = emptyStore().of(ACME);
        acme.create(key("a"), bytes("1"));
        Batch batch = Batch.builder().create(key("a"), bytes("2")).build();
        assertThatThrownBy(() -> acme.apply(batch)).satisfies(errorOf(StateError.STATE_CONFLICT));
        acme.delete(key("a"));
        acme.apply(batch);
        assertThat(acme.get(key("a")).orElseThrow().text()).isEqualTo("2");
    }

    @Test
    default void list_pageByPage_givesEveryKeyOnceInTheOrderOfCodePoints() {
        StateSpace acme = emptyStore().of(ACME);
        List<String> keys = List.of("%", "/", "A", "_", "a", "a%", "a/b", "aa", "é", "\uffee", "\ud83d\ude00");
        List<String> mixed = new ArrayList<>(keys);
        java.util.Collections.shuffle(mixed, new java.util.Random(5));
        mixed.forEach(name -> acme.put(key(name), bytes(name)));
        acme.put(DocumentKey.of("other", "a"), bytes("x"));
        for (int limit : new int[] {1, 3, keys.size(), 1000}) {
            assertThat(names(acme, "", limit)).as("pages of %d", limit).isEqualTo(keys);
        }
        assertThat(names(acme, "a", 2)).containsExactly("a", "a%", "a/b", "aa");
        assertThat(names(acme, "%", 2)).containsExactly("%");
        assertThat(names(acme, "\ud83d\ude00", 2)).containsExactly("\ud83d\ude00");
        assertThat(names(acme, "nothing", 2)).isEmpty();
    }

    private static List<String> names(StateSpace space, String prefix, int limit) {
        List<String> names = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            DocumentPage page = space.list("thing", prefix, after, limit);
            page.documents().forEach(document -> {
                names.add(document.key().key());
                assertThat(document.text()).isEqualTo(document.key().key());
            });
            after = page.next();
        } while (after.isPresent());
        return names;
    }

    @Test
    default void spaces_ofTwoTenantsAndTheHost_knowNothingOfEachOther() {
        StateStore store = emptyStore();
        List<StateSpace> spaces = List.of(store.of(ACME), store.of(BOLT), store.host());
        for (int i = 0; i < spaces.size(); i++) {
            spaces.get(i).create(key("same"), bytes("of " + i));
            assertThat(spaces.get(i).acquire("same", "me", Duration.ofMinutes(1)))
                    .isPresent();
        }
        StateSpace.Erased erased = spaces.get(1).erase();
        assertThat(erased).isEqualTo(new StateSpace.Erased(1, 1));
        assertThat(spaces.get(1).list("thing", "", Optional.empty(), 10).documents())
                .isEmpty();
        assertThat(spaces.get(1).holder("same")).isEmpty();
        assertThat(spaces.get(0).get(key("same")).orElseThrow().text()).isEqualTo("of 0");
        assertThat(spaces.get(2).get(key("same")).orElseThrow().text()).isEqualTo("of 2");
        assertThat(spaces.get(0).holder("same")).isPresent();
        assertThat(store.tenants(Optional.empty(), 10)).containsExactly(ACME);
    }

    @Test
    default void tenants_pageByPage_givesThoseWithDocumentsAndNotTheHost() {
        StateStore store = emptyStore();
        store.host().put(key("a"), bytes("1"));
        List<TenantId> ids =
                IntStream.range(0, 7).mapToObj(i -> TenantId.of("t" + i)).toList();
        for (TenantId id : ids) {
            store.of(id).put(key("a"), bytes("1"));
            store.of(id).put(key("b"), bytes("1"));
        }
        assertThat(store.tenants(Optional.empty(), 3)).isEqualTo(ids.subList(0, 3));
        assertThat(store.tenants(Optional.of(ids.get(2)), 100)).isEqualTo(ids.subList(3, 7));
        assertThat(store.status().tenants()).isEqualTo(7);
        assertThat(store.status().documents()).isEqualTo(15);
        assertThat(store.status().bytes()).isEqualTo(15);
    }

    @Test
    default void acquire_ofAHeldLease_getsNothingUntilItIsGivenBack() {
        StateSpace acme = emptyStore().of(ACME);
        Lease first = acme.acquire("run", "host-a", Duration.ofMinutes(1)).orElseThrow();
        assertThat(acme.acquire("run", "host-b", Duration.ofMinutes(1))).isEmpty();
        assertThat(acme.acquire("run", "host-a", Duration.ofMinutes(1))).isEmpty();
        assertThat(acme.holder("run")).contains(first);
        assertThat(acme.renew(first).orElseThrow().token()).isEqualTo(first.token());
        assertThat(acme.release(first)).isTrue();
        assertThat(acme.release(first)).isFalse();
        assertThat(acme.renew(first)).isEmpty();
        assertThat(acme.holder("run")).isEmpty();
        Lease second = acme.acquire("run", "host-b", Duration.ofMinutes(1)).orElseThrow();
        assertThat(second.token()).isGreaterThan(first.token());
        assertThat(acme.release(first)).as("another's lease").isFalse();
        assertThat(acme.holder("run")).contains(second);
    }

    @Test
    default void acquire_afterErasure_givesALargerTokenStill() {
        StateSpace acme = emptyStore().of(ACME);
        Lease first = acme.acquire("run", "host-a", Duration.ofMinutes(1)).orElseThrow();
        acme.erase();
        assertThat(acme.renew(first)).isEmpty();
        assertThat(acme.acquire("run", "host-a", Duration.ofMinutes(1))
                        .orElseThrow()
                        .token())
                .isGreaterThan(first.token());
    }

    @Test
    default void apply_underALostLease_changesNothing() {
        StateSpace acme = emptyStore().of(ACME);
        Lease lease = acme.acquire("run", "host-a", Duration.ofMinutes(1)).orElseThrow();
        acme.apply(Batch.builder().put(key("a"), bytes("1")).require(lease).build());
        acme.release(lease);
        Lease other = acme.acquire("run", "host-b", Duration.ofMinutes(1)).orElseThrow();
        assertThatThrownBy(() -> acme.apply(
                        Batch.builder().put(key("a"), bytes("2")).require(lease).build()))
                .satisfies(errorOf(StateError.LEASE_LOST))
                .hasMessageContaining("host-a");
        assertThat(acme.get(key("a")).orElseThrow().text()).isEqualTo("1");
        acme.apply(Batch.builder().put(key("a"), bytes("3")).require(other).build());
        assertThat(acme.get(key("a")).orElseThrow().text()).isEqualTo("3");
    }

    @Test
    default void everyCall_afterClose_saysThatItIsClosed() {
        StateStore store = emptyStore();
        StateSpace acme = store.of(ACME);
        store.close();
        assertThatThrownBy(() -> acme.get(key("a"))).hasMessageContaining("closed");
        assertThatThrownBy(() -> acme.put(key("a"), bytes("1"))).hasMessageContaining("closed");
    }
}

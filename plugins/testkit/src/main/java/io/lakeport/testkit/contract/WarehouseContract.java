package io.lakeport.testkit.contract;

/**
 * The contract of {@link io.lakeport.core.query.Warehouse}, on any workspace: nothing needs to be loaded there. An
 * adapter's test class implements it:
 *
 * <pre>{@code
 * class SeaWarehouseContractTest implements WarehouseContract {
 *     public Warehouse open(MemoryBudget budget) {
 *         return new SeaWarehouseProvider().open(new WarehouseContext(tenant, id, tokens, budget, Guard.NONE, clock));
 *     }
 * }
 * }</pre>
 *
 * <p>After each test the contract asserts that the budget holds nothing.
 */
public interface WarehouseContract
        extends WarehouseResultContract, WarehouseReattachContract, WarehouseTypeContract, WarehouseFailureContract {}

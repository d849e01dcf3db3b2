package io.lakeport.core.query;

/**
 * SPI: makes the warehouses of one scheme. Found by {@link java.util.ServiceLoader} and chosen by {@link #scheme()};
 * thread-safe and stateless.
 */
public interface WarehouseProvider {
    /** Returns the name by which configuration chooses it: {@code sea}, {@code jdbc}, or a plugin's own. */
    String scheme();

    /**
     * Makes a warehouse. It performs no network call.
     *
     * @throws io.lakeport.core.error.LakeportException INVALID_REQUEST when the context lacks what it needs
     */
    Warehouse open(WarehouseContext context);
}

package io.lakeport.core.doctor.network;

/**
 * Notes that the road leads through a proxy, which knows names and opens connections.
 *
 * @param address as {@code host:port}
 */
record ProxyInUse(String address) {}

package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;

/**
 * A call with what came around it.
 *
 * @param request the method's request struct
 * @param principal who calls
 * @param userAgent the client's User-Agent, empty when it sent none
 * @param warehouseId warehouse of the path
 * @param base scheme and authority for links
 */
record Call(TStruct request, Principal principal, String userAgent, String warehouseId, String base) {}

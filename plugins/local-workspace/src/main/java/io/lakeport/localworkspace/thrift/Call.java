package io.lakeport.localworkspace.thrift;

import io.lakeport.localworkspace.auth.Principal;
import io.lakeport.localworkspace.statement.QueryOrigin;

/**
 * A call with what came around it.
 *
 * @param request the method's request struct
 * @param principal who calls
 * @param origin where the request came from
 * @param warehouseId warehouse of the path
 * @param base scheme and authority for links
 */
record Call(TStruct request, Principal principal, QueryOrigin origin, String warehouseId, String base) {}

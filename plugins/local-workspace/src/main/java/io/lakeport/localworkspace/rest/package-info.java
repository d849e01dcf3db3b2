/** The smaller REST families: warehouses, query history, Unity Catalog lists, and what clients probe at start. */
@NullMarked
package io.lakeport.localworkspace.rest;

import org.jspecify.annotations.NullMarked;
